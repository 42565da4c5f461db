//! The changes of certifications, one per file.

mod add_certifier;
mod add_registration;
mod add_version;
mod create;
mod edit_version;
pub mod referential;

pub use add_certifier::add_certifier;
pub use add_registration::add_registration;
pub(super) use add_registration::hold_right;
pub use add_version::add_version;
pub use create::create;
pub use edit_version::{edit_version, typed};

use entity::ids::{CertificationId, CertificationVersionId};
use entity::{certification, certification_version};
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, QuerySelect};

use super::{CertificationError, labels};
use crate::authz::{Facts, Grant, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;

/// A version locked for a change of it or of what stands on it, and the right to do so.
struct Opened {
    certification: certification::Model,
    version: certification_version::Model,
    grant: Grant,
}

async fn open(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
) -> Result<Opened, CertificationError> {
    let opened = lock(tx, certification, version, Permission::CertificationEdit).await?;
    if seen.is_some_and(|seen| seen != opened.version.version) {
        return Err(CertificationError::Stale);
    }
    Ok(opened)
}

/// The version, which everything that is changed around it waits for.
async fn lock(
    tx: &Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    permission: Permission,
) -> Result<Opened, CertificationError> {
    let row = certification_version::Entity::find_by_id(version).lock_exclusive().one(tx.conn()).await?;
    let version =
        row.filter(|row| row.certification_id == certification).ok_or(CertificationError::NotFound)?;
    let facts = Facts { certification: Some(certification), ..Facts::default() };
    let grant = tx.authorize(permission, &facts)?;
    let found = certification::Entity::find_by_id(certification).one(tx.conn()).await?;
    let certification = found.ok_or(CertificationError::NotFound)?;
    Ok(Opened { certification, version, grant })
}

impl Opened {
    /// Writes the version, grown by one.
    async fn save(&mut self, tx: &Tx) -> Result<(), CertificationError> {
        self.version.version += 1;
        let row = self.version.clone().into_active_model().reset_all();
        certification_version::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}

/// What the database answers to a write; two things of a version that share a day break its constraint.
fn guarded(error: DbErr, constraint: &str) -> CertificationError {
    if db::breaks(&error, constraint) { overlaps(labels::OVERLAPS_AT_ONCE.to_owned()) } else { error.into() }
}

fn overlaps(message: String) -> CertificationError {
    CertificationError::Invalid(vec![Fault::new("/starts_on", "overlap", message)])
}
