//! The changes of a mission, one per file. The row of the mission is locked first, then that of the person, so that
//! two missions are never given to one person at once.

mod accept;
mod cancel;
mod carry_out;
mod decline;
mod download;
mod drop_out;
pub mod expenses;
mod feed;
mod impede;
pub mod issue_document;
mod offer;
mod propose;
mod rate;
pub mod recheck;
mod reopen;
mod reschedule;
pub mod ring;
mod seat;
mod withdraw;

pub use accept::accept;
pub use cancel::cancel;
pub use carry_out::{add_report_file, finish, report, report_receivable, start};
pub use decline::decline;
pub use download::download;
pub use drop_out::{Substitutes, drop_out};
pub use feed::{close_feed, open_feed};
pub use impede::impede;
pub use offer::{offer, substitutes};
pub(super) use propose::address;
pub use propose::{Proposal, propose, propose_quietly, propose_seat};
pub use rate::rate;
pub use reopen::reopen;
pub use reschedule::{follow_dates, reschedule};
pub use withdraw::withdraw;

use std::collections::BTreeSet;

use entity::ids::{ExpertId, MissionId, MissionOfferId};
use entity::mission_offer::{self, OfferState};
use entity::{expert, mission, mission_link};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use time::{Duration, OffsetDateTime};

use super::dossier::{Dossier, locked_expert};
use super::events::{MissionEvent, What};
use super::standing::{self, Need};
use super::state::offer::{self as offers, OfferStep};
use super::state::{Step, Transition};
use super::{MissionError, deadlines};
use crate::authz::{Grant, hash_token};
use crate::db::Tx;
use crate::events::{Invitation, InvitationMethod};
use crate::features::availability::engagements::{self, Engagement};
use crate::features::settings;
use crate::rules::engagement::taken;

/// How an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// By someone signed in.
    Account,
    /// By the link of the mail of this offer.
    Link(MissionOfferId),
}

/// The offer that an answer is about, if it still waits for one. A link answers its own offer and no later one, whoever
/// that one was made to meanwhile.
fn answered(dossier: &Dossier, via: Via, now: OffsetDateTime) -> Result<mission_offer::Model, MissionError> {
    let offer = dossier.open_offer().cloned().ok_or(MissionError::OfferOver)?;
    let meant = match via {
        Via::Account => true,
        Via::Link(id) => id == offer.id,
    };
    let in_time = offer.due_at.is_some_and(|due| *due > now);
    if meant && in_time { Ok(offer) } else { Err(MissionError::OfferOver) }
}

/// Writes the mission after a change, its version grown and its next alarm planned.
async fn save(
    tx: &Tx,
    dossier: &mut Dossier,
    change: impl FnOnce(&mut mission::Model),
) -> Result<(), MissionError> {
    change(&mut dossier.mission);
    dossier.mission.version += 1;
    let rules = settings::mission_rules(tx.conn()).await?;
    let offer = dossier.open_offer();
    let alarm = deadlines::next_alarm(&dossier.mission, offer, &dossier.expert.zone, &rules, tx.now());
    dossier.mission.deadline_at = alarm.map(|(at, _)| at.into());
    let row = dossier.mission.clone().into_active_model().reset_all();
    mission::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// Moves the mission along its table.
async fn step(
    tx: &Tx,
    dossier: &mut Dossier,
    step: Step,
    change: impl FnOnce(&mut mission::Model),
) -> Result<&'static Transition, MissionError> {
    let line = dossier.next(step)?;
    let to = line.to;
    save(tx, dossier, |mission| {
        mission.state = to;
        change(mission);
    })
    .await?;
    seat::follow(tx, &dossier.mission).await?;
    Ok(line)
}

/// Records a step.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: &'static Transition,
    what: What<'_>,
) -> Result<(), MissionError> {
    let event = MissionEvent::of_step(tx, dossier, line, what);
    tx.record(grant, &event).await?;
    Ok(())
}

/// Records what moves nothing.
async fn record_act(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    name: (&'static str, &'static str),
    what: What<'_>,
) -> Result<(), MissionError> {
    let event = MissionEvent::of_act(tx, dossier, name, what);
    tx.record(grant, &event).await?;
    Ok(())
}

/// Writes a change of an offer of the dossier.
async fn change_offer(
    tx: &Tx,
    dossier: &mut Dossier,
    id: MissionOfferId,
    change: impl FnOnce(&mut mission_offer::Model),
) -> Result<mission_offer::Model, MissionError> {
    let found = dossier.offers.iter_mut().find(|offer| offer.id == id).ok_or(MissionError::NotFound)?;
    change(found);
    let row = found.clone();
    mission_offer::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(row)
}

