//! The changes of programmes, one per file: a draft is opened, changed or thrown away, then published, and what is published
//! never changes again.

mod add_handbook;
mod create;
mod discard;
mod edit;
mod edit_draft;
mod open_draft;
mod publish;
mod retire;
mod store;

pub use add_handbook::{Kept, add_handbook};
pub use create::create;
pub use discard::discard_draft;
pub use edit::edit;
pub use edit_draft::{edit_draft, put_draft};
pub use open_draft::open_draft;
pub use publish::publish;
pub use retire::{restore, retire};

use entity::ids::ProgrammeId;
use entity::{programme, programme_version};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::input::Head;
use super::queries::{self, facts};
use super::{ProgrammeError, labels};
use crate::authz::{Grant, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::rules::training::programme::Document;

/// A programme locked for a change, and the right to change it.
struct Opened {
    programme: programme::Model,
    grant: Grant,
}

/// The programme, which everything that is changed of it or of its sheets waits for.
async fn lock(tx: &Tx, id: ProgrammeId, permission: Permission) -> Result<Opened, ProgrammeError> {
    let row = programme::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let programme = row.ok_or(ProgrammeError::NotFound)?;
    let grant = tx.authorize(permission, &facts(&programme))?;
    Ok(Opened { programme, grant })
}

/// A draft locked for a change, with its programme, and the right to change it.
struct Draft {
    programme: programme::Model,
    version: programme_version::Model,
    document: Document,
    grant: Grant,
}

async fn draft(
    tx: &Tx,
    id: ProgrammeId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Draft, ProgrammeError> {
    let Opened { programme, grant } = lock(tx, id, permission).await?;
    let version = queries::draft(tx.conn(), id).await?.ok_or(ProgrammeError::NoDraft)?;
    if seen.is_some_and(|seen| seen != version.version) {
        return Err(ProgrammeError::Stale);
    }
    let document = queries::documents(tx.conn(), std::slice::from_ref(&version)).await?.remove(&version.id);
    Ok(Draft { programme, version, document: document.unwrap_or_default(), grant })
}

/// Writes the programme, grown by one.
async fn save(tx: &Tx, row: &mut programme::Model) -> Result<(), ProgrammeError> {
    row.version += 1;
    programme::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}

/// What another programme already has of what is written.
async fn taken(tx: &Tx, head: &Head, own: Option<ProgrammeId>) -> Result<Vec<Fault>, ProgrammeError> {
    use programme::Column;
    let mut faults = Vec::new();
    let reference = head.external_ref.clone().unwrap_or_default();
    for (pointer, column, value, message) in [
        ("/code", Column::Code, head.code.clone(), labels::SAME_CODE),
        ("/slug", Column::Slug, head.slug.clone(), labels::SAME_SLUG),
        ("/external_ref", Column::ExternalRef, reference, labels::SAME_REFERENCE),
    ] {
        if value.is_empty() {
            continue;
        }
        let found = programme::Entity::find().filter(column.eq(value)).one(tx.conn()).await?;
        if found.is_some_and(|other| Some(other.id) != own) {
            faults.push(Fault::new(pointer, "duplicate", message));
        }
    }
    Ok(faults)
}

/// Whether the certification exists, when one is named.
async fn known_certification(tx: &Tx, head: &Head) -> Result<Vec<Fault>, ProgrammeError> {
    let Some(id) = head.certification else { return Ok(Vec::new()) };
    let found = entity::certification::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(match found {
        Some(_) => Vec::new(),
        None => vec![Fault::new("/certification_id", "unknown", labels::UNKNOWN_CERTIFICATION)],
    })
}

/// What the database answers to a write: somebody else took the code or the address meanwhile.
fn guarded(error: sea_orm::DbErr) -> ProgrammeError {
    if db::is_unique_violation(&error) {
        vec![Fault::new("/code", "duplicate", labels::SAME_CODE)].into()
    } else {
        error.into()
    }
}

/// Whether the version aimed at is one of the certification that the programme prepares.
async fn aims(
    tx: &Tx,
    programme: &programme::Model,
    document: &Document,
) -> Result<Vec<Fault>, ProgrammeError> {
    let Some(id) = document.certification_version_id else { return Ok(Vec::new()) };
    let found = entity::certification_version::Entity::find_by_id(id).one(tx.conn()).await?;
    let message = match (found, programme.certification_id) {
        (None, _) => labels::UNKNOWN_VERSION,
        (Some(_), None) => labels::CERTIFICATION_FIRST,
        (Some(version), Some(known)) if version.certification_id != known => labels::OTHER_CERTIFICATION,
        (Some(_), Some(_)) => return Ok(Vec::new()),
    };
    Ok(vec![Fault::new("/certification_version_id", "unknown", message)])
}
