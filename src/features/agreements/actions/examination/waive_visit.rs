//! Does without the visit, on one of two grounds and with a reason: a renewal after a recent control without any gap, or a
//! visit by video, allowed overseas (row 16).

use entity::agreement_request::{self, Opinion, RequestKind};
use entity::grid_score::{self, Score};
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::queries::{live, scores};
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::wording;
use crate::features::settings;
use crate::rules::deadline::add_months;
use crate::rules::territory;

/// Waives the visit.
///
/// # Errors
/// Neither ground; an empty reason; the refusals of every act.
pub async fn waive_visit(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestWaive, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::WaiveVisit)?;
    check_ground(tx, &dossier).await?;
    let reason = required("/reason", reason, "Dites pourquoi la visite n’est pas nécessaire")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::WaiveVisit, |row| {
            row.visit_waived_reason = Set(Some(reason.clone()));
            row.opinion = Set(Some(Opinion::Favourable));
            row.opinion_text = Set(Some(reason.clone()));
            row.opinion_at = Set(Some(now));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Waived { reason: &reason }).await?;
    Ok(dossier.request)
}

/// Refuses unless the structure is overseas, where a visit is made by video, or renews what a recent control found
/// without any gap.
async fn check_ground(tx: &Tx, dossier: &Dossier) -> Result<(), AgreementError> {
    if territory::is_overseas(&dossier.structure.department) {
        return Ok(());
    }
    let months = settings::agreement_delays(tx.conn()).await?.waive_recent_control_months;
    if dossier.request.kind == RequestKind::Renewal && was_clean(tx, dossier, months).await? {
        return Ok(());
    }
    let grounds = vec![
        format!(
            "Un renouvellement, quand le dernier contrôle de la structure date de moins de {} et n’a relevé aucun écart",
            wording::months(months)
        ),
        "Une structure d’outre-mer, qui peut être vue en visioconférence".to_owned(),
    ];
    let detail = "Ce dossier n’entre dans aucun des deux cas où la visite peut être évitée.";
    Err(AgreementError::blocked("waive-without-ground", detail, grounds))
}

/// Whether the last control of the structure for this certification is that recent and found no gap.
async fn was_clean(tx: &Tx, dossier: &Dossier, months: u16) -> Result<bool, AgreementError> {
    let certification = dossier.version.certification_id;
    let Some(last) = live::last_control(tx.conn(), &dossier.request, certification).await? else {
        return Ok(false);
    };
    let since = add_months(dossier.today(tx.now()), -i32::from(months));
    let recent = last.visited_at.is_some_and(|at| dossier.today(*at) > since);
    Ok(recent && !last.visit_refused && without_gap(&scores(tx.conn(), &last).await?))
}

/// A grid that was filled in, and in which nothing is to be put right.
fn without_gap(scores: &[grid_score::Model]) -> bool {
    !scores.is_empty()
        && scores.iter().all(|one| matches!(one.score, Score::Conforming | Score::NotApplicable))
}
