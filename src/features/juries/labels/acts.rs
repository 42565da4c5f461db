//! Words of the acts on a session: their names, their pages, the question before them and what is said after.

use entity::jury_session::{self, JuryState};

use super::super::load::Whole;
use super::super::state::Event;
use super::super::wording;
use crate::http::web::layout::Flash;
use crate::render::french;

/// The name of an event, for the diagrams and the refusals.
#[must_use]
pub const fn event(event: Event) -> &'static str {
    match event {
        Event::Request => "demander",
        Event::Reject => "refuser",
        Event::Withdraw => "retirer la demande",
        Event::Plan => "planifier",
        Event::AssignPresident => "désigner la présidence",
        Event::AddMember => "ajouter un membre",
        Event::RemoveMember => "retirer un membre",
        Event::Confirm => "confirmer",
        Event::Convoke => "convoquer",
        Event::Postpone => "reporter",
        Event::Cancel => "annuler",
        Event::Open => "ouvrir",
        Event::NoQuorum => "constater la carence",
        Event::Abstain => "s’abstenir",
        Event::RecordIncident => "noter un incident",
        Event::Deliberate => "délibérer",
        Event::CloseDeliberation => "clore la délibération",
        Event::Sign => "signer",
        Event::ControlOk => "déclarer conforme",
        Event::ControlKo => "renvoyer à rectifier",
        Event::Rectify => "rectifier",
        Event::Validate => "valider",
        Event::TakeBack => "revenir sur la validation",
        Event::Notify => "notifier",
        Event::Reopen => "rouvrir après un recours",
    }
}

/// Said once the candidates of a jury are chosen.
#[must_use]
pub fn chosen() -> Flash {
    Flash::done("Liste des candidats enregistrée.", "")
}

/// Said once a jury is asked for.
#[must_use]
pub fn requested(number: &str) -> Flash {
    Flash::done(
        "Demande envoyée.",
        format!("Elle porte le numéro {number}. L’équipe certification fixe la date et compose le jury."),
    )
}

