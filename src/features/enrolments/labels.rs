//! French words of enrolments.

use entity::enrolment::{EnrolmentCause, EnrolmentState, EnrolmentWay, TraineeStatus};
use entity::training_session;
use time::OffsetDateTime;

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::deadline;

/// The beginning, in the drawing of the states.
pub const BEGIN: &str = "S’inscrire";
/// Fault of a form.
pub const TWICE: &str = "Cette personne est déjà inscrite à cette session";
/// Fault of a form.
pub const NOBODY: &str = "Indiquez au moins une personne";
/// Why a person receives a message.
pub const WHY_ENROLLED: &str =
    "Vous recevez ce message parce que votre inscription à une formation a été demandée à cette adresse.";

/// What a state looks like.
#[must_use]
pub const fn state(state: EnrolmentState) -> Status {
    use EnrolmentState as E;
    match state {
        E::Requested => Status::new("Demande", "envoi", Color::Ardoise),
        E::Waitlisted => Status::new("Liste d’attente", "horloge", Color::Ocre),
        E::Offered => Status::new("Place proposée", "envoi", Color::Ocre),
        E::Held => Status::new("Préinscrite", "horloge", Color::Ciel),
        E::Contracted => Status::new("Contractualisée", "plume", Color::Ciel),
        E::Confirmed => Status::new("Confirmée", "coche", Color::Pre),
        E::Present => Status::new("Présente", "coche", Color::Pre),
        E::Absent => Status::new("Absente", "moins", Color::Prune),
        E::Completed => Status::new("Terminée", "coche", Color::Pre),
        E::DroppedOut => Status::new("Abandon", "moins", Color::Garance),
        E::Expired => Status::new("Sans suite", "moins", Color::Ardoise),
        E::CancelledByClient => Status::new("Annulée", "croix", Color::Garance),
        E::CancelledByProvider => Status::new("Annulée par nous", "croix", Color::Garance),
        E::Postponed => Status::new("Reportée", "horloge", Color::Ocre),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Hold => "Garder une place",
        Step::Queue => "Mettre en attente",
        Step::Offer => "Proposer une place",
        Step::Accept => "Accepter la place",
        Step::Decline => "Renoncer à la place",
        Step::Recall => "Reprendre la proposition",
        Step::Expire => "Laisser passer le délai",
        Step::Contract => "Contractualiser",
        Step::Confirm => "Confirmer",
        Step::MarkPresent => "Noter présente",
        Step::MarkAbsent => "Noter absente",
        Step::Complete => "Terminer",
        Step::DropOut => "Noter un abandon",
        Step::Return => "Revenir",
        Step::CancelByClient => "Annuler à sa demande",
        Step::CancelByProvider => "Annuler de notre fait",
        Step::Postpone => "Reporter",
    }
}

/// How somebody came to be enrolled.
#[must_use]
pub const fn way(way: EnrolmentWay) -> &'static str {
    match way {
        EnrolmentWay::Public => "Par le catalogue",
        EnrolmentWay::Structure => "Par sa structure",
        EnrolmentWay::Staff => "Par l’équipe",
        EnrolmentWay::Api => "Par l’API",
        EnrolmentWay::Import => "Par un fichier",
    }
}

/// What a trainee is when they enrol.
#[must_use]
pub const fn status(status: TraineeStatus) -> &'static str {
    match status {
        TraineeStatus::PrivateEmployee => "Salarié du secteur privé",
        TraineeStatus::Apprentice => "Apprenti",
        TraineeStatus::JobSeeker => "En recherche d’emploi",
        TraineeStatus::Individual => "Particulier à ses frais",
        TraineeStatus::Other => "Autre",
    }
}

/// Why an enrolment ended before its time.
#[must_use]
pub const fn cause(cause: EnrolmentCause) -> &'static str {
    match cause {
        EnrolmentCause::Work => "Charge de travail ou changement d’emploi",
        EnrolmentCause::Health => "Santé",
        EnrolmentCause::Personal => "Raison personnelle",
        EnrolmentCause::Employer => "Décision de l’employeur",
        EnrolmentCause::Funding => "Financement refusé",
        EnrolmentCause::Prerequisites => "Prérequis non remplis",
        EnrolmentCause::NoAnswer => "Sans réponse",
        EnrolmentCause::Withdrawal => "Rétractation",
        EnrolmentCause::ForceMajeure => "Force majeure",
        EnrolmentCause::Provider => "Décision de l’organisme",
        EnrolmentCause::Other => "Autre raison",
    }
}

/// An instant where the session is: « le lundi 5 février 2024 à 18 h ».
#[must_use]
pub fn instant(at: OffsetDateTime, zone: &str) -> String {
    let day = french::long_date(deadline::day_in_zone(at, zone));
    format!("le {day} à {}", french::local_and_paris(at, zone))
}

/// The dates of a session.
#[must_use]
pub fn when(session: &training_session::Model) -> String {
    match (session.starts_on, session.ends_on) {
        (Some(from), Some(until)) => french::date_range(from, until),
        _ => "dates à préciser".to_owned(),
    }
}

/// Where a session is.
#[must_use]
pub fn place(session: &training_session::Model) -> String {
    let parts = [session.place.trim(), session.commune.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "à distance".to_owned() } else { parts.join(", ") }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "requested" => "demande d’inscription",
        "held" => "place gardée",
        "waitlisted" => "mise en liste d’attente",
        "offered" => "place proposée",
        "offer_accepted" => "place acceptée",
        "offer_declined" => "place refusée",
        "offer_recalled" => "proposition reprise",
        "expired" => "délai passé",
        "address_confirmed" => "adresse confirmée",
        "link_sent" => "nouveau lien envoyé",
        "contact_changed" => "coordonnées changées",
        "contracted" => "contrat ou convention signés",
        "confirmed" => "inscription confirmée",
        "present" => "présence",
        "absent" => "absence",
        "completed" => "formation terminée",
        "dropped_out" => "abandon",
        "returned" => "retour sur une fin",
        "cancelled_by_client" => "annulation demandée",
        "cancelled_by_provider" => "annulation de notre fait",
        "postponed" => "report",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::enrolments::state::{BEGINS, TABLE};

    #[test]
    fn every_event_has_its_words() {
        let names = TABLE.iter().map(|line| line.name).chain(BEGINS.iter().map(|(_, name, _)| *name));
        for name in names {
            let ending = name.strip_prefix("enrolment.").unwrap();
            assert!(happened(ending).is_some(), "{name}");
        }
    }
}
