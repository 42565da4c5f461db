//! Attaches a file.

use entity::ids::MeetingId;
use entity::meeting::MeetingState;
use entity::{document, meeting};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::What;
use super::super::state::{InvalidStep, Step};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::DocumentRef;

/// A file already checked and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// What it is.
    pub media_type: &'static str,
}

/// Attaches a file, for everyone who sees the meeting.
///
/// # Errors
/// A cancelled meeting, the refusal of the policy, what the database answers.
pub async fn attach(tx: &mut Tx, id: MeetingId, file: &Attachment) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, None, Permission::MeetingManage).await?;
    if opened.meeting.state == MeetingState::Cancelled {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Publish }.into());
    }
    let row = document::Model {
        id: tx.new_id(),
        sha256: file.sha256.clone(),
        size: file.size,
        media_type: file.media_type.to_owned(),
        file_name: file.file_name.clone(),
        kind: "meeting_paper".to_owned(),
        subject_kind: "meeting".to_owned(),
        subject_id: id.0,
        title: file.file_name.clone(),
        generated: false,
        template: String::new(),
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
    };
    let reference = DocumentRef { id: row.id, sha256: hex::encode(&row.sha256) };
    document::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    opened.save(tx).await?;
    opened.record(tx, What::DocumentAdded(reference)).await
}
