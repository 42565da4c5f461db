//! Versions of the welcome booklet, of the house rules and of the terms.

use std::collections::HashMap;

use entity::ids::{DocumentId, TrainingHandbookId};
use entity::training_handbook::{self, Column, HandbookKind};
use entity::{document, training_handbook::Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::ProgrammeError;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db;

/// A version and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handbook {
    /// The version.
    pub row: Model,
    /// Its file.
    pub document: document::Model,
}

/// Every version, by kind, the latest first.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn handbooks(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Handbook>, ProgrammeError> {
    let _seen = allows(actor, Permission::ProgrammeView, &Facts::default())?;
    let rows = training_handbook::Entity::find()
        .order_by_asc(Column::Kind)
        .order_by_desc(Column::Number)
        .all(conn)
        .await?;
    let ids: Vec<DocumentId> = rows.iter().map(|row| row.document_id).collect();
    let files = document::Entity::find().filter(document::Column::Id.is_in(ids)).all(conn).await?;
    let mut files: HashMap<DocumentId, document::Model> =
        files.into_iter().map(|file| (file.id, file)).collect();
    let with_file = |row: Model| Some(Handbook { document: files.remove(&row.document_id)?, row });
    Ok(rows.into_iter().filter_map(with_file).collect())
}

/// One version, for someone who asks.
///
/// # Errors
/// [`ProgrammeError::NotFound`], the refusal of the policy, what the database answers.
pub async fn handbook(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TrainingHandbookId,
) -> Result<Handbook, ProgrammeError> {
    let found = handbooks(conn, actor).await?.into_iter().find(|one| one.row.id == id);
    found.ok_or(ProgrammeError::NotFound)
}

/// The version in force on a day, for other features.
///
/// # Errors
/// What the database answers.
pub async fn handbook_in_force(
    conn: &impl ConnectionTrait,
    kind: HandbookKind,
    day: Date,
) -> Result<Option<Model>, db::Error> {
    let found = training_handbook::Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::InForceOn.lte(day))
        .order_by_desc(Column::InForceOn)
        .order_by_desc(Column::Number)
        .one(conn)
        .await?;
    Ok(found)
}
