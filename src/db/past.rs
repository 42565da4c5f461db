//! The states of things on a day that is behind, from the journal: the tables keep that of today only.

use std::collections::HashMap;

use entity::audit_event::{Column, Entity};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use crate::rules::deadline::{add_days, instant};
use crate::rules::territory::PARIS;

/// The instant at which a day is over in Paris, where the journal is read.
#[must_use]
pub fn end_in_paris(day: Date) -> OffsetDateTime {
    instant(add_days(day, 1), Time::MIDNIGHT, PARIS).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The word of the state that the last act until the end of a day in Paris left, for each of the subjects of a kind whose
/// keys a query gives. One whose state no act had told yet is not among them.
///
/// # Errors
/// What the database answers.
pub async fn states_on(
    conn: &impl ConnectionTrait,
    kind: &str,
    subjects: SelectStatement,
    day: Date,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let acts: Vec<(Uuid, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::SubjectId, Column::StateAfter])
        .filter(Column::SubjectKind.eq(kind))
        .filter(Column::SubjectId.in_subquery(subjects))
        .filter(Column::StateAfter.is_not_null())
        .filter(Column::At.lt(entity::Instant::from(end_in_paris(day))))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    // In the order of the acts: the last one of each subject stays.
    Ok(acts.into_iter().filter_map(|(id, word)| Some((id, word?))).collect())
}
