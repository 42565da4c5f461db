//! What time does by itself: a seat that nobody confirmed and an offer that nobody answered go to the next, a contract whose
//! days to withdraw have passed is confirmed. Once each, however many processes run: the seats are locked and the row looked at again.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_offer::OfferState;
use entity::ids::{EnrolmentId, TrainingSessionId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::contract::confirm;
use super::offer::offer_next;
use super::{close_offer, offer_seats, record, step};
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::DueRun;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::Step;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "enrolments.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, EnrolmentError> {
    use enrolment::Column;
    let ids: Vec<EnrolmentId> = enrolment::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeadlineAt.lte(entity::Instant::from(app.now())))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, Box::pin(ring(app, id)).await)?;
    }
    due.end()
}

/// Ends one enrolment, if its time has still passed.
async fn ring(app: &Arc<App>, id: EnrolmentId) -> Result<bool, EnrolmentError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentDeadline, &dossier.facts())?;
    let passed = dossier.enrolment.deadline_at.is_some_and(|at| *at <= tx.now());
    let waits = matches!(
        dossier.enrolment.state,
        EnrolmentState::Held | EnrolmentState::Offered | EnrolmentState::Contracted
    );
    if !passed || !waits {
        return Ok(false);
    }
    if dossier.enrolment.state == EnrolmentState::Contracted {
        confirm(&mut tx, &grant, &mut dossier).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let line = dossier.next(Step::Expire)?;
    if dossier.enrolment.state == EnrolmentState::Offered {
        close_offer(&tx, id, OfferState::Expired).await?;
    }
    let now = tx.instant();
    step(&tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = Some(EnrolmentCause::NoAnswer);
    })
    .await?;
    record(&mut tx, &grant, &dossier, What::Stepped(line), None).await?;
    let Dossier { session, seats, .. } = dossier;
    offer_next(&mut tx, &grant, &session, seats).await?;
    tx.commit().await?;
    Ok(true)
}

/// Offers the free seats of a session, after its number of seats grew or its dates came back.
///
/// # Errors
/// What the database answers.
pub async fn offer_free(app: &Arc<App>, session: TrainingSessionId) -> Result<usize, EnrolmentError> {
    let mut tx = app.begin(Actor::system("enrolments.offer")).await?;
    let offered = offer_seats(&mut tx, session).await?;
    if offered > 0 {
        tx.commit().await?;
    }
    Ok(offered)
}
