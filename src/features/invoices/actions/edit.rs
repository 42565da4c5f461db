//! Corrects to whom a draft is sent.

use entity::ids::InvoiceId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::input::TypedParty;
use crate::features::invoices::state::Step;
use crate::features::invoices::{InvoiceError, Record};
use crate::rules::fold::fold;

/// Corrects to whom a draft is sent.
///
/// # Errors
/// The faults, [`InvoiceError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: InvoiceId,
    seen: Option<i32>,
    typed: &TypedParty,
) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceManage, &record.facts())?;
    record.check_version(seen)?;
    // what may still be given up may still be corrected
    record.next(Step::Discard)?;
    let party = typed.read(record.invoice.party)?;
    let session = record.session.as_ref().map(|session| session.number.clone()).unwrap_or_default();
    record
        .save(tx, |invoice| {
            invoice.search = fold(&format!("{} {session}", party.name));
            invoice.party_name = party.name;
            invoice.party_siret = party.siret;
            invoice.party_address = party.address;
            invoice.party_reference = party.reference;
            invoice.party_email = party.email;
        })
        .await?;
    tx.record(&grant, &InvoiceEvent::of(&record, What::Edited)).await?;
    Ok(record)
}
