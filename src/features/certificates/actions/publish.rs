//! The holder objects to the public page, or no longer does (domain reference, 7).

use entity::certificate;
use entity::ids::CertificateId;

use super::{open, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::certificates::CertificateError;
use crate::features::certificates::events::{CertificateEvent, What};

/// Shows or hides the public page.
///
/// # Errors
/// The refusals of every act.
pub async fn publish(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    public: bool,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificatePublish).await?;
    let row = save(tx, &row, |row| row.public = public).await?;
    let event = CertificateEvent { certificate: &row, before: None, what: What::Published };
    tx.record(&grant, &event).await?;
    Ok(row)
}
