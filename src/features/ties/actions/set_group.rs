//! Says to which group of structures a structure belongs.

use entity::ids::StructureId;
use entity::structure;
use entity::structure_group::{self, Entity};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::events::TieEvent;
use super::super::{TieError, input};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::rules::fold::fold;

/// Names the group of a structure; an empty name takes it out of its group. Structures whose groups have the same
/// letters are of the same group.
///
/// # Errors
/// Every fault, [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn set_group(tx: &mut Tx, id: StructureId, typed: &str) -> Result<structure::Model, TieError> {
    let found = structure::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let structure = found.ok_or(TieError::NotFound)?;
    let facts = Facts { structure: Some(id), region: Some(structure.region.clone()), ..Facts::default() };
    let grant = tx.authorize(Permission::TieEdit, &facts)?;
    let after = input::group(typed)?;
    let known = Entity::find_by_id(id).one(tx.conn()).await?;
    let before = known.as_ref().map(|row| row.name.clone());
    let row = |name: &String| {
        let folded = fold(name);
        let same = known.as_ref().filter(|row| row.folded == folded);
        let grouped_at = same.map_or_else(|| tx.instant(), |row| row.grouped_at);
        let row = structure_group::Model { structure_id: id, name: name.clone(), folded, grouped_at };
        row.into_active_model().reset_all()
    };
    match (&before, &after) {
        (None, Some(name)) => {
            Entity::insert(row(name)).exec_without_returning(tx.conn()).await?;
        }
        (Some(_), Some(name)) => {
            Entity::update(row(name)).exec(tx.conn()).await?;
        }
        (_, None) => {
            Entity::delete_by_id(id).exec(tx.conn()).await?;
        }
    }
    tx.record(&grant, &TieEvent::Grouped { structure: Box::new(structure.clone()), before, after }).await?;
    Ok(structure)
}
