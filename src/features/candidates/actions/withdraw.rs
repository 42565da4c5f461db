//! Records that a candidate gives up before the jury.

use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::TypedWithdrawal;
use super::super::state::{Guard, Step};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// The candidate gives up; leaving for a job is a success.
///
/// # Errors
/// Every fault, a wrong state, [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn withdraw(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedWithdrawal,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateWithdraw).await?;
    dossier.next(Step::Withdraw)?;
    let read = typed.read()?;
    let line = advance(tx, &mut dossier, Step::Withdraw, &[Guard::ReasonGiven], |row| {
        row.leaving = Some(read.leaving);
        row.reason = Some(read.note.clone()).filter(|note| !note.is_empty());
    })
    .await?;
    let what = What::Withdrawn { leaving: read.leaving, note: &read.note };
    record(tx, &grant, &dossier, line, what).await?;
    Ok(dossier)
}
