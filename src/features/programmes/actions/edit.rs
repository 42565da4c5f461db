//! Changes what stands beside the sheets of a programme.

use entity::ids::ProgrammeId;
use entity::{certification_version, programme};
use sea_orm::EntityTrait;

use super::super::events::ProgrammeEvent;
use super::super::input::{self, TypedProgramme};
use super::super::{ProgrammeError, labels, queries};
use super::{known_certification, lock, save, taken};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;

/// Applies a change over what is recorded and writes it, if every value holds. The title stays that of the sheets.
///
/// # Errors
/// Every fault, [`ProgrammeError::Stale`], the refusal of the policy for the certification of before and for that of after,
/// what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
    change: impl FnOnce(&mut TypedProgramme),
) -> Result<programme::Model, ProgrammeError> {
    let opened = lock(tx, id, Permission::ProgrammeEdit).await?;
    let before = opened.programme;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(ProgrammeError::Stale);
    }
    let mut typed = TypedProgramme::of(&before);
    change(&mut typed);
    typed.title.clone_from(&before.title);
    let facts = Facts { certification: typed.certification, ..Facts::default() };
    let grant = tx.authorize(Permission::ProgrammeEdit, &facts)?;
    let head = typed.read()?;
    let mut faults = taken(tx, &head, Some(id)).await?;
    faults.extend(known_certification(tx, &head).await?);
    faults.extend(still_aimed_at(tx, &before, &head).await?);
    if !faults.is_empty() {
        return Err(ProgrammeError::Invalid(faults));
    }
    let versions = queries::versions(tx.conn(), id).await?;
    let goal = versions.first().map(|row| row.goal.as_str()).unwrap_or_default();
    let mut after = programme::Model {
        search: input::search(&head.code, &before.title, goal),
        code: head.code,
        slug: head.slug,
        theme: head.theme,
        trainer_right: head.trainer_right,
        certification_id: head.certification,
        recycling_months: head.recycling_months,
        external_ref: head.external_ref,
        ..before.clone()
    };
    save(tx, &mut after).await?;
    let event = ProgrammeEvent::Changed { before: Box::new(before), after: after.clone() };
    tx.record(&grant, &event).await?;
    Ok(after)
}

/// Refuses another certification while the draft aims at a version of this one.
async fn still_aimed_at(
    tx: &Tx,
    before: &programme::Model,
    head: &input::Head,
) -> Result<Vec<Fault>, ProgrammeError> {
    if head.certification == before.certification_id {
        return Ok(Vec::new());
    }
    let draft = queries::draft(tx.conn(), before.id).await?;
    let Some(aimed) = draft.and_then(|row| row.certification_version_id) else { return Ok(Vec::new()) };
    let version = certification_version::Entity::find_by_id(aimed).one(tx.conn()).await?;
    if version.map(|row| row.certification_id) == head.certification {
        return Ok(Vec::new());
    }
    Ok(vec![Fault::new("/certification_id", "aimed-at", labels::DRAFT_AIMS)])
}
