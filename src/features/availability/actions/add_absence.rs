//! Declares an absence.

use entity::absence;
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::super::input::TypedAbsence;
use super::open;
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::rules::half_day::HALVES;

/// Declares an absence, and wipes the single dates inside it. Only who may read reasons may give one.
///
/// # Errors
/// Every fault, [`AvailabilityError::Stale`], the refusal of the policy, what the database answers.
pub async fn add_absence(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    typed: &TypedAbsence,
) -> Result<absence::Model, AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    if typed.reason.is_some() {
        let facts = Facts::of_expert(&opened.expert);
        let _reads = tx.authorize(Permission::AbsenceReasonView, &facts)?;
    }
    let new = typed.read(opened.today)?;
    let row = absence::Model {
        id: tx.new_id(),
        expert_id: id,
        starts_on: new.period.from(),
        ends_on: new.period.until(),
        reason: new.reason,
    };
    let insert = absence::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    opened.wipe(tx, row.starts_on, row.ends_on, &HALVES).await?;
    opened.save(tx).await?;
    let event = AvailabilityEvent::AbsenceDeclared { whose: opened.whose(tx), row: row.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}
