//! The periodic inspections that the rules propose today.

use std::collections::HashMap;

use entity::agreement::{self, AgreementState};
use entity::ids::AgreementId;
use entity::inspection::{self, InspectionState, Trigger};
use entity::structure;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Actor, Facts, Permission, may};
use crate::db;
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::life::{KnownPeriod, Proposal, periodic};

/// A right for which a periodic inspection is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The right.
    pub agreement: agreement::Model,
    /// Whose right it is.
    pub structure: structure::Model,
    /// When.
    pub proposal: Proposal,
}

/// The rights whose middle is near or behind without an inspection, those that are late first. Only those that the actor may plan
/// for.
///
/// # Errors
/// What the database answers.
pub async fn proposed(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Proposed>, db::Error> {
    use AgreementState as S;
    let delays = settings::life_delays(conn).await?;
    let rights = agreement::Entity::find()
        .filter(agreement::Column::State.is_in([S::Active, S::ActiveWithReserves]))
        .filter(agreement::Column::StartsOn.lte(today))
        .filter(agreement::Column::EndsOn.gte(today))
        .order_by_asc(agreement::Column::Number)
        .all(conn)
        .await?;
    let known = known(conn, &rights).await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rights.iter().map(|right| right.structure_id)))
        .all(conn)
        .await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|one| (one.id, one)).collect();
    let mut found = Vec::new();
    for agreement in rights {
        let Some(structure) = structures.get(&agreement.structure_id) else { continue };
        let (inspected, last_inspection) = known.get(&agreement.id).copied().unwrap_or_default();
        let (starts_on, ends_on) = (agreement.starts_on, agreement.ends_on);
        let period = KnownPeriod { starts_on, ends_on, inspected, last_inspection };
        let facts = Facts {
            structure: Some(structure.id),
            region: Some(structure.region.clone()),
            ..Facts::default()
        };
        if let Some(proposal) = periodic(&delays, period, today)
            && may(actor, Permission::InspectionPlan, &facts)
        {
            found.push(Proposed { agreement, structure: structure.clone(), proposal });
        }
    }
    found.sort_by_key(|one| one.proposal.around);
    Ok(found)
}

/// Whether each right has a periodic inspection that is not cancelled, and the day of its last one.
async fn known(
    conn: &impl ConnectionTrait,
    rights: &[agreement::Model],
) -> Result<HashMap<AgreementId, (bool, Option<Date>)>, db::Error> {
    let rows = inspection::Entity::find()
        .filter(inspection::Column::AgreementId.is_in(rights.iter().map(|right| right.id)))
        .filter(inspection::Column::State.ne(InspectionState::Cancelled))
        .all(conn)
        .await?;
    let mut known: HashMap<AgreementId, (bool, Option<Date>)> = HashMap::new();
    for row in rows {
        let of = known.entry(row.agreement_id).or_default();
        of.0 |= row.origin == Trigger::Periodic;
        of.1 = of.1.max(row.performed_at.map(|at| day_in_zone(*at, &row.zone)));
    }
    Ok(known)
}
