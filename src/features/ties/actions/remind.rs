//! Asks for the declaration of the year, once for each reminder.

use std::sync::Arc;

use entity::expert;
use entity::ids::ExpertId;
use sea_orm::{EntityTrait, QuerySelect};
use time::Date;

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::queries::already_reminded;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};

const ACTOR: &str = "ties.declarations";

/// Reminds one person, unless this reminder was sent. Says whether it is sent now.
///
/// # Errors
/// What the database answers.
pub(in super::super) async fn remind(
    app: &Arc<App>,
    id: ExpertId,
    due_on: Date,
    rank: usize,
) -> Result<bool, TieError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let expert = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let expert = expert.ok_or(TieError::NotFound)?;
    let year = due_on.year();
    if already_reminded(tx.conn(), id, year, rank).await? {
        return Ok(false);
    }
    let grant = tx.authorize(Permission::TieWatch, &Facts::default())?;
    let link = app.url(&format!("/intervenants/{}/independance", expert.number));
    let overdue = app.today() > due_on;
    tx.record(&grant, &TieEvent::Reminded { expert, year, due_on, overdue, rank, link }).await?;
    tx.commit().await?;
    Ok(true)
}
