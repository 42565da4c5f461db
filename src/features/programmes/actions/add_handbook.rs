//! Adds a version of what everybody is given before they enrol.

use entity::training_handbook::{self, HandbookKind};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use time::Date;

use super::super::events::HandbookAdded;
use super::super::{ProgrammeError, labels};
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};
use crate::storage::receive::{self, Attached};

/// A file already checked and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// What it is.
    pub media_type: &'static str,
}

/// Adds a version, in force from a day on: sessions created later give it, those that exist keep theirs.
///
/// # Errors
/// The refusal of the policy, [`ProgrammeError::Stale`] when somebody adds one at the same instant, what the database answers.
pub async fn add_handbook(
    tx: &mut Tx,
    kind: HandbookKind,
    in_force_on: Date,
    file: &Kept,
) -> Result<training_handbook::Model, ProgrammeError> {
    let grant = tx.authorize(Permission::ProgrammePublish, &Facts::default())?;
    let known = training_handbook::Entity::find()
        .filter(training_handbook::Column::Kind.eq(kind))
        .count(tx.conn())
        .await?;
    let id = tx.new_id();
    let paper = Attached {
        kind: "training_handbook",
        title: labels::handbook(kind),
        file_name: &file.file_name,
        sha256: &file.sha256,
        size: file.size,
        media_type: file.media_type,
    };
    let document = receive::attach(tx, ("training_handbook", id), paper).await?;
    let row = training_handbook::Model {
        id: id.into(),
        kind,
        number: i32::try_from(known).unwrap_or(i32::MAX).saturating_add(1),
        document_id: document.id,
        in_force_on,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
    };
    let insert = training_handbook::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await.map_err(|error| {
        if db::is_unique_violation(&error) { ProgrammeError::Stale } else { error.into() }
    })?;
    tx.record(&grant, &HandbookAdded { handbook: row.clone(), document }).await?;
    Ok(row)
}
