//! Says that the path begins.

use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input;
use super::super::state::{Guard, Step};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// The path begins on a day.
///
/// # Errors
/// Every fault, a wrong state, [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn start_path(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    starts_on: &str,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateStart).await?;
    dossier.next(Step::StartPath)?;
    let day = input::starts_on(starts_on, dossier.today(tx.now()))?;
    let line = advance(tx, &mut dossier, Step::StartPath, &[Guard::StartKnown], |row| {
        row.path_starts_on = Some(day);
    })
    .await?;
    record(tx, &grant, &dossier, line, What::PathStarted).await?;
    Ok(dossier)
}
