//! The committee, the decision, the appeal and the right.

use anyhow::Context;
use entity::appeal::AppealOutcome;
use entity::ids::{AgreementRequestId, CommitteeId};
use entity::{agreement, reserve};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::{begin, filing, officer, structure};
use crate::demo::WORK;
use crate::demo::data::{Event, Request, Step};
use crate::demo::labels::EVIDENCE_SEEN;
use crate::demo::requests::Story;
use crate::features::agreements::actions::decision::{self as acts, ResumeTo};
use crate::features::agreements::actions::right;
use crate::features::agreements::documents::wording::MANAGER;
use crate::features::agreements::input::{DecisionInput, ReserveInput};
use crate::rules::deadline::{add_days, add_months};

/// Days left to bring what a committee waits for.
const ADJOURNED_DAYS: i32 = 60;

/// Plays one step of the decision.
pub(super) async fn play(story: &mut Story<'_>, request: &Request, index: usize) -> anyhow::Result<()> {
    let step = &request.timeline[index];
    match step.event {
        Event::PutOnAgenda => {
            let committee = committee(story, step)?;
            let (id, mut tx) = begin(story, request, officer(story, request)?).await?;
            acts::put_on_agenda(&mut tx, id, None, committee).await?;
            Ok(tx.commit().await?)
        }
        Event::Resume => {
            let committee = committee(story, step)?;
            filing::supply(story, request).await?;
            let (id, mut tx) = begin(story, request, officer(story, request)?).await?;
            acts::resume(&mut tx, id, None, ResumeTo::Committee(committee)).await?;
            Ok(tx.commit().await?)
        }
        Event::LodgeAppeal => {
            let text = &request.appeal.as_ref().context("appeal")?.text;
            let (id, mut tx) = begin(story, request, structure(story, request)?).await?;
            acts::appeal(&mut tx, id, None, text).await?;
            Ok(tx.commit().await?)
        }
        Event::SettleAppeal => settle(story, request, step).await,
        _ => decide(story, request, step.event).await,
    }
}

fn committee(story: &Story<'_>, step: &Step) -> anyhow::Result<CommitteeId> {
    let days = step.committee_days_ago.context("committee_days_ago")?;
    story.committees.get(&days).copied().with_context(|| format!("no committee {days} days ago"))
}

async fn settle(story: &Story<'_>, request: &Request, step: &Step) -> anyhow::Result<()> {
    let appeal = request.appeal.as_ref().context("appeal")?;
    let outcome = appeal.outcome.context("outcome")?;
    let committee = match outcome {
        AppealOutcome::Overturned => Some(committee(story, step)?),
        AppealOutcome::Upheld => None,
    };
    let (id, mut tx) = begin(story, request, &story.people.other_manager).await?;
    acts::settle(&mut tx, id, None, outcome, &appeal.reasons.join("\n"), committee).await?;
    Ok(tx.commit().await?)
}

async fn decide(story: &mut Story<'_>, request: &Request, event: Event) -> anyhow::Result<()> {
    let zone = structure_zone(story, request)?;
    let now = story.stage.app.now();
    let today = crate::rules::deadline::date_in_zone(now, &zone)?;
    let input = match event {
        Event::Refuse => DecisionInput::Refuse { reasons: request.refusal_reasons.join("\n") },
        Event::Adjourn => DecisionInput::Adjourn {
            text: request.missing.join("\n"),
            due_on: WORK.next_working_day(add_days(today, ADJOURNED_DAYS)),
        },
        _ => grant(story, request, today).await?,
    };
    let (id, mut tx) = begin(story, request, &story.people.manager).await?;
    acts::decide(&mut tx, id, None, input).await?;
    tx.commit().await?;
    if let Some(right) = right_of(story, id).await? {
        story.rights.insert(request.key.clone(), right.id);
    }
    Ok(())
}

fn structure_zone(story: &Story<'_>, request: &Request) -> anyhow::Result<String> {
    let owner = story.structures.get(&request.structure).context("structure")?;
    let seat = owner.sites.get(&request.structure).context("seat")?;
    Ok(seat.1.clone())
}

/// A renewal starts where the right that it renews ends.
async fn grant(story: &Story<'_>, request: &Request, today: Date) -> anyhow::Result<DecisionInput> {
    let renewed = request.renewal_of.as_ref().and_then(|key| story.requests.get(key));
    let former = match renewed {
        Some(id) => right_of(story, *id).await?,
        None => None,
    };
    let reserve = |reserve: &crate::demo::data::Reserve| ReserveInput {
        text: reserve.text.clone(),
        due_on: add_months(today, reserve.months),
    };
    Ok(DecisionInput::Grant {
        starts_on: former.map_or(today, |former| add_days(former.ends_on, 1).max(today)),
        ends_on: None,
        reserves: request.reserve.iter().map(reserve).collect(),
        text: String::new(),
        replaces: false,
    })
}

async fn right_of(story: &Story<'_>, id: AgreementRequestId) -> anyhow::Result<Option<agreement::Model>> {
    let conn = story.stage.app.db.bookkeeping();
    Ok(agreement::Entity::find().filter(agreement::Column::RequestId.eq(id)).one(conn).await?)
}

/// One of the two parties signs the convention.
pub(in crate::demo) async fn sign(
    story: &Story<'_>,
    request: &Request,
    certifier: bool,
) -> anyhow::Result<()> {
    let right = *story.rights.get(&request.key).context("no right")?;
    let actor = if certifier { &story.people.manager } else { structure(story, request)? };
    let mut tx = story.stage.app.begin(actor.clone()).await?;
    if certifier {
        right::sign_for_certifier(&mut tx, right, None, &actor.label(), MANAGER).await?;
    } else {
        let by = &request.signatory;
        right::sign_for_structure(&mut tx, right, None, &by.name, &by.title).await?;
    }
    Ok(tx.commit().await?)
}

/// A reserve is lifted.
pub(in crate::demo) async fn close_reserve(
    story: &Story<'_>,
    request: &Request,
    index: usize,
) -> anyhow::Result<()> {
    let right = *story.rights.get(&request.key).context("no right")?;
    let rows = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(right))
        .order_by_asc(reserve::Column::Position)
        .all(story.stage.app.db.bookkeeping())
        .await?;
    let id = rows.get(index).context("no reserve")?.id;
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    right::close_reserve(&mut tx, right, id, EVIDENCE_SEEN).await?;
    Ok(tx.commit().await?)
}
