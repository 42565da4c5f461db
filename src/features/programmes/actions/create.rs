//! Records a programme with the draft of its first sheet.

use entity::programme::{self, ProgrammeState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::ProgrammeError;
use super::super::events::ProgrammeEvent;
use super::super::input::{self, TypedProgramme};
use super::super::queries;
use super::{aims, guarded, known_certification, store, taken};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::rules::training::programme::{Document, read};

/// Records a programme. Its draft says what is given of it; its title is that of the programme.
///
/// # Errors
/// Every fault, a code, an address or a reference that another programme has among them, the refusal of the policy, what the
/// database answers.
pub async fn create(
    tx: &mut Tx,
    typed: &TypedProgramme,
    sheet: Document,
) -> Result<programme::Model, ProgrammeError> {
    let about = Facts { certification: typed.certification, ..Facts::default() };
    let grant = tx.authorize(Permission::ProgrammeEdit, &about)?;
    let head = typed.read()?;
    let mut faults = taken(tx, &head, None).await?;
    faults.extend(known_certification(tx, &head).await?);
    if !faults.is_empty() {
        return Err(ProgrammeError::Invalid(faults));
    }
    let sheet = Document { title: head.title.clone(), ..sheet };
    let row = programme::Model {
        id: tx.new_id(),
        search: input::search(&head.code, &head.title, &sheet.goal),
        code: head.code,
        slug: head.slug,
        title: head.title,
        theme: head.theme,
        state: ProgrammeState::Draft,
        trainer_right: head.trainer_right,
        certification_id: head.certification,
        recycling_months: head.recycling_months,
        retired_on: None,
        external_ref: head.external_ref,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
    };
    let aims = aims(tx, &row, &sheet).await?;
    if !aims.is_empty() {
        return Err(ProgrammeError::Invalid(aims));
    }
    let target = queries::target(tx.conn(), sheet.certification_version_id).await?;
    let sheet = read(&sheet, &target.aimed())?;
    let insert = programme::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await.map_err(guarded)?;
    let version = store::new_version(tx, row.id, 1, &sheet);
    store::insert(tx, version, &sheet, &target).await?;
    let event = ProgrammeEvent::Created { programme: row.clone(), sheet: Box::new(sheet) };
    tx.record(&grant, &event).await?;
    Ok(row)
}
