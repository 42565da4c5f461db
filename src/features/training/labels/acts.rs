//! Words of the acts on a session: their pages, the question before them and what is said after.

use entity::programme::TrainerRight;

use super::super::state::Step;
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of a page.
pub const SLOTS: &str = "Demi-journées de la session";
/// Title of a page.
pub const TEACHING: &str = "Animation de la session";

/// A fault of a line of a text.
#[must_use]
pub fn of_line(rank: usize, message: &str) -> String {
    format!("Ligne {rank}\u{202f}: {message}")
}

/// A room of a choice.
#[must_use]
pub fn room(name: &str, commune: &str, capacity: i32) -> String {
    format!("{commune}, {name} ({})", french::plural(i64::from(capacity), "place", "places"))
}

/// A department of a choice.
#[must_use]
pub fn department(code: &str, name: &str) -> String {
    format!("{code} {name}")
}

/// What a programme asks of those who teach.
#[must_use]
pub const fn right(right: TrainerRight) -> &'static str {
    match right {
        TrainerRight::None => "",
        TrainerRight::Epsp => {
            "Cette formation demande une habilitation de formateur EPSP valide chaque jour de la session."
        }
    }
}

/// The last part of the address of a step.
#[must_use]
pub const fn verb(step: Step) -> &'static str {
    match step {
        Step::Open => "ouvrir",
        Step::Withdraw => "retirer",
        Step::Confirm => "confirmer",
        Step::Unconfirm => "revenir",
        Step::Start => "commencer",
        Step::Finish => "terminer",
        Step::Close => "cloturer",
        Step::Reopen => "rouvrir",
        Step::Postpone => "reporter",
        Step::Reschedule => "dates",
        Step::Cancel => "annuler",
        Step::Restore => "retablir",
    }
}

/// The words of the page of an act.
#[derive(Clone, Copy, Debug)]
pub struct ActWords {
    /// Title.
    pub title: &'static str,
    /// What it does.
    pub intro: &'static str,
    /// The button.
    pub button: &'static str,
}

/// The words of the page of a step.
#[must_use]
pub const fn act(step: Step) -> ActWords {
    match step {
        Step::Open => ActWords {
            title: "Ouvrir les inscriptions",
            intro: "La session entre au catalogue si elle est publique, et les inscriptions commencent.",
            button: "Ouvrir les inscriptions",
        },
        Step::Withdraw => ActWords {
            title: "Retirer la session du catalogue",
            intro: "La session redevient un projet. Personne ne doit y être inscrit.",
            button: "Retirer la session",
        },
        Step::Confirm => ActWords {
            title: "Confirmer la session",
            intro: "La session aura lieu\u{202f}: l’effectif minimal est atteint, chaque demi-journée a sa salle et une personne qui anime.",
            button: "Confirmer la session",
        },
        Step::Unconfirm => ActWords {
            title: "Revenir sur la confirmation",
            intro: "La session attend de nouveau d’être confirmée. Les inscriptions restent ouvertes.",
            button: "Revenir sur la confirmation",
        },
        Step::Start => ActWords {
            title: "Commencer la session",
            intro: "Le premier jour est arrivé. C’est fait automatiquement à l’heure de la première demi-journée.",
            button: "Commencer la session",
        },
        Step::Finish => ActWords {
            title: "Terminer la session",
            intro: "La dernière demi-journée est passée. C’est fait automatiquement à son heure de fin.",
            button: "Terminer la session",
        },
        Step::Close => ActWords {
            title: "Clôturer la session",
            intro: "Toutes les présences sont contresignées et tous les documents sont établis et signés.",
            button: "Clôturer la session",
        },
        Step::Reopen => ActWords {
            title: "Rouvrir la session",
            intro: "Une preuve est à corriger. La session sera à clôturer de nouveau.",
            button: "Rouvrir la session",
        },
        Step::Postpone => ActWords {
            title: "Reporter la session",
            intro: "La session perd ses dates, ses salles et les personnes qui animent. Les personnes inscrites attendent les nouvelles dates.",
            button: "Reporter la session",
        },
        Step::Reschedule => ActWords {
            title: "Donner d’autres dates",
            intro: "La session s’ouvre à ces dates. Les personnes inscrites retrouvent une place dans leur ordre d’arrivée, à confirmer.",
            button: "Enregistrer les nouvelles dates",
        },
        Step::Cancel => ActWords {
            title: "Annuler la session",
            intro: "La session n’aura pas lieu. Les inscriptions sont annulées de notre fait, sans rien à payer.",
            button: "Annuler la session",
        },
        Step::Restore => ActWords {
            title: "Rétablir la session",
            intro: "La session redevient un projet, avec ses salles et les personnes qui animent si elles sont encore libres. Les personnes inscrites sont à réinscrire.",
            button: "Rétablir la session",
        },
    }
}

/// Said once a step is taken.
#[must_use]
pub fn done(step: Step) -> Flash {
    match step {
        Step::Open => Flash::done("Inscriptions ouvertes.", ""),
        Step::Confirm => {
            Flash::done("Session confirmée.", "Les personnes inscrites et celles qui animent sont prévenues.")
        }
        Step::Postpone => {
            Flash::done("Session reportée.", "Donnez d’autres dates dès qu’elles sont connues.")
        }
        Step::Reschedule => Flash::done(
            "Nouvelles dates enregistrées.",
            "Confiez maintenant l’animation. Les personnes inscrites reçoivent les dates.",
        ),
        Step::Cancel => Flash::done("Session annulée.", "Les personnes inscrites reçoivent un message."),
        Step::Close => Flash::done("Session clôturée.", ""),
        _ => Flash::done("Changement enregistré.", ""),
    }
}

/// The way back from an act.
pub const KEEP: &str = "Ne rien changer";

/// Said once a session is created.
#[must_use]
pub fn created(number: &str) -> Flash {
    Flash::done(
        "Session préparée.",
        format!("Elle porte le numéro {number}. Confiez maintenant l’animation."),
    )
}

/// Said once a series is created.
#[must_use]
pub fn series_created(count: usize) -> Flash {
    Flash::done("Série préparée.", format!("{count} sessions sont à l’état de projet."))
}

/// Said once something else is recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changement enregistré.", "")
}

/// Said once a room is recorded.
#[must_use]
pub fn room_recorded() -> Flash {
    Flash::done("Salle enregistrée.", "")
}

/// Said once a room is retired.
#[must_use]
pub fn room_retired() -> Flash {
    Flash::done("Salle retirée de la liste.", "Les sessions qui y sont prévues y restent.")
}

/// Title of a text.
pub const ACCESS: &str = "Accès";
/// Title of a text.
pub const ACCESSIBILITY: &str = "Accessibilité";
/// Title of a text.
pub const TO_BRING: &str = "À apporter";
/// Title of a text.
pub const REMOTE: &str = "Salle à distance";
/// Title of a text.
pub const FUNDING: &str = "Financement";
/// Title of a text.
pub const CONTACT: &str = "Contact";
/// Before something that lacks.
pub const LACKS: &str = "Manque";

/// « 4 demi-journées ».
#[must_use]
pub fn half_days(count: i64) -> String {
    french::plural(count, "demi-journée", "demi-journées")
}

/// « 14 personnes ».
#[must_use]
pub fn people(count: i32) -> String {
    french::plural(i64::from(count), "personne", "personnes")
}
