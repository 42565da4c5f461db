//! Records what the positioning found.

use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning;
use entity::ids::{CandidateId, SkillId};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::TypedPositioning;
use super::super::queries;
use super::super::state::{Guard, Step};
use super::piece::{self, PieceInput};
use super::{advance, open, record};
use crate::authz::Permission;
use crate::db::Tx;

/// Records a result for each skill of the latest referential that is published, to which the file is tied from then on. The
/// sheet is attached with it, or was before. A version without a published referential has no skill to tell of.
///
/// # Errors
/// Every fault; no sheet; a wrong state; [`CandidateError::Stale`], the refusal of the policy, what the database answers.
pub async fn record_positioning(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedPositioning,
    sheet: Option<&PieceInput>,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidatePosition).await?;
    dossier.next(Step::RecordPositioning)?;
    let referential = queries::published(tx.conn(), dossier.version.id).await?.map(|found| found.id);
    let skills: Vec<(SkillId, String)> = match referential {
        Some(referential) => {
            let found = queries::skills(tx.conn(), referential).await?;
            found.into_iter().map(|skill| (skill.id, skill.code)).collect()
        }
        None => Vec::new(),
    };
    let results = typed.read(&skills)?;
    if let Some(sheet) = sheet {
        piece::keep(tx, &grant, &mut dossier, sheet).await?;
    }
    let attached = queries::pieces(tx.conn(), id).await?;
    let attached = attached.iter().any(|piece| piece.kind == CandidatePieceKind::PositioningSheet);
    let met: &[Guard] = if attached { &[Guard::SheetAttached] } else { &[] };
    let today = dossier.today(tx.now());
    let line = advance(tx, &mut dossier, Step::RecordPositioning, met, |row| {
        row.referential_id = referential;
    })
    .await?;
    let rows: Vec<_> = results
        .iter()
        .map(|(skill, result)| candidate_positioning::ActiveModel {
            id: Set(tx.new_id()),
            candidate_id: Set(id),
            skill_id: Set(*skill),
            result: Set(*result),
            recorded_on: Set(today),
        })
        .collect();
    if !rows.is_empty() {
        candidate_positioning::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    record(tx, &grant, &dossier, line, What::Positioned { results: &results }).await?;
    Ok(dossier)
}
