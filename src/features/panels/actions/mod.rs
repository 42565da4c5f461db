//! The changes of the people of a jury, one per file. The row of the session is locked first, then that of the person, so
//! that two seats are never given to one person at once.

mod assign;
mod end_seat;
mod record_seat;
mod remove;

pub use assign::assign;
pub use end_seat::end_seat;
pub use record_seat::record_seat;
pub use remove::{remove, replace};

use entity::ids::ExpertId;
use entity::{expert, jury_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::panel::Panel;
use super::{PanelError, labels};
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;

/// The session, locked and open to changes, and the right to make them.
async fn open(
    tx: &Tx,
    id: entity::ids::JurySessionId,
    seen: Option<i32>,
) -> Result<(Panel, Grant), PanelError> {
    let panel = Panel::locked(tx, id).await?;
    let grant = tx.authorize(Permission::JuryPanelManage, &panel.facts())?;
    panel.check_version(seen)?;
    panel.check_open()?;
    Ok((panel, grant))
}

/// Writes that the composition of the session changed.
async fn touch(tx: &Tx, panel: &mut Panel) -> Result<(), PanelError> {
    panel.session.version += 1;
    let row = panel.session.clone().into_active_model().reset_all();
    jury_session::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// The person of a field, locked so that nothing is given to them at the same time.
async fn person(tx: &Tx, id: ExpertId) -> Result<expert::Model, PanelError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or_else(|| PanelError::fault("/expert_id", "unknown", labels::UNKNOWN_EXPERT))
}

/// The person of a file, locked, and the right to record the colleges that they sit for.
async fn seat_holder(tx: &Tx, id: ExpertId) -> Result<(expert::Model, Grant), PanelError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let person = found.ok_or(PanelError::NotFound)?;
    let grant = tx.authorize(Permission::CollegeSeatManage, &Facts::of_expert(&person))?;
    Ok((person, grant))
}
