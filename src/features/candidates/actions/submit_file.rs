//! Hands a file in, which freezes what it says.

use entity::ids::CandidateId;

use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::state::{Guard, Step};
use super::super::{CandidateError, freeze, labels, livret, pieces, queries};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// What was looked at.
const MET: [Guard; 2] = [Guard::PiecesThere, Guard::SkillsObserved];

/// Hands the file in, once every mandatory piece is there and each skill was observed as often as is asked. Each time is a revision with its own hash.
///
/// # Errors
/// What lacks, named; a wrong state; [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn submit_file(tx: &mut Tx, id: CandidateId, seen: Option<i32>) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateSubmit).await?;
    dossier.next(Step::SubmitFile)?;
    let there = queries::pieces(tx.conn(), id).await?;
    let kinds: Vec<_> = there.iter().map(|piece| piece.kind).collect();
    let situation = queries::situation(tx.conn(), &dossier.candidate).await?;
    let pieces = pieces::lacking(situation, &kinds).into_iter().map(labels::pieces::piece_lacks);
    let thin = queries::livret(tx.conn(), &dossier.candidate).await?.thin();
    let lacking: Vec<String> = pieces.chain(thin.iter().map(livret::labels::thin)).collect();
    if !lacking.is_empty() {
        return Err(CandidateError::Lacking(lacking));
    }
    let frozen = freeze::hash(tx.conn(), &dossier).await?;
    let hash = hex::encode(&frozen);
    let line = advance(tx, &mut dossier, Step::SubmitFile, &MET, |row| {
        row.frozen_hash = Some(frozen);
        row.file_revision += 1;
        row.asked_again = None;
    })
    .await?;
    record(tx, &grant, &dossier, line, What::Submitted { hash, pieces: there.len() }).await?;
    Ok(dossier)
}
