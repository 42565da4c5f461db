//! The quarterly working meetings: those of the past with who was there and their minutes, those to come with their
//! invitations.

use anyhow::Context;
use entity::ids::{MeetingActionId, MeetingId};
use entity::{meeting, meeting_action};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Deserialize;
use time::{Date, Duration};
use toml::value::Datetime;

use super::people::People;
use super::{Stage, WORK};
use crate::db::Tx;
use crate::features::meetings::MeetingError;
use crate::features::meetings::actions::{
    add_action, add_decision, create, finish_action, hold, invite, publish,
};
use crate::features::meetings::input::{TypedMeeting, TypedPlace, TypedTask};
use crate::features::meetings::queries;
use crate::rules::typed_date::{self, iso};

#[derive(Deserialize)]
struct File {
    meeting: Vec<Series>,
}

/// The meetings of one duty.
#[derive(Deserialize)]
struct Series {
    kind: String,
    time: String,
    zone: String,
    mode: String,
    place: String,
    held: Vec<Datetime>,
    held_days_ago: i64,
    coming_in_days: i64,
    agenda: String,
    minutes: String,
    decision: String,
    action: String,
    owner: String,
}

/// One person of this many was away, a different one each time.
const AWAY: usize = 5;
/// Days given to do what a meeting decided.
const TO_DO: Duration = Duration::days(60);

/// Records them all.
pub(super) async fn record(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/meetings.toml")).context("meetings.toml")?;
    for series in &file.meeting {
        for (rank, day) in series.held.iter().enumerate() {
            let day = typed_date::parse(&day.to_string()).context("held")?;
            past(stage, people, series, day, rank).await.with_context(|| format!("{} {day}", series.kind))?;
        }
        let lately = stage.working_day(series.held_days_ago);
        past(stage, people, series, lately, series.held.len()).await.context("held lately")?;
        let coming = stage.working_day(-series.coming_in_days);
        let row = planned(stage, people, series, coming).await.context("coming")?;
        let mut tx = stage.app.begin(people.manager.clone()).await?;
        invite(&mut tx, row.id, None).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn planned(
    stage: &Stage<'_>,
    people: &People,
    series: &Series,
    day: Date,
) -> anyhow::Result<meeting::Model> {
    let typed = TypedMeeting {
        kind: series.kind.clone(),
        place: TypedPlace {
            day: iso(day),
            time: series.time.clone(),
            zone: series.zone.clone(),
            mode: series.mode.clone(),
            place: series.place.clone(),
            lasts: "120".to_owned(),
        },
        agenda: series.agenda.clone(),
    };
    let new = typed.read(stage.today).map_err(MeetingError::Invalid)?;
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    let row = create(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(row)
}

async fn past(
    stage: &Stage<'_>,
    people: &People,
    series: &Series,
    day: Date,
    rank: usize,
) -> anyhow::Result<()> {
    let row = planned(stage, people, series, day).await?;
    let entitled = queries::entitled(stage.app.db.bookkeeping(), row.kind, row.meets_on).await?;
    let there = entitled.iter().enumerate().filter(|(place, _)| !(place + rank).is_multiple_of(AWAY));
    let present: Vec<_> = there.map(|(_, expert)| expert.id).collect();
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    hold(&mut tx, row.id, None, &present).await?;
    add_decision(&mut tx, row.id, None, &series.decision).await?;
    let due_on = WORK.next_working_day(day.saturating_add(TO_DO));
    let task = TypedTask {
        text: series.action.clone(),
        owner: series.owner.clone(),
        owner_id: None,
        due_on: iso(due_on),
    };
    add_action(&mut tx, row.id, None, &task).await?;
    publish(&mut tx, row.id, None, &series.minutes, "210").await?;
    if due_on < stage.app.today() {
        done(&mut tx, row.id).await?;
    }
    Ok(tx.commit().await?)
}

/// What a meeting of long ago decided was done since: nobody finds it late on the home page.
async fn done(tx: &mut Tx, meeting: MeetingId) -> anyhow::Result<()> {
    let asked: Vec<MeetingActionId> = meeting_action::Entity::find()
        .select_only()
        .column(meeting_action::Column::Id)
        .filter(meeting_action::Column::MeetingId.eq(meeting))
        .into_tuple()
        .all(tx.conn())
        .await?;
    for action in asked {
        finish_action(tx, meeting, action).await?;
    }
    Ok(())
}
