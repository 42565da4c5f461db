//! Attaches a file.

use entity::ids::MeetingId;
use entity::meeting::{self, MeetingState};

use super::super::MeetingError;
use super::super::events::What;
use super::super::state::{InvalidStep, Step};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::receive::{self, Attached};

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
    let paper = Attached {
        kind: "meeting_paper",
        title: &file.file_name,
        file_name: &file.file_name,
        sha256: &file.sha256,
        size: file.size,
        media_type: file.media_type,
    };
    let kept = receive::attach(tx, ("meeting", id.0), paper).await?;
    opened.save(tx).await?;
    opened.record(tx, What::DocumentAdded(kept)).await
}
