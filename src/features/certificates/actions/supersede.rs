//! A certificate takes the place of another after a change of civil status or a material error: the new one is written from
//! what is known now, the old one stays readable and no longer counts.

use entity::certificate;
use entity::ids::CertificateId;

use super::issue::New;
use super::{Why, moved, open, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::certificates::CertificateError;
use crate::features::certificates::gather::Source;
use crate::features::certificates::input::NewReplacement;
use crate::features::certificates::state::Step;
use crate::worker::seal::keys::JournalKey;

/// Replaces a certificate; gives the new one.
///
/// # Errors
/// [`CertificateError::Incomplete`]; [`CertificateError::NotFound`] for a certificate of the past, which has no session to
/// be written from; the refusals of every act.
pub async fn supersede(
    tx: &mut Tx,
    key: &JournalKey,
    id: CertificateId,
    seen: Option<i32>,
    new: &NewReplacement,
) -> Result<certificate::Model, CertificateError> {
    let (row, grant) = open(tx, id, seen, Permission::CertificateReplace).await?;
    let session = row.session_id.ok_or(CertificateError::NotFound)?;
    let source = Source::load(tx.conn(), session).await?;
    let passage = source.passages.iter().find(|passage| Some(passage.row.id) == row.passage_id);
    let passage = passage.ok_or(CertificateError::NotFound)?;
    let why =
        Why { cause: new.cause, reason: &new.reason, asked_by: tx.actor().account_id(), confirmed_by: None };
    let old = step(tx, &row, Step::Supersede, &why).await?;
    let on = tx.app().today();
    let one = New { source: &source, passage, kind: row.kind, on, batch: None, supersedes: Some(&row) };
    let replacement = one.deliver(tx, &grant, key).await?;
    moved(tx, &grant, &old, row.state, ("certificate.superseded", "CERT_SUPERSEDED"), &why).await?;
    Ok(replacement)
}
