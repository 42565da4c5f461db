//! What the days of the session make of an enrolment: there, not there, to the end, gone on the way. The team says it, or the
//! program after an attendance was recorded.

use entity::enrolment;
use entity::ids::EnrolmentId;

use super::{may_follow, record, step};
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedCancellation;
use crate::features::enrolments::state::Step;

/// What is known of somebody's coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They were there on a half-day.
    Present,
    /// They were not on any.
    Absent,
    /// They followed it to its end.
    Completed,
    /// They came back, or what was said of the end was a mistake.
    Returned,
}

impl Presence {
    const fn step(self) -> Step {
        match self {
            Self::Present => Step::MarkPresent,
            Self::Absent => Step::MarkAbsent,
            Self::Completed => Step::Complete,
            Self::Returned => Step::Return,
        }
    }
}

/// Writes it.
///
/// # Errors
/// [`EnrolmentError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn mark(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    presence: Presence,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = may_follow(tx, &dossier)?;
    dossier.check_version(version)?;
    let line = dossier.next(presence.step())?;
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        let ended = presence == Presence::Completed;
        enrolment.ended_at = ended.then_some(now);
        (enrolment.cause, enrolment.reason) = (None, None);
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    Ok(dossier.enrolment)
}

/// Records that somebody gave up on the way, and why.
///
/// # Errors
/// [`EnrolmentError::Stale`], every fault, the state, the refusal of the policy, what the database answers.
pub async fn drop_out(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedCancellation,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = may_follow(tx, &dossier)?;
    dossier.check_version(version)?;
    let line = dossier.next(Step::DropOut)?;
    let (cause, reason) = typed.read(false)?;
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(cause);
        enrolment.reason = Some(reason).filter(|reason| !reason.is_empty());
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    Ok(dossier.enrolment)
}
