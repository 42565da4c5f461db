//! A duplicate: the same certificate under the same number, stamped so. The original is delivered once.

use entity::certificate::{self, CertificateState};
use entity::ids::CertificateId;

use super::{open, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::certificates::events::{CertificateEvent, What};
use crate::features::certificates::state::{InvalidStep, Step};
use crate::features::certificates::{CertificateError, input};

/// Asks for a duplicate: it is typeset after the commit.
///
/// # Errors
/// The fault of the reason; the refusals of every act.
pub async fn ask_duplicate(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    reason: &str,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateReplace).await?;
    if row.session_id.is_none() {
        // One of the past: its file was never ours.
        return Err(CertificateError::NotFound);
    }
    if row.state != CertificateState::Valid {
        return Err(InvalidStep { from: row.state, step: Step::Supersede }.into());
    }
    let reason = input::reason(reason)?;
    let row = save(tx, &row, |_| {}).await?;
    let what = What::DuplicateAsked { reason: &reason };
    tx.record(&grant, &CertificateEvent { certificate: &row, before: None, what }).await?;
    Ok(row)
}
