//! The visits of a contrôleur that are still to be made.

use entity::agreement_request::RequestState;
use entity::{agreement_request, structure};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::authz::{Actor, visible};
use crate::db;

/// Most visits shown.
const MOST: u64 = 20;

/// A visit that has its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// Number of the request.
    pub reference: String,
    /// Structure.
    pub structure_name: String,
    /// When.
    pub at: entity::Instant,
    /// Zone of the place.
    pub zone: String,
    /// Where.
    pub place: String,
}

#[derive(FromQueryResult)]
struct Row {
    number: Option<String>,
    structure_name: String,
    visit_at: Option<entity::Instant>,
    visit_zone: Option<String>,
    visit_place: Option<String>,
}

/// The visits to come of the actor, the nearest first.
///
/// # Errors
/// What the database answers.
pub(super) async fn visits(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Visit>, db::Error> {
    use agreement_request::Column;
    let rows: Vec<Row> = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(Column::ControllerId.eq(actor.expert()))
        .filter(Column::State.eq(RequestState::VisitScheduled))
        .join(JoinType::InnerJoin, db::structure_of_request())
        .order_by_asc(Column::VisitAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .select_only()
        .columns([Column::Number, Column::VisitAt, Column::VisitZone, Column::VisitPlace])
        .column_as(structure::Column::Name, "structure_name")
        .into_model()
        .all(conn)
        .await?;
    let visit = |row: Row| {
        Some(Visit {
            reference: row.number?,
            structure_name: row.structure_name,
            at: row.visit_at?,
            zone: row.visit_zone?,
            place: row.visit_place.unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().filter_map(visit).collect())
}
