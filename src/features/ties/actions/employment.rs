//! Records a structure that employs an expert, and the end of that employment. Nothing is erased: an employer of
//! the last years still counts.

use entity::employment::{self, Column, Entity};
use entity::ids::{EmploymentId, ExpertId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::input::{self, TypedEmployment};
use super::{open, structure};
use crate::authz::Permission;
use crate::db::Tx;

/// Records an employer, present or past. One structure employs a person once at a time.
///
/// # Errors
/// Every fault, [`TieError::AlreadyEmployed`], the refusal of the policy, what the database answers.
pub async fn record_employment(
    tx: &mut Tx,
    id: ExpertId,
    typed: &TypedEmployment,
) -> Result<employment::Model, TieError> {
    let (expert, grant) = open(tx, id, Permission::TieEdit).await?;
    let new = typed.read()?;
    structure(tx, new.structure).await?;
    let running = Entity::find()
        .filter(Column::ExpertId.eq(id))
        .filter(Column::StructureId.eq(new.structure))
        .filter(Column::Until.is_null());
    if new.until.is_none() && running.one(tx.conn()).await?.is_some() {
        return Err(TieError::AlreadyEmployed);
    }
    let row = employment::Model {
        id: tx.new_id(),
        expert_id: id,
        structure_id: new.structure,
        since: new.since,
        until: new.until,
    };
    Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &TieEvent::Employed { expert, employment: row.clone() }).await?;
    Ok(row)
}

/// Records the last day of an employment.
///
/// # Errors
/// Every fault, [`TieError::AlreadyOver`], the refusal of the policy, what the database answers.
pub async fn end_employment(
    tx: &mut Tx,
    id: ExpertId,
    which: EmploymentId,
    until: &str,
) -> Result<employment::Model, TieError> {
    let (expert, grant) = open(tx, id, Permission::TieEdit).await?;
    let found = Entity::find_by_id(which).one(tx.conn()).await?;
    let mut row = found.filter(|row| row.expert_id == id).ok_or(TieError::NotFound)?;
    if row.until.is_some() {
        return Err(TieError::AlreadyOver);
    }
    row.until = Some(input::last_day(until, row.since)?);
    Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    tx.record(&grant, &TieEvent::EmploymentEnded { expert, employment: row.clone() }).await?;
    Ok(row)
}
