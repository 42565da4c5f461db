//! Takes planned missions back from people who may not hold them any more: an habilitation suspended or ended, a tie
//! learnt later. The person and the team are told why; the mission then waits for somebody else. Those whose hour comes
//! between two runs are weighed once more by the alarm of their start.

use std::sync::Arc;

use entity::ids::{ExpertId, MissionId};
use entity::mission::{self, MissionState};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{close_offer, forget_waiting, invitation, record, release, step};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::{DueRun, Tx};
use crate::events::InvitationMethod;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;

/// Missions looked at in one run.
const BATCH: u64 = 500;
const ACTOR: &str = "missions.recheck";

/// Looks at every mission accepted and still to come. Gives how many were taken back.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, MissionError> {
    Box::pin(weigh(app, None)).await
}

/// Looks at the missions of one person, whose habilitation was just suspended or ended.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn of(app: &Arc<App>, person: ExpertId) -> Result<usize, MissionError> {
    Box::pin(weigh(app, Some(person))).await
}

async fn weigh(app: &Arc<App>, person: Option<ExpertId>) -> Result<usize, MissionError> {
    let now: entity::Instant = app.now().into();
    let planned: Vec<MissionId> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::State.eq(MissionState::Accepted))
        .filter(mission::Column::StartsAt.gt(now))
        .filter(Condition::all().add_option(person.map(|person| mission::Column::ExpertId.eq(person))))
        .order_by_asc(mission::Column::StartsAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in planned {
        due.count(id, Box::pin(weigh_one(app, id)).await)?;
    }
    due.end()
}

async fn weigh_one(app: &Arc<App>, id: MissionId) -> Result<bool, MissionError> {
    let row = mission::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(row) = row else { return Ok(false) };
    let dossier = Dossier::around(app.db.read(), row).await?;
    let found = standing::of(app.db.read(), &Need::of(&dossier), &dossier.expert, app.now()).await?;
    if found.may_keep() { Ok(false) } else { take_back(app, id).await }
}

/// Takes one back, if it must still be: the row is locked and everything looked at again.
async fn take_back(app: &Arc<App>, id: MissionId) -> Result<bool, MissionError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::MissionDeadline, &dossier.facts())?;
    dossier.expert = locked_expert(&tx, dossier.mission.expert_id).await?;
    let found = standing::of(tx.conn(), &Need::of(&dossier), &dossier.expert, tx.now()).await?;
    if dossier.mission.state != MissionState::Accepted || found.may_keep() {
        return Ok(false);
    }
    take_from(&mut tx, &grant, &mut dossier, &found.refusals.join(" ")).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes an accepted mission back from the person of the dossier, for a reason in words.
pub(super) async fn take_from(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    reason: &str,
) -> Result<(), MissionError> {
    close_offer(tx, dossier, OfferStep::TakeBack, |_| {}).await?;
    forget_waiting(tx, dossier).await?;
    release(tx.conn(), dossier.mission.id).await?;
    let kept = reason.to_owned();
    let line = step(tx, dossier, Step::Withdraw, |mission| {
        mission.reason = Some(kept);
        mission.sequence += 1;
    })
    .await?;
    let cancelled = Some(invitation(dossier, InvitationMethod::Cancel));
    record(tx, grant, dossier, line, What::TakenBack { reason, cancelled }).await
}
