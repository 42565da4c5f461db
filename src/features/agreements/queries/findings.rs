//! The findings named against a right, as the rule of sanctions weighs them: from rows, never from what is typed.

use entity::ids::{AgreementId, InspectionId, NonconformityId, ReserveId};
use entity::inspection::{self, InspectionState};
use entity::nonconformity::{self, NonconformityState};
use entity::reserve::{self, ReserveState};
use entity::sanction_ground;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::db;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::life::Ground;
use crate::rules::sanction::Finding;

/// A finding with the words that tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// What the rule weighs.
    pub finding: Finding,
    /// What it was at that moment: a criterion, the text of a reserve, the number of an inspection.
    pub words: String,
}

/// The findings of an agreement that are named, in their order.
///
/// # Errors
/// [`AgreementError::Invalid`] for one that is not of this agreement, what the database answers.
pub async fn weigh(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    grounds: &[Ground],
) -> Result<Vec<Weighed>, AgreementError> {
    let mut weighed = Vec::with_capacity(grounds.len());
    for (at, ground) in grounds.iter().enumerate() {
        let found = one(conn, agreement, ground).await?;
        weighed.push(found.ok_or_else(|| unknown(at))?);
    }
    Ok(weighed)
}

fn unknown(at: usize) -> AgreementError {
    let message = "Ce constat n’est pas de cet agrément";
    AgreementError::fault(&format!("/grounds/{at}"), "ground-unknown", message)
}

async fn one(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    ground: &Ground,
) -> Result<Option<Weighed>, db::Error> {
    match ground {
        Ground::Nonconformity(id) => gap(conn, agreement, *id).await,
        Ground::OverdueActions(id) => late_actions(conn, agreement, *id).await,
        Ground::Reserve(id) => of_reserve(conn, agreement, *id).await,
        Ground::RefusedInspection(id) => refused(conn, agreement, *id).await,
        Ground::Incident(words) => {
            Ok(Some(Weighed { finding: Finding::Incident, words: words.trim().to_owned() }))
        }
    }
}

async fn gap(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    id: NonconformityId,
) -> Result<Option<Weighed>, db::Error> {
    let row = nonconformity::Entity::find_by_id(id).one(conn).await?;
    let Some(row) = row.filter(|row| row.agreement_id == agreement) else {
        return Ok(None);
    };
    let inspection = inspection::Entity::find_by_id(row.inspection_id).one(conn).await?;
    let told = inspection.is_some_and(|one| one.report_sent_at.is_some());
    let finding = Finding::Gap { severity: row.severity, state: row.state, told };
    Ok(Some(Weighed { finding, words: format!("{} {}", row.criterion, row.finding) }))
}

async fn late_actions(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    id: InspectionId,
) -> Result<Option<Weighed>, db::Error> {
    use NonconformityState as S;
    let Some(row) = of_agreement(conn, agreement, id).await? else {
        return Ok(None);
    };
    let waiting = nonconformity::Entity::find()
        .filter(nonconformity::Column::InspectionId.eq(id))
        .filter(nonconformity::Column::State.is_in([S::ActionsRequested, S::Insufficient, S::Overdue]))
        .all(conn)
        .await?;
    let due_on = waiting.iter().filter_map(|gap| gap.due_on).min();
    Ok(Some(Weighed { finding: Finding::LateActions { due_on }, words: row.number }))
}

async fn of_reserve(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    id: ReserveId,
) -> Result<Option<Weighed>, db::Error> {
    let row = reserve::Entity::find_by_id(id).one(conn).await?;
    let row = row.filter(|row| row.agreement_id == Some(agreement));
    Ok(row.map(|row| {
        let closed = row.state == ReserveState::Closed;
        let proof_waits = !closed && row.proof_at.is_some();
        Weighed { finding: Finding::Reserve { due_on: row.due_on, closed, proof_waits }, words: row.text }
    }))
}

