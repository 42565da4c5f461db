//! Agreements, the rights that requests give.

use std::collections::HashMap;

use entity::ids::{AgreementId, StructureId};
use entity::{agreement, certification_version, dated_right};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::authz::{Actor, visible};
use crate::db::{Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::agreements::decision_rules::Certified;
use crate::features::agreements::error::AgreementError;
use crate::features::rights::{self, Held, Holder, RightKind, RightState, SourceKind};
use crate::rules::right::Standing;

/// Which agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightFilter {
    /// Words of the number, of the structure or of its SIREN.
    pub q: String,
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only these states; all when empty.
    pub states: Vec<agreement::AgreementState>,
    /// Without those that are signed and begin after this day.
    pub begun_by: Option<time::Date>,
    /// Only those whose days hold this one, set aside on it or not.
    pub on: Option<time::Date>,
}

/// A signed agreement counts from its first day on; one in another state whatever its days.
#[must_use]
pub fn begun_by(day: time::Date) -> Condition {
    use agreement::{AgreementState as S, Column};
    Condition::any()
        .add(Column::State.is_not_in([S::Active, S::ActiveWithReserves]))
        .add(Column::StartsOn.lte(day))
}

/// What bounds an agreement in a version of a certification: its last delivery, its entries in the registers.
///
/// # Errors
/// What the database answers.
pub async fn certified(
    conn: &impl ConnectionTrait,
    version: &certification_version::Model,
) -> Result<Certified, AgreementError> {
    let held = rights::queries::of_holder(conn, Holder::version(version.id)).await?;
    let counts =
        |held: &&Held| held.right.kind == RightKind::Registration && held.right.state != RightState::Void;
    let registrations = held.iter().filter(counts).map(|held| rights::queries::span(&held.right)).collect();
    Ok(Certified { last_delivery_on: version.last_delivery_on, registrations })
}

/// A page of agreements, newest first.
///
/// # Errors
/// What the database answers.
pub async fn agreements(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &RightFilter,
    page: &PageRequest,
) -> Result<Page<agreement::Model>, AgreementError> {
    use agreement::Column;
    let mut select = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(day) = filter.begun_by {
        select = select.filter(self::begun_by(day));
    }
    if let Some(day) = filter.on {
        let running = dated_right::Entity::find()
            .select_only()
            .column(dated_right::Column::SourceId)
            .filter(dated_right::Column::SourceKind.eq(SourceKind::Agreement))
            .filter(rights::queries::running_condition(day));
        select = select.filter(Column::Id.in_subquery(running.into_query()));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// Where each of these agreements stood on a day, by key; one that covers several sites stands as its best right.
///
/// # Errors
/// What the database answers.
pub async fn standings_on(
    conn: &impl ConnectionTrait,
    agreements: &[agreement::Model],
    day: time::Date,
) -> Result<HashMap<AgreementId, Standing>, AgreementError> {
    let ids: Vec<_> = agreements.iter().map(|row| row.id.0).collect();
    let held = rights::queries::of_sources(conn, SourceKind::Agreement, &ids).await?;
    let best = |held: Vec<rights::Held>| held.iter().map(|one| one.standing_on(day)).min();
    Ok(held.into_iter().filter_map(|(id, held)| Some((AgreementId(id), best(held)?))).collect())
}

/// An agreement that the actor may see.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn agreement(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AgreementId,
) -> Result<agreement::Model, AgreementError> {
    let found = agreement::Entity::find_by_id(id).filter(visible::agreements(actor)).one(conn).await?;
    found.ok_or(AgreementError::NotFound)
}

/// The agreement of a number, for the public check of a certificate: anybody may ask, the page names nobody.
///
/// # Errors
/// What the database answers.
pub async fn agreement_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<agreement::Model>, AgreementError> {
    Ok(agreement::Entity::find().filter(agreement::Column::Number.eq(number)).one(conn).await?)
}
