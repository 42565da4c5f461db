//! Missions over the network and in each state: what the team does, and what the people answer by the link of their mail.

use anyhow::Context;
use entity::ids::MissionId;
use entity::mission::MissionObject;
use entity::mission_offer::{DeclineReason, OfferState};
use entity::{expert, mission_offer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use time::{Date, Duration};

use super::labels::{MISSION_CANCELLED, MISSION_REPORT, MISSION_WITHDRAWN};
use super::requests::Story;
use super::{expenses, last_working_day, working_day};
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
    /// SIRET of the structure where it takes place.
    structure: Option<String>,
    /// SIRET of one of its sites; the seat otherwise.
    site: Option<String>,
    /// Where, without a structure.
    #[serde(default)]
    place: String,
    #[serde(default)]
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

/// What is past stays so: it began on the last working day until then.
fn starts_on(mission: &Mission, today: Date) -> Date {
    let day = today.saturating_add(Duration::days(mission.starts_in_days));
    if mission.starts_in_days < 0 { last_working_day(day) } else { working_day(day, today) }
}

async fn propose(story: &Story<'_>, mission: &Mission) -> anyhow::Result<MissionId> {
    let conn = story.stage.app.db.bookkeeping();
    let found = expert::Entity::find().filter(expert::Column::Number.eq(&mission.expert)).one(conn).await?;
    let expert = found.with_context(|| mission.expert.clone())?;
    let known = |siret: &String| story.structures.get(siret).with_context(|| siret.clone());
    let structure = mission.structure.as_ref().map(known).transpose()?;
    let site = match (&mission.site, structure) {
        (Some(siret), Some(structure)) => Some(structure.sites.get(siret).with_context(|| siret.clone())?.0),
        _ => None,
    };
    let starts_on = starts_on(mission, story.stage.today);
    let proposal = Proposal {
        mission: TypedMission {
            title: mission.title.clone(),
            structure: structure.map(|known| known.id),
            site,
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
        resumes: None,
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
    let refusal = |reason| Refusal { reason, note: String::new(), tie: None };
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
pub(super) async fn link(conn: &impl ConnectionTrait, id: MissionId) -> anyhow::Result<Via> {
    let offer = mission_offer::Entity::find()
        .filter(mission_offer::Column::MissionId.eq(id))
        .filter(mission_offer::Column::State.eq(OfferState::Sent))
        .one(conn)
        .await?;
    Ok(Via::Link(offer.context("no offer under way")?.id))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use time::macros::date;

    use super::super::data;
    use super::*;
    use crate::rules::calendar::Calendar;

    /// The days on which a visit may fall, whatever the holidays of its place.
    fn days_of(days_ago: i64, today: Date) -> Vec<Date> {
        let day = today.saturating_sub(Duration::days(days_ago));
        let calendars = [
            Calendar::Metropolitan,
            Calendar::AlsaceMoselle,
            Calendar::Guadeloupe,
            Calendar::Martinique,
            Calendar::Guyane,
            Calendar::Reunion,
            Calendar::Mayotte,
        ];
        calendars.map(|calendar| calendar.previous_working_day(day)).to_vec()
    }

    #[test]
    fn nobody_has_two_engagements_on_one_day_whatever_the_day_of_the_loading() {
        let data = data::read().unwrap();
        let first = date!(2026 - 01 - 01);
        for days in 0..730 {
            let today = first.saturating_add(Duration::days(days));
            let mut engaged: HashMap<&str, Vec<Date>> = HashMap::new();
            for request in &data.requests.request {
                let (Some(controller), Some(visit)) = (&request.controller, &request.visit) else { continue };
                let taken = engaged.entry(controller.as_str()).or_default();
                for days_ago in [Some(visit.days_ago), visit.first_days_ago].into_iter().flatten() {
                    let own = days_of(days_ago, today);
                    assert!(own.iter().all(|day| !taken.contains(day)), "{} on {today}", request.key);
                    taken.extend(own);
                }
            }
            for mission in &data.missions.mission {
                let taken = engaged.entry(mission.expert.as_str()).or_default();
                let day = starts_on(mission, today);
                assert!(!taken.contains(&day), "{} on {today}", mission.title);
                if mission.steps.iter().any(|step| matches!(step.event, Event::Accept)) {
                    taken.push(day);
                }
            }
        }
    }
}