async fn refused(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    id: InspectionId,
) -> Result<Option<Weighed>, db::Error> {
    let row = of_agreement(conn, agreement, id).await?;
    Ok(row.map(|row| {
        let stands = row.state == InspectionState::RefusedByStructure;
        Weighed { finding: Finding::RefusedInspection { stands }, words: row.number }
    }))
}

async fn of_agreement(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    id: InspectionId,
) -> Result<Option<inspection::Model>, db::Error> {
    let row = inspection::Entity::find_by_id(id).one(conn).await?;
    Ok(row.filter(|row| row.agreement_id == agreement))
}

/// What may be named against a right on a day, with the words that tell it: open gaps, late actions, open reserves, refused
/// inspections. Whether it supports a sanction is what the rule says.
///
/// # Errors
/// What the database answers.
pub async fn citable(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
    today: Date,
) -> Result<Vec<(Ground, String)>, db::Error> {
    use NonconformityState as S;
    let gaps = nonconformity::Entity::find()
        .filter(nonconformity::Column::AgreementId.eq(agreement))
        .filter(nonconformity::Column::State.is_not_in([S::Closed, S::Dropped]))
        .order_by_asc(nonconformity::Column::Id)
        .all(conn)
        .await?;
    let inspections = inspection::Entity::find()
        .filter(inspection::Column::AgreementId.eq(agreement))
        .order_by_asc(inspection::Column::Id)
        .all(conn)
        .await?;
    let reserves = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(agreement))
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .order_by_asc(reserve::Column::Position)
        .all(conn)
        .await?;
    let waits = |gap: &&nonconformity::Model| {
        matches!(gap.state, S::ActionsRequested | S::Insufficient | S::Overdue)
            && gap.due_on.is_some_and(|due| due < today)
    };
    let late: Vec<InspectionId> = gaps.iter().filter(waits).map(|gap| gap.inspection_id).collect();
    let mut found: Vec<(Ground, String)> = gaps
        .iter()
        .map(|gap| (Ground::Nonconformity(gap.id), format!("{} {}", gap.criterion, gap.finding)))
        .collect();
    for one in &inspections {
        if late.contains(&one.id) {
            found.push((Ground::OverdueActions(one.id), one.number.clone()));
        }
        if one.state == InspectionState::RefusedByStructure {
            found.push((Ground::RefusedInspection(one.id), one.number.clone()));
        }
    }
    found.extend(reserves.into_iter().map(|one| (Ground::Reserve(one.id), one.text)));
    Ok(found)
}

/// The findings of an act, as they were named.
#[must_use]
pub fn named(rows: &[sanction_ground::Model]) -> Vec<Ground> {
    use entity::sanction_ground::GroundKind as K;
    let ground = |row: &sanction_ground::Model| match row.kind {
        K::Nonconformity => row.nonconformity_id.map(Ground::Nonconformity),
        K::OverdueActions => row.inspection_id.map(Ground::OverdueActions),
        K::Reserve => row.reserve_id.map(Ground::Reserve),
        K::RefusedInspection => row.inspection_id.map(Ground::RefusedInspection),
        K::Incident => Some(Ground::Incident(row.words.clone())),
    };
    rows.iter().filter_map(ground).collect()
}

/// What keeps a suspended right from being given back: the findings of its suspension that are not put right, in words.
#[must_use]
pub fn unsettled(weighed: &[Weighed]) -> Vec<String> {
    let open = |finding: Finding| match finding {
        Finding::Gap { state, .. } => {
            !matches!(state, NonconformityState::Closed | NonconformityState::Dropped)
        }
        Finding::LateActions { due_on } => due_on.is_some(),
        Finding::Reserve { closed, .. } => !closed,
        Finding::RefusedInspection { stands } => stands,
        // Whoever gives the right back says in the reasons what became of it.
        Finding::Incident => false,
    };
    weighed.iter().filter(|one| open(one.finding)).map(|one| one.words.clone()).collect()
}
