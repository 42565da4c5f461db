//! The structure reads the refusal of its request for the first time: the delay to appeal runs against somebody who was
//! told, and the journal proves it.

use std::sync::Arc;

use entity::decision::Outcome;
use entity::ids::{AgreementRequestId, DecisionId};
use entity::{audit_event, document};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{REFUSAL_OPENED, What};
use crate::features::agreements::queries;

/// Records that the structure opened a refusal, the first time; does nothing for anybody else, or for another decision.
///
/// # Errors
/// The refusals of every act.
pub async fn open_refusal(app: &Arc<App>, actor: &Actor, dossier: &Dossier) -> Result<(), AgreementError> {
    let request = &dossier.request;
    if !actor.structures().any(|own| own == request.structure_id) {
        return Ok(());
    }
    let last = dossier.last_decision(app.db.read()).await?;
    let Some(refusal) = last.filter(|decision| decision.outcome == Outcome::Refuse) else { return Ok(()) };
    if opened(app.db.read(), request.id, refusal.id).await? {
        return Ok(());
    }
    let mut tx = app.begin(actor.clone()).await?;
    let dossier = Dossier::locked(&tx, request.id).await?;
    // Two pages opened at once: the second finds what the first recorded.
    if opened(tx.conn(), request.id, refusal.id).await? {
        return Ok(());
    }
    let grant = tx.authorize(Permission::RequestView, &dossier.facts())?;
    record_act(&mut tx, &grant, &dossier, What::RefusalOpened { decision_id: refusal.id }).await?;
    Ok(tx.commit().await?)
}

/// The same, when it is the letter that is opened.
///
/// # Errors
/// The refusals of every act.
pub async fn open_letter(
    app: &Arc<App>,
    actor: &Actor,
    document: &document::Model,
) -> Result<(), AgreementError> {
    if document.kind != "decision" || document.subject_kind != "agreement_request" {
        return Ok(());
    }
    let dossier = queries::request(app.db.read(), actor, document.subject_id.into()).await?;
    open_refusal(app, actor, &dossier).await
}

async fn opened(
    conn: &impl ConnectionTrait,
    request: AgreementRequestId,
    refusal: DecisionId,
) -> Result<bool, AgreementError> {
    use audit_event::Column;
    let events = audit_event::Entity::find()
        .filter(Column::SubjectKind.eq("agreement_request"))
        .filter(Column::SubjectId.eq(request.0))
        .filter(Column::Code.eq(REFUSAL_OPENED))
        .all(conn)
        .await?;
    let refusal = refusal.to_string();
    Ok(events.iter().any(|event| event.payload.contains(&refusal)))
}
