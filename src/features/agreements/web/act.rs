//! The acts that a page offers: who may, from which state, and how its form is addressed.

use entity::agreement::{self, AgreementState};
use entity::agreement_request::RequestState;
use entity::decision::Outcome;
use time::OffsetDateTime;

use crate::authz::{self, Actor, Facts, Permission};
use crate::features::agreements::queries::Attachments;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::{Dossier, decision_rules};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// One act on a file, named in the address of its form: `/agrements/{ref}/{verb}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Submit, the first time or again.
    Submit,
    /// Give up.
    Withdraw,
    /// Accept or refuse a piece.
    Review,
    /// Send back for pieces.
    Return,
    /// Declare complete.
    Complete,
    /// Give the visit to a contrôleur.
    Assign,
    /// Do without a visit.
    Waive,
    /// Decline the visit.
    Decline,
    /// Take the visit back, or drop out of it.
    Release,
    /// Fix the date.
    Schedule,
    /// Move the date.
    Postpone,
    /// Record the visit.
    RecordVisit,
    /// Send the provisional report.
    SendReport,
    /// Answer the report.
    Comment,
    /// Give the opinion.
    Finalise,
    /// Put on an agenda.
    Agenda,
    /// Decide.
    Decide,
    /// Record the registered letter of a refusal.
    RecordLetter,
    /// Resume after an adjournment.
    Resume,
    /// Bring a piece that the committee waits for; its file comes with it (`deposit`).
    Supply,
    /// Appeal.
    Appeal,
    /// Settle the appeal.
    Settle,
    /// Sign for the structure.
    SignStructure,
    /// Sign for the certifier.
    SignCertifier,
    /// Bring what proves that a reserve is done; its file comes with it (`deposit`).
    ProveReserve,
    /// Close a reserve.
    CloseReserve,
}

impl Act {
    /// Every act, in the order of a file.
    pub const ALL: [Self; 26] = [
        Self::Submit,
        Self::Withdraw,
        Self::Review,
        Self::Return,
        Self::Complete,
        Self::Assign,
        Self::Waive,
        Self::Decline,
        Self::Release,
        Self::Schedule,
        Self::Postpone,
        Self::RecordVisit,
        Self::SendReport,
        Self::Comment,
        Self::Finalise,
        Self::Agenda,
        Self::Decide,
        Self::RecordLetter,
        Self::Resume,
        Self::Supply,
        Self::Appeal,
        Self::Settle,
        Self::SignStructure,
        Self::SignCertifier,
        Self::ProveReserve,
        Self::CloseReserve,
    ];

    /// The last part of the address of its form.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Submit => "deposer",
            Self::Withdraw => "retirer",
            Self::Review => "examiner",
            Self::Return => "renvoyer",
            Self::Complete => "completer",
            Self::Assign => "confier",
            Self::Waive => "dispenser",
            Self::Decline => "decliner",
            Self::Release => "retirer-visite",
            Self::Schedule => "planifier",
            Self::Postpone => "deplacer",
            Self::RecordVisit => "enregistrer-visite",
            Self::SendReport => "envoyer-rapport",
            Self::Comment => "repondre",
            Self::Finalise => "avis",
            Self::Agenda => "inscrire",
            Self::Decide => "decision",
            Self::RecordLetter => "recommande",
            Self::Resume => "reprendre",
            Self::Supply => "fournir",
            Self::Appeal => "recours",
            Self::Settle => "reponse-recours",
            Self::SignStructure => "signer",
            Self::SignCertifier => "contresigner",
            Self::ProveReserve => "justifier-reserve",
            Self::CloseReserve => "lever-reserve",
        }
    }

    /// The act of a verb.
    #[must_use]
    pub fn of(verb: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.verb() == verb)
    }

    /// Whether it is asked twice: it reaches people or cannot be undone.
    #[must_use]
    pub const fn is_confirmed(self) -> bool {
        !matches!(self, Self::Review | Self::RecordLetter | Self::Supply | Self::ProveReserve)
    }

    /// Whether its form holds choices only: its question then has an address of its own. What a submission sends is
    /// kept before it is asked about.
    #[must_use]
    pub const fn has_no_words(self) -> bool {
        matches!(self, Self::Submit | Self::Complete | Self::SendReport | Self::Agenda | Self::Resume)
    }

    /// Whether it takes something away from somebody.
    #[must_use]
    pub const fn is_danger(self) -> bool {
        matches!(self, Self::Withdraw | Self::Decline | Self::Release)
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Submit => Permission::RequestSubmit,
            Self::Withdraw => Permission::RequestWithdraw,
            Self::Review => Permission::RequestReview,
            Self::Return => Permission::RequestReturn,
            Self::Complete => Permission::RequestComplete,
            Self::Assign => Permission::RequestAssign,
            Self::Waive => Permission::RequestWaive,
            Self::Decline => Permission::RequestDecline,
            Self::Release => Permission::RequestRelease,
            Self::Schedule => Permission::RequestSchedule,
            Self::Postpone => Permission::RequestPostpone,
            Self::RecordVisit => Permission::RequestVisit,
            Self::SendReport => Permission::RequestReport,
            Self::Comment => Permission::RequestComment,
            Self::Finalise => Permission::RequestFinalise,
            Self::Agenda => Permission::RequestAgenda,
            Self::Decide => Permission::RequestDecide,
            Self::RecordLetter => Permission::RequestLetter,
            Self::Resume => Permission::RequestResume,
            Self::Supply => Permission::RequestEdit,
            Self::Appeal => Permission::RequestAppeal,
            Self::Settle => Permission::RequestSettle,
            Self::SignStructure => Permission::AgreementSignStructure,
            Self::SignCertifier => Permission::AgreementSignCertifier,
            Self::ProveReserve => Permission::AgreementProve,
            Self::CloseReserve => Permission::AgreementLift,
        }
    }

    /// The step of the request that it makes; none for the acts on the right, on the pieces and on the letter.
    const fn step(self) -> Option<Step> {
        match self {
            Self::Submit => Some(Step::Submit),
            Self::Withdraw => Some(Step::Withdraw),
            Self::Complete => Some(Step::DeclareComplete),
            Self::Return => Some(Step::Return),
            Self::Assign => Some(Step::AssignController),
            Self::Waive => Some(Step::WaiveVisit),
            Self::Decline => Some(Step::Decline),
            Self::Release => Some(Step::Release),
            Self::Schedule => Some(Step::Schedule),
            Self::Postpone => Some(Step::Postpone),
            Self::RecordVisit => Some(Step::RecordVisit),
            Self::SendReport => Some(Step::SendReport),
            Self::Comment => Some(Step::Comment),
            Self::Finalise => Some(Step::Finalise),
            Self::Agenda => Some(Step::PutOnAgenda),
            Self::Decide => Some(Step::Grant),
            Self::Resume => Some(Step::ResumeToCommittee),
            Self::Appeal => Some(Step::LodgeAppeal),
            Self::Settle => Some(Step::Uphold),
            Self::Review
            | Self::RecordLetter
            | Self::Supply
            | Self::SignStructure
            | Self::SignCertifier
            | Self::ProveReserve
            | Self::CloseReserve => None,
        }
    }
}

