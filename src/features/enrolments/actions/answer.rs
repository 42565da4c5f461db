//! The person takes the seat that was offered, or leaves it to the next.

use entity::enrolment::{self, EnrolmentCause};
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::OfferState;

use super::confirm::keep_seat;
use super::offer::offer_next;
use super::{close_offer, make_link, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::Step;

/// Accepts the offer of a link: the address is confirmed by the way.
///
/// # Errors
/// [`EnrolmentError::LinkOver`], [`EnrolmentError::OfferOver`], the refusal of the policy, what the database answers.
pub async fn accept_offer(tx: &mut Tx, token: &str) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = offered(tx, token).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    let line = dossier.next(Step::Accept)?;
    close_offer(tx, dossier.enrolment.id, OfferState::Accepted).await?;
    let now = tx.instant();
    keep_seat(tx, &mut dossier).await?;
    let until = dossier.enrolment.held_until;
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.deadline_at = until;
        enrolment.email_confirmed_at = enrolment.email_confirmed_at.or(Some(now));
    })
    .await?;
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Follow, None).await?;
    record(tx, &grant, &dossier, What::Stepped(line), Some(link)).await?;
    Ok(dossier.enrolment)
}

/// Declines it: the seat is offered to the next.
///
/// # Errors
/// The same.
pub async fn decline_offer(tx: &mut Tx, token: &str) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = offered(tx, token).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &dossier.facts())?;
    let line = dossier.next(Step::Decline)?;
    close_offer(tx, dossier.enrolment.id, OfferState::Declined).await?;
    let now = tx.instant();
    step(tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(EnrolmentCause::Personal);
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    let Dossier { enrolment, session, seats } = dossier;
    offer_next(tx, &grant, &session, seats).await?;
    Ok(enrolment)
}

async fn offered(tx: &Tx, token: &str) -> Result<Dossier, EnrolmentError> {
    let dossier = Dossier::by_link(tx, token, &[LinkPurpose::Offer]).await?;
    if dossier.offer_stands(tx.now()) { Ok(dossier) } else { Err(EnrolmentError::OfferOver) }
}
