//! Keeps a duty in spite of a tie, for a written reason.

use entity::ids::TieAlertId;
use entity::{expert, structure, tie_alert};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::events::TieEvent;
use super::super::state::{self, Step};
use super::super::{TieError, input};
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Settles an alert by keeping the duty. The same reasons do not raise it again.
///
/// # Errors
/// Every fault, [`TieError::NotFound`], [`TieError::Settled`], the refusal of the policy, what the database answers.
pub async fn keep(tx: &mut Tx, id: TieAlertId, reason: &str) -> Result<tie_alert::Model, TieError> {
    let found = tie_alert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let mut alert = found.ok_or(TieError::NotFound)?;
    let structure = structure::Entity::find_by_id(alert.structure_id).one(tx.conn()).await?;
    let facts = Facts {
        expert: Some(alert.expert_id),
        region: structure.map(|structure| structure.region),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::TieOverride, &facts)?;
    let line = state::TABLE.next(Some(alert.state), Step::Keep)?;
    alert.reason = Some(input::reason(reason)?);
    alert.state = line.to;
    alert.settled_at = Some(tx.instant());
    alert.settled_by = tx.actor().account_id();
    let expert = expert::Entity::find_by_id(alert.expert_id).one(tx.conn()).await?;
    let expert = expert.ok_or(TieError::NotFound)?;
    tie_alert::Entity::update(alert.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    tx.record(&grant, &TieEvent::Kept { expert, alert: alert.clone() }).await?;
    Ok(alert)
}