/// What this person may do on this file now, in the order of a file.
#[must_use]
pub fn offered(actor: &Actor, dossier: &Dossier, around: &Attachments, now: OffsetDateTime) -> Vec<Act> {
    let decided_by = around.decisions.first().map(|decision| decision.decided_by);
    let facts = Facts { decided_by, ..dossier.facts() };
    let fits =
        |act: &Act| authz::may(actor, act.permission(), &facts) && is_timely(*act, dossier, around, now);
    let mut acts: Vec<Act> = Act::ALL.into_iter().filter(fits).collect();
    if acts.contains(&Act::Decline) {
        // As long as its date is not fixed, the visit is only proposed: whoever was asked declines.
        acts.retain(|act| *act != Act::Release);
    }
    acts
}

/// Whether this person may write the request while it is in the hands of the structure: the team may prepare it, the
/// structure alone submits it.
#[must_use]
pub fn writes(actor: &Actor, dossier: &Dossier) -> bool {
    state::TABLE.can(dossier.request.state, Step::Submit)
        && authz::may(actor, Permission::RequestEdit, &dossier.facts())
}

/// Whether this person makes the visit and may read and prepare its grid, from the day when its date is fixed.
#[must_use]
pub fn prepares_grid(actor: &Actor, dossier: &Dossier) -> bool {
    state::TABLE.can(dossier.request.state, Step::RecordVisit)
        && authz::may(actor, Act::RecordVisit.permission(), &dossier.facts())
}

fn is_timely(act: Act, dossier: &Dossier, around: &Attachments, now: OffsetDateTime) -> bool {
    let request = &dossier.request;
    let right = around.agreement.as_ref();
    if let Some(step) = act.step()
        && !state::TABLE.can(request.state, step)
    {
        return false;
    }
    match act {
        Act::Review => state::examines_pieces(request.state).is_ok(),
        Act::Supply => request.state == RequestState::Adjourned,
        Act::RecordVisit => request.visit_at.is_some_and(|at| *at <= now),
        Act::Comment => request.comments_due_at.is_none_or(|due| *due >= now),
        Act::Finalise => {
            request.commented_at.is_some() || request.comments_due_at.is_none_or(|due| *due < now)
        }
        Act::Decide => {
            let in_paris = day_in_zone(now, PARIS);
            decision_rules::once_met(around.committee.as_ref().map(|one| one.meets_on), in_paris).is_ok()
        }
        Act::RecordLetter => {
            around.decisions.first().is_some_and(|decision| decision.outcome == Outcome::Refuse)
        }
        Act::Appeal => request.appeal_until.is_none_or(|until| *until >= now),
        Act::SignStructure => {
            right.is_some_and(|right| is_pending(right) && right.signed_by_structure_at.is_none())
        }
        Act::SignCertifier => {
            right.is_some_and(|right| is_pending(right) && right.signed_by_certifier_at.is_none())
        }
        Act::ProveReserve | Act::CloseReserve => {
            right.is_some_and(|right| state::right::takes_proofs(right.state).is_ok())
        }
        _ => true,
    }
}

fn is_pending(right: &agreement::Model) -> bool {
    right.state == AgreementState::Pending
}
