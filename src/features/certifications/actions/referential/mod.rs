//! The changes of referentials, one per file: a draft is opened, changed or thrown away, then published, and what is
//! published never changes again: the next change is that of a new revision.

mod discard;
mod edit;
mod open;
mod publish;
mod store;

pub use discard::discard_draft;
pub use edit::{edit_draft, put_draft};
pub use open::open_draft;
pub use publish::publish;

use entity::ids::{CertificationId, CertificationVersionId};
use entity::{certification, referential};

use super::super::CertificationError;
use super::super::queries::referential as queries;
use super::lock;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::rules::referential::Document;

/// A draft locked for a change, with its version, and the right to change it.
struct Draft {
    certification: certification::Model,
    row: referential::Model,
    document: Document,
    grant: Grant,
}

async fn draft(
    tx: &Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Draft, CertificationError> {
    let opened = lock(tx, certification, version, permission).await?;
    let row = queries::draft(tx.conn(), version).await?.ok_or(CertificationError::NoDraft)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(CertificationError::Stale);
    }
    let document = queries::document(tx.conn(), &row).await?;
    Ok(Draft { certification: opened.certification, row, document, grant: opened.grant })
}
