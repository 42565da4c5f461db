//! Declares the file complete: every piece is there and valid (row 7).

use entity::agreement_request;
use entity::ids::AgreementRequestId;
use entity::request_piece::{self, PieceState};
use sea_orm::ActiveValue::Set;
use time::Date;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::labels;
use crate::features::agreements::pieces::{self, Received};
use crate::features::agreements::queries::{current_pieces, situation};
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::add_days;

/// Declares the request complete; the officer who does it takes it in charge.
///
/// # Errors
/// A piece not accepted yet; one that lacks, or whose validity ended since the submission; the refusals of every act.
pub async fn complete(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestComplete, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::DeclareComplete)?;
    let received = current_pieces(tx.conn(), id).await?;
    let waiting: Vec<_> = received
        .iter()
        .filter(|piece| piece.state != PieceState::Accepted)
        .filter_map(|piece| pieces::kind(&piece.code))
        .map(|kind| format!("{} ({})\u{202f}: à examiner ou à remplacer", kind.title, kind.code))
        .collect();
    if !waiting.is_empty() {
        let detail = "Toutes les pièces doivent être acceptées avant de déclarer le dossier complet.";
        return Err(AgreementError::blocked("agreement-request-pieces-not-accepted", detail, waiting));
    }
    check_valid(&dossier, &received, dossier.today(tx.now()))?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let expected_on = add_days(dossier.today(tx.now()), i32::from(delays.decision_target_days));
    let (now, officer) = (tx.instant(), tx.actor().account_id());
    let line = dossier
        .step(tx, Step::DeclareComplete, |row| {
            row.completed_at = Set(Some(now));
            row.decision_expected_on = Set(Some(expected_on));
            row.officer_id = Set(officer);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Completed { expected_on, delays: &delays }).await?;
    Ok(dossier.request)
}

/// What was valid on the day of the submission may have ended since.
fn check_valid(dossier: &Dossier, received: &[request_piece::Model], on: Date) -> Result<(), AgreementError> {
    let pieces: Vec<_> = received
        .iter()
        .map(|piece| Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until })
        .collect();
    let lacks = pieces::lacks(situation(&dossier.request), &pieces, on);
    if lacks.is_empty() {
        return Ok(());
    }
    let detail = "Des pièces manquent ou ne sont plus valables\u{202f}: demandez-les à la structure avant de déclarer le dossier complet.";
    let listed = lacks.into_iter().map(|(kind, lack)| labels::pieces::lack(kind, lack)).collect();
    Err(AgreementError::blocked("agreement-request-pieces-not-valid", detail, listed))
}
