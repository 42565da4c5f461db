//! The acts on certificates.

mod badge;
mod documents;
mod duplicate;
mod issue;
mod publish;
mod revoke;
mod supersede;
mod suspend;

pub use badge::issue_badge;
pub use documents::{advance, fail, finish, keep_alone, retry};
pub use duplicate::ask_duplicate;
pub use issue::{Issued, issue};
pub use publish::publish;
pub use revoke::{ask_revocation, confirm_revocation, dismiss_revocation};
pub use supersede::supersede;
pub use suspend::{reinstate, suspend};

use entity::candidate;
use entity::certificate::{self, CertificateState};
use entity::certificate_change::{self, ChangeCause};
use entity::certificate_revocation::RevocationCause;
use entity::ids::{AccountId, CertificateId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::content::Content;
use super::events::{CertificateEvent, Holder, What};
use super::state::{self, Step};
use super::{CertificateError, link, queries};
use crate::app::App;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::worker::seal::keys::JournalKey;

/// The key that signs, read before the act: nothing of the disk waits inside a transaction.
///
/// # Errors
/// When its file cannot be read.
pub async fn signing_key(app: &App) -> Result<JournalKey, CertificateError> {
    Ok(JournalKey::of(app).await?)
}

/// The cause of a change, of a revocation.
#[must_use]
pub const fn cause_of(cause: RevocationCause) -> ChangeCause {
    match cause {
        RevocationCause::Fraud => ChangeCause::Fraud,
        RevocationCause::MaterialError => ChangeCause::MaterialError,
        RevocationCause::Appeal => ChangeCause::Appeal,
        RevocationCause::Other => ChangeCause::Other,
    }
}

/// The certificate, locked, and the right to act on it.
async fn open(
    tx: &Tx,
    id: CertificateId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<(certificate::Model, Grant), CertificateError> {
    let found = certificate::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let row = found.ok_or(CertificateError::NotFound)?;
    let facts = queries::facts(tx.conn(), &row).await?;
    let grant = tx.authorize(permission, &facts)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(CertificateError::Stale);
    }
    Ok((row, grant))
}

/// Changes what may change of a certificate, one version further.
async fn save(
    tx: &Tx,
    row: &certificate::Model,
    change: impl FnOnce(&mut certificate::Model),
) -> Result<certificate::Model, CertificateError> {
    let mut row = row.clone();
    change(&mut row);
    row.version += 1;
    certificate::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(row)
}

/// Why a certificate moves, and who says so.
struct Why<'a> {
    cause: ChangeCause,
    reason: &'a str,
    asked_by: Option<AccountId>,
    confirmed_by: Option<AccountId>,
}

/// Moves a certificate and keeps the change as a row.
async fn step(
    tx: &Tx,
    row: &certificate::Model,
    step: Step,
    why: &Why<'_>,
) -> Result<certificate::Model, CertificateError> {
    let became = state::TABLE.next(row.state, step)?.to;
    let moved = save(tx, row, |row| row.state = became).await?;
    let change = certificate_change::Model {
        id: tx.new_id(),
        certificate_id: row.id,
        was: row.state,
        became,
        cause: why.cause,
        reason: why.reason.to_owned(),
        asked_by: why.asked_by,
        confirmed_by: why.confirmed_by,
        changed_at: tx.instant(),
    };
    let insert = certificate_change::Entity::insert(change.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(moved)
}

/// Records that a certificate moved.
async fn moved(
    tx: &mut Tx,
    grant: &Grant,
    row: &certificate::Model,
    before: CertificateState,
    name: (&'static str, &'static str),
    why: &Why<'_>,
) -> Result<(), CertificateError> {
    let holder = holder(tx, row).await?;
    let what = What::Moved { name, cause: why.cause, reason: why.reason, holder };
    tx.record(grant, &CertificateEvent { certificate: row, before: Some(before), what }).await?;
    Ok(())
}

/// Whom a certificate is told about: nobody without an address.
async fn holder(tx: &Tx, row: &certificate::Model) -> Result<Option<Holder>, CertificateError> {
    let Some(id) = row.candidate_id else { return Ok(None) };
    let found = candidate::Entity::find_by_id(id).one(tx.conn()).await?;
    let Some(candidate) = found.filter(|candidate| !candidate.email.trim().is_empty()) else {
        return Ok(None);
    };
    let content = Content::read(&row.content)?;
    holder_of(tx, row, &candidate, &content)
}

/// The same, of what is already read.
fn holder_of(
    tx: &Tx,
    row: &certificate::Model,
    candidate: &candidate::Model,
    content: &Content,
) -> Result<Option<Holder>, CertificateError> {
    let email = candidate.email.trim();
    if email.is_empty() {
        return Ok(None);
    }
    let token = link::token(tx.app(), row.id)?;
    Ok(Some(Holder {
        email: email.to_owned(),
        name: content.holder.name(),
        link: tx.app().url(&format!("/mes-certificats/{token}")),
        title: content.certification.title.clone(),
    }))
}
