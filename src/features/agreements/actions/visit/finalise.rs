//! The contrôleur gives an opinion, once the structure answered or let the delay pass (row 15).

use entity::agreement_request::{self, Opinion};
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use super::record_visit::{rule_score, stored};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::wording;
use crate::features::settings;
use crate::rules::grid::{Rating, rate};

/// Gives the opinion.
///
/// # Errors
/// Before the comments or the end of their delay; an opinion that the grid does not allow; an empty text; the
/// refusals of every act.
pub async fn finalise(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    opinion: Opinion,
    text: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestFinalise, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Finalise)?;
    let request = &dossier.request;
    let waiting = request.comments_due_at.filter(|due| **due >= tx.now() && request.commented_at.is_none());
    if let Some(due) = waiting {
        let until = wording::instant(*due, &dossier.structure.zone);
        let detail = format!("La structure peut encore répondre au rapport provisoire, jusqu’au {until}.");
        return Err(AgreementError::blocked("comments-awaited", detail, Vec::new()));
    }
    let text =
        required("/text", text, "Écrivez votre avis\u{202f}: il figure dans le dossier de la commission")
            .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    check_rating(tx, &dossier, opinion).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Finalise, |row| {
            row.opinion = Set(Some(opinion));
            row.opinion_text = Set(Some(text));
            row.opinion_at = Set(Some(now));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::OpinionGiven).await?;
    Ok(dossier.request)
}

/// The opinion may be more severe than the grid, never more lenient.
async fn check_rating(tx: &Tx, dossier: &Dossier, opinion: Opinion) -> Result<(), AgreementError> {
    let stored = stored(tx, &dossier.request).await?;
    let shipped = dossier.grid(&stored, tx.now()).thresholds();
    let thresholds = settings::grid_thresholds(tx.conn()).await?.unwrap_or(shipped);
    let scores: Vec<_> = stored.iter().map(|score| rule_score(score.score)).collect();
    let rating = if dossier.request.visit_refused { Rating::REFUSED } else { rate(&scores, thresholds) };
    let allowed = match rating {
        Rating::Conforming => true,
        Rating::UnderReserve => opinion != Opinion::Favourable,
        Rating::Unfavourable => opinion == Opinion::Unfavourable,
    };
    if allowed {
        return Ok(());
    }
    Err(AgreementError::fault(
        "/opinion",
        "opinion-too-lenient",
        "Les écarts relevés dans la grille ne permettent pas cet avis\u{202f}: choisissez un avis plus réservé",
    ))
}
