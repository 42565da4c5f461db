//! French words of experts.

use entity::habilitation::{self, Duty, HabilitationState};
use time::Date;

use super::input::Status as Situation;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::rules::calendar::written;

/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// No such transition.
pub const NO_TRANSITION: &str = "Cette habilitation ne peut pas passer à cet état";
/// The name of a duty.
#[must_use]
pub const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "Mandataire",
        Duty::Controleur => "Contrôle",
        Duty::Epsp => "Formation EPSP",
    }
}

/// People of a duty, in a heading.
#[must_use]
pub const fn people_of(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "Mandataires",
        Duty::Controleur => "Contrôleuses et contrôleurs",
        Duty::Epsp => "Formatrices et formateurs EPSP",
    }
}

/// What binds an expert to the work.
#[must_use]
pub const fn situation(situation: Situation) -> &'static str {
    match situation {
        Situation::Employee => "Salariat dans une structure",
        Situation::Staff => "Salariat dans l’organisme certificateur",
        Situation::Independent => "Activité indépendante",
        Situation::Volunteer => "Bénévolat",
        Situation::Retired => "Retraite",
    }
}

/// Days before the end at which an habilitation is to be renewed.
const SOON: i64 = 90;

/// What an habilitation looks like on a day.
#[must_use]
pub fn state(row: &habilitation::Model, today: Date) -> Status {
    match row.state {
        HabilitationState::Suspended => Status::new("Suspendue", "pause", Color::Prune),
        HabilitationState::Resigned => Status::new("Démission", "cercle", Color::Ardoise),
        HabilitationState::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        HabilitationState::Expired => Status::new("Expirée", "cercle", Color::Ardoise),
        HabilitationState::Active if row.ends_on < today => Status::new("Expirée", "cercle", Color::Ardoise),
        HabilitationState::Active if row.starts_on > today => Status::new("À venir", "horloge", Color::Ciel),
        HabilitationState::Active if (row.ends_on - today).whole_days() <= SOON => {
            Status::new("À renouveler", "horloge", Color::Ocre)
        }
        HabilitationState::Active => Status::new("Active", "coche", Color::Pre),
    }
}

/// Title of the list.
pub const EXPERTS: &str = "Intervenants";
/// Title of the form.
pub const NEW_EXPERT: &str = "Enregistrer une personne";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// Term of the margin.
pub const PLACE: &str = "Département";
/// Term of the margin.
pub const PHONE: &str = "Téléphone";
/// Term of the margin.
pub const EMAIL: &str = "Courriel";
/// Term of the margin.
pub const SITUATION: &str = "Statut";
/// No habilitation today.
pub const NO_DUTY: &str = "Aucune habilitation en cours";
/// No region.
pub const EVERYWHERE: &str = "Toutes les régions";
/// Fault of a form.
pub const DUTY_WANTED: &str = "Choisissez une fonction";
/// Fault of a form.
pub const STATE_WANTED: &str = "Choisissez ce que devient l’habilitation";
/// Whether an habilitation is to be renewed.
#[must_use]
pub fn ends_soon(row: &habilitation::Model, today: Date) -> bool {
    let left = (row.ends_on - today).whole_days();
    row.state == HabilitationState::Active && (0..=SOON).contains(&left)
}

/// What an habilitation may become, with the words of the button.
#[must_use]
pub const fn next_states(state: HabilitationState) -> &'static [(HabilitationState, &'static str)] {
    match state {
        HabilitationState::Active => &[
            (HabilitationState::Suspended, "Suspendre"),
            (HabilitationState::Resigned, "Enregistrer une démission"),
            (HabilitationState::Withdrawn, "Retirer"),
        ],
        HabilitationState::Suspended => {
            &[(HabilitationState::Active, "Rétablir"), (HabilitationState::Withdrawn, "Retirer")]
        }
        HabilitationState::Expired | HabilitationState::Resigned | HabilitationState::Withdrawn => &[],
    }
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// Someone who is already there.
pub const ALREADY_RECORDED: &str = "Une personne portant cette adresse est déjà enregistrée";
/// No such duty.
pub const UNKNOWN_DUTY: &str =
    "Cette fonction n’est pas connue\u{202f}: mandataire, contrôleur ou formateur EPSP";
/// One address for two people.
#[must_use]
pub fn other_person(line: usize) -> String {
    format!("La ligne {line} donne un autre nom à cette adresse")
}

/// How files write a duty.
#[must_use]
pub const fn duty_words(duty: Duty) -> &'static [&'static str] {
    match duty {
        Duty::Mandataire => &["mandataire"],
        Duty::Controleur => &["contrôleur", "contrôleuse", "contrôle", "controleur"],
        Duty::Epsp => {
            &["formateur epsp", "formatrice epsp", "formation epsp", "epsp", "formateur", "formatrice"]
        }
    }
}

/// How files write what binds an expert to the work.
#[must_use]
pub const fn status_words(status: Situation) -> &'static [&'static str] {
    match status {
        Situation::Employee => &["salarié", "salariée", "employee", "salarié d’une structure"],
        Situation::Staff => {
            &["salarié du certificateur", "salariée du certificateur", "permanent", "permanente", "staff"]
        }
        Situation::Independent => &["indépendant", "indépendante", "independent", "activité indépendante"],
        Situation::Volunteer => &["bénévole", "volunteer", "bénévolat"],
        Situation::Retired => &["retraité", "retraitée", "retired", "retraite"],
    }
}

/// The columns of a file of experts: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("family_name", &["nom", "nom de famille"], true),
    ("first_names", &["prénom", "prénoms"], true),
    ("email", &["courriel", "email", "e-mail", "mail", "mél", "adresse électronique"], true),
    ("phone", &["téléphone", "tel", "tél", "portable"], false),
    ("employer", &["employeur", "structure", "organisme"], false),
    ("status", &["statut", "situation"], true),
    ("department", &["département", "dpt", "dépt", "code département"], true),
    ("duty", &["fonction", "rôle", "habilitation"], false),
    ("starts_on", &["début", "du", "depuis", "date de début", "starts_on"], false),
    ("ends_on", &["fin", "au", "jusqu’au", "date de fin", "échéance", "ends_on"], false),
    ("certification", &["certification", "cqp"], false),
    ("regions", &["régions", "région", "territoire"], false),
];
