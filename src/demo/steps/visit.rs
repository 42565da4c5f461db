//! The control.

use anyhow::Context;
use entity::agreement_request::VisitMode;
use entity::grid_score::Score;
use entity::ids::ExpertId;
use time::OffsetDateTime;

use super::{begin, officer, structure};
use crate::authz::Actor;
use crate::demo::data::{Event, Request, Visit};
use crate::demo::labels::{ACCEPTED_BY, TIE_ACCEPTED};
use crate::demo::requests::{Story, local_instant};
use crate::error::DomainError;
use crate::features::agreements::actions::visit as acts;
use crate::features::agreements::actions::visit::VisitRecord;
use crate::features::agreements::grid;
use crate::features::agreements::input::{ScoreInput, VisitInput};

/// Plays one step of the control.
pub(super) async fn play(story: &Story<'_>, request: &Request, index: usize) -> anyhow::Result<()> {
    let event = request.timeline[index].event;
    if event == Event::AssignController {
        let declines = request.timeline[index..].iter().any(|step| step.event == Event::Decline);
        let declined =
            request.decline.as_ref().filter(|_| declines).map(|decline| decline.controller.as_str());
        let number = declined.or(request.controller.as_deref()).context("controller")?;
        return assign(story, request, controller(story, number)?.0).await;
    }
    let visit = || request.visit.as_ref().context("visit");
    let own = || controller(story, request.controller.as_deref().context("controller")?);
    match event {
        Event::Decline => {
            let decline = request.decline.as_ref().context("decline")?;
            let (id, mut tx) = begin(story, request, controller(story, &decline.controller)?.1).await?;
            acts::decline(&mut tx, id, None, &decline.reason).await?;
            Ok(tx.commit().await?)
        }
        Event::Schedule => {
            let visit = visit()?;
            let input = input(story, request, visit, visit.first_days_ago.unwrap_or(visit.days_ago))?;
            let (id, mut tx) = begin(story, request, own()?.1).await?;
            acts::schedule(&mut tx, id, None, input).await?;
            Ok(tx.commit().await?)
        }
        Event::Postpone => {
            let visit = visit()?;
            let by_structure = visit.moved_by.as_deref() == Some("structure");
            let actor = if by_structure { structure(story, request)? } else { own()?.1 };
            let (id, mut tx) = begin(story, request, actor).await?;
            let reason = visit.move_reason.as_deref().context("move_reason")?;
            acts::postpone(&mut tx, id, None, input(story, request, visit, visit.days_ago)?, reason).await?;
            Ok(tx.commit().await?)
        }
        Event::RecordVisit => {
            let persons_met = visit()?.persons_met.clone().unwrap_or_default();
            let record = VisitRecord { scores: scores(request), persons_met, refused: false };
            let (id, mut tx) = begin(story, request, own()?.1).await?;
            acts::record_visit(&mut tx, id, None, record).await?;
            Ok(tx.commit().await?)
        }
        Event::SendProvisionalReport => {
            let (id, mut tx) = begin(story, request, own()?.1).await?;
            acts::send_report(&mut tx, id, None).await?;
            Ok(tx.commit().await?)
        }
        Event::Comment => {
            let (id, mut tx) = begin(story, request, structure(story, request)?).await?;
            acts::comment(&mut tx, id, None, request.comments.as_deref().context("comments")?).await?;
            Ok(tx.commit().await?)
        }
        _ => {
            let (id, mut tx) = begin(story, request, own()?.1).await?;
            let (opinion, text) = request.opinion.zip(request.opinion_text.as_deref()).context("opinion")?;
            acts::finalise(&mut tx, id, None, opinion, text).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// Gives the visit; a tie that only warns is passed with a reason, as a person would.
async fn assign(story: &Story<'_>, request: &Request, controller: ExpertId) -> anyhow::Result<()> {
    let officer = officer(story, request)?;
    let (id, mut tx) = begin(story, request, officer).await?;
    match acts::assign(&mut tx, id, None, controller, None).await {
        Ok(_) => return Ok(tx.commit().await?),
        Err(error) if error.code() == "controller-tie-warning" => drop(tx),
        Err(error) => {
            return Err(anyhow::anyhow!("{}", error.blocking().join(" ; ")).context(error));
        }
    }
    let (id, mut tx) = begin(story, request, officer).await?;
    acts::assign(&mut tx, id, None, controller, Some(TIE_ACCEPTED)).await?;
    Ok(tx.commit().await?)
}

fn controller<'s>(story: &'s Story<'_>, number: &str) -> anyhow::Result<(ExpertId, &'s Actor)> {
    let (id, actor) = story.controllers.get(number).with_context(|| number.to_owned())?;
    Ok((*id, actor))
}

/// Every criterion, conforming unless the file says otherwise.
fn scores(request: &Request) -> Vec<ScoreInput> {
    let score = |code: &str| {
        let mark = request.mark.iter().find(|mark| mark.criterion == code);
        ScoreInput {
            criterion: code.to_owned(),
            score: mark.map_or(Score::Conforming, |mark| mark.score),
            evidence: mark.map(|mark| mark.evidence.clone()).unwrap_or_default(),
            comment: mark.map(|mark| mark.comment.clone()).unwrap_or_default(),
        }
    };
    grid::latest().criteria().map(|criterion| score(&criterion.code)).collect()
}

fn input(story: &Story<'_>, request: &Request, visit: &Visit, days_ago: i64) -> anyhow::Result<VisitInput> {
    let owner = story.structures.get(&request.structure).context("structure")?;
    let (site, zone, address) = owner.sites.get(&visit.site).with_context(|| visit.site.clone())?;
    let at = visit_instant(story, request, visit, days_ago)?;
    let place = if visit.mode == VisitMode::OnSite { String::new() } else { address.clone() };
    Ok(VisitInput {
        at,
        zone: zone.clone(),
        place,
        mode: visit.mode,
        sites: vec![*site],
        accepted_by: ACCEPTED_BY.to_owned(),
        accepted_on: None,
    })
}

/// The instant of a visit, at the hour of its place. A visit that would fall on a day off takes place on the working day
/// before it: one day later, a visit of the past could be one of the future.
pub(in crate::demo) fn visit_instant(
    story: &Story<'_>,
    request: &Request,
    visit: &Visit,
    days_ago: i64,
) -> anyhow::Result<OffsetDateTime> {
    let owner = story.structures.get(&request.structure).context("structure")?;
    let (_, zone, _) = owner.sites.get(&visit.site).with_context(|| visit.site.clone())?;
    let day = owner.calendar.previous_working_day(story.stage.day(days_ago));
    local_instant(day, visit.hour, visit.minute, zone)
}
