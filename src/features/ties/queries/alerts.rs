//! Reads of the alerts about duties already given.

use std::collections::HashMap;

use entity::ids::ExpertId;
use entity::tie_alert::{self, AlertState, Column, Entity};
use entity::{expert, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde_json::json;
use uuid::Uuid;

use super::super::events;
use crate::authz::{self, Actor, Facts, Permission, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset};

/// An alert, the person and the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// The alert.
    pub row: tie_alert::Model,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the person.
    pub expert_name: String,
    /// Name of the structure.
    pub structure_name: String,
    /// INSEE region of the structure.
    pub structure_region: String,
}

/// The alerts that the actor may see, of one person or of everybody, the two hundred newest, newest first. Their
/// reasons, which tell ties that people declared, are for those who settle them and for the person.
///
/// # Errors
/// What the database answers.
pub async fn alerts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    only: Option<ExpertId>,
    open: bool,
) -> Result<Vec<Alert>, db::Error> {
    Ok(alert_page(conn, actor, only, open, &PageRequest::first(PageRequest::MOST)).await?.items)
}

/// A page of the same alerts.
///
/// # Errors
/// What the database answers.
pub async fn alert_page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    only: Option<ExpertId>,
    open: bool,
    page: &PageRequest,
) -> Result<Page<Alert>, db::Error> {
    let people = expert::Entity::find().select_only().column(expert::Column::Id);
    let seen = people.filter(visible::experts(actor)).into_query();
    let mut select = Entity::find().filter(Column::ExpertId.in_subquery(seen));
    if let Some(expert) = only {
        select = select.filter(Column::ExpertId.eq(expert));
    }
    if open {
        select = select.filter(Column::State.eq(AlertState::Open));
    }
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: whole(conn, actor, cut.items).await?, next: cut.next })
}

/// The alerts with their people and structures, without those that the actor may not see.
async fn whole(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<tie_alert::Model>,
) -> Result<Vec<Alert>, db::Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let whole = |mut row: tie_alert::Model| {
        let person = people.iter().find(|person| person.id == row.expert_id)?;
        let structure = structures.iter().find(|structure| structure.id == row.structure_id)?;
        let facts =
            Facts { expert: Some(person.id), region: Some(structure.region.clone()), ..Facts::default() };
        let may = |permission| authz::may(actor, permission, &facts);
        if !may(Permission::TieEdit) && !may(Permission::InterestView) {
            row.reasons = json!([]);
        }
        may(Permission::TieView).then(|| Alert {
            row,
            expert_number: person.number.clone(),
            expert_name: person.name(),
            structure_name: structure.name.clone(),
            structure_region: structure.region.clone(),
        })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// The sentences that managers set aside when they kept a duty, person by person.
///
/// # Errors
/// What the database answers.
pub async fn kept(
    conn: &impl ConnectionTrait,
    object_kind: &str,
    object: Uuid,
) -> Result<HashMap<ExpertId, Vec<String>>, db::Error> {
    let rows = Entity::find()
        .filter(Column::ObjectKind.eq(object_kind))
        .filter(Column::ObjectId.eq(object))
        .filter(Column::State.eq(AlertState::Kept))
        .all(conn)
        .await?;
    let mut kept: HashMap<_, Vec<String>> = HashMap::new();
    for row in rows {
        kept.entry(row.expert_id).or_default().extend(events::reasons(&row));
    }
    Ok(kept)
}
