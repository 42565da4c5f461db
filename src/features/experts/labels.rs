//! French words of experts.

use entity::declared_interest::TieKind;
use entity::habilitation::{self, Duty, HabilitationState};
use time::Date;

use super::input::Status as Situation;
use crate::http::web::component::{Color, Status};

/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// No such structure.
pub const UNKNOWN_STRUCTURE: &str = "Cette structure n’existe pas";
/// No such transition.
pub const NO_TRANSITION: &str = "Cette habilitation ne peut pas passer à cet état";
/// Habilitated for something else.
pub const OTHER_CERTIFICATION: &str =
    "L’habilitation de cette personne ne porte pas sur cette certification.";
/// Habilitated elsewhere.
pub const OTHER_REGION: &str = "L’habilitation de cette personne ne couvre pas la région de la structure.";

/// Where a declared tie is known from.
#[must_use]
pub fn declaration_of(year: i32) -> String {
    format!("déclaration d’intérêts de {year}")
}

/// Where a visit is known from.
#[must_use]
pub fn request_of(number: Option<&str>) -> String {
    number.map_or_else(|| "demande d’agrément".to_owned(), |number| format!("demande {number}"))
}

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

/// The name of a tie.
#[must_use]
pub const fn tie(tie: TieKind) -> &'static str {
    match tie {
        TieKind::EmployeeBoardOrProvider => "Emploi, mandat ou prestation",
        TieKind::SupportExpert => "Appui pédagogique",
        TieKind::EpspTrainerOfTeam => "Formation EPSP de l’équipe",
        TieKind::JuryPresident => "Présidence d’un jury",
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
