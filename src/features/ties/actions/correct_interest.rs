//! Records the last day of a declared tie, and takes back one that was recorded by mistake. Nothing is erased.

use entity::declared_interest::{Entity, Model};
use entity::expert;
use entity::ids::{DeclaredInterestId, ExpertId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::input;
use super::open;
use crate::authz::{Grant, Permission};
use crate::db::Tx;

/// Records the last day of a declared tie.
///
/// # Errors
/// Every fault, [`TieError::InterestOver`], [`TieError::InterestVoided`], the refusal of the policy, what the
/// database answers.
pub async fn end_interest(
    tx: &mut Tx,
    id: ExpertId,
    which: DeclaredInterestId,
    until: &str,
) -> Result<Model, TieError> {
    let (expert, grant, mut row) = standing(tx, id, which).await?;
    if row.until.is_some() {
        return Err(TieError::InterestOver);
    }
    row.until = Some(input::last_day(until, row.since)?);
    Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    tx.record(&grant, &TieEvent::InterestEnded { expert, interest: row.clone() }).await?;
    Ok(row)
}

/// Takes back a tie that was recorded by mistake: it counts no more, on any day.
///
/// # Errors
/// Every fault, [`TieError::InterestVoided`], the refusal of the policy, what the database answers.
pub async fn void_interest(
    tx: &mut Tx,
    id: ExpertId,
    which: DeclaredInterestId,
    reason: &str,
) -> Result<Model, TieError> {
    let (expert, grant, mut row) = standing(tx, id, which).await?;
    row.void_reason = Some(input::void_reason(reason)?);
    row.voided_at = Some(tx.instant());
    Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    tx.record(&grant, &TieEvent::InterestVoided { expert, interest: row.clone() }).await?;
    Ok(row)
}

/// A tie of this person that was not taken back, and the right to change it.
async fn standing(
    tx: &Tx,
    id: ExpertId,
    which: DeclaredInterestId,
) -> Result<(expert::Model, Grant, Model), TieError> {
    let (expert, grant) = open(tx, id, Permission::InterestEdit).await?;
    let found = Entity::find_by_id(which).one(tx.conn()).await?;
    let row = found.filter(|row| row.expert_id == id).ok_or(TieError::NotFound)?;
    if row.voided_at.is_some() {
        return Err(TieError::InterestVoided);
    }
    Ok((expert, grant, row))
}
