//! A certificate does not count while something is looked into, then counts again.

use entity::certificate;
use entity::certificate_change::ChangeCause;
use entity::ids::CertificateId;

use super::{Why, moved, open, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::certificates::CertificateError;
use crate::features::certificates::input;
use crate::features::certificates::state::Step;

/// Suspends.
///
/// # Errors
/// The fault of the reason; the refusals of every act.
pub async fn suspend(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    reason: &str,
) -> Result<certificate::Model, CertificateError> {
    let name = ("certificate.suspended", "CERT_SUSPENDED");
    set_aside(tx, id, seen, (Step::Suspend, ChangeCause::Inquiry, name), reason).await
}

/// Reinstates.
///
/// # Errors
/// The fault of the reason; the refusals of every act.
pub async fn reinstate(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    reason: &str,
) -> Result<certificate::Model, CertificateError> {
    let name = ("certificate.reinstated", "CERT_REINSTATED");
    set_aside(tx, id, seen, (Step::Reinstate, ChangeCause::InquiryClosed, name), reason).await
}

async fn set_aside(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    (act, cause, name): (Step, ChangeCause, (&'static str, &'static str)),
    reason: &str,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateSuspend).await?;
    let reason = input::reason(reason)?;
    let why = Why { cause, reason: &reason, asked_by: tx.actor().account_id(), confirmed_by: None };
    let after = step(tx, &row, act, &why).await?;
    moved(tx, &grant, &after, row.state, name, &why).await?;
    Ok(after)
}
