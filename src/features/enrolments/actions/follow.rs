//! The enrolments of a session follow it: they end when it is cancelled, wait when it is postponed, and get a seat again, in
//! the order of their coming, once it has other dates. One transaction each; done again, nothing is done twice.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::OfferState;
use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::training_session::{self, SessionState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::cancel::end;
use super::{By, Cancellation, close_offer, make_link, record, step};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::{Dossier, within};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::Step;
use crate::features::settings;

const ACTOR: &str = "enrolments.follow";
/// Those whom a session that is not held leaves without one.
const BEFORE: [EnrolmentState; 6] = [
    EnrolmentState::Requested,
    EnrolmentState::Waitlisted,
    EnrolmentState::Offered,
    EnrolmentState::Held,
    EnrolmentState::Contracted,
    EnrolmentState::Confirmed,
];

/// Moves the enrolments of a session as it moved. Gives how many did.
///
/// # Errors
/// What the database answers.
pub async fn follow(app: &Arc<App>, id: TrainingSessionId) -> Result<usize, EnrolmentError> {
    let found = training_session::Entity::find_by_id(id).one(app.db.read()).await?;
    let session = found.ok_or(EnrolmentError::NotFound)?;
    let mut states: Vec<EnrolmentState> = BEFORE.to_vec();
    match session.state {
        SessionState::Cancelled => {
            // Whoever came before it was cut short is told too.
            states.extend([EnrolmentState::Present, EnrolmentState::Absent, EnrolmentState::Postponed]);
        }
        SessionState::Postponed => {}
        SessionState::Open | SessionState::Confirmed => states = vec![EnrolmentState::Postponed],
        _ => return Ok(0),
    }
    let ids: Vec<EnrolmentId> = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .filter(enrolment::Column::SessionId.eq(id))
        .filter(enrolment::Column::State.is_in(states))
        .order_by_asc(enrolment::Column::Seq)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut moved = 0;
    for one in ids {
        moved += usize::from(Box::pin(move_one(app, one)).await?);
    }
    Ok(moved)
}

/// Moves one enrolment, if it still has to.
async fn move_one(app: &Arc<App>, id: EnrolmentId) -> Result<bool, EnrolmentError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentDeadline, &dossier.facts())?;
    let done = match dossier.session.state {
        SessionState::Cancelled => ended(&mut tx, &grant, dossier).await?,
        SessionState::Postponed => put_off(&mut tx, &grant, dossier).await?,
        SessionState::Open | SessionState::Confirmed => taken_back(&mut tx, &grant, dossier).await?,
        _ => false,
    };
    if done {
        tx.commit().await?;
    }
    Ok(done)
}

async fn ended(tx: &mut Tx, grant: &Grant, dossier: Dossier) -> Result<bool, EnrolmentError> {
    if dossier.next(Step::CancelByProvider).is_err() {
        return Ok(false);
    }
    let reason = dossier.session.reason.clone().unwrap_or_default();
    let why = Cancellation { by: By::Provider, cause: EnrolmentCause::Provider, reason };
    end(tx, grant, dossier, &why).await?;
    Ok(true)
}

async fn put_off(tx: &mut Tx, grant: &Grant, mut dossier: Dossier) -> Result<bool, EnrolmentError> {
    let Ok(line) = dossier.next(Step::Postpone) else { return Ok(false) };
    if dossier.enrolment.state == EnrolmentState::Offered {
        close_offer(tx, dossier.enrolment.id, OfferState::Withdrawn).await?;
    }
    step(tx, &mut dossier, line, |_| {}).await?;
    record(tx, grant, &dossier, What::Stepped(line), None).await?;
    Ok(true)
}

/// A seat again while there are, for the time of an answer; then a place in the waiting list.
async fn taken_back(tx: &mut Tx, grant: &Grant, mut dossier: Dossier) -> Result<bool, EnrolmentError> {
    if dossier.enrolment.state != EnrolmentState::Postponed {
        return Ok(false);
    }
    let rules = settings::enrolment_rules(tx.conn()).await?;
    let line = if dossier.seats.tally().is_full() {
        let line = dossier.next(Step::Queue)?;
        let rank = dossier.seats.queue();
        step(tx, &mut dossier, line, |enrolment| enrolment.rank = Some(rank)).await?;
        line
    } else {
        let line = dossier.next(Step::Hold)?;
        let until = within(&dossier.session, tx.now(), rules.hold_hours, &rules)?;
        step(tx, &mut dossier, line, |enrolment| {
            enrolment.held_until = Some(until.into());
            enrolment.deadline_at = enrolment.held_until;
            // They say again that they come.
            enrolment.email_confirmed_at = None;
        })
        .await?;
        line
    };
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Confirm, None).await?;
    record(tx, grant, &dossier, What::Stepped(line), Some(link)).await?;
    Ok(true)
}
