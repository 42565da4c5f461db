//! French words of enrolments.

use entity::enrolment::{EnrolmentCause, EnrolmentState, EnrolmentWay, TraineeStatus};

use super::state::Step;
use crate::http::web::component::{Color, Status};

/// The beginning, in the drawing of the states.
pub const BEGIN: &str = "S’inscrire";
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
