//! What waits for the team among missions and their claims.

use entity::expense_claim::ClaimState;
use entity::ids::{CertificationId, ExpenseClaimId, ExpertId, MissionId, StructureId};
use entity::mission::{Column, MissionState};
use entity::{expense_claim, mission};
use sea_orm::sea_query::{CaseStatement, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef,
};
use time::OffsetDateTime;

use super::report_awaited;
use crate::authz::{Actor, Facts, visible};
use crate::db;
use crate::features::missions::dossier::{also_ids, facts_of};
use crate::features::missions::state::is_vacant;

/// What a task tells of a mission, and what the policy looks at: a mission is not read whole, since thousands may wait.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    region: String,
    structure_id: Option<StructureId>,
    certification_id: Option<CertificationId>,
    expert_id: ExpertId,
    /// The other certifications that it is for, read apart.
    #[sea_orm(skip)]
    also: Vec<CertificationId>,
}

impl Told {
    const COLUMNS: [Column; 6] = [
        Column::Number,
        Column::Title,
        Column::Region,
        Column::StructureId,
        Column::CertificationId,
        Column::ExpertId,
    ];

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let certifications = (self.certification_id, self.also.clone());
        facts_of(self.expert_id, self.structure_id, certifications, &self.region)
    }
}

/// A mission that waits for the team.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Unsettled {
    /// Key.
    pub id: MissionId,
    /// State: vacant, in progress or done.
    pub state: MissionState,
    /// Its first instant.
    pub starts_at: entity::Instant,
    /// Its last instant.
    pub ends_at: entity::Instant,
    /// Where it is.
    pub zone: String,
    /// The mission.
    #[sea_orm(nested)]
    pub told: Told,
}

/// A claim that waits for the team or for its payment.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OpenClaim {
    /// Key.
    pub id: ExpenseClaimId,
    mission_id: MissionId,
    /// State: submitted or certified.
    pub state: ClaimState,
    /// When it came.
    pub submitted_at: entity::Instant,
    /// When it was certified.
    pub certified_at: Option<entity::Instant>,
    /// Its mission.
    #[sea_orm(nested)]
    pub mission: Told,
}

/// The missions that the actor may see and that nobody has, or that are to be told done and reported, the earliest first.
///
/// # Errors
/// What the database answers.
pub async fn unsettled(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Unsettled>, db::Error> {
    let waits = |state: &MissionState| {
        is_vacant(*state) || matches!(state, MissionState::InProgress | MissionState::Done)
    };
    let waiting = || {
        let all = mission::Entity::find().filter(visible::missions(actor));
        all.filter(Column::State.is_in(MissionState::all().filter(waits)))
    };
    let mut rows: Vec<Unsettled> = waiting()
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .select_only()
        .columns([Column::Id, Column::State, Column::StartsAt, Column::EndsAt, Column::Zone])
        .columns(Told::COLUMNS)
        .into_model()
        .all(conn)
        .await?;
    let mut also = also_ids(conn, waiting().select_only().column(Column::Id).into_query()).await?;
    for row in &mut rows {
        row.told.also = also.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

/// The claims that wait for the team or for their payment, of the missions that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn open_claims(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<OpenClaim>, db::Error> {
    use expense_claim::Column as Claim;
    let open = || {
        expense_claim::Entity::find()
            .join(JoinType::InnerJoin, mission_of_claim())
            .filter(Claim::State.is_in([ClaimState::Submitted, ClaimState::Certified]))
            .filter(visible::missions(actor))
    };
    let mut rows: Vec<OpenClaim> = open()
        .order_by_asc(Claim::SubmittedAt)
        .order_by_asc(Claim::Id)
        .select_only()
        .columns([Claim::Id, Claim::MissionId, Claim::State, Claim::SubmittedAt, Claim::CertifiedAt])
        .columns(Told::COLUMNS)
        .into_model()
        .all(conn)
        .await?;
    let mut also = also_ids(conn, open().select_only().column(Claim::MissionId).into_query()).await?;
    for row in &mut rows {
        row.mission.also = also.remove(&row.mission_id).unwrap_or_default();
    }
    Ok(rows)
}

fn mission_of_claim() -> RelationDef {
    expense_claim::Entity::belongs_to(mission::Entity)
        .from(expense_claim::Column::MissionId)
        .to(Column::Id)
        .into()
}

/// How many missions the actor sees that nobody has, and how many wait for their report: as long as the lists of the page
/// of missions that are limited to them.
///
/// # Errors
/// What the database answers.
pub async fn counts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<(i64, i64), db::Error> {
    let vacant =
        Condition::all().add(Column::State.is_in(MissionState::all().filter(|state| is_vacant(*state))));
    let one_each = |which: Condition| -> SimpleExpr { CaseStatement::new().case(which, 1).into() };
    let select = mission::Entity::find()
        .filter(visible::missions(actor))
        .select_only()
        .expr_as(one_each(vacant).count(), "vacant")
        .expr_as(one_each(report_awaited(now)).count(), "reports");
    let statement = conn.get_database_backend().build(&select.into_query());
    let Some(row) = conn.query_one_raw(statement).await? else { return Ok((0, 0)) };
    Ok((row.try_get("", "vacant")?, row.try_get("", "reports")?))
}
