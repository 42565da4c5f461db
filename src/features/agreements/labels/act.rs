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

/// Why those who sit in a jury are written to.
pub const WHY_MEMBER: &str =
    "Vous recevez ce message parce que vous siégez dans un jury prévu dans cette structure.";
/// Why candidates are written to.
pub const WHY_CANDIDATE: &str =
    "Vous recevez ce message parce que vous préparez cette certification avec cette structure.";

/// What an act changes for those who sit in the juries ahead.
#[must_use]
pub const fn for_members(kind: ActKind, undone: bool) -> &'static str {
    match (kind, undone) {
        (_, true) | (ActKind::Reinstatement, _) => {
            "L’agrément de la structure compte de nouveau\u{202f}: le jury se tient comme prévu."
        }
        (ActKind::Suspension, _) => {
            "L’agrément de la structure est suspendu\u{202f}: le jury ne se tient que si l’organisme certificateur le maintient. Nous vous l’écrirons dans les deux cas."
        }
        (ActKind::Withdrawal | ActKind::Renouncement, _) => {
            "L’agrément de la structure a pris fin\u{202f}: le jury ne s’y tient pas. Une autre date et un autre lieu vous seront proposés s’il y a lieu."
        }
    }
}

/// What an act changes for the candidates, in simple words.
#[must_use]
pub const fn for_candidates(undone: bool) -> &'static str {
    if undone {
        "Votre structure peut de nouveau préparer la certification. Rien ne change pour vous."
    } else {
        "Votre structure ne prépare plus à la certification. Vous gardez votre droit de passer devant un jury, organisé ailleurs."
    }
}

/// What an act is, as the subject of a mail says it: « suspension ».
#[must_use]
pub const fn noun(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Suspension => "suspension",
        ActKind::Reinstatement => "rétablissement",
        ActKind::Withdrawal => "retrait",
        ActKind::Renouncement => "renonciation",
    }
}

/// The refusal of an act while another one is in course.
pub const IN_COURSE: &str =
    "Une procédure est déjà en cours sur cet agrément\u{202f}: menez-la à son terme ou abandonnez-la.";
/// The refusal of an act when none is in course.
pub const NONE_IN_COURSE: &str = "Aucune procédure de cette sorte n’est en cours sur cet agrément.";
/// The refusal of a sanction.
pub const REFUSED: &str = "Cette décision ne peut pas être prise.";
/// The refusal of a reinstatement.
pub const UNSETTLED: &str = "Tous les constats de la suspension ne sont pas levés.";
/// The refusal of an undo that comes too late.
pub const TOO_LATE: &str = "Le délai pour revenir sur cet acte est passé.";
/// The refusal of an undo of something else than the last act.
pub const NOT_LAST: &str = "Un autre acte a suivi\u{202f}: revenez d’abord sur lui.";
/// The refusal of an undo where another agreement took the place.
pub const TAKEN: &str = "L’état de l’agrément a changé depuis\u{202f}: cet acte ne peut plus être annulé.";
/// A finding without the key of what it names.
pub const UNNAMED_GROUND: &str = "Indiquez de quel constat il s’agit";
/// What is held against nobody any more.
pub const NOT_HEARD_ANY_MORE: &str = "Cette procédure n’attend plus d’observations.";
/// A change of the list of partners: an act was undone.
pub const UNDONE: &str = "Acte annulé";
/// A declared change.
pub const REVIEWED: &str = "Ce changement est déjà examiné.";
