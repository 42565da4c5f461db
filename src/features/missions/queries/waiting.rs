//! What waits for the team among missions and their claims.

use entity::expense_claim::ClaimState;
use entity::ids::{CertificationId, ExpenseClaimId, ExpertId, MissionId, StructureId};
use entity::mission::{Column, MissionState};
use entity::{expense_claim, mission};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, SimpleExpr};
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

/// A claim that waits for the team.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OpenClaim {
    /// Key.
    pub id: ExpenseClaimId,
    mission_id: MissionId,
    /// When it came.
    pub submitted_at: entity::Instant,
    /// Its mission.
    #[sea_orm(nested)]
    pub mission: Told,
}

/// The claims that are to be paid, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PayableClaims {
    /// How many.
    pub count: i64,
    /// When the first was certified.
    pub since: Option<entity::Instant>,
}

/// The missions that the actor may see and that nobody has, or that are to be told done and reported, the earliest first.
///
/// # Errors
/// What the database answers.
pub async fn unsettled(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Unsettled>, db::Error> {
    let waits = |state: &MissionState| {
        is_vacant(*state) || matches!(state, MissionState::InProgress | MissionState::Done)
    };
    let waiting = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(Column::State.is_in(MissionState::all().filter(waits)));
    let missions = waiting.clone().select_only().column(Column::Id).into_query();
    let mut rows: Vec<Unsettled> = waiting
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .select_only()
        .columns([Column::Id, Column::State, Column::StartsAt, Column::EndsAt, Column::Zone])
        .columns(Told::COLUMNS)
        .into_model()
        .all(conn)
        .await?;
    let mut also = also_ids(conn, missions).await?;
    for row in &mut rows {
        row.told.also = also.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

/// The claims that wait for the team, of the missions that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn open_claims(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<OpenClaim>, db::Error> {
    use expense_claim::Column as Claim;
    let open = expense_claim::Entity::find()
        .join(JoinType::InnerJoin, mission_of_claim())
        .filter(Claim::State.eq(ClaimState::Submitted))
        .filter(visible::missions(actor));
    let missions = open.clone().select_only().column(Claim::MissionId).into_query();
    let mut rows: Vec<OpenClaim> = open
        .order_by_asc(Claim::SubmittedAt)
        .order_by_asc(Claim::Id)
        .select_only()
        .columns([Claim::Id, Claim::MissionId, Claim::SubmittedAt])
        .columns(Told::COLUMNS)
        .into_model()
        .all(conn)
        .await?;
    let mut also = also_ids(conn, missions).await?;
    for row in &mut rows {
        row.mission.also = also.remove(&row.mission_id).unwrap_or_default();
    }
    Ok(rows)
}

/// The claims that wait for their payment, of the missions that the actor may settle: thousands may wait, and make one line.
///
/// # Errors
/// What the database answers.
pub async fn payable_claims(conn: &impl ConnectionTrait, actor: &Actor) -> Result<PayableClaims, db::Error> {
    use expense_claim::Column as Claim;
    let found = expense_claim::Entity::find()
        .join(JoinType::InnerJoin, mission_of_claim())
        .filter(Claim::State.eq(ClaimState::Certified))
        .filter(visible::payable_missions(actor))
        .select_only()
        .column_as(Claim::Id.count(), "count")
        .expr_as(first_certified(), "since")
        .into_model()
        .one(conn)
        .await?;
    Ok(found.unwrap_or(PayableClaims { count: 0, since: None }))
}

/// A claim of the past may tell no day of its certification.
fn first_certified() -> SimpleExpr {
    use expense_claim::Column as Claim;
    let days = [Claim::CertifiedAt, Claim::SubmittedAt];
    let day = Func::coalesce(days.map(|column| Expr::col((expense_claim::Entity, column))));
    Func::min(day).into()
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
