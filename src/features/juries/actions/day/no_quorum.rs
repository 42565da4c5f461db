//! Members lack on the day (S11): nobody is heard, nobody loses an attempt.

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::super::day::{self, Day, labels};
use super::super::super::load::Whole;
use super::super::super::state::{Event, Guard};
use super::super::super::{JuryError, What, input};
use super::super::{expect_nobody, people, rooms, step};
use super::Opened;
use crate::authz::Permission;
use crate::db::Tx;

/// Records that the jury could not sit: its candidates may be called to another, everybody is told. The team does it when
/// whoever should preside is the one who lacks.
///
/// # Errors
/// [`JuryError::Lacking`] when the quorum is in the room; too early, the state, [`JuryError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn no_quorum(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    more: &str,
) -> Result<jury_session::Model, JuryError> {
    let whole = Whole::locked(tx, id).await?;
    let presides = day::holds(tx.actor(), &whole, Permission::JuryRun);
    let grant = if presides {
        day::right(tx.actor(), &whole, Permission::JuryRun)?
    } else {
        tx.authorize(Permission::JuryManage, &whole.facts(tx.actor()))?
    };
    whole.check_version(seen)?;
    whole.next(Event::NoQuorum)?;
    whole.on_its_day(tx.now())?;
    let mut opened = Opened { day: Day::around(tx.conn(), whole, tx.now()).await?, grant };
    let lacks = opened.day.lacks();
    if lacks.is_empty() {
        return Err(JuryError::lacking(&[Guard::MembersMissing]));
    }
    let more = input::optional_reason(more)?;
    let told = lacks.into_iter().map(labels::lacks::lack).chain(more);
    let reason = told.collect::<Vec<_>>().join(" ");
    people::release(tx, &opened.grant, &mut opened.day.whole, &reason).await?;
    expect_nobody(tx, &mut opened.day.whole).await?;
    rooms::release(tx, id).await?;
    let kept = reason.clone();
    let line = step(tx, &mut opened.day.whole, Event::NoQuorum, |session| {
        session.reason = Some(kept);
        session.sequence += 1;
    })
    .await?;
    opened.record(tx, line, What::NoQuorum { reason: &reason }).await
}
