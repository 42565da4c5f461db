//! Records an interest that an expert declares.

use entity::declared_interest;
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::input::{Interest, KNOWN, TypedInterest, days};
use super::{open, structure};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;

/// Whether the person declared the same tie with the same structure, over days that these meet, and did not take it back.
async fn already_declared(tx: &Tx, id: ExpertId, new: &Interest) -> Result<bool, TieError> {
    use declared_interest::Column;
    let known = declared_interest::Entity::find()
        .filter(Column::ExpertId.eq(id))
        .filter(Column::StructureId.eq(new.structure))
        .filter(Column::Tie.eq(new.tie))
        .filter(Column::VoidedAt.is_null())
        .all(tx.conn())
        .await?;
    let own = days(new.since, new.until, new.declared_on);
    Ok(known.iter().any(|row| days(row.since, row.until, row.declared_on).overlaps(own)))
}

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
    if already_declared(tx, id, &new).await? {
        return Err(vec![Fault::new("/since", "already-declared", KNOWN)].into());
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
        voided_at: None,
        void_reason: None,
    };
    let insert = declared_interest::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &TieEvent::Declared { expert, interest: row.clone() }).await?;
    Ok(row)
}
