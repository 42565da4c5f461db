//! Missions, one in each state: what the team does, and what the people answer by the link of their mail.

use anyhow::Context;
use entity::ids::MissionId;
use entity::mission::MissionObject;
use entity::mission_offer::{DeclineReason, OfferState};
use entity::{expert, mission_offer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Deserialize;

use super::labels::{MISSION_CANCELLED, MISSION_REPORT, MISSION_WITHDRAWN};
use super::requests::Story;
use super::{expenses, last_working_day};
use crate::authz::Actor;
use crate::features::missions::actions::{self, Proposal, Substitutes, Via};
use crate::features::missions::input::{Refusal, TypedMission};
use crate::rules::typed_date::iso;

/// The file of missions.
#[derive(Deserialize)]
pub(super) struct Missions {
    /// The missions.
    pub(super) mission: Vec<Mission>,
}

/// One mission.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mission {
    expert: String,
    object: MissionObject,
    title: String,
    place: String,
    department: String,
    starts_in_days: i64,
    starts_time: String,
    ends_time: String,
    persons: String,
    instructions: String,
    fee: String,
    /// What happens to it.
    pub(super) steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    event: Event,
    /// Days before the loading.
    pub(super) days_ago: i64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Propose,
    Accept,
    Decline,
    Finish,
    Report,
    Claim,
    ReturnClaim,
    Certify,
    Settle,
    Withdraw,
    Cancel,
    DropOut,
}

/// Plays one step of a mission.
pub(super) async fn play(story: &mut Story<'_>, mission: &Mission, index: usize) -> anyhow::Result<()> {
    let event = mission.steps[index].event;
    let key = format!("{} {}", mission.expert, mission.title);
    let act = async {
        if matches!(event, Event::Propose) {
            let id = propose(story, mission).await?;
            story.missions.insert(key.clone(), id);
            return Ok(());
        }
        let id = *story.missions.get(&key).context("not proposed")?;
        match event {
            Event::Claim => expenses::claim(story, &mission.expert, id).await,
            Event::ReturnClaim => expenses::return_claim(story, id).await,
            Event::Certify => expenses::certify(story, id).await,
            Event::Settle => expenses::settle(story, id).await,
            other => step(story, other, id).await,
        }
    };
    act.await.with_context(|| format!("{} {event:?}", mission.title))
}

async fn propose(story: &Story<'_>, mission: &Mission) -> anyhow::Result<MissionId> {
    let conn = story.stage.app.db.bookkeeping();
    let found = expert::Entity::find().filter(expert::Column::Number.eq(&mission.expert)).one(conn).await?;
    let expert = found.with_context(|| mission.expert.clone())?;
    // What is past stays so: it began on the last working day until then.
    let starts_on = match mission.starts_in_days {
        days if days < 0 => last_working_day(story.stage.day(-days)),
        days => story.stage.working_day(-days),
    };
    let proposal = Proposal {
        mission: TypedMission {
            title: mission.title.clone(),
            place: mission.place.clone(),
            department: mission.department.clone(),
            starts_on: iso(starts_on),
            starts_time: mission.starts_time.clone(),
            ends_time: mission.ends_time.clone(),
            persons: mission.persons.clone(),
            instructions: mission.instructions.clone(),
            fee: mission.fee.clone(),
            ..TypedMission::of(mission.object)
        },
        expert: expert.id,
        answer_by: None,
        tie_reason: None,
    };
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    let row = actions::propose(&mut tx, &proposal).await?;
    tx.commit().await?;
    Ok(row.id)
}

async fn step(story: &Story<'_>, event: Event, id: MissionId) -> anyhow::Result<()> {
    let by_link = matches!(event, Event::Accept | Event::Decline);
    let actor = if by_link { Actor::system("missions.link") } else { story.people.manager.clone() };
    let mut tx = story.stage.app.begin(actor).await?;
    let refusal = |reason| Refusal { reason, note: String::new() };
    match event {
        // Done before, or about money.
        Event::Propose | Event::Claim | Event::ReturnClaim | Event::Certify | Event::Settle => return Ok(()),
        Event::Accept => {
            let via = link(tx.conn(), id).await?;
            actions::accept(&mut tx, id, None, via).await?
        }
        Event::Decline => {
            let (via, refusal) = (link(tx.conn(), id).await?, refusal(DeclineReason::TooFar));
            actions::decline(&mut tx, id, None, &refusal, via).await?
        }
        Event::Finish => actions::finish(&mut tx, id, None).await?,
        Event::Report => actions::report(&mut tx, id, None, MISSION_REPORT).await?,
        Event::Withdraw => actions::withdraw(&mut tx, id, None, MISSION_WITHDRAWN).await?,
        Event::Cancel => actions::cancel(&mut tx, id, None, MISSION_CANCELLED).await?,
        Event::DropOut => {
            let refusal = refusal(DeclineReason::Health);
            actions::drop_out(&mut tx, id, None, &refusal, &Substitutes::default()).await?
        }
    };
    Ok(tx.commit().await?)
}

/// The link of the mail of the offer under way.
async fn link(conn: &impl ConnectionTrait, id: MissionId) -> anyhow::Result<Via> {
    let offer = mission_offer::Entity::find()
        .filter(mission_offer::Column::MissionId.eq(id))
        .filter(mission_offer::Column::State.eq(OfferState::Sent))
        .one(conn)
        .await?;
    Ok(Via::Link(offer.context("no offer under way")?.id))
}
