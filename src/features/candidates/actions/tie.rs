//! Declares what ties a candidate with an expert, or takes it back. Observations of the livret tie by themselves.

use entity::candidate_tie::CandidateTieSource;
use entity::ids::{CandidateId, CandidateTieId, ExpertId};
use entity::{candidate_tie, expert};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::{RecordEvent, Written};
use super::super::input::{TypedTie, void_reason};
use super::super::livret::labels;
use super::open;
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Declares a tie: the expert about themselves, the structure for a candidate it follows, the team for either. Each is kept
/// with who said it.
///
/// # Errors
/// Every fault, a tie that is known, no such candidate or expert, the refusal of the policy, what the database answers.
pub async fn declare_tie(
    tx: &mut Tx,
    id: CandidateId,
    expert: ExpertId,
    typed: &TypedTie,
) -> Result<(Dossier, candidate_tie::Model), CandidateError> {
    let dossier = Dossier::locked(tx, id).await?;
    let facts = Facts { expert: Some(expert), ..dossier.facts() };
    let grant = tx.authorize(Permission::CandidateTie, &facts)?;
    let person = expert::Entity::find_by_id(expert).one(tx.conn()).await?;
    let person = person.ok_or(CandidateError::NotFound)?;
    let new = typed.read(tx.app().today())?;
    let known = candidate_tie::Entity::find()
        .filter(candidate_tie::Column::CandidateId.eq(id))
        .filter(candidate_tie::Column::ExpertId.eq(expert))
        .filter(candidate_tie::Column::Kind.eq(new.kind))
        .filter(candidate_tie::Column::VoidedAt.is_null())
        .one(tx.conn())
        .await?;
    if known.is_some() {
        return Err(CandidateError::fault("/kind", "known", labels::TIE_KNOWN));
    }
    let actor = tx.actor();
    let source = if actor.expert() == Some(expert) {
        CandidateTieSource::DeclaredByExpert
    } else if typed.by_candidate {
        CandidateTieSource::DeclaredByCandidate
    } else if actor.is_staff() {
        CandidateTieSource::Recorded
    } else {
        CandidateTieSource::DeclaredByStructure
    };
    let row = candidate_tie::Model {
        id: tx.new_id(),
        candidate_id: id,
        expert_id: expert,
        kind: new.kind,
        since: new.since,
        until: new.until,
        source,
        source_id: None,
        recorded_by: actor.account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
        void_reason: None,
    };
    let insert = candidate_tie::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let event = RecordEvent { dossier: &dossier, written: Written::TieDeclared(&row, &person) };
    tx.record(&grant, &event).await?;
    Ok((dossier, row))
}

/// Takes a declared tie back: it never was.
///
/// # Errors
/// No reason, no such tie, the refusal of the policy, what the database answers.
pub async fn void_tie(
    tx: &mut Tx,
    id: CandidateId,
    which: CandidateTieId,
    reason: &str,
) -> Result<(Dossier, candidate_tie::Model), CandidateError> {
    let (dossier, grant) = open(tx, id, None, Permission::CandidateTieVoid).await?;
    let found = candidate_tie::Entity::find_by_id(which).one(tx.conn()).await?;
    let found = found.filter(|row| row.candidate_id == id && row.voided_at.is_none());
    let mut row = found.ok_or(CandidateError::NotFound)?;
    row.void_reason = Some(void_reason(reason)?);
    row.voided_at = Some(tx.instant());
    let person = expert::Entity::find_by_id(row.expert_id).one(tx.conn()).await?;
    let person = person.ok_or(CandidateError::NotFound)?;
    candidate_tie::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = RecordEvent { dossier: &dossier, written: Written::TieVoided(&row, &person) };
    tx.record(&grant, &event).await?;
    Ok((dossier, row))
}
