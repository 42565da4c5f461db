//! What the certifier answers to a file that was handed in: what lacks, or that the candidate may sit.

use entity::candidate::IdentityDocument;
use entity::ids::CandidateId;

use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::{self, civil_of};
use super::super::state::{Guard, Step};
use super::super::{CandidateError, labels, pieces, queries};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::civil_status::completeness::{Missing, completeness};

/// Asks for what lacks, one thing a line.
///
/// # Errors
/// Nothing named, a wrong state, [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn ask_completion(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    lack: &str,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateExamine).await?;
    dossier.next(Step::AskCompletion)?;
    let lack = input::lack(lack)?;
    let line = advance(tx, &mut dossier, Step::AskCompletion, &[Guard::LackNamed], |row| {
        row.asked_again = Some(lack.clone());
    })
    .await?;
    record(tx, &grant, &dossier, line, What::Incomplete { lack: &lack }).await?;
    Ok(dossier)
}

/// Says that the candidate may sit, once the pieces are there and the names, sex, date and place of birth are known.
///
/// # Errors
/// What lacks, named; a wrong state; [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn admit(tx: &mut Tx, id: CandidateId, seen: Option<i32>) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateExamine).await?;
    dossier.next(Step::Admit)?;
    let lacking = lacking(tx, &dossier).await?;
    if !lacking.is_empty() {
        return Err(CandidateError::Lacking(lacking));
    }
    let line = advance(tx, &mut dossier, Step::Admit, &[Guard::PiecesThere], |_| {}).await?;
    record(tx, &grant, &dossier, line, What::Admitted).await?;
    Ok(dossier)
}

/// Everything that keeps a candidate from sitting. A town, a district or a document that is not known does not.
async fn lacking(tx: &Tx, dossier: &Dossier) -> Result<Vec<String>, CandidateError> {
    let row = &dossier.candidate;
    let there: Vec<_> =
        queries::pieces(tx.conn(), row.id).await?.into_iter().map(|piece| piece.kind).collect();
    let situation = queries::situation(tx.conn(), row).await?;
    let civil = civil_of(row, dossier.today(tx.now()));
    let known = completeness(&civil, row.identity_document != IdentityDocument::None);
    let keeps = |missing: &Missing| !matches!(missing, Missing::District | Missing::Town | Missing::Document);
    let civil = known.missing.into_iter().filter(keeps).map(labels::person::civil_lacks);
    Ok(civil.chain(pieces::lacking(situation, &there).into_iter().map(labels::pieces::piece_lacks)).collect())
}
