//! Has another structure follow a candidate, who keeps the file and its history.

use entity::ids::CandidateId;
use entity::{candidate_stay, structure};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::input::TypedTransfer;
use super::super::state::{Guard, InvalidStep, Step, TABLE, is_decided, is_over};
use super::super::{CandidateError, covered, labels};
use super::enrol::stay;
use super::{open, record_act, save};
use crate::authz::Permission;
use crate::db::Tx;

/// Changes the structure, which holds an agreement for the certification today. Not on the eve of a jury: somebody who is
/// called to a session stays with the structure of that session.
///
/// # Errors
/// Every fault; a structure without an agreement; a file that is over or called to a session; [`CandidateError::Stale`],
/// the refusal of the policy, what the database answers.
pub async fn change_structure(
    tx: &mut Tx,
    id: CandidateId,
    seen: Option<i32>,
    typed: &TypedTransfer,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, seen, Permission::CandidateTransfer).await?;
    let state = dossier.state();
    if is_over(state) || is_decided(state) || TABLE.can(state, Step::MarkPresent) {
        return Err(InvalidStep { from: Some(state), step: Step::PlanResit }.into());
    }
    let read = typed.read()?;
    let to = structure::Entity::find_by_id(read.structure).one(tx.conn()).await?;
    let Some(to) = to else {
        return Err(CandidateError::fault("/structure_id", "unknown", labels::faults::STRUCTURE_WANTED));
    };
    if to.id == dossier.structure.id {
        return Err(CandidateError::fault("/structure_id", "same", labels::faults::SAME_STRUCTURE));
    }
    let today = dossier.today(tx.now());
    let held = covered::sites(tx.conn(), to.id, dossier.version.certification_id, today).await?;
    if held.is_empty() {
        return Err(CandidateError::Lacking(vec![labels::guard(Guard::AgreementHeld).to_owned()]));
    }
    let from = std::mem::replace(&mut dossier.structure, to);
    save(tx, &mut dossier, |row| {
        row.structure_id = read.structure;
        row.site_id = None;
    })
    .await?;
    candidate_stay::Entity::update_many()
        .col_expr(candidate_stay::Column::Until, Expr::value(Some(tx.app().today())))
        .filter(candidate_stay::Column::CandidateId.eq(id))
        .filter(candidate_stay::Column::Until.is_null())
        .exec(tx.conn())
        .await?;
    stay(tx, &dossier.candidate).await?;
    let what = What::Transferred { from: from.id, reason: &read.reason };
    record_act(tx, &grant, &dossier, ("candidate.transferred", "CAND_TRANSFERRED"), what).await?;
    Ok(dossier)
}
