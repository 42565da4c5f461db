//! The changes of a session, one per file. The row of the session is locked first, then those of its candidates in the
//! order of their keys.

mod cancel;
mod choose;
mod confirm;
mod convoke;
pub mod day;
mod download;
mod gap;
mod issue_document;
mod missions;
mod people;
mod plan;
mod postpone;
mod reject;
mod request;
pub mod ring;
mod rooms;
mod send_files;
mod ties;
mod withdraw;

pub use cancel::cancel;
pub use choose::choose;
pub use confirm::{checklist, confirm, missing};
pub use convoke::{convoke, unready};
pub use download::download;
pub use issue_document::issue_document;
pub use plan::plan;
pub use postpone::postpone;
pub use reject::reject;
pub use request::request;
pub use send_files::send_files;
pub use ties::Look;
pub use withdraw::withdraw;

use entity::ids::JurySessionId;
use entity::{jury_passage, jury_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::load::Whole;
use super::state::{Event, Transition};
use super::{JuryError, JuryEvent, What, deadlines, schedule};
use crate::authz::{Grant, Permission};
use crate::db::Tx;

/// A session locked for a change, and the right to make it.
struct Opened {
    whole: Whole,
    grant: Grant,
}

async fn open(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, JuryError> {
    let whole = Whole::locked(tx, id).await?;
    let grant = tx.authorize(permission, &whole.facts(tx.actor()))?;
    whole.check_version(seen)?;
    Ok(Opened { whole, grant })
}

/// Writes the session after a change, its version grown and its next alarm planned.
async fn save(
    tx: &Tx,
    whole: &mut Whole,
    change: impl FnOnce(&mut jury_session::Model),
) -> Result<(), JuryError> {
    change(&mut whole.session);
    whole.session.version += 1;
    let alarm = deadlines::next_alarm(&whole.session, &whole.rules);
    whole.session.deadline_at = alarm.map(|(at, _)| at.into());
    let row = whole.session.clone().into_active_model().reset_all();
    jury_session::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// Moves the session along its table.
async fn step(
    tx: &Tx,
    whole: &mut Whole,
    event: Event,
    change: impl FnOnce(&mut jury_session::Model),
) -> Result<&'static Transition, JuryError> {
    let line = whole.next(event)?;
    save(tx, whole, |session| {
        session.state = line.to;
        change(session);
    })
    .await?;
    Ok(line)
}

impl Opened {
    /// Records an event of the table.
    async fn record(
        self,
        tx: &mut Tx,
        line: &'static Transition,
        what: What<'_>,
    ) -> Result<jury_session::Model, JuryError> {
        let event = JuryEvent::of_step(tx, &self.whole, line, what);
        tx.record(&self.grant, &event).await?;
        Ok(self.whole.session)
    }

    /// Records what moves nothing.
    async fn record_act(
        self,
        tx: &mut Tx,
        name: (&'static str, &'static str),
        what: What<'_>,
    ) -> Result<jury_session::Model, JuryError> {
        let event = JuryEvent::of_act(tx, &self.whole, name, what);
        tx.record(&self.grant, &event).await?;
        Ok(self.whole.session)
    }
}

/// Gives each candidate their turn and, once the session has its date, their hour.
async fn give_turns(tx: &Tx, whole: &mut Whole) -> Result<(), JuryError> {
    let count = whole.passages.len();
    let hours = whole.session.starts_at.map(|at| schedule::slots(&whole.rules, *at, count));
    for (rank, one) in whole.passages.iter_mut().enumerate() {
        let position = i32::try_from(rank + 1).unwrap_or(i32::MAX);
        let starts_at: Option<entity::Instant> =
            hours.as_ref().and_then(|hours| hours.get(rank)).map(|at| (*at).into());
        if one.row.position == position && one.row.starts_at == starts_at {
            continue;
        }
        one.row.position = position;
        one.row.starts_at = starts_at;
        one.row.version += 1;
        let row = one.row.clone().into_active_model().reset_all();
        jury_passage::Entity::update(row).exec(tx.conn()).await?;
    }
    Ok(())
}

/// Nobody is expected in this session any more: its candidates may be expected in another.
async fn expect_nobody(tx: &Tx, whole: &mut Whole) -> Result<(), JuryError> {
    jury_passage::Entity::update_many()
        .col_expr(jury_passage::Column::Live, Expr::value(false))
        .filter(jury_passage::Column::SessionId.eq(whole.session.id))
        .exec(tx.conn())
        .await?;
    for one in &mut whole.passages {
        one.row.live = false;
    }
    Ok(())
}
