//! Publishes a draft, which freezes it: a session that is sold on it later is sold on what it says today.

use entity::ids::ProgrammeId;
use entity::programme_version::{self, VersionState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::events::ProgrammeEvent;
use super::super::state::{Step, TABLE};
use super::super::{ProgrammeError, input, queries};
use super::{draft, save, store};
use crate::authz::Permission;
use crate::db::Tx;

/// Publishes the draft, if nothing lacks; the sheet of before is replaced. What the modules cover is bound to the revision of
/// the referential that is published today.
///
/// # Errors
/// [`ProgrammeError::Incomplete`] with everything that lacks, [`ProgrammeError::Step`], [`ProgrammeError::NoDraft`],
/// [`ProgrammeError::Stale`], the refusal of the policy, what the database answers.
pub async fn publish(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
) -> Result<programme_version::Model, ProgrammeError> {
    let draft = draft(tx, id, seen, Permission::ProgrammePublish).await?;
    let line = TABLE.next(Some(draft.programme.state), Step::Publish)?;
    let mut sheet = draft.document;
    let target = queries::target(tx.conn(), sheet.certification_version_id).await?;
    target.prune(&mut sheet);
    let mut version = store::filled(draft.version, &sheet);
    let missing = queries::gaps(&version, &sheet, &target);
    if !missing.is_empty() {
        return Err(ProgrammeError::Incomplete(missing));
    }
    supersede(tx, id).await?;
    version.state = VersionState::Published;
    version.updated_on = tx.app().today();
    version.published_at = Some(tx.instant());
    version.published_by = tx.actor().account_id();
    version.version += 1;
    store::update(tx, &version, &sheet, &target).await?;
    let before = draft.programme;
    let mut programme = before.clone();
    programme.state = line.to;
    programme.title.clone_from(&sheet.title);
    programme.search = input::search(&programme.code, &sheet.title, &sheet.goal);
    save(tx, &mut programme).await?;
    let event = ProgrammeEvent::Published {
        before: Box::new(before),
        programme,
        version: version.clone(),
        sheet: Box::new(sheet),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(version)
}

/// Puts the sheet that is published behind.
pub(super) async fn supersede(tx: &Tx, id: ProgrammeId) -> Result<(), ProgrammeError> {
    use programme_version::Column;
    let found = programme_version::Entity::find()
        .filter(Column::ProgrammeId.eq(id))
        .filter(Column::State.eq(VersionState::Published))
        .one(tx.conn())
        .await?;
    if let Some(mut row) = found {
        row.state = VersionState::Superseded;
        row.superseded_at = Some(tx.instant());
        row.version += 1;
        programme_version::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    }
    Ok(())
}
