//! Changes a draft, a part or the whole of it.

use entity::ids::ProgrammeId;
use entity::programme_version;

use super::super::events::ProgrammeEvent;
use super::super::{ProgrammeError, input, queries};
use super::{aims, draft, lock, open_draft, save, store};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::training::programme::{Document, read};

/// Applies a change over the draft and writes it, if every value may be kept. The title of a programme that was never
/// published follows that of its draft.
///
/// # Errors
/// Every fault, [`ProgrammeError::NoDraft`], [`ProgrammeError::Stale`], the refusal of the policy, what the database answers.
pub async fn edit_draft(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
    change: impl FnOnce(&mut Document),
) -> Result<programme_version::Model, ProgrammeError> {
    let draft = draft(tx, id, seen, Permission::ProgrammeEdit).await?;
    let mut typed = draft.document.clone();
    change(&mut typed);
    let target = queries::target(tx.conn(), typed.certification_version_id).await?;
    if typed.certification_version_id != draft.document.certification_version_id {
        // another referential is aimed at: what the sheet said of the one before no longer holds
        target.prune(&mut typed);
    }
    let mut faults = aims(tx, &draft.programme, &typed).await?;
    let read = read(&typed, &target.aimed()).unwrap_or_else(|found| {
        faults.extend(found);
        Document::default()
    });
    if !faults.is_empty() {
        return Err(ProgrammeError::Invalid(faults));
    }
    let mut version = store::filled(draft.version, &read);
    version.updated_on = tx.app().today();
    version.version += 1;
    store::update(tx, &version, &read, &target).await?;
    let mut programme = draft.programme;
    if version.number == 1 && !read.title.is_empty() {
        programme.title.clone_from(&read.title);
        programme.search = input::search(&programme.code, &programme.title, &read.goal);
        save(tx, &mut programme).await?;
    }
    let event = ProgrammeEvent::DraftChanged {
        programme,
        version: version.clone(),
        before: Box::new(draft.document),
        after: Box::new(read),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(version)
}

/// Puts a whole sheet in place of the draft, which is opened when there is none.
///
/// # Errors
/// As [`edit_draft`]; never [`ProgrammeError::NoDraft`].
pub async fn put_draft(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
    sheet: Document,
) -> Result<programme_version::Model, ProgrammeError> {
    let _locked = lock(tx, id, Permission::ProgrammeEdit).await?;
    if queries::draft(tx.conn(), id).await?.is_none() {
        Box::pin(open_draft(tx, id)).await?;
    }
    Box::pin(edit_draft(tx, id, seen, |typed| *typed = sheet)).await
}
