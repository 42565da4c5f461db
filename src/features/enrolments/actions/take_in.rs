//! Gives a seat, or a place in the waiting list, to somebody who has none: a request, or an enrolment that had ended.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::ids::EnrolmentId;

use super::begin::{hold, twice};
use super::confirm::keep_seat;
use super::enrol::{first_hold, queue};
use super::{make_link, record, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::{Dossier, is_past};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedCancellation;
use crate::features::enrolments::state::{Step, takes_seat};

/// Takes somebody in. Nobody passes before who waits.
///
/// # Errors
/// [`EnrolmentError::Stale`], [`EnrolmentError::Closed`], the state, the same person twice, the refusal of the policy,
/// what the database answers.
pub async fn take_in(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
) -> Result<enrolment::Model, EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentManage, &dossier.facts())?;
    dossier.check_version(version)?;
    seat_again(tx, &grant, dossier).await
}

/// The same, the right being given.
pub(super) async fn seat_again(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
) -> Result<enrolment::Model, EnrolmentError> {
    // whoever waits takes the seat that is offered, in the order of the ranks: no step queues somebody who waits
    let full = dossier.seats.tally().is_full() || dossier.enrolment.state == EnrolmentState::Waitlisted;
    let line = dossier.next(if full { Step::Queue } else { Step::Hold })?;
    if is_past(&dossier.session, tx.now()) || dossier.enrolment.erased_at.is_some() {
        return Err(EnrolmentError::Closed);
    }
    let until = first_hold(tx, &dossier.session).await?;
    let row = &mut dossier.enrolment;
    (row.ended_at, row.cause, row.reason, row.fee_cents) = (None, None, None, None);
    (row.contracted_at, row.confirmed_at, row.withdrawal_until) = (None, None, None);
    (row.remote_contract, row.deadline_at, row.waiting_since) = (false, None, None);
    row.price_cents = dossier.session.price_cents;
    if takes_seat(line.to) {
        hold(row, &mut dossier.seats, until);
    } else {
        queue(tx, &dossier.session, &mut dossier.seats, row).await?;
    }
    let known = row.email_confirmed_at.is_some();
    if known && takes_seat(line.to) {
        keep_seat(tx, &mut dossier).await?;
    }
    save(tx, &mut dossier.enrolment).await.map_err(|error| match error {
        EnrolmentError::Below(below) if below.breaks("enrolment_person_once") => twice(""),
        other => other,
    })?;
    dossier.seats.save(tx).await?;
    let purpose = if known { LinkPurpose::Follow } else { LinkPurpose::Confirm };
    let link = make_link(tx, dossier.enrolment.id, purpose, None).await?;
    record(tx, grant, &dossier, What::Stepped(line), Some(link)).await?;
    Ok(dossier.enrolment)
}

/// Says no to a request, with the cause that the person reads.
///
/// # Errors
/// [`EnrolmentError::Stale`], every fault, the state, the refusal of the policy, what the database answers.
pub async fn refuse(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedCancellation,
) -> Result<enrolment::Model, EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentManage, &dossier.facts())?;
    dossier.check_version(version)?;
    let line = dossier.next(Step::Refuse)?;
    let (cause, reason) = typed.read(true)?;
    let now = tx.instant();
    super::step(tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(cause);
        enrolment.reason = Some(reason);
    })
    .await?;
    record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    Ok(dossier.enrolment)
}