/// Said once an act is done.
#[must_use]
pub fn done(event: Event) -> Flash {
    match event {
        Event::Reject => Flash::done("Demande refusée.", "La structure est prévenue."),
        Event::Withdraw => Flash::done(
            "Demande retirée.",
            "L’équipe certification est prévenue. Vous pouvez en faire une autre.",
        ),
        Event::Plan => Flash::done("Jury planifié.", "Désignez maintenant la présidence et les membres."),
        Event::Confirm => Flash::done("Jury confirmé.", "La structure et les membres ont la date."),
        Event::Convoke => {
            Flash::done("Candidats convoqués.", "Les convocations sont produites dans un instant.")
        }
        Event::Postpone => {
            Flash::done("Jury reporté.", "Vérifiez la salle et les membres, puis planifiez-le à nouveau.")
        }
        Event::Cancel => Flash::done("Jury annulé.", "Les candidats restent admis à se présenter."),
        _ => Flash::done("Changement enregistré.", ""),
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

/// The words of the page of an act.
#[must_use]
pub const fn act(event: Event) -> ActWords {
    match event {
        Event::Plan => ActWords {
            title: "Planifier le jury",
            intro: "Les heures sont celles du lieu. Sans heure de fin, la durée suit le nombre de candidats et le référentiel publié.",
            button: "Planifier le jury",
        },
        Event::Postpone => ActWords {
            title: "Reporter le jury",
            intro: "Le jury garde sa salle et sa durée. Il est ensuite à planifier et à confirmer de nouveau. La liste des personnes prévenues est montrée avant l’envoi.",
            button: "Voir ce qui change",
        },
        Event::Cancel => ActWords {
            title: "Annuler le jury",
            intro: "Les candidats restent admis à se présenter à un autre jury. La liste des personnes prévenues est montrée avant l’envoi.",
            button: "Voir ce qui change",
        },
        Event::Withdraw => ActWords {
            title: "Retirer la demande de jury",
            intro: "Le jury ne sera pas organisé. L’équipe certification lit le motif. Ce qui change est montré avant l’envoi.",
            button: "Voir ce qui change",
        },
        _ => ActWords {
            title: "Refuser la demande de jury",
            intro: "La structure lit le motif. Elle peut faire une autre demande.",
            button: "Refuser la demande",
        },
    }
}

/// The words of a question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The button that keeps.
    pub keep: &'static str,
    /// The button that does.
    pub act: &'static str,
}

/// The question before an act on the session of a day.
#[must_use]
pub fn question(event: Event, day: &str) -> Question {
    if event == Event::Cancel {
        return Question {
            question: format!("Annuler le jury du {day}\u{202f}?"),
            keep: "Garder le jury",
            act: "Annuler le jury",
        };
    }
    if event == Event::Withdraw {
        return Question {
            question: "Retirer la demande de jury\u{202f}?".to_owned(),
            keep: "Garder la demande",
            act: "Retirer la demande",
        };
    }
    Question {
        question: format!("Reporter le jury du {day}\u{202f}?"),
        keep: "Garder la date",
        act: "Reporter le jury",
    }
}

/// What an act changes and who is told: the session before and after, and the recipients of its messages.
#[must_use]
pub fn effects(whole: &Whole, after: &jury_session::Model, told: &[serde_json::Value]) -> Vec<String> {
    if whole.session.state == JuryState::Requested {
        return withdrawn(whole);
    }
    let count = |kind: &str| told.iter().filter(|to| to["to"] == kind).count();
    let plural = |count: usize, one: &str, many: &str| {
        french::plural(i64::try_from(count).unwrap_or(i64::MAX), one, many)
    };
    let mut effects = Vec::new();
    if after.state == JuryState::Postponed {
        effects.push(format!("nouvelle date\u{202f}: {}\u{202f};", wording::when(after)));
        effects.push("le jury est à planifier et à confirmer de nouveau\u{202f};".to_owned());
    }
    let called = whole.session.state == JuryState::Summoned;
    if called || after.state == JuryState::Cancelled {
        let files = plural(whole.passages.len(), "candidature", "candidatures");
        effects.push(format!("{files} de retour à l’état «\u{202f}Admise à se présenter\u{202f}»\u{202f};"));
    }
    if after.state == JuryState::Cancelled && !whole.session.room.is_empty() {
        effects.push(format!("la salle «\u{202f}{}\u{202f}» est libérée\u{202f};", whole.session.room));
    }
    if count("structure") > 0 {
        effects.push(format!("la structure {} est prévenue\u{202f};", whole.structure.name));
    }
    let (members, people) = (count("expert"), count("candidate"));
    if members > 0 {
        let who = plural(members, "membre du jury est prévenu", "membres du jury sont prévenus");
        effects.push(format!("{who}, leur agenda suit\u{202f};"));
    }
    if people > 0 {
        let who = plural(people, "candidat est prévenu", "candidats sont prévenus");
        effects.push(format!("{who} par courriel\u{202f};"));
    }
    if called && whole.passages.len() > people {
        let who =
            plural(whole.passages.len() - people, "candidat est à prévenir", "candidats sont à prévenir");
        effects.push(format!("{who} sur papier\u{202f};"));
    }
    effects
}

/// What the withdrawal of a request changes.
fn withdrawn(whole: &Whole) -> Vec<String> {
    let count = i64::try_from(whole.passages.len()).unwrap_or(i64::MAX);
    let mut effects = vec![format!("la demande {} est annulée\u{202f};", whole.session.number)];
    if count > 0 {
        let who = french::plural(count, "candidat reste admis", "candidats restent admis");
        effects.push(format!("{who}, pour une autre demande\u{202f};"));
    }
    effects.push("l’équipe certification est prévenue.".to_owned());
    effects
}
