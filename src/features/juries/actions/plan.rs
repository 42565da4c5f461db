//! A session has its date, its place, its room and its referential (S3).

use entity::ids::JurySessionId;
use entity::jury_session::{self, JuryMode};

use super::super::input::TypedPlan;
use super::super::load;
use super::super::state::Event;
use super::super::{JuryError, What, labels, schedule, wording};
use super::choose::room_for;
use super::{give_turns, missions, open, rooms, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::engagement::taken;

/// Plans a session, or plans again one that was postponed. Its referential is the latest that was published; its end, when
/// none is typed, what its candidates need.
///
/// # Errors
/// Every fault; a room that is taken, a member who may not sit on the new date; the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn plan(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedPlan,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryManage).await?;
    opened.whole.next(Event::Plan)?;
    let plan = typed.read(&opened.whole.session.zone, tx.now(), tx.app().today())?;
    let published = load::published(tx.conn(), opened.whole.session.certification_version_id).await?;
    let referential = published.map(|row| row.id);
    opened.whole.rules = load::rules_of(tx.conn(), referential).await?;
    if plan.mode != JuryMode::OnSite && !opened.whole.rules.remote_allowed {
        return Err(JuryError::fault("/mode", "not-allowed", labels::faults::REMOTE_NOT_ALLOWED));
    }
    let expected = usize::try_from(opened.whole.session.expected).unwrap_or_default();
    let count = opened.whole.passages.len().max(expected);
    let ends_at =
        plan.ends_at.unwrap_or_else(|| plan.starts_at + schedule::length(&opened.whole.rules, count));
    let place = if plan.place.is_empty() {
        wording::address(&opened.whole.structure, opened.whole.site.as_ref())
    } else {
        plan.place
    };
    let session = &mut opened.whole.session;
    session.starts_at = Some(plan.starts_at.into());
    session.ends_at = Some(ends_at.into());
    room_for(&opened.whole, opened.whole.passages.len(), "/ends_time")?;
    let slots = taken(plan.starts_at, ends_at, &opened.whole.session.zone);
    rooms::release(tx, id).await?;
    rooms::hold(tx, id, (opened.whole.session.site_id, &plan.room), &slots).await?;
    missions::moved(tx, &opened.whole, labels::OTHER_DATE).await?;
    give_turns(tx, &mut opened.whole).await?;
    let search =
        wording::search(&opened.whole.session.number, &opened.whole.structure.name, &place, &plan.room);
    let line = step(tx, &mut opened.whole, Event::Plan, |session| {
        session.referential_id = referential;
        session.mode = plan.mode;
        session.place = place;
        session.room = plan.room;
        session.search = search;
        session.reason = None;
        session.sequence += 1;
    })
    .await?;
    opened.record(tx, line, What::Planned).await
}