/// Ends the open offer, and its links with it.
async fn close_offer(
    tx: &Tx,
    dossier: &mut Dossier,
    step: OfferStep,
    change: impl FnOnce(&mut mission_offer::Model),
) -> Result<mission_offer::Model, MissionError> {
    let (open, from) =
        dossier.open_offer().map(|offer| (offer.id, offer.state)).ok_or(MissionError::OfferOver)?;
    let to = offers::TABLE.next(Some(from), step)?.to;
    let now = tx.instant();
    let row = change_offer(tx, dossier, open, |offer| {
        offer.state = to;
        offer.answered_at = Some(now);
        change(offer);
    })
    .await?;
    mission_link::Entity::update_many()
        .col_expr(mission_link::Column::UsedAt, Expr::value(Some(now)))
        .filter(mission_link::Column::OfferId.eq(open))
        .filter(mission_link::Column::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(row)
}

/// Lets go of the people kept in case those before decline.
async fn forget_waiting(tx: &Tx, dossier: &mut Dossier) -> Result<(), MissionError> {
    while let Some(offer) = dossier.waiting().cloned() {
        let_go(tx, dossier, &offer).await?;
    }
    Ok(())
}

/// Lets go of one of them.
async fn let_go(tx: &Tx, dossier: &mut Dossier, offer: &mission_offer::Model) -> Result<(), MissionError> {
    let to = offers::TABLE.next(Some(offer.state), OfferStep::LetGo)?.to;
    change_offer(tx, dossier, offer.id, |offer| offer.state = to).await?;
    Ok(())
}

/// Keeps the people to ask, in this order, after those already asked, each with as many hours to answer.
async fn keep_waiting(
    tx: &Tx,
    dossier: &mut Dossier,
    people: &[(ExpertId, Option<String>)],
    hours: u16,
) -> Result<(), MissionError> {
    let state = offers::TABLE.next(None, OfferStep::KeepInLine)?.to;
    for (expert, reason) in people {
        let position = dossier.offers.iter().map(|offer| offer.position).max().unwrap_or_default() + 1;
        let row = mission_offer::Model {
            id: tx.new_id(),
            mission_id: dossier.mission.id,
            expert_id: *expert,
            position,
            state,
            tie_override: reason.clone(),
            answer_hours: Some(hours.into()),
            sent_at: None,
            due_at: None,
            reminded: 0,
            answered_at: None,
            decline_reason: None,
            note: None,
        };
        let insert = mission_offer::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        dossier.offers.push(row);
    }
    Ok(())
}

/// Makes a link that answers an offer; only the hash of its token is kept.
async fn make_link(tx: &Tx, offer: &mission_offer::Model) -> Result<String, MissionError> {
    let token = tx.app().new_token();
    let row = mission_link::ActiveModel {
        id: Set(tx.new_id()),
        offer_id: Set(offer.id),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        expires_at: Set(offer.due_at.unwrap_or_else(|| tx.instant())),
        used_at: Set(None),
    };
    mission_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(tx.app().url(&format!("/missions/reponse/{token}")))
}

/// The first of the people who wait and may still hold the mission; the others before are let go.
async fn first_able(
    tx: &Tx,
    dossier: &mut Dossier,
) -> Result<Option<(mission_offer::Model, expert::Model)>, MissionError> {
    let in_line = dossier.offers.iter().filter(|offer| offer.state == OfferState::Waiting);
    let in_line: BTreeSet<ExpertId> = in_line.map(|offer| offer.expert_id).collect();
    // Always in one order, so that two lines of the same people never wait for each other.
    for id in in_line {
        locked_expert(tx, id).await?;
    }
    while let Some(next) = dossier.waiting().cloned() {
        let expert = locked_expert(tx, next.expert_id).await?;
        let found = standing::of(tx.conn(), &Need::of(dossier), &expert, tx.now()).await?;
        if found.check(next.tie_override.as_deref()).is_ok() {
            return Ok(Some((next, expert)));
        }
        let_go(tx, dossier, &next).await?;
    }
    Ok(None)
}

/// Offers the mission to the first of the people who wait and may still hold it; false when none is left.
async fn pass_on(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<bool, MissionError> {
    let Some((next, expert)) = first_able(tx, dossier).await? else { return Ok(false) };
    send(tx, grant, dossier, &next, expert).await?;
    Ok(true)
}

/// Sends the offer to the person it was kept for, whose dossier it becomes.
async fn send(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    offer: &mission_offer::Model,
    person: expert::Model,
) -> Result<(), MissionError> {
    let to = offers::TABLE.next(Some(offer.state), OfferStep::Ask)?.to;
    dossier.expert = person;
    let answer = Duration::hours(offer.answer_hours.unwrap_or_default().into());
    let due = (tx.now() + answer).min(*dossier.mission.starts_at);
    let (now, expert, name) = (tx.instant(), dossier.expert.id, dossier.expert_name());
    let sent = change_offer(tx, dossier, offer.id, |offer| {
        offer.state = to;
        offer.sent_at = Some(now);
        offer.due_at = Some(due.into());
    })
    .await?;
    let link = make_link(tx, &sent).await?;
    let line = step(tx, dossier, Step::Offer, |mission| {
        mission.expert_id = expert;
        mission.tie_override.clone_from(&sent.tie_override);
        mission.reason = None;
        mission.search = super::wording::search(&mission.number, &mission.title, &mission.place, &name);
    })
    .await?;
    record(tx, grant, dossier, line, What::Offered { offer: &sent, link: &link }).await
}

/// Takes the half-days of the mission for the person of the dossier.
async fn hold(tx: &Tx, dossier: &Dossier) -> Result<(), MissionError> {
    let mission = &dossier.mission;
    let slots = taken(*mission.starts_at, *mission.ends_at, &mission.zone);
    let by = Engagement::Mission(mission.id);
    Ok(engagements::hold(tx, dossier.expert.id, by, &slots).await?)
}

/// Gives the half-days back.
async fn release(conn: &impl ConnectionTrait, mission: MissionId) -> Result<(), MissionError> {
    Ok(engagements::release(conn, Engagement::Mission(mission), None).await?)
}

/// What calendars are told, under the same UID for the life of the mission. The sequence must have grown before.
#[must_use]
pub fn invitation(dossier: &Dossier, method: InvitationMethod) -> Invitation {
    let mission = &dossier.mission;
    Invitation {
        uid: super::wording::uid(mission),
        sequence: u32::try_from(mission.sequence).unwrap_or_default(),
        method,
        starts_at: *mission.starts_at,
        lasts: *mission.ends_at - *mission.starts_at,
        zone: mission.zone.clone(),
        summary: super::wording::calendar_title(dossier),
        location: mission.place.clone(),
        description: super::wording::calendar_text(dossier),
    }
}
