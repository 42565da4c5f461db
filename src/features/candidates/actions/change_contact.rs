//! Changes how a candidate is reached, and what ties them to the structure.

use entity::candidate;
use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::{TypedContact, civil_of, is_minor, store_contact};
use super::{open, record_act, save};
use crate::authz::Permission;
use crate::db::Tx;

/// Changes at any time: people move, and change address when they leave the structure.
///
/// # Errors
/// Every fault, [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn change_contact(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedContact,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateEdit).await?;
    let today = dossier.today(tx.now());
    let contact = typed.read(is_minor(&civil_of(&dossier.candidate, today), today))?;
    let before = dossier.candidate.clone();
    save(tx, &mut dossier, |row| store_contact(&contact, row)).await?;
    let fields = changed(&before, &dossier.candidate);
    let name = ("candidate.contact_changed", "CAND_CONTACT_CHANGED");
    record_act(tx, &grant, &dossier, name, What::ContactChanged { fields: &fields }).await?;
    Ok(dossier)
}

/// The columns that differ.
fn changed(before: &candidate::Model, after: &candidate::Model) -> Vec<&'static str> {
    let columns = [
        ("email", before.email != after.email),
        ("phone", before.phone != after.phone),
        ("postal_address", before.postal_address != after.postal_address),
        ("detained", before.detained != after.detained),
        ("guardian", before.guardian != after.guardian),
        ("contract", before.contract != after.contract),
        ("employer", before.employer != after.employer),
        ("referent", before.referent != after.referent),
    ];
    columns.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
