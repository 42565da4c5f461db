//! The acts of one request, each by the person who does it.

mod decision;
mod filing;
mod visit;

pub(super) use decision::{close_reserve, sign};
pub(super) use filing::blank_pdf;
pub(super) use visit::visit_instant;

use anyhow::Context;
use entity::ids::AgreementRequestId;

use super::data::{Event, Request};
use super::requests::Story;
use crate::authz::Actor;
use crate::db::Tx;
use crate::features::agreements::actions::{examination, filing as desk};

/// Plays one step of a request.
pub(super) async fn play(story: &mut Story<'_>, request: &Request, index: usize) -> anyhow::Result<()> {
    let step = &request.timeline[index];
    match step.event {
        Event::Create => filing::create(story, request).await,
        Event::Submit => filing::submit(story, request, index).await,
        Event::Return => filing::send_back(story, request).await,
        Event::DeclareComplete => filing::complete(story, request).await,
        // The deadlines did it by themselves.
        Event::Expire => Ok(()),
        Event::WaiveVisit => {
            let (id, mut tx) = begin(story, request, &story.people.manager).await?;
            let reason = request.waive_reason.as_deref().context("waive_reason")?;
            examination::waive_visit(&mut tx, id, None, reason).await?;
            Ok(tx.commit().await?)
        }
        Event::Withdraw => {
            let (id, mut tx) = begin(story, request, structure(story, request)?).await?;
            desk::withdraw(&mut tx, id, None, request.withdraw_reason.as_deref().unwrap_or_default()).await?;
            Ok(tx.commit().await?)
        }
        Event::AssignController
        | Event::Decline
        | Event::Schedule
        | Event::Postpone
        | Event::RecordVisit
        | Event::SendProvisionalReport
        | Event::Comment
        | Event::Finalise => visit::play(story, request, index).await,
        Event::PutOnAgenda
        | Event::Grant
        | Event::GrantWithReserves
        | Event::Adjourn
        | Event::Refuse
        | Event::Resume
        | Event::LodgeAppeal
        | Event::SettleAppeal => decision::play(story, request, index).await,
    }
}

/// Begins an act on the request.
async fn begin(
    story: &Story<'_>,
    request: &Request,
    actor: &Actor,
) -> anyhow::Result<(AgreementRequestId, Tx)> {
    let id = *story.requests.get(&request.key).context("not created")?;
    Ok((id, story.stage.app.begin(actor.clone()).await?))
}

fn officer<'s>(story: &'s Story<'_>, request: &Request) -> anyhow::Result<&'s Actor> {
    let email = request.officer.as_deref().unwrap_or("manager@demo.test");
    story.people.team.get(email).with_context(|| email.to_owned())
}

fn structure<'s>(story: &'s Story<'_>, request: &Request) -> anyhow::Result<&'s Actor> {
    Ok(&story.structures.get(&request.structure).with_context(|| request.structure.clone())?.actor)
}
