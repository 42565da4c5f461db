//! Grants an habilitation.

use entity::ids::ExpertId;
use entity::{certification, habilitation};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::events::ExpertEvent;
use super::super::input::TypedHabilitation;
use super::super::{ExpertError, labels};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;

/// Grants an habilitation; two of the same duty on the same certification share no day, and one on every
/// certification is on each.
///
/// # Errors
/// Every fault, [`ExpertError::Overlap`], [`ExpertError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn grant(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    typed: &TypedHabilitation,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::ExpertEdit).await?;
    let new = typed.read()?;
    if let Some(certification) = new.certification
        && certification::Entity::find_by_id(certification).one(tx.conn()).await?.is_none()
    {
        return Err(ExpertError::Invalid(vec![Fault::new(
            "/certification_id",
            "unknown",
            labels::UNKNOWN_CERTIFICATION,
        )]));
    }
    let same_duty = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.eq(id))
        .filter(habilitation::Column::Duty.eq(new.duty))
        .filter(habilitation::Column::StartsOn.lte(new.period.until()))
        .filter(habilitation::Column::EndsOn.gte(new.period.from()))
        .all(tx.conn())
        .await?;
    let met = |other: &&habilitation::Model| {
        other.certification_id.is_none()
            || new.certification.is_none()
            || other.certification_id == new.certification
    };
    if let Some(other) = same_duty.iter().find(met) {
        return Err(ExpertError::Overlap { from: other.starts_on, until: other.ends_on });
    }
    let row = habilitation::Model {
        id: tx.new_id(),
        expert_id: id,
        duty: new.duty,
        state: new.state,
        starts_on: new.period.from(),
        ends_on: new.period.until(),
        certification_id: new.certification,
        regions: new.regions.join(","),
    };
    let insert = habilitation::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    opened.save(tx).await?;
    tx.record(&opened.grant, &ExpertEvent::Granted { expert: opened.expert, habilitation: row.clone() })
        .await?;
    Ok(row)
}
