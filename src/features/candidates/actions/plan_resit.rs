//! Somebody may sit again (domain reference, 1.11): after an absence, which uses up an attempt when it has no reason, a decision
//! that was told and is not that everything is acquired, or an appeal that annulled the passage.

use entity::candidate::JuryDecision;
use entity::ids::CandidateId;

use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::state::{Guard, State, Step, is_decided};
use super::super::{CandidateError, labels, queries, resit};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// Lets a candidate be chosen for another session. Only what lacks is taken again; the gap between two attempts is looked at
/// when the date of the session is known.
///
/// # Errors
/// [`CandidateError::Lacking`] with what the rules do not allow, a wrong state, [`CandidateError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn plan_resit(tx: &mut Tx, id: CandidateId, seen: Option<i32>) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateExamine).await?;
    dossier.next(Step::PlanResit)?;
    let (from, decided) = (dossier.state(), dossier.candidate.decision);
    if is_decided(from) {
        return Err(CandidateError::Lacking(vec![labels::faults::NOT_TOLD.to_owned()]));
    }
    let rules = queries::result_rules(tx.conn(), &dossier.candidate).await?;
    let last = resit::until(dossier.candidate.first_enrolled_on, &rules);
    let in_time = last.is_none_or(|last| dossier.today(tx.now()) <= last);
    let annulled = from == State::UnderReview && queries::is_annulled(tx.conn(), id).await?;
    let met: Vec<Guard> = [
        (decided != Some(JuryDecision::Total), Guard::WasNotTotal),
        (in_time, Guard::ResitAllowed),
        (annulled, Guard::Annulled),
    ]
    .into_iter()
    .filter_map(|(is, guard)| is.then_some(guard))
    .collect();
    let line = advance(tx, &mut dossier, Step::PlanResit, &met, |row| {
        row.attempts = resit::attempts(row.attempts, from, Step::PlanResit, decided);
        if annulled {
            row.decision = Some(JuryDecision::Adjourned);
        }
    })
    .await?;
    record(tx, &grant, &dossier, line, What::ResitPlanned).await?;
    Ok(dossier)
}
