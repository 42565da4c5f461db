//! The changes of the day of a session, one per file. The row of the session is locked first: two tablets take turns.

mod abstain;
mod apart;
mod changes;
mod check_in;
mod decide;
mod deliberate;
mod enter;
mod incident;
mod no_quorum;
mod open;
mod presence;
mod write;

pub use abstain::{Abstained, abstain};
pub use changes::{Received, receive};
pub use check_in::{CheckIn, check_in, declare};
pub use decide::decide;
pub use deliberate::deliberate;
pub use enter::enter;
pub use incident::{record_incident, withdraw_incident};
pub use no_quorum::no_quorum;
pub use open::open;
pub use presence::record_presence;

use entity::ids::JurySessionId;
use entity::{jury_passage, jury_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;

use super::super::day::{self, Day};
use super::super::load::Whole;
use super::super::state::Transition;
use super::super::{JuryError, JuryEvent, What};
use crate::authz::{Grant, Permission};
use crate::db::Tx;

/// A session locked on its day, and the right to act in it.
struct Opened {
    day: Day,
    grant: Grant,
}

async fn opened(tx: &Tx, id: JurySessionId, permission: Permission) -> Result<Opened, JuryError> {
    let whole = Whole::locked(tx, id).await?;
    let grant = day::right(tx.actor(), &whole, permission)?;
    Ok(Opened { day: Day::around(tx.conn(), whole, tx.now()).await?, grant })
}

impl Opened {
    /// Records an event of the table.
    async fn record(
        self,
        tx: &mut Tx,
        line: &'static Transition,
        what: What<'_>,
    ) -> Result<jury_session::Model, JuryError> {
        let event = JuryEvent::of_step(tx, &self.day.whole, line, what);
        tx.record(&self.grant, &event).await?;
        Ok(self.day.whole.session)
    }

    /// Records what moves nothing, without any personal value.
    async fn note(
        &self,
        tx: &mut Tx,
        name: (&'static str, &'static str),
        facts: Value,
    ) -> Result<(), JuryError> {
        let event = JuryEvent::of_act(tx, &self.day.whole, name, What::Noted(facts));
        tx.record(&self.grant, &event).await?;
        Ok(())
    }
}

/// Writes a passage, its version grown.
async fn keep(tx: &Tx, row: &mut jury_passage::Model) -> Result<(), JuryError> {
    row.version += 1;
    let change = row.clone().into_active_model().reset_all();
    jury_passage::Entity::update(change).exec(tx.conn()).await?;
    Ok(())
}

/// Refuses a version of a passage that is no longer the one of the person.
fn check_seen(row: &jury_passage::Model, seen: Option<i32>) -> Result<(), JuryError> {
    if seen.is_some_and(|seen| seen != row.version) { Err(JuryError::Stale) } else { Ok(()) }
}
