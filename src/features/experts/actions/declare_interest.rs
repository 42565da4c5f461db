//! Records an interest that an expert declares.

use entity::ids::ExpertId;
use entity::{declared_interest, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::ExpertEvent;
use super::super::input::TypedInterest;
use super::super::{ExpertError, labels};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;

/// Records an interest. The journal says that one was declared, and not which.
///
/// # Errors
/// Every fault, the refusal of the policy, what the database answers.
pub async fn declare_interest(
    tx: &mut Tx,
    id: ExpertId,
    typed: &TypedInterest,
) -> Result<declared_interest::Model, ExpertError> {
    let opened = open(tx, id, None, Permission::InterestEdit).await?;
    let new = typed.read(tx.app().today())?;
    if structure::Entity::find_by_id(new.structure).one(tx.conn()).await?.is_none() {
        return Err(ExpertError::Invalid(vec![Fault::new(
            "/structure_id",
            "unknown",
            labels::UNKNOWN_STRUCTURE,
        )]));
    }
    let row = declared_interest::Model {
        id: tx.new_id(),
        expert_id: id,
        structure_id: new.structure,
        tie: new.tie,
        since: new.since,
        until: new.until,
        detail: new.detail,
        declared_on: new.declared_on,
    };
    let insert = declared_interest::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(&opened.grant, &ExpertEvent::Declared { expert: opened.expert, interest: row.clone() }).await?;
    Ok(row)
}
