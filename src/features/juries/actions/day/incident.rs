//! Something happened on the day (S13): it goes into the minutes, and a fraud is told to the team at once.

use entity::ids::JurySessionId;
use entity::jury_incident;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::day::input::TypedIncident;
use super::super::super::state::Event;
use super::super::super::{JuryError, What};
use super::super::step;
use super::opened;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::deadline::day_in_zone;

/// Records an incident.
///
/// # Errors
/// Every fault, no such candidate, the state, the refusal of the policy, what the database answers.
pub async fn record_incident(
    tx: &mut Tx,
    id: JurySessionId,
    typed: &TypedIncident,
) -> Result<jury_incident::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    if let Some(passage) = typed.passage {
        opened.day.whole.passing(passage)?;
    }
    opened.day.whole.next(Event::RecordIncident)?;
    let zone = opened.day.whole.session.zone.clone();
    let today = day_in_zone(tx.now(), &zone);
    let (kind, at, description) = typed.read((today, &zone), tx.now())?;
    let row = jury_incident::Model {
        id: tx.new_id(),
        session_id: id,
        passage_id: typed.passage,
        kind,
        happened_at: at.into(),
        description,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
    };
    let insert = jury_incident::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let line = step(tx, &mut opened.day.whole, Event::RecordIncident, |_| {}).await?;
    opened.record(tx, line, What::IncidentRecorded { incident: &row }).await?;
    Ok(row)
}
