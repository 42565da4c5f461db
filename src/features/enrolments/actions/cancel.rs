//! Ends an enrolment before its time: what the client owes follows from the day, and the seat goes to the next.

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::OfferState;
use entity::ids::EnrolmentId;

use super::offer::offer_next;
use super::{close_offer, record, step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::Step;
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::training::cancellation::client_fee;

/// Who cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person or their employer.
    Client,
    /// The certifier.
    Provider,
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
    let permission = match why.by {
        By::Client => Permission::EnrolmentCancel,
        By::Provider => Permission::EnrolmentManage,
    };
    let grant = tx.authorize(permission, &dossier.facts())?;
    if version.is_some_and(|version| version != dossier.enrolment.version) {
        return Err(EnrolmentError::Stale);
    }
    end(tx, &grant, dossier, why).await
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
    end(tx, &grant, dossier, &Cancellation { by: By::Client, cause, reason }).await
}

pub(super) async fn end(
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
    let fee = owed(tx, &dossier, why.by).await?;
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

/// What a client owes once a contract binds them and the days to withdraw have passed; nothing before.
async fn owed(tx: &Tx, dossier: &Dossier, by: By) -> Result<Option<i64>, EnrolmentError> {
    let row = &dossier.enrolment;
    let bound = matches!(row.state, EnrolmentState::Contracted | EnrolmentState::Confirmed);
    let today = day_in_zone(tx.now(), &dossier.session.zone);
    let may_withdraw = row.withdrawal_until.is_some_and(|until| today <= until);
    let (Some(price), Some(starts_on)) = (row.price_cents, dossier.session.starts_on) else {
        return Ok(None);
    };
    if by == By::Provider || !bound || may_withdraw {
        return Ok(None);
    }
    let rules = settings::cancellation_rules(tx.conn()).await?;
    Ok(Some(client_fee(price, today, starts_on, &rules).cents))
}
