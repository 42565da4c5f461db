//! Puts a candidate out for fraud, once they were heard.

use entity::candidate::JuryDecision;
use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::TypedExclusion;
use super::super::state::{Guard, Step};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// Puts the candidate out.
///
/// # Errors
/// Every fault, a wrong state, [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn exclude(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedExclusion,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateExclude).await?;
    dossier.next(Step::ExcludeForFraud)?;
    let today = dossier.today(tx.now());
    let read = typed.read(today)?;
    let met = [Guard::Heard, Guard::ReasonGiven];
    let line = advance(tx, &mut dossier, Step::ExcludeForFraud, &met, |row| {
        row.decision = Some(JuryDecision::Fraud);
        row.decided_on = Some(today);
        row.reason = Some(read.reason.clone());
    })
    .await?;
    let what = What::Excluded { reason: &read.reason, heard_on: read.heard_on };
    record(tx, &grant, &dossier, line, what).await?;
    Ok(dossier)
}
