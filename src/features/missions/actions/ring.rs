//! Does what the deadlines of missions say, once each, however many processes run: the row is locked and the alarm
//! computed again before anything is done.

use std::sync::Arc;

use entity::ids::MissionId;
use entity::mission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::recheck::take_from;
use super::{change_offer, close_offer, first_able, make_link, record, record_act, save, send, step};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::{DueRun, Tx};
use crate::features::missions::MissionError;
use crate::features::missions::deadlines::{self, Alarm};
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;
use crate::features::settings;
use crate::rules::missions::MissionRules;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "missions.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, MissionError> {
    let now: entity::Instant = app.now().into();
    let ids: Vec<MissionId> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::DeadlineAt.lte(now))
        .order_by_asc(mission::Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, ring(app, id).await)?;
    }
    due.end()
}

/// Rings the alarm of one mission, if it is still due.
async fn ring(app: &Arc<App>, id: MissionId) -> Result<bool, MissionError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::MissionDeadline, &dossier.facts())?;
    let rules = settings::mission_rules(tx.conn()).await?;
    let offer = dossier.open_offer();
    let alarm = deadlines::next_alarm(&dossier.mission, offer, &dossier.expert.zone, &rules, tx.now());
    let Some((_, alarm)) = alarm.filter(|(at, _)| *at <= tx.now()) else {
        drop(tx);
        look_again(app, &dossier.mission, alarm.map(|(at, _)| at.into())).await?;
        return Ok(false);
    };
    match alarm {
        Alarm::Remind { count } => remind(&mut tx, &grant, &mut dossier, count).await?,
        Alarm::Expire => expire(&mut tx, &grant, &mut dossier).await?,
        Alarm::Start => begin(&mut tx, &grant, &mut dossier).await?,
        Alarm::RemindReport { count } => remind_report(&mut tx, &grant, &mut dossier, &rules, count).await?,
    }
    tx.commit().await?;
    Ok(true)
}

/// Keeps the instant at which a mission must be looked at again, when the delays changed since it was planned: no
/// act, so no event.
async fn look_again(
    app: &App,
    row: &mission::Model,
    at: Option<entity::Instant>,
) -> Result<(), MissionError> {
    use sea_orm::sea_query::Expr;
    mission::Entity::update_many()
        .col_expr(mission::Column::DeadlineAt, Expr::value(at))
        .filter(mission::Column::Id.eq(row.id))
        .filter(mission::Column::Version.eq(row.version))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}

async fn remind(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier, count: i32) -> Result<(), MissionError> {
    let open = dossier.open_offer().map(|offer| offer.id).ok_or(MissionError::OfferOver)?;
    let offer = change_offer(tx, dossier, open, |offer| offer.reminded = count).await?;
    let link = make_link(tx, &offer).await?;
    save(tx, dossier, |_| {}).await?;
    let name = ("mission.reminded", "MIS_REMINDED");
    record_act(tx, grant, dossier, name, What::Reminded { offer: &offer, link: &link }).await
}

async fn remind_report(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    rules: &MissionRules,
    count: i32,
) -> Result<(), MissionError> {
    let due = deadlines::report_due_on(&dossier.mission, rules);
    save(tx, dossier, |mission| mission.report_reminded = count).await?;
    let name = ("mission.report_reminded", "MIS_REPORT_REMINDED");
    record_act(tx, grant, dossier, name, What::ReportReminded { due, count }).await
}

async fn expire(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<(), MissionError> {
    let offer = close_offer(tx, dossier, OfferStep::Expire, |_| {}).await?;
    let line = step(tx, dossier, Step::Expire, |_| {}).await?;
    let in_time = *dossier.mission.starts_at > tx.now();
    let next = if in_time { first_able(tx, dossier).await? } else { None };
    record(tx, grant, dossier, line, What::Expired { offer: &offer, next: next.is_some() }).await?;
    if let Some((next, expert)) = next {
        send(tx, grant, dossier, &next, expert).await?;
    }
    Ok(())
}

/// The mission begins; it is taken back instead from someone who lost the right or the independence that it wants since it
/// was last looked at.
async fn begin(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<(), MissionError> {
    dossier.expert = locked_expert(tx, dossier.mission.expert_id).await?;
    let found = standing::of(tx.conn(), &Need::of(dossier), &dossier.expert, tx.now()).await?;
    if !found.may_keep() {
        return take_from(tx, grant, dossier, &found.refusals.join(" ")).await;
    }
    let line = step(tx, dossier, Step::Start, |_| {}).await?;
    record(tx, grant, dossier, line, What::Carried).await
}
