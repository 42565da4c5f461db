//! Plans a meeting.

use entity::meeting::{self, MeetingState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::What;
use super::super::input::Meeting;
use super::Opened;
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};

/// Plans a meeting under the next number of the year of its day, `REU-2026-0001`. Nobody is invited yet. A meeting of
/// the past may be recorded, to be held at once.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn create(tx: &mut Tx, new: &Meeting) -> Result<meeting::Model, MeetingError> {
    let grant = tx.authorize(Permission::MeetingManage, &Facts::default())?;
    let row = meeting::Model {
        id: tx.new_id(),
        number: db::next_number(tx, "REU", new.place.day.year()).await?,
        kind: new.kind,
        state: MeetingState::Planned,
        meets_on: new.place.day,
        starts_at: new.place.starts_at.into(),
        lasts_minutes: new.place.lasts,
        zone: new.place.zone.clone(),
        mode: new.place.mode,
        place: new.place.place.clone(),
        agenda: new.agenda.clone(),
        minutes: String::new(),
        time_spent_minutes: None,
        sequence: 0,
        created_at: tx.instant(),
        version: 1,
    };
    let insert = meeting::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Opened { meeting: row, guests: Vec::new(), grant }.record(tx, What::Planned).await
}
