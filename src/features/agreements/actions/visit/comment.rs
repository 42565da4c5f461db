//! The structure answers the provisional report, within the delay (row 14).

use entity::agreement_request;
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::add_days;

/// Keeps the comments as received; a second answer is added to the first.
///
/// # Errors
/// An empty text; a delay that is over; the refusals of every act.
pub async fn comment(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    text: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestComment, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Comment)?;
    if dossier.request.comments_due_at.is_some_and(|due| *due < tx.now()) {
        let detail = "Le délai pour répondre au rapport provisoire est passé.";
        return Err(AgreementError::blocked("comments-too-late", detail, Vec::new()));
    }
    let text = required("/text", text, "Écrivez vos observations")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let all = match &dossier.request.comments {
        Some(before) => format!("{before}\n\n{text}"),
        None => text.clone(),
    };
    let delays = settings::agreement_delays(tx.conn()).await?;
    let opinion_due = add_days(dossier.today(tx.now()), i32::from(delays.comment_days));
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Comment, |row| {
            row.comments = Set(Some(all));
            row.commented_at = Set(Some(now));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Commented { opinion_due, text: &text }).await?;
    Ok(dossier.request)
}
