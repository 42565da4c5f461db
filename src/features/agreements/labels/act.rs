//! Words of the acts on a right: what is done, why, where it stands.

use entity::right_act::{ActCause, ActKind, ActState};
use entity::right_change::{ChangeReview, ChangeState, ChangeTopic};
use entity::sanction_ground::GroundKind;

use super::super::state::act::ActStep;
use crate::http::web::component::{Color, Status};

/// What is done.
#[must_use]
pub const fn kind(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Suspension => "Suspension",
        ActKind::Reinstatement => "Rétablissement",
        ActKind::Withdrawal => "Retrait",
        ActKind::Renouncement => "Renonciation",
    }
}

/// Why.
#[must_use]
pub const fn cause(cause: ActCause) -> &'static str {
    match cause {
        ActCause::Breach => "Manquement grave constaté par un contrôle",
        ActCause::OverdueReserves => "Réserve non levée dans le délai",
        ActCause::OverdueActions => "Actions correctives non faites dans le délai",
        ActCause::RefusedInspection => "Refus d’un contrôle",
        ActCause::Fraud => "Fraude",
        ActCause::Danger => "Danger pour des personnes",
        ActCause::ActionsVerified => "Actions correctives vérifiées",
        ActCause::ReservesLifted => "Réserves levées",
        ActCause::OwnWish => "Souhait de la structure",
    }
}

/// Word, sign and colour of a state.
#[must_use]
pub const fn state(state: ActState) -> Status {
    match state {
        ActState::Notified => Status::new("Mise en demeure", "horloge", Color::Ocre),
        ActState::Asked => Status::new("À confirmer", "groupe", Color::Ocre),
        ActState::Done => Status::new("En vigueur", "coche", Color::Ciel),
        ActState::Dropped => Status::new("Abandonnée", "moins", Color::Ardoise),
        ActState::Undone => Status::new("Annulée", "croix", Color::Ardoise),
    }
}

/// A step, as an infinitive.
#[must_use]
pub const fn step(step: ActStep) -> &'static str {
    match step {
        ActStep::Notify => "Mettre en demeure",
        ActStep::Ask => "Demander le retrait",
        ActStep::DoAtOnce => "Faire sans attendre",
        ActStep::Comment => "Présenter des observations",
        ActStep::AskAfterNotice => "Demander le retrait après la mise en demeure",
        ActStep::Carry => "Suspendre après la mise en demeure",
        ActStep::Confirm => "Confirmer",
        ActStep::Drop => "Abandonner",
        ActStep::Undo => "Revenir en arrière",
    }
}

/// What a finding is.
#[must_use]
pub const fn ground(kind: GroundKind) -> &'static str {
    match kind {
        GroundKind::Nonconformity => "Écart majeur",
        GroundKind::OverdueActions => "Actions correctives en retard",
        GroundKind::Reserve => "Réserve en retard",
        GroundKind::RefusedInspection => "Contrôle refusé",
        GroundKind::Incident => "Fait de fraude ou de danger",
    }
}

/// What a structure declares.
#[must_use]
pub const fn topic(topic: ChangeTopic) -> &'static str {
    match topic {
        ChangeTopic::Site => "Site",
        ChangeTopic::Referent => "Personne référente",
        ChangeTopic::Team => "Équipe",
        ChangeTopic::LegalForm => "Forme juridique",
        ChangeTopic::Other => "Autre changement",
    }
}

/// Word, sign and colour of a declared change.
#[must_use]
pub const fn change(state: ChangeState) -> Status {
    match state {
        ChangeState::Declared => Status::new("À examiner", "horloge", Color::Ocre),
        ChangeState::Reviewed => Status::new("Examiné", "coche", Color::Pre),
    }
}

/// What comes of a declared change.
#[must_use]
pub const fn review(review: ChangeReview) -> &'static str {
    match review {
        ChangeReview::Noted => "Pris en compte",
        ChangeReview::Amendment => "Avenant à la convention",
        ChangeReview::Inspection => "Contrôle à prévoir",
    }
}
