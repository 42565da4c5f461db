//! What is claimed for missions, and what is to be paid.

use std::collections::HashMap;

use entity::expense_claim::ClaimState;
use entity::ids::{ExpenseClaimId, MissionId};
use entity::{claim_correction, expense_claim, expense_line, mission};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::named;
use crate::authz::{Actor, visible};
use crate::db;

/// A claim and its lines.
pub type Claim = (expense_claim::Model, Vec<expense_line::Model>);

/// The claim of a mission and its lines.
///
/// # Errors
/// What the database answers.
pub async fn claim(conn: &impl ConnectionTrait, mission: MissionId) -> Result<Option<Claim>, db::Error> {
    let which = expense_claim::Column::MissionId.eq(mission);
    let Some(claim) = expense_claim::Entity::find().filter(which).one(conn).await? else { return Ok(None) };
    let lines = expense_line::Entity::find()
        .filter(expense_line::Column::ClaimId.eq(claim.id))
        .order_by_asc(expense_line::Column::Position)
        .all(conn)
        .await?;
    Ok(Some((claim, lines)))
}

/// What was put right after the claim of a mission was paid, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn corrections(
    conn: &impl ConnectionTrait,
    claim: ExpenseClaimId,
) -> Result<Vec<claim_correction::Model>, db::Error> {
    let rows = claim_correction::Entity::find()
        .filter(claim_correction::Column::ClaimId.eq(claim))
        .order_by_asc(claim_correction::Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

/// Something to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// The mission.
    pub mission: mission::Model,
    /// The claim.
    pub claim: expense_claim::Model,
    /// Name of the person.
    pub expert_name: String,
    /// Number of the person.
    pub expert_number: String,
}

impl Payable {
    /// To whom it is to be paid: the employer, or the person.
    #[must_use]
    pub fn payee(&self) -> &str {
        self.claim.employer_name.as_deref().unwrap_or(&self.expert_name)
    }

    /// Fee and expenses together.
    #[must_use]
    pub fn total_cents(&self) -> i64 {
        self.claim.fee_cents + self.claim.expenses_cents
    }
}

/// Every claim whose service was done and that is not paid, of the missions that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn payable(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Payable>, db::Error> {
    let claims = expense_claim::Entity::find()
        .filter(expense_claim::Column::State.eq(ClaimState::Certified))
        .order_by_asc(expense_claim::Column::CertifiedAt)
        .order_by_asc(expense_claim::Column::Id)
        .all(conn)
        .await?;
    let missions = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(mission::Column::Id.is_in(claims.iter().map(|claim| claim.mission_id)))
        .all(conn)
        .await?;
    let mut found: HashMap<_, _> =
        named(conn, missions).await?.into_iter().map(|one| (one.mission.id, one)).collect();
    let payable = |claim: expense_claim::Model| {
        let one = found.remove(&claim.mission_id)?;
        Some(Payable {
            mission: one.mission,
            claim,
            expert_name: one.expert_name,
            expert_number: one.expert_number,
        })
    };
    Ok(claims.into_iter().filter_map(payable).collect())
}
