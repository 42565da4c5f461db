//! Keeps a document of minutes that the program typeset, once.

use entity::ids::{JuryMinutesId, JurySessionId};

use super::super::MinutesError;
use super::super::documents::{MINUTES, NO_QUORUM, NO_QUORUM_SIGNED, SIGNED};
use super::super::events::{MinutesEvent, What};
use super::super::load::{Book, SUBJECT};
use super::{keep, open};
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::issued::{NewDocument, keep as keep_document};

/// Keeps the document; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn issue_document(
    tx: &mut Tx,
    id: JurySessionId,
    minutes: JuryMinutesId,
    new: NewDocument,
) -> Result<bool, MinutesError> {
    let opened = open(tx, id, None, Permission::DocumentIssue, Book::facts).await?;
    let found = opened.book.records.iter().find(|record| record.row.id == minutes);
    let row = found.ok_or(MinutesError::NotFound)?.row.clone();
    let (template, archival, kind) = (new.template, new.archival, new.kind.clone());
    let Some(document) = keep_document(tx, (SUBJECT, minutes.0), new).await? else { return Ok(false) };
    let key = Some(document.id);
    match kind.as_str() {
        MINUTES | NO_QUORUM => keep(tx, &row, |row| row.document_id = key).await?,
        SIGNED | NO_QUORUM_SIGNED => keep(tx, &row, |row| row.signed_document_id = key).await?,
        _ => row,
    };
    let what = What::DocumentIssued { document, template, archival };
    let event = MinutesEvent::of(tx, &opened.book.whole, what);
    tx.record(&opened.grant, &event).await?;
    Ok(true)
}
