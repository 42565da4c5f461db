//! Keeps a document that the program typeset, once.

use entity::document;
use entity::ids::{DocumentId, MissionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;

/// A document typeset and already in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// Its key.
    pub id: DocumentId,
    /// What it is.
    pub kind: String,
    /// The template it came from.
    pub template: &'static str,
    /// French title.
    pub title: String,
    /// Name of the file; it says the version of the act.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// Media type.
    pub media_type: &'static str,
    /// It conforms to PDF/A.
    pub archival: bool,
}

/// The same document, when an earlier attempt kept it.
///
/// # Errors
/// What the database answers.
pub async fn already_issued(
    conn: &impl ConnectionTrait,
    mission: MissionId,
    kind: &str,
    file_name: &str,
) -> Result<Option<document::Model>, MissionError> {
    use document::Column;
    let found = document::Entity::find()
        .filter(Column::SubjectKind.eq("mission"))
        .filter(Column::SubjectId.eq(mission.0))
        .filter(Column::Kind.eq(kind))
        .filter(Column::FileName.eq(file_name))
        .one(conn)
        .await?;
    Ok(found)
}

/// Keeps the document; none when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(
    tx: &mut Tx,
    id: MissionId,
    new: NewDocument,
) -> Result<Option<DocumentId>, MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &dossier.facts())?;
    if already_issued(tx.conn(), id, &new.kind, &new.file_name).await?.is_some() {
        return Ok(None);
    }
    let reference = DocumentRef { id: new.id, sha256: hex::encode(&new.sha256) };
    let row = document::ActiveModel {
        id: Set(new.id),
        sha256: Set(new.sha256),
        size: Set(new.size),
        media_type: Set(new.media_type.to_owned()),
        file_name: Set(new.file_name),
        kind: Set(new.kind),
        subject_kind: Set("mission".to_owned()),
        subject_id: Set(id.0),
        title: Set(new.title),
        generated: Set(true),
        template: Set(new.template.to_owned()),
        created_by: Set(None),
        created_at: Set(tx.instant()),
    };
    document::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let what = What::DocumentIssued { document: reference, template: new.template, archival: new.archival };
    record_act(tx, &grant, &dossier, ("mission.document_issued", "MIS_DOCUMENT"), what).await?;
    Ok(Some(new.id))
}
