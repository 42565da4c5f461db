//! A file kept for ever under the hash of its content.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A file kept for ever under the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DocumentId,
    pub sha256: Vec<u8>,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub media_type: String,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub subject_kind: String,
    pub subject_id: uuid::Uuid,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Made by Parchemin, or received.
    pub generated: bool,
    /// Name and version of the template, empty when received.
    #[sea_orm(column_type = "Text")]
    pub template: String,
    pub created_by: Option<crate::ids::AccountId>,
    /// The act that it records, or its reception.
    pub created_at: Instant,
}

impl Model {
    /// The name that it is downloaded under: its nature and its number. The version of the act, which ends the name of
    /// what Parchemin makes, stays in the record.
    #[must_use]
    pub fn download_name(&self) -> String {
        let versioned = self.file_name.rsplit_once("-v").filter(|_| self.generated);
        let extension = self.file_name.rsplit_once('.').map(|(_, extension)| extension);
        match (versioned, extension) {
            (Some((name, _)), Some(extension)) => format!("{name}.{extension}"),
            _ => self.file_name.clone(),
        }
    }
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
