//! What waits for the team among habilitations.

use std::collections::HashMap;

use entity::expert;
use entity::habilitation::{self, Column, HabilitationState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::authz::{Actor, visible};
use crate::db;

/// The applications to examine and the withdrawals to confirm, of the experts that the actor may see, with whose they are.
///
/// # Errors
/// What the database answers.
pub async fn undecided(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<(habilitation::Model, expert::Model)>, db::Error> {
    let held = [HabilitationState::Active, HabilitationState::Suspended];
    let withdrawn =
        Condition::all().add(Column::State.is_in(held)).add(Column::WithdrawalAskedAt.is_not_null());
    let files = habilitation::Entity::find()
        .filter(Condition::any().add(Column::State.eq(HabilitationState::Applied)).add(withdrawn))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let people = expert::Entity::find()
        .filter(visible::experts(actor))
        .filter(expert::Column::Id.is_in(files.iter().map(|file| file.expert_id)))
        .all(conn)
        .await?;
    let people: HashMap<_, _> = people.into_iter().map(|one| (one.id, one)).collect();
    let of_person =
        |file: habilitation::Model| people.get(&file.expert_id).cloned().map(|person| (file, person));
    Ok(files.into_iter().filter_map(of_person).collect())
}
