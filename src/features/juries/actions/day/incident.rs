//! Something happened on the day (S13): it goes into the minutes, and a fraud is told to the team at once. What was recorded
//! by mistake is withdrawn, and stays.

use entity::ids::{JuryIncidentId, JurySessionId};
use entity::jury_incident;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::super::super::day::input::TypedIncident;
use super::super::super::day::{HEARING, labels};
use super::super::super::state::Event;
use super::super::super::{JuryError, JuryEvent, What, documents, input};
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
        withdrawn_at: None,
        withdrawn_reason: None,
    };
    let insert = jury_incident::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let line = step(tx, &mut opened.day.whole, Event::RecordIncident, |_| {}).await?;
    opened.record(tx, line, What::IncidentRecorded { incident: &row }).await?;
    Ok(row)
}

/// Says that an incident was recorded by mistake, and why: it stays, and does not go into the minutes.
///
/// # Errors
/// No such incident, one that is withdrawn already, no reason, a session whose deliberation is over, the refusal of the policy, what the database answers.
pub async fn withdraw_incident(
    tx: &mut Tx,
    id: JurySessionId,
    incident: JuryIncidentId,
    why: &str,
) -> Result<(), JuryError> {
    let opened = opened(tx, id, Permission::JuryRun).await?;
    let row = opened.day.incidents.iter().find(|row| row.id == incident).cloned();
    let mut row = row.ok_or(JuryError::NotFound)?;
    opened.day.whole.during(&HEARING)?;
    let reason = input::reason(why)?;
    if row.withdrawn_at.is_some() {
        return Err(JuryError::fault("/incident_id", "twice", labels::faults::ALREADY_WITHDRAWN));
    }
    row.withdrawn_at = Some(tx.instant());
    row.withdrawn_reason = Some(reason);
    let facts = json!({ "incident_id": row.id, "kind": row.kind.word() });
    let jobs = vec![documents::incident(&opened.day.whole.session, &row)];
    jury_incident::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    let name = ("jury.incident_withdrawn", "JUR_INCIDENT_WITHDRAWN");
    let event = JuryEvent::of_act(tx, &opened.day.whole, name, What::Noted(facts)).doing(jobs);
    tx.record(&opened.grant, &event).await?;
    Ok(())
}
