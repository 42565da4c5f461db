//! The documents of the agreement desk, typeset after the commit that made them due.
//!
//! A piece of work names a request, a document and the version of the act. The facts come from the database as the
//! samples of `templates/pdf/` ask; what nobody entered says so. The file goes to the store, then one transaction
//! keeps its row and its journal line. Doing it twice gives one document. What may change before the work is done
//! travels with it, see [`deposit`].

mod committee;
pub mod decision;
pub mod deposit;
pub mod facts;
pub mod filing;
pub mod letter;
pub mod life;
mod people;
pub mod right;
pub mod texts;
pub mod visit;
pub mod wording;

use std::sync::Arc;

use entity::document;
use entity::ids::{AgreementRequestId, CommitteeId, RightActId};
use entity::reserve::ReserveState;
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use self::deposit::Deposit;
use self::facts::Material;
use super::actions::issue_document::issue_document;
use super::error::AgreementError;
use super::wording as desk;
use crate::app::App;
use crate::authz::Actor;
use crate::render::pdf::DOCUMENTS;
use crate::storage::issued;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "agreements.issue_document";

/// The receipt of a deposit.
const RECEIPT: &str = "deposit-receipt";
/// The form of a deposit.
const FORM: &str = "application-form";
/// The letter of a decision.
const DECISION: &str = "decision";

/// The agenda of a committee, with a summary of each file.
pub(in crate::features::agreements) const COMMITTEE_FILE: &str = "committee-file";

const ACTOR: &str = "agreements.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    request_id: AgreementRequestId,
    document: String,
    version: i64,
    /// The instant of the act, in Unix milliseconds.
    #[serde(default)]
    at: Option<i64>,
    /// What the structure wrote.
    #[serde(default)]
    text: Option<String>,
    /// The committee whose agenda changed.
    #[serde(default)]
    committee_id: Option<CommitteeId>,
    /// What was deposited; none in a piece of work of before it was frozen.
    #[serde(default)]
    deposit: Option<Deposit>,
    /// The act on the right that it tells.
    #[serde(default)]
    act_id: Option<RightActId>,
    /// The same, once it was read.
    #[serde(skip)]
    act: Option<life::ActFacts>,
    /// The form of the deposit, once it was issued.
    #[serde(skip)]
    form: Option<document::Model>,
}

impl Order {
    /// The instant of the act; that of the request, in a piece of work of before it was kept.
    fn instant(&self, known: Option<entity::Instant>) -> Option<OffsetDateTime> {
        let kept =
            self.at.and_then(|at| OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000).ok());
        kept.or(known.map(|at| *at))
    }

    /// The instant of the answer of the structure that it brings.
    fn answered_at(&self, material: &Material) -> Option<OffsetDateTime> {
        self.instant(material.request().commented_at)
    }
}

/// The facts of a document, its pictures and the instant of the act.
struct Draft {
    data: Value,
    files: Vec<(&'static str, Vec<u8>)>,
    at: OffsetDateTime,
}

/// Issues the document that a piece of work asks for, and first the form that a receipt names by its fingerprint.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let mut order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let material = Material::load(app, order.request_id).await?;
    if order.document == RECEIPT {
        if order.deposit.is_none() {
            order.deposit = Some(deposited(app, &material).await?);
        }
        one(app, &material, &order, FORM).await?;
        let name = file_name(&material, &order, FORM);
        let form = issued::find(app.db.read(), about(&order), FORM, &name).await;
        order.form = form.map_err(AgreementError::from)?;
    }
    if let Some(id) = order.act_id {
        order.act = Some(life::ActFacts::read(app.db.read(), id).await?);
    }
    match order.document.as_str() {
        COMMITTEE_FILE => committee::issue(app, &material, &order).await,
        kind => one(app, &material, &order, kind).await,
    }
}

/// Issues one document, unless an earlier attempt did.
async fn one(app: &Arc<App>, material: &Material, order: &Order, kind: &str) -> Result<(), WorkError> {
    let template = template_of(kind)?;
    let file_name = file_name(material, order, kind);
    let known = issued::already_issued(app.db.read(), about(order), kind, &file_name).await;
    if known.map_err(AgreementError::from)? {
        return Ok(());
    }
    let Draft { data, files, at } = draft(material, order, kind)?;
    // The act that asked for it dates it; in a piece of work of before the act was kept, what the file says does.
    let at = order.instant(None).unwrap_or(at);
    let title = &wording::distinct_title(kind, mark(material, order, kind).as_deref());
    let reference = material.whole.dossier.reference();
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files, at };
    keep(app, order, about(order), draft).await
}

