//! The documents of the agreement desk, typeset after the commit that made them due.
//!
//! A piece of work names a request, a document and the version of the act. The facts come from the database as the
//! samples of `templates/pdf/` ask; what nobody entered says so. The file goes to the store, then one transaction
//! keeps its row and its journal line. Doing it twice gives one document.

pub mod decision;
pub mod facts;
pub mod filing;
mod people;
pub mod right;
pub mod texts;
pub mod visit;
pub mod wording;

use std::sync::Arc;

use entity::ids::AgreementRequestId;
use entity::reserve::ReserveState;
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use self::facts::Material;
use super::actions::issue_document::issue_document;
use super::error::AgreementError;
use crate::app::App;
use crate::authz::Actor;
use crate::render::pdf::DOCUMENTS;
use crate::storage::issued;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "agreements.issue_document";

const ACTOR: &str = "agreements.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    request_id: AgreementRequestId,
    document: String,
    version: i64,
}

/// The facts of a document, its pictures and the instant of the act.
struct Draft {
    data: Value,
    files: Vec<(&'static str, Vec<u8>)>,
    at: OffsetDateTime,
}

/// Issues the document that a piece of work asks for.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let template = template_of(&order.document)?;
    let material = Material::load(app, order.request_id).await?;
    let reference = material.whole.dossier.reference();
    let file_name = issued::file_name(wording::title(&order.document), reference, order.version);
    let about = ("agreement_request", order.request_id.0);
    let known = issued::already_issued(app.db.read(), about, &order.document, &file_name).await;
    if known.map_err(AgreementError::from)? {
        return Ok(());
    }
    let Draft { data, files, at } = draft(&material, &order.document)?;
    let kind = order.document.as_str();
    let title = &wording::distinct_title(kind, mark(&material, kind).as_deref());
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files, at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.request_id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// The template of a document: `inspection-report` for `inspection-report.final`.
fn template_of(document: &str) -> Result<&'static str, WorkError> {
    let name = document.split('.').next().unwrap_or_default();
    let found = DOCUMENTS.iter().copied().find(|known| *known == name);
    found.ok_or_else(|| WorkError::GiveUp(format!("no document is called {document}")))
}

/// What tells a document from the others of its kind in the same file.
fn mark(material: &Material, document: &str) -> Option<String> {
    let with = &material.whole.attachments;
    let right = with.agreement.as_ref();
    match document {
        "deposit-receipt" => Some(wording::deposit(material.request().submission_count)),
        "visit-plan" | "inspection-report.provisional" | "inspection-report.final" => {
            wording::visit_mark(material.request().visit_number)
        }
        "decision" => with.decisions.first().map(|decision| material.day(*decision.decided_at)),
        "agreement-convention" => right.map(|right| wording::signature(right.activated_at.is_some())),
        "agreement-certificate" => {
            let open = with.reserves.iter().any(|reserve| reserve.state == ReserveState::Open);
            wording::reserves_mark(with.reserves.len(), open)
        }
        _ => None,
    }
}

fn draft(material: &Material, document: &str) -> Result<Draft, WorkError> {
    let draft = match document {
        "deposit-receipt" => filing::deposit_receipt(material),
        "completeness-certificate" => filing::completeness_certificate(material),
        "closing-notice" => filing::closing_notice(material),
        "mission-order" => visit::mission_order(material),
        "visit-plan" => visit::visit_plan(material),
        "inspection-report.provisional" => visit::inspection_report(material, false),
        "inspection-report.final" => visit::inspection_report(material, true),
        "decision" => decision::decision(material),
        "appeal-answer" => decision::appeal_answer(material),
        "agreement-convention" => right::convention(material),
        "agreement-certificate" => right::certificate(material),
        "reserves-lifted" => right::reserves_lifted(material),
        _ => None,
    };
    draft.ok_or_else(|| WorkError::GiveUp(format!("the request has no facts for {document}")))
}
