//! The person goes to another session: their seat there, or a rank; the one they leave goes to who waits.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::ids::{EnrolmentId, TrainingBuyerId, TrainingSessionId};
use entity::{training_buyer, training_session};
use sea_orm::{EntityTrait, QuerySelect};

use super::begin::{continued, hold, insert, refuse_twice, twice};
use super::confirm::keep_seat;
use super::enrol::{buyer_once, first_hold, queue};
use super::offer::offer_next;
use super::session_moves::went_elsewhere;
use super::{make_link, record, step};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::enrolments::dossier::{Dossier, facts, facts_of, is_past, session_of};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::labels::faults as words;
use crate::features::enrolments::seats::Seats;
use crate::features::enrolments::state::{Step, TABLE};

/// Moves somebody to another session. Nothing is owed; a contract is signed again, for the new dates.
///
/// # Errors
/// [`EnrolmentError::Stale`], [`EnrolmentError::Closed`] when the other session takes nobody, the same session, the person
/// enrolled there already, the state, the refusal of the policy, what the database answers.
pub async fn transfer(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    target: TrainingSessionId,
) -> Result<enrolment::Model, EnrolmentError> {
    let (mut dossier, mut seats) = both(tx, id, target).await?;
    let grant = tx.authorize(Permission::EnrolmentManage, &dossier.facts())?;
    dossier.check_version(version)?;
    let session = session_of(tx, target).await?;
    let place = Facts { structure: dossier.enrolment.structure_id, ..facts_of(&session) };
    let _there = tx.authorize(Permission::EnrolmentManage, &place)?;
    // whose session is postponed has left it already
    let line = match dossier.enrolment.state {
        EnrolmentState::Postponed if !went_elsewhere(tx, id).await? => None,
        _ => Some(dossier.next(Step::Move)?),
    };
    if is_past(&session, tx.now()) || dossier.enrolment.erased_at.is_some() {
        return Err(EnrolmentError::Closed);
    }
    let key = std::slice::from_ref(&dossier.enrolment.person_key);
    refuse_twice(tx, &session, key).await.map_err(|error| match error {
        EnrolmentError::Invalid(_) => twice("/session_id"),
        other => other,
    })?;
    let before = dossier.enrolment.clone();
    if let Some(line) = line {
        let now = tx.instant();
        step(tx, &mut dossier, line, |enrolment| enrolment.ended_at = Some(now)).await?;
        record(tx, &grant, &dossier, What::Stepped(line), None).await?;
    }
    let buyer = buyer_there(tx, &before, &session).await?;
    let mut row = continued(tx, &session, &before, buyer, &mut seats);
    let begins = if seats.tally().is_full() { Step::Queue } else { Step::Hold };
    if begins == Step::Hold {
        let until = first_hold(tx, &session).await?;
        hold(&mut row, &mut seats, until);
    } else {
        queue(tx, &session, &mut seats, &mut row).await?;
    }
    let mut there = Dossier { enrolment: row, session, seats };
    if begins == Step::Hold && there.enrolment.email_confirmed_at.is_some() {
        keep_seat(tx, &mut there).await?;
    }
    insert(tx, &there.enrolment).await?;
    there.seats.save(tx).await?;
    let known = there.enrolment.email_confirmed_at.is_some();
    let purpose = if known { LinkPurpose::Follow } else { LinkPurpose::Confirm };
    let link = make_link(tx, there.enrolment.id, purpose, None).await?;
    record(tx, &grant, &there, What::Stepped(TABLE.next(None, begins)?), Some(link)).await?;
    let Dossier { session, seats, .. } = dossier;
    offer_next(tx, &grant, &session, seats).await?;
    Ok(there.enrolment)
}

/// The enrolment and the seats of both sessions, locked in the order of their keys: two transfers that cross cannot wait
/// for each other.
async fn both(
    tx: &Tx,
    id: EnrolmentId,
    target: TrainingSessionId,
) -> Result<(Dossier, Seats), EnrolmentError> {
    let seen = enrolment::Entity::find_by_id(id).one(tx.conn()).await?.ok_or(EnrolmentError::NotFound)?;
    // before the other session is looked for: a refusal tells nothing of it
    let from = session_of(tx, seen.session_id).await?;
    let _allowed = tx.authorize(Permission::EnrolmentManage, &facts(&seen, &from))?;
    if seen.session_id == target {
        return Err(vec![Fault::new("/session_id", "same-session", words::SAME_SESSION)].into());
    }
    let (here, there) = if seen.session_id < target {
        let here = Seats::lock(tx, seen.session_id).await?;
        (here, Seats::lock(tx, target).await?)
    } else {
        let there = Seats::lock(tx, target).await?;
        (Seats::lock(tx, seen.session_id).await?, there)
    };
    let row = enrolment::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let enrolment = row.ok_or(EnrolmentError::NotFound)?;
    let session = session_of(tx, enrolment.session_id).await?;
    Ok((Dossier { enrolment, session, seats: here }, there))
}

/// The same buyer, in the other session.
async fn buyer_there(
    tx: &Tx,
    before: &enrolment::Model,
    session: &training_session::Model,
) -> Result<TrainingBuyerId, EnrolmentError> {
    let known = training_buyer::Entity::find_by_id(before.buyer_id).one(tx.conn()).await?;
    let known = known.ok_or(EnrolmentError::NotFound)?;
    let row = training_buyer::Model {
        id: tx.new_id(),
        session_id: session.id,
        created_at: tx.instant(),
        version: 1,
        ..known
    };
    buyer_once(tx, row).await
}
