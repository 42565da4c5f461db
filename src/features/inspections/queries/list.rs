//! The inspections that an actor may see.

use std::collections::HashMap;

use entity::ids::{AgreementId, ExpertId, InspectionId, StructureId};
use entity::inspection::{self, InspectionState, Trigger};
use entity::{agreement, expert, mission, structure};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::state::is_over;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, of the structure or of the agreement.
    pub q: String,
    /// In this state.
    pub state: Option<InspectionState>,
    /// For this trigger.
    pub trigger: Option<Trigger>,
    /// Of this right.
    pub agreement: Option<AgreementId>,
    /// Of this structure.
    pub structure: Option<StructureId>,
    /// Made by this person.
    pub controller: Option<ExpertId>,
    /// Only those that are not over, or only those that are.
    pub open: Option<bool>,
    /// Nobody makes it, and somebody should.
    pub vacant: bool,
}

/// An inspection of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The inspection.
    pub inspection: inspection::Model,
    /// Name of the structure.
    pub structure_name: String,
    /// Name of whoever makes it; empty while nobody does.
    pub controller_name: String,
}

fn narrowed(filter: &Filter) -> Condition {
    use inspection::Column;
    let mut condition = Condition::all().add(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        condition = condition.add(Column::State.eq(state));
    }
    if let Some(trigger) = filter.trigger {
        condition = condition.add(Column::Origin.eq(trigger));
    }
    if let Some(agreement) = filter.agreement {
        condition = condition.add(Column::AgreementId.eq(agreement));
    }
    if let Some(structure) = filter.structure {
        condition = condition.add(Column::StructureId.eq(structure));
    }
    if let Some(controller) = filter.controller {
        condition = condition.add(Column::ControllerId.eq(controller));
    }
    if let Some(open) = filter.open {
        let states = InspectionState::all().filter(|state| is_over(*state) != open);
        condition = condition.add(Column::State.is_in(states));
    }
    if filter.vacant {
        condition =
            condition.add(Column::State.eq(InspectionState::Planned)).add(Column::ControllerId.is_null());
    }
    condition
}

/// The inspections that the actor may see, the latest number first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    use inspection::Column;
    let select = inspection::Entity::find().filter(visible::inspections(actor)).filter(narrowed(filter));
    let rows = keyset(select, Some(Column::Number), Column::Id, true, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: row.number.clone(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// Rows with the names that a list tells.
pub(super) async fn named(
    conn: &impl ConnectionTrait,
    rows: Vec<inspection::Model>,
) -> Result<Vec<Found>, db::Error> {
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let experts = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().filter_map(|row| row.controller_id)))
        .all(conn)
        .await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|one| (one.id, one)).collect();
    let experts: HashMap<_, _> = experts.into_iter().map(|one| (one.id, one.name())).collect();
    let found = |row: inspection::Model| {
        let place = structures.get(&row.structure_id);
        Found {
            structure_name: place.map(|one| one.name.clone()).unwrap_or_default(),
            controller_name: row.controller_id.and_then(|id| experts.get(&id).cloned()).unwrap_or_default(),
            inspection: row,
        }
    };
    Ok(rows.into_iter().map(found).collect())
}

/// The names that the page of an inspection tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Whoever makes it.
    pub controller: Option<String>,
    /// Number of its mission.
    pub mission: Option<String>,
    /// Number of the inspection whose actions it checks.
    pub follows: Option<String>,
}

/// The names around an inspection.
///
/// # Errors
/// What the database answers.
pub async fn names(conn: &impl ConnectionTrait, row: &inspection::Model) -> Result<Names, db::Error> {
    let mut names = Names::default();
    if let Some(id) = row.controller_id {
        names.controller = expert::Entity::find_by_id(id).one(conn).await?.map(|one| one.name());
    }
    if let Some(id) = row.mission_id {
        names.mission = mission::Entity::find_by_id(id).one(conn).await?.map(|one| one.number);
    }
    if let Some(id) = row.follows_id {
        names.follows = inspection::Entity::find_by_id(id).one(conn).await?.map(|one| one.number);
    }
    Ok(names)
}

/// The right of a number, if the actor may see it.
///
/// # Errors
/// What the database answers.
pub async fn right(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Option<agreement::Model>, InspectionError> {
    let found = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreement::Column::Number.eq(number.trim()));
    Ok(found.one(conn).await?)
}

/// The inspection of a number, if the actor may see it.
///
/// # Errors
/// [`InspectionError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Dossier, InspectionError> {
    one(conn, actor, Condition::all().add(inspection::Column::Number.eq(number))).await
}

/// The inspection of a key, if the actor may see it.
///
/// # Errors
/// [`InspectionError::NotFound`], what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: InspectionId,
) -> Result<Dossier, InspectionError> {
    one(conn, actor, Condition::all().add(inspection::Column::Id.eq(id))).await
}

async fn one(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: Condition,
) -> Result<Dossier, InspectionError> {
    let found =
        inspection::Entity::find().filter(visible::inspections(actor)).filter(which).one(conn).await?;
    Dossier::around(conn, found.ok_or(InspectionError::NotFound)?).await
}
