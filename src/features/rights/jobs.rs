//! What time does to rights, once whatever the number of processes: the row is locked and weighed again before
//! anything is done.
//!
//! Alerts leave for every kind but agreements, whose procedure has its own. The end is told here for what no other
//! feature ends: registrations and pieces; an agreement or an habilitation ends with its own act.

use std::sync::Arc;
use std::time::Duration;

use entity::dated_right::{self, RightKind, RightState};
use entity::ids::DatedRightId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::actions;
use super::events::{RightEvent, RightWhat};
use super::{RightError, holders, names};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{DueRun, Tx};
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::right::{AlertDistances, due_alert};
use crate::worker::{Periodic, Work, WorkError};

/// Rights looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "rights.deadlines";

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: ACTOR, every: Duration::from_mins(5), run: deadlines }]
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// The distances of a kind; none for what has its own procedure.
fn distances(all: &AlertDistances, kind: RightKind) -> &[u16] {
    match kind {
        RightKind::Agreement => &[],
        RightKind::Habilitation => &all.habilitation,
        RightKind::Registration => &all.registration,
        RightKind::StateConvention => &all.state_convention,
        RightKind::Qualiopi => &all.qualiopi,
        RightKind::Insurance => &all.insurance,
        RightKind::Piece => &all.piece,
    }
}

/// Whether the end is told here.
const fn ends_here(kind: RightKind) -> bool {
    !matches!(kind, RightKind::Agreement | RightKind::Habilitation)
}

/// Sends the alerts and tells the ends that are due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, RightError> {
    let all = settings::right_alerts(app.db.read()).await?;
    let today = app.now().date();
    let mut due = DueRun::of(ACTOR);
    for id in candidates(app, &all, today).await? {
        due.count(id, look_at(app, id, &all).await)?;
    }
    due.end()
}

/// The rights that may have something due, wherever their holder is.
async fn candidates(app: &App, all: &AlertDistances, today: Date) -> Result<Vec<DatedRightId>, RightError> {
    use dated_right::Column;
    let tomorrow = add_days(today, 1);
    let mut any = Condition::any();
    for kind in RightKind::all() {
        for days in distances(all, kind).iter().map(|days| i32::from(*days)) {
            let not_sent = Condition::any().add(Column::Alerted.is_null()).add(Column::Alerted.gt(days));
            let near = Condition::all()
                .add(Column::Kind.eq(kind))
                .add(Column::EndsOn.lte(add_days(tomorrow, days)))
                .add(Column::EndsOn.gte(add_days(today, -1)));
            any = any.add(near.add(not_sent));
        }
        if ends_here(kind) {
            let over = Condition::all().add(Column::Kind.eq(kind)).add(Column::EndsOn.lt(tomorrow));
            any = any.add(over);
        }
    }
    let ids = dated_right::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(RightState::InForce))
        .filter(any)
        .order_by_asc(Column::EndsOn)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    Ok(ids)
}

/// Does what is due for one right, if anything still is.
async fn look_at(app: &Arc<App>, id: DatedRightId, all: &AlertDistances) -> Result<bool, RightError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let right = actions::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::RightDeadline, &Facts::default())?;
    let mut names = holders::of(tx.conn(), &[&right]).await?;
    let (Some(holder), Some(ends_on)) = (names.remove(&right.holder_id), right.ends_on) else {
        return Ok(false);
    };
    let today = day_in_zone(tx.now(), &holder.zone);
    if right.state != RightState::InForce {
        return Ok(false);
    }
    let over = right.grace_until.unwrap_or(ends_on) < today;
    let replaced = is_replaced(&tx, &right).await?;
    let (right, what) = if over && ends_here(right.kind) {
        (actions::close(&tx, &grant, id).await?, RightWhat::Ended { ends_on, replaced })
    } else if replaced {
        return Ok(false);
    } else {
        let Some(distance) = due_alert(ends_on, distances(all, right.kind), right.alerted, today) else {
            return Ok(false);
        };
        let alerted = dated_right::Model { alerted: Some(distance), ..right };
        (actions::save(&tx, alerted).await?, RightWhat::EndingSoon { distance, today, ends_on })
    };
    tell(&mut tx, &grant, right, holder, what).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether a later right of the same holder, kind and scope is already there.
async fn is_replaced(tx: &Tx, right: &dated_right::Model) -> Result<bool, RightError> {
    use dated_right::Column;
    let later = dated_right::Entity::find()
        .filter(Column::HolderKind.eq(right.holder_kind))
        .filter(Column::HolderId.eq(right.holder_id))
        .filter(Column::Kind.eq(right.kind))
        .filter(Column::Scope.eq(&right.scope))
        .filter(Column::State.ne(RightState::Void))
        .filter(Column::StartsOn.gt(right.starts_on))
        .one(tx.conn())
        .await?;
    Ok(later.is_some())
}

async fn tell(
    tx: &mut Tx,
    grant: &crate::authz::Grant,
    right: dated_right::Model,
    holder: holders::HolderName,
    what: RightWhat,
) -> Result<(), RightError> {
    let base_url = tx.app().config.public_url.trim_end_matches('/').to_owned();
    let name = names::of(tx.conn(), &[&right]).await?.remove(&right.id).unwrap_or_default();
    tx.record(grant, &RightEvent { right, name, holder, base_url, what }).await?;
    Ok(())
}
