//! Agreements, the rights that requests give.

use entity::agreement;
use entity::ids::{AgreementId, StructureId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::authz::{Actor, visible};
use crate::db::{Cursor, Page, PageRequest, keyset};
use crate::features::agreements::error::AgreementError;

/// Which agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightFilter {
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only these states; all when empty.
    pub states: Vec<agreement::AgreementState>,
    /// Without those that are signed and begin after this day.
    pub begun_by: Option<time::Date>,
}

/// A signed agreement counts from its first day on; one in another state whatever its days.
#[must_use]
pub fn begun_by(day: time::Date) -> Condition {
    use agreement::{AgreementState as S, Column};
    Condition::any()
        .add(Column::State.is_not_in([S::Active, S::ActiveWithReserves]))
        .add(Column::StartsOn.lte(day))
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
    let mut select = agreement::Entity::find().filter(visible::agreements(actor));
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(day) = filter.begun_by {
        select = select.filter(self::begun_by(day));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
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
