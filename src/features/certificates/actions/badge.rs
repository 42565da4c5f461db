//! Gives a certificate its place in the list of states of badges, once; the credential itself is written at each reading.

use entity::certificate::{self, CertificateKind};
use entity::ids::CertificateId;

use super::{open, save};
use crate::authz::Permission;
use crate::db::{Tx, next_number_ever};
use crate::features::certificates::CertificateError;
use crate::features::certificates::badge::LIST_BITS;
use crate::features::certificates::events::{CertificateEvent, What};

/// Makes the badge of a certificate; false when it has one already, and nothing is then left to commit.
///
/// # Errors
/// [`CertificateError::NotFound`] for an attestation, which has no badge; the refusals of every act.
pub async fn issue_badge(
    tx: &mut Tx,
    id: CertificateId,
) -> Result<(certificate::Model, bool), CertificateError> {
    let (row, grant) = open(tx, id, None, Permission::CertificateBadge).await?;
    if row.kind != CertificateKind::Full {
        return Err(CertificateError::NotFound);
    }
    if row.badge_index.is_some() {
        return Ok((row, false));
    }
    let taken = next_number_ever(tx, "BADGE").await?;
    let index: Option<i32> = taken.rsplit('-').next().and_then(|rank| rank.parse().ok());
    let index = index.filter(|index| usize::try_from(*index).is_ok_and(|index| index < LIST_BITS));
    let index = index.ok_or(CertificateError::NotReady)?;
    let row = save(tx, &row, |row| row.badge_index = Some(index)).await?;
    tx.record(&grant, &CertificateEvent { certificate: &row, before: None, what: What::BadgeIssued }).await?;
    Ok((row, true))
}