/// Typesets a document and keeps it.
async fn keep(
    app: &Arc<App>,
    order: &Order,
    about: issued::About,
    draft: issued::Draft<'_>,
) -> Result<(), WorkError> {
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.request_id, about, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

fn about(order: &Order) -> issued::About {
    ("agreement_request", order.request_id.0)
}

fn file_name(material: &Material, order: &Order, kind: &str) -> String {
    issued::file_name(wording::title(kind), material.whole.dossier.reference(), order.version)
}

/// The template of a document: `inspection-report` for `inspection-report.final`.
fn template_of(document: &str) -> Result<&'static str, WorkError> {
    let name = document.split('.').next().unwrap_or_default();
    let found = DOCUMENTS.iter().copied().find(|known| *known == name);
    found.ok_or_else(|| WorkError::GiveUp(format!("no document is called {document}")))
}

/// What the file holds now, for a piece of work that does not say what was deposited.
async fn deposited(app: &App, material: &Material) -> Result<Deposit, AgreementError> {
    let by = material.depositor.as_ref().map_or(&material.request().contact_name, |author| &author.name);
    let (dossier, pieces) = (&material.whole.dossier, &material.whole.attachments.pieces);
    Deposit::of(app.db.read(), dossier, pieces, by, material.delays.return_within_days).await
}

/// What tells a document from the others of its kind in the same file.
fn mark(material: &Material, order: &Order, kind: &str) -> Option<String> {
    let with = &material.whole.attachments;
    let right = with.agreement.as_ref();
    match kind {
        RECEIPT | FORM => order.deposit.as_ref().map(|deposit| wording::deposit(deposit.submission)),
        "visit-plan" | "control-grid" | "inspection-report.provisional" | "inspection-report.final" => {
            wording::visit_mark(material.request().visit_number)
        }
        "mission-order" => material.request().visit_at.map(|at| wording::visit_of(&material.day(*at))),
        "report-comments" => {
            let zone = &material.whole.dossier.structure.zone;
            order.answered_at(material).map(|at| wording::received_at(&desk::instant(at, zone)))
        }
        DECISION | "action-plan" => decided_on(material),
        "right-letter.notice"
        | "right-letter.suspended"
        | "right-letter.reinstated"
        | "right-letter.withdrawn" => order.act.as_ref().map(|act| material.day(act.at(kind))),
        "agreement-convention" => right.map(|right| wording::signature(right.activated_at.is_some())),
        "agreement-certificate" => {
            let open = with.reserves.iter().any(|reserve| reserve.state == ReserveState::Open);
            wording::reserves_mark(with.reserves.len(), open)
        }
        _ => None,
    }
}

/// The day of the last decision, where the structure is.
fn decided_on(material: &Material) -> Option<String> {
    let decision = material.whole.attachments.decisions.first()?;
    Some(material.day(*decision.decided_at))
}

fn draft(material: &Material, order: &Order, kind: &str) -> Result<Draft, WorkError> {
    let deposit = order.deposit.as_ref();
    let draft = match kind {
        FORM => deposit.map(|deposit| filing::application_form(material, deposit)),
        RECEIPT => {
            deposit.and_then(|deposit| filing::deposit_receipt(material, deposit, order.form.as_ref()?))
        }
        "completeness-certificate" => filing::completeness_certificate(material),
        "closing-notice" => filing::closing_notice(material),
        "mission-order.draft" => visit::mission_order(material, None),
        "mission-order" => {
            let request = material.request();
            visit::mission_order(material, order.instant(request.visit_at.or(request.assigned_at)))
        }
        "visit-plan" => visit::visit_plan(material),
        "control-grid" => visit::control_grid(material),
        "report-comments" => {
            let text = order.text.as_deref().or(material.request().comments.as_deref());
            let at = order.answered_at(material);
            at.zip(text).and_then(|(at, text)| visit::report_comments(material, at, text))
        }
        "waiver-note" => visit::waiver_note(material),
        "inspection-report.provisional" => visit::inspection_report(material, false),
        "inspection-report.final" => visit::inspection_report(material, true),
        DECISION => decision::decision(material),
        "action-plan" => decision::action_plan(material),
        "appeal-answer" => decision::appeal_answer(material),
        "agreement-convention" => right::convention(material),
        "agreement-certificate" => right::certificate(material),
        "reserves-lifted" => right::reserves_lifted(material),
        "right-letter.notice"
        | "right-letter.suspended"
        | "right-letter.reinstated"
        | "right-letter.withdrawn" => order.act.as_ref().and_then(|act| life::letter(material, act, kind)),
        _ => None,
    };
    draft.ok_or_else(|| WorkError::GiveUp(format!("the request has no facts for {kind}")))
}
