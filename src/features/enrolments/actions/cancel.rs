//! Ends an enrolment before its time: what the client owes follows from the day, and the seat goes to the next.

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::OfferState;
use entity::ids::EnrolmentId;

use super::offer::offer_next;
use super::{close_offer, record, step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::costs::owed;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedCancellation;
use crate::features::enrolments::state::{Step, is_bound};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::training::cancellation::provider_may_cancel;

/// Who cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person or their employer.
    Client,
    /// The certifier.
    Provider,
}

impl By {
    const fn permission(self) -> Permission {
        match self {
            Self::Client => Permission::EnrolmentCancel,
            Self::Provider => Permission::EnrolmentManage,
        }
    }
}

/// Why an enrolment ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// By whom.
    pub by: By,
    /// Why.
    pub cause: EnrolmentCause,
    /// In words; may be empty.
    pub reason: String,
}

/// Cancels an enrolment.
///
/// # Errors
/// [`EnrolmentError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn cancel(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    why: &Cancellation,
) -> Result<enrolment::Model, EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(why.by.permission(), &dossier.facts())?;
    dossier.check_version(version)?;
    check_delay(tx, &dossier, why).await?;
    Box::pin(end(tx, &grant, dossier, why)).await
}

/// The same, as typed. The certifier says why in words.
///
/// # Errors
/// Every fault, and those of [`cancel`].
pub async fn cancel_as_typed(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    by: By,
    typed: &TypedCancellation,
) -> Result<enrolment::Model, EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let _allowed = tx.authorize(by.permission(), &dossier.facts())?;
    let (cause, reason) = typed.read(by == By::Provider)?;
    Box::pin(cancel(tx, id, version, &Cancellation { by, cause, reason })).await
}

/// The same, by the person who holds the link of a message.
///
/// # Errors
/// [`EnrolmentError::LinkOver`], the state, what the database answers.
pub async fn cancel_by_link(
    tx: &mut Tx,
    token: &str,
    cause: EnrolmentCause,
    reason: String,
) -> Result<enrolment::Model, EnrolmentError> {
    let purposes = [LinkPurpose::Confirm, LinkPurpose::Follow];
    let dossier = Dossier::by_link(tx, token, &purposes).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    Box::pin(end(tx, &grant, dossier, &Cancellation { by: By::Client, cause, reason })).await
}

/// The certifier keeps its own delay, unless nobody could do otherwise: whoever is bound was promised a seat.
async fn check_delay(tx: &Tx, dossier: &Dossier, why: &Cancellation) -> Result<(), EnrolmentError> {
    let Some(starts_on) = dossier.session.starts_on.filter(|_| is_bound(dossier.enrolment.state)) else {
        return Ok(());
    };
    if why.by == By::Client {
        return Ok(());
    }
    let rules = settings::cancellation_rules(tx.conn()).await?;
    let forced = why.cause == EnrolmentCause::ForceMajeure;
    if provider_may_cancel(dossier.today(tx.now()), starts_on, forced, &rules) {
        return Ok(());
    }
    Err(EnrolmentError::TooLate(add_days(starts_on, -i32::from(rules.provider_days))))
}

async fn end(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
    why: &Cancellation,
) -> Result<enrolment::Model, EnrolmentError> {
    let offered = dossier.enrolment.state == EnrolmentState::Offered;
    let line = dossier.next(match why.by {
        By::Client if offered => Step::Decline,
        By::Client => Step::CancelByClient,
        By::Provider => Step::CancelByProvider,
    })?;
    if offered {
        close_offer(tx, dossier.enrolment.id, OfferState::Withdrawn).await?;
    }
    let fee = match why.by {
        By::Client => owed(tx.conn(), &dossier.enrolment, &dossier.session, dossier.today(tx.now())).await?,
        By::Provider => None,
    };
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(why.cause);
        enrolment.reason = Some(why.reason.clone()).filter(|reason| !reason.is_empty());
        enrolment.fee_cents = fee;
    })
    .await?;
    record(tx, grant, &dossier, What::Stepped(line), None).await?;
    let Dossier { enrolment, session, seats } = dossier;
    offer_next(tx, grant, &session, seats).await?;
    Ok(enrolment)
}
