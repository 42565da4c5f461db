//! French words of experts.

pub mod fact;
pub mod faults;
pub mod path;
pub mod question;

use entity::habilitation::{Duty, HabilitationState};
use time::Date;

use super::input::Status as Situation;
use super::queries::Habilitation;
pub use super::renewal::labels::{condition, condition_parts, weighed};
pub use crate::features::rights::labels::expert_piece as piece;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::period::Period;
use crate::rules::right::Standing;
use crate::rules::territory;

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

/// Title of the list.
pub const EXPERTS: &str = "Intervenants";
/// Title of the page of an account that no file is linked to.
pub const OWN_FILE: &str = "Ma fiche";
/// Title of the form.
pub const NEW_EXPERT: &str = "Enregistrer une personne";

/// Title of the page that changes a file.
#[must_use]
pub fn change_of(name: &str) -> String {
    format!("Modifier la fiche, {name}")
}

/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// No habilitation today.
pub const NO_DUTY: &str = "Aucune habilitation en cours";
/// No region.
pub const EVERYWHERE: &str = "Toutes les régions";

/// Said once somebody is recorded.
#[must_use]
pub fn person_recorded() -> Flash {
    Flash::done("Personne enregistrée.", "Ses habilitations et ses pièces s’ajoutent ci-dessous.")
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// The part of a person, inside a sentence.
#[must_use]
pub const fn duty_of(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "mandataire",
        Duty::Controleur => "contrôle des structures",
        Duty::Epsp => "formation EPSP",
    }
}

/// What a file looks like on a day: what its rights say of that day first, while it runs.
#[must_use]
pub fn state(found: &Habilitation, today: Date) -> Status {
    use HabilitationState as State;
    match found.file.state {
        State::Applied => Status::new("Candidature", "plume", Color::Ciel),
        State::InTraining => Status::new("En formation", "horloge", Color::Ciel),
        State::Presented => Status::new("Présentée au jury", "groupe", Color::Ciel),
        // From a day to come: until then it counts.
        State::Suspended if found.valid_on(today) => Status::new("Suspension à venir", "pause", Color::Prune),
        State::Suspended => Status::new("Suspendue", "pause", Color::Prune),
        State::Refused => Status::new("Refusée", "croix", Color::Garance),
        State::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        // The last day counts.
        State::Resigned if found.valid_on(today) && found.ends_on().is_some_and(|last| last > today) => {
            Status::new("Démission à venir", "horloge", Color::Ocre)
        }
        State::Resigned => Status::new("Démission", "cercle", Color::Ardoise),
        State::Expired => Status::new("Expirée", "cercle", Color::Ardoise),
        // Renewed in advance, it is in force and not to come.
        State::Active => match found.rights.iter().map(|held| held.standing_on(today)).min() {
            Some(Standing::ToCome) => Status::new("À venir", "horloge", Color::Ciel),
            Some(Standing::Suspended) => Status::new("Suspendue", "pause", Color::Prune),
            Some(Standing::Ended) => Status::new("Expirée", "cercle", Color::Ardoise),
            _ if ends_soon(found, today) => Status::new("À renouveler", "horloge", Color::Ocre),
            _ => Status::new("Active", "coche", Color::Pre),
        },
    }
}

/// What a file looks like on another day than today: what its rights say of that day, since the acts of its path are not
/// kept by day.
#[must_use]
pub fn state_on(found: &Habilitation, day: Date) -> Status {
    match found.rights.iter().map(|held| held.standing_on(day)).min() {
        Some(Standing::InForce | Standing::InGrace) => Status::new("Active", "coche", Color::Pre),
        Some(Standing::Suspended) => Status::new("Suspendue", "pause", Color::Prune),
        Some(Standing::Pending | Standing::ToCome) => Status::new("À venir", "horloge", Color::Ciel),
        Some(Standing::Ended | Standing::Void) => Status::new("Terminée", "cercle", Color::Ardoise),
        None => Status::new("Non délivrée", "cercle", Color::Ardoise),
    }
}

/// Title of the page of what an expert holds.
pub const OWN_HABILITATIONS: &str = "Mes habilitations";
/// Leads to the page where the charter is signed.
pub const SIGN_CHARTER: &str = "Lire et signer";

/// Title of the list of files.
pub const FILES: &str = "Dossiers d’habilitation";

/// What is not of the day looked at.
pub const OF_TODAY: &str =
    "Les habilitations et les pièces sont celles de ce jour-là, l’identité celle d’aujourd’hui.";

/// The word of a state, as the diagram shows it.
#[must_use]
pub const fn state_word(state: HabilitationState) -> &'static str {
    match state {
        HabilitationState::Applied => "Candidature",
        HabilitationState::InTraining => "En formation",
        HabilitationState::Presented => "Présentée au jury",
        HabilitationState::Active => "Active",
        HabilitationState::Suspended => "Suspendue",
        HabilitationState::Refused => "Refusée",
        HabilitationState::Withdrawn => "Retirée",
        HabilitationState::Resigned => "Démission",
        HabilitationState::Expired => "Expirée",
    }
}

/// Whether an habilitation is to be renewed: it ends soon and nothing goes on with it.
#[must_use]
pub fn ends_soon(found: &Habilitation, today: Date) -> bool {
    let left = found.ends_on().map(|end| (end - today).whole_days());
    found.file.state == HabilitationState::Active
        && !found.followed
        && left.is_some_and(|left| (0..=SOON).contains(&left))
}

/// Why a step is refused.
#[must_use]
pub fn wrong_state(from: Option<HabilitationState>) -> String {
    let state = from.map_or("à ouvrir", state_word).to_lowercase();
    format!("Ce dossier ne permet pas cette étape\u{202f}: son état est «\u{202f}{state}\u{202f}».")
}

/// Why an expert is written to.
pub const WHY_EXPERT: &str = "Vous recevez ce message parce que ce dossier d’habilitation est le vôtre.";
/// Why whoever accompanies is written to.
pub const WHY_SENIOR: &str = "Vous recevez ce message parce que vous accompagnez cette formation.";
/// Why a member of a jury is written to.
pub const WHY_JURY: &str = "Vous recevez ce message parce que vous siégez dans ce jury d’habilitation.";

/// Why the team is written to.
pub const WHY_STAFF: &str = "Vous recevez ce message parce que vous suivez les habilitations.";

/// What a renewal gives, above its form.
#[must_use]
pub fn renewal(period: Period, regions: &str) -> String {
    let codes = regions.split(',').filter(|code| !code.is_empty());
    let names: Vec<_> =
        codes.map(|code| territory::region(code).map_or(code, |region| region.name)).collect();
    let place = if names.is_empty() { EVERYWHERE.to_lowercase() } else { french::list(&names) };
    let days = french::date_range(period.from(), period.until());
    format!("Nouvelle période\u{202f}: {days}. Fonction, certification et secteur ({place}) ne changent pas.")
}
