//! A revocation is asked by one person and confirmed, or dismissed, by another.

use entity::certificate;
use entity::certificate_revocation;
use entity::ids::CertificateId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{Why, cause_of, moved, open, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::certificates::events::{CertificateEvent, What};
use crate::features::certificates::input::NewRevocation;
use crate::features::certificates::state::{self, Step};
use crate::features::certificates::{CertificateError, queries};

/// Asks for it: nothing changes yet.
///
/// # Errors
/// [`CertificateError::RevocationAsked`]; the refusals of every act.
pub async fn ask_revocation(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
    new: &NewRevocation,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateRevoke).await?;
    state::TABLE.next(row.state, Step::Revoke)?;
    if queries::open_revocation(tx.conn(), id).await?.is_some() {
        return Err(CertificateError::RevocationAsked(true));
    }
    let asked_by = tx.actor().account_id().ok_or(CertificateError::NotFound)?;
    let asked = certificate_revocation::Model {
        id: tx.new_id(),
        certificate_id: id,
        cause: new.cause,
        reason: new.reason.clone(),
        asked_by,
        asked_at: tx.instant(),
        settled_by: None,
        settled_at: None,
        agreed: None,
    };
    let insert = certificate_revocation::Entity::insert(asked.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let link = tx.app().url(&format!("/certificats/{}", row.number));
    let what = What::RevocationAsked { cause: new.cause, reason: &new.reason, link };
    tx.record(&grant, &CertificateEvent { certificate: &row, before: None, what }).await?;
    Ok(row)
}

/// Confirms it, by another person: the certificate never counts again.
///
/// # Errors
/// [`CertificateError::RevocationAsked`] when nobody asked, [`CertificateError::SamePerson`]; the refusals of every act.
pub async fn confirm_revocation(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateRevoke).await?;
    let asked = settle(tx, id, true).await?;
    let why = Why {
        cause: cause_of(asked.cause),
        reason: &asked.reason,
        asked_by: Some(asked.asked_by),
        confirmed_by: tx.actor().account_id(),
    };
    let after = step(tx, &row, Step::Revoke, &why).await?;
    moved(tx, &grant, &after, row.state, ("certificate.revoked", "CERT_REVOKED"), &why).await?;
    Ok(after)
}

/// Dismisses it, by another person.
///
/// # Errors
/// As [`confirm_revocation`].
pub async fn dismiss_revocation(
    tx: &mut Tx,
    id: CertificateId,
    seen: Option<i32>,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateRevoke).await?;
    settle(tx, id, false).await?;
    let event = CertificateEvent { certificate: &row, before: None, what: What::RevocationDismissed };
    tx.record(&grant, &event).await?;
    Ok(row)
}

/// Closes what was asked, by somebody else than who asked.
async fn settle(
    tx: &Tx,
    id: CertificateId,
    agreed: bool,
) -> Result<certificate_revocation::Model, CertificateError> {
    let asked = queries::open_revocation(tx.conn(), id).await?;
    let mut asked = asked.ok_or(CertificateError::RevocationAsked(false))?;
    if tx.actor().account_id() == Some(asked.asked_by) {
        return Err(CertificateError::SamePerson);
    }
    asked.settled_by = tx.actor().account_id();
    asked.settled_at = Some(tx.instant());
    asked.agreed = Some(agreed);
    let update = certificate_revocation::Entity::update(asked.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    Ok(asked)
}
