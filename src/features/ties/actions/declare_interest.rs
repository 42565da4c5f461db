//! Records an interest that an expert declares.

use entity::declared_interest;
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::input::TypedInterest;
use super::{open, structure};
use crate::authz::Permission;
use crate::db::Tx;

/// Records an interest. The journal says that one was declared, and not which.
///
/// # Errors
/// Every fault, the refusal of the policy, what the database answers.
pub async fn declare_interest(
    tx: &mut Tx,
    id: ExpertId,
    typed: &TypedInterest,
) -> Result<declared_interest::Model, TieError> {
    let (expert, grant) = open(tx, id, Permission::InterestEdit).await?;
    let new = typed.read(tx.app().today())?;
    structure(tx, new.structure).await?;
    let row = declared_interest::Model {
        id: tx.new_id(),
        expert_id: id,
        structure_id: new.structure,
        tie: new.tie,
        since: new.since,
        until: new.until,
        detail: new.detail,
        declared_on: new.declared_on,
        voided_at: None,
        void_reason: None,
    };
    let insert = declared_interest::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &TieEvent::Declared { expert, interest: row.clone() }).await?;
    Ok(row)
}
