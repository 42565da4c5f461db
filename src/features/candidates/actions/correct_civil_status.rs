//! Corrects the civil status of a candidate, and what proves it.

use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::{TypedIdentity, store};
use super::{check_own_change, corrected, open, record_act, save, search};
use crate::authz::Permission;
use crate::db::Tx;

/// Corrects. The receipt of the enrolment is made again. What is frozen stays as it was handed in.
///
/// # Errors
/// Every fault; [`CandidateError::WithCertifier`] for a structure once the file is handed in; [`CandidateError::Stale`],
/// the refusal of the policy, what the database answers.
pub async fn correct_civil_status(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedIdentity,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateEdit).await?;
    check_own_change(tx, &dossier)?;
    let identity = typed.read(dossier.today(tx.now()))?;
    let before = dossier.candidate.clone();
    save(tx, &mut dossier, |row| {
        store(&identity, row);
        row.search = search(row);
    })
    .await?;
    let fields = corrected(&before, &dossier.candidate);
    let name = ("candidate.civil_status_corrected", "CAND_CIVIL_STATUS_CORRECTED");
    record_act(tx, &grant, &dossier, name, What::Corrected { fields: &fields }).await?;
    Ok(dossier)
}
