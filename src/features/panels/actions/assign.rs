//! Asks somebody to sit in a jury: to preside, or as a member.

use entity::ids::JurySessionId;
use entity::jury_member::{self, MemberState, Seat};
use entity::mission::{self, MissionObject};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::OffsetDateTime;

use super::{open, person, touch};
use crate::db::{self, Tx};
use crate::features::missions::MissionError;
use crate::features::missions::actions::{self as missions, Proposal};
use crate::features::missions::input::{Dates, TypedMission};
use crate::features::missions::state::is_vacant;
use crate::features::panels::events::What;
use crate::features::panels::input::Assignment;
use crate::features::panels::panel::Panel;
use crate::features::panels::{PanelError, PanelEvent, composer, labels};
use crate::rules::deadline::local;
use crate::rules::typed_date::iso;

/// Asks somebody to sit: a mission is proposed to them, and the seat is theirs as long as they do not decline. The checks
/// are made again in this transaction.
///
/// # Errors
/// A session that is not planned, or without a date; every seat of that kind taken; a person who may not sit, in words; a
/// warning without a reason; the refusals of the mission and of every act.
pub async fn assign(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    wanted: &Assignment,
) -> Result<jury_member::Model, PanelError> {
    let (mut panel, grant) = open(tx, id, seen).await?;
    let reason = wanted.written()?;
    let dates = panel.dates()?;
    if !panel.has_room(wanted.seat) {
        return Err(PanelError::Full(wanted.seat));
    }
    let person = person(tx, wanted.expert).await?;
    let choice = composer::one(tx.conn(), &panel, wanted.seat, &person, tx.now()).await?;
    choice.check(&panel, reason.as_deref())?;
    close_vacant(tx, &panel, wanted.seat).await?;
    let mission = propose(tx, &panel, wanted, &dates, reason.clone()).await?;
    let member = jury_member::Model {
        id: tx.new_id(),
        session_id: id,
        expert_id: person.id,
        seat: wanted.seat,
        state: MemberState::Proposed,
        mission_id: Some(mission.id),
        override_reason: reason,
        reason: None,
        remote: wanted.remote,
        identity_checked_at: None,
        impartial_at: None,
        position: next_position(&panel),
        added_by: tx.actor().account_id(),
        added_at: tx.instant(),
    };
    let insert = jury_member::Entity::insert(member.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await.map_err(|error| {
        if db::is_unique_violation(&error) { PanelError::Full(wanted.seat) } else { error.into() }
    })?;
    touch(tx, &mut panel).await?;
    let what = What::Asked { findings: choice.findings };
    let event = PanelEvent { session: panel.session, member, what };
    tx.record(&grant, &event).await?;
    Ok(event.member)
}

/// Closes the mission of whoever had such a seat and gave it up, which waited for somebody: the seat is given anew.
async fn close_vacant(tx: &mut Tx, panel: &Panel, seat: Seat) -> Result<(), MissionError> {
    let past = panel.members.iter().filter(|member| !member.is_live() && member.row.seat == seat);
    let vacant = past.filter_map(|member| member.mission.as_ref()).find(|mission| is_vacant(mission.state));
    if let Some(mission) = vacant {
        missions::cancel(tx, mission.id, None, labels::GIVEN_ANEW).await?;
    }
    Ok(())
}

fn next_position(panel: &Panel) -> i32 {
    panel.members.iter().map(|member| member.row.position).max().unwrap_or_default() + 1
}

/// Proposes the mission of a seat: to preside asks for an habilitation, to sit for a college does not, an observer watches.
async fn propose(
    tx: &mut Tx,
    panel: &Panel,
    wanted: &Assignment,
    dates: &Dates,
    reason: Option<String>,
) -> Result<mission::Model, MissionError> {
    let proposal = Proposal {
        mission: typed(panel, wanted.seat, dates),
        expert: wanted.expert,
        answer_by: wanted.answer_by,
        tie_reason: reason,
        resumes: None,
    };
    if panel.colleges(wanted.seat).is_empty() {
        missions::propose(tx, &proposal).await
    } else {
        missions::propose_seat(tx, &proposal).await
    }
}

/// The mission, as it would be typed.
fn typed(panel: &Panel, seat: Seat, dates: &Dates) -> TypedMission {
    let object = if seat == Seat::Observer { MissionObject::Observation } else { MissionObject::Jury };
    let session = &panel.session;
    let (starts_on, starts_time) = written(dates.starts_at, &dates.zone);
    let (ends_on, ends_time) = written(dates.ends_at, &dates.zone);
    TypedMission {
        title: labels::mission_title(seat, &panel.certification.short_title, panel.commune()),
        structure: Some(panel.structure.id),
        site: session.site_id,
        certification: Some(panel.certification.id),
        place: labels::place(&session.place, &session.room),
        department: session.department.clone(),
        zone: session.zone.clone(),
        starts_on,
        starts_time,
        ends_on,
        ends_time,
        instructions: labels::instructions(panel),
        ..TypedMission::of(object)
    }
}

/// A day and an hour, where the session takes place.
fn written(at: OffsetDateTime, zone: &str) -> (String, String) {
    let Ok(local) = local(at, zone) else { return (String::new(), String::new()) };
    (iso(local.date()), format!("{:02}:{:02}", local.hour(), local.minute()))
}
