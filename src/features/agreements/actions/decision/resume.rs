//! What was missing arrived: back to a committee, or to another visit (row 21).

use entity::agreement_request;
use entity::ids::{AgreementRequestId, CommitteeId};
use entity::request_piece::PieceState;
use sea_orm::ActiveValue::Set;

use super::put_on_agenda::open_committee;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::queries::current_pieces;
use crate::features::agreements::state::{self, Step};
use crate::render::french;

/// Where the examination resumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeTo {
    /// In front of a committee.
    Committee(CommitteeId),
    /// With another visit by the same contrôleur.
    Visit,
}

/// Resumes the examination.
///
/// # Errors
/// Nothing received since the adjournment, within its delay; a committee already held; a visit without a contrôleur;
/// the refusals of every act.
pub async fn resume(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    to: ResumeTo,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestResume, &dossier.facts())?;
    dossier.check_version(version)?;
    let step = match to {
        ResumeTo::Committee(_) => Step::ResumeToCommittee,
        ResumeTo::Visit => Step::ResumeToVisit,
    };
    state::TABLE.next(dossier.request.state, step)?;
    check_supplied(tx, &dossier).await?;
    let now = tx.instant();
    let committee = match to {
        ResumeTo::Committee(id) => Some(open_committee(tx, id).await?),
        ResumeTo::Visit if dossier.request.controller_id.is_none() => {
            let detail = "Aucun contrôleur n’est chargé de ce dossier\u{202f}: reprenez en commission.";
            return Err(AgreementError::blocked("controller-missing", detail, Vec::new()));
        }
        ResumeTo::Visit => None,
    };
    let former = (dossier.request.visit_number, dossier.request.visit_sequence);
    let committee_id = committee.as_ref().map(|committee| committee.id);
    let line = dossier
        .step(tx, step, |row| {
            row.adjourned_until = Set(None);
            row.decided_at = Set(None);
            if committee_id.is_some() {
                row.committee_id = Set(committee_id);
                row.agenda_at = Set(Some(now));
            } else {
                begin_visit(row, former, now);
            }
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Resumed { committee: committee.as_ref() }).await?;
    Ok(dossier.request)
}

/// Refuses as long as no piece arrived since the committee put the file off. Once the delay that it gave is over, it
/// decides on what it has: a structure that sends nothing does not keep its file waiting for ever.
async fn check_supplied(tx: &Tx, dossier: &Dossier) -> Result<(), AgreementError> {
    let request = &dossier.request;
    let Some(until) = request.adjourned_until.filter(|until| *until >= dossier.today(tx.now())) else {
        return Ok(());
    };
    let since = request.decided_at;
    let pieces = current_pieces(tx.conn(), request.id).await?;
    let arrived = pieces
        .iter()
        .any(|piece| piece.state != PieceState::Rejected && since.is_none_or(|at| *piece.created_at >= *at));
    if arrived {
        return Ok(());
    }
    let detail = format!(
        "La structure n’a encore rien déposé depuis l’ajournement\u{202f}: l’examen reprend quand une pièce est reçue, ou après le {}.",
        french::date(until)
    );
    Err(AgreementError::blocked("supply-awaited", detail, Vec::new()))
}

/// Another visit begins: its date, its grid, its report, the answer of the structure and the opinion are all to come.
/// What the former visit gave stays in its documents and in the scores kept under its number; its instant stays too,
/// since the ties of the contrôleur are weighed from it. The sequence of the calendar grows, so that the new date is
/// not taken for an old one.
fn begin_visit(
    row: &mut agreement_request::ActiveModel,
    (number, sequence): (i32, i32),
    now: entity::Instant,
) {
    row.visit_number = Set(number + 1);
    row.resumed_at = Set(Some(now));
    row.visit_at = Set(None);
    row.visit_zone = Set(None);
    row.visit_place = Set(None);
    row.visit_mode = Set(None);
    row.visit_sequence = Set(sequence + 1);
    row.visit_moved_by_structure = Set(false);
    row.visit_accepted_by = Set(None);
    row.visit_accepted_on = Set(None);
    row.persons_met = Set(None);
    row.visit_refused = Set(false);
    row.report_sent_at = Set(None);
    row.comments_due_at = Set(None);
    row.comments = Set(None);
    row.commented_at = Set(None);
    row.opinion = Set(None);
    row.opinion_text = Set(None);
    row.opinion_at = Set(None);
}
