//! `POST /agrements/{ref}/{verbe}`: tries the act, asks before it reaches anybody, then does it.
//!
//! The act is done in its transaction before the question is asked, and undone: the question then says exactly
//! what will change and who will be told, and an act that would be refused is never confirmed.

use entity::ids::{DecisionId, JobId, MailId, ReserveId};
use entity::{agreement, agreement_request, decision, job, mail, reserve};
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::act::Act;
use super::draft_form::Stage;
use super::perform::perform;
use super::preview::{self, PREVIEW};
use super::{assign, cautions, draft, file, question, report, visit, visit_date, words};
use crate::authz::{self, Permission};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::events::Recipient;
use crate::features::agreements::actions::visit::{VISIT_HOUR, VISIT_PAST};
use crate::features::agreements::documents::JOB;
use crate::features::agreements::queries::{live, registers};
use crate::features::agreements::{AgreementError, Dossier, labels, queries, state, wording};
use crate::features::settings;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::flash;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError};
use crate::render::french;
use crate::rules::right::Span;

/// Name of the field that says that the question was answered.
const CONFIRMED: &str = "confirme";

/// An act that did not happen, to be shown again with what was typed.
#[derive(Clone, Debug)]
pub(super) struct Returned {
    /// The act.
    pub act: Act,
    /// What was typed, with what is wrong.
    pub form: FormState,
    /// What stands in the way, when it is no field.
    pub problem: Option<Problem>,
    /// The answer: 422 for the fields, 409 for the rest.
    pub status: StatusCode,
}

/// What stands in the way of an act.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The sentence.
    pub title: String,
    /// What is missing, one by one.
    pub items: Vec<String>,
    /// Where to go instead.
    pub link: Option<Link>,
}

impl Problem {
    /// A sentence, and what is missing.
    pub(super) fn new(title: impl Into<String>, items: Vec<String>) -> Self {
        Self { title: title.into(), items, link: None }
    }
}

impl Returned {
    /// The summary above the form.
    pub(super) fn summary(&self) -> Option<ErrorSummary> {
        self.form.summary(words::of(self.act).failed)
    }
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((reference, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let act = Act::of(&verb).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let actor = page.actor().clone();
    let dossier = queries::request_by_reference(page.app.db.read(), &actor, &reference).await;
    let mut dossier = dossier.map_err(WebError::from)?;
    if act == Act::Submit {
        dossier = match draft::kept_for_review(&page, &dossier, &form).await {
            Ok(dossier) => dossier,
            Err(error @ (AgreementError::Stale | AgreementError::Invalid(_))) => {
                return draft::refused(&page, &dossier, Stage::Review, &form, error).await;
            }
            Err(error) => return refuse(&page, act, &dossier, &form, error).await,
        };
    }
    let mut tx = page.app.begin(actor).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    if let Err(error) = perform(&mut tx, act, &dossier, &form).await {
        drop(tx);
        return refuse(&page, act, &dossier, &form, error).await;
    }
    if act == Act::Decide && form.ticked(PREVIEW) {
        return preview::answer(&page, &dossier, tx).await;
    }
    if act.is_confirmed() && form.text(CONFIRMED) != "oui" {
        if act.has_no_words() {
            return Ok(Redirect::see_other(question::address_of(act, &dossier, &form)).into_response());
        }
        return ask_about(&page, act, &dossier, &form, (tx, mark)).await;
    }
    let after = number_after(&tx, &dossier).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    let gives = authz::may(page.actor(), Permission::RequestAssign, &dossier.facts());
    Ok(flash::redirect(
        &destination(act, &after, gives, &form),
        &said(act, dossier.request.submission_count > 0, &after),
    ))
}

/// The question before an act tried in a transaction, which is given up here: nothing is kept until it is answered.
pub(super) async fn ask_about(
    page: &Page,
    act: Act,
    dossier: &Dossier,
    form: &FormData,
    (tx, mark): (Tx, Uuid),
) -> Result<Response> {
    let after = request_after(&tx, dossier).await.map_err(WebError::from)?;
    let effects = effects(&tx, act, (dossier, &after), mark).await.map_err(WebError::from)?;
    let right = right_after(&tx, act, dossier).await.map_err(WebError::from)?;
    drop(tx);
    let replaced = replaced(page, dossier, right.as_ref()).await.map_err(WebError::from)?;
    let delays = settings::agreement_delays(page.app.db.read()).await.map_err(WebError::from)?;
    let mut warnings = cautions::of(act, dossier, &after, &delays);
    let certifier = &page.app.config.organisation_representative;
    warnings.extend(replaced);
    warnings.extend(cautions::signatory(act, dossier, certifier, form.text("name")));
    ask(page, act, dossier, form, (effects, warnings))
}

/// The agreement that a decision gives, or that a signature starts.
async fn right_after(
    tx: &Tx,
    act: Act,
    before: &Dossier,
) -> Result<Option<agreement::Model>, AgreementError> {
    if !matches!(act, Act::Decide | Act::SignStructure | Act::SignCertifier) {
        return Ok(None);
    }
    let id = before.request.id;
    let found = agreement::Entity::find().filter(agreement::Column::RequestId.eq(id)).one(tx.conn()).await?;
    Ok(found.filter(|right| act == Act::Decide || right.activated_at.is_some()))
}

/// The agreements whose place that one takes, as they still are: nothing was kept of the act.
async fn replaced(
    page: &Page,
    dossier: &Dossier,
    right: Option<&agreement::Model>,
) -> Result<Vec<String>, AgreementError> {
    let Some(right) = right else { return Ok(Vec::new()) };
    let days = Span { from: right.starts_on, until: Some(right.ends_on) };
    let met = live::in_the_way(page.app.db.read(), dossier, days).await?;
    Ok(cautions::replaced(&met, right))
}

/// The number of the file once the act is done: a first submission gives it.
async fn number_after(tx: &Tx, dossier: &Dossier) -> Result<String, AgreementError> {
    let request = request_after(tx, dossier).await?;
    Ok(request.number.unwrap_or(request.draft_number))
}

/// The request as the act leaves it.
async fn request_after(tx: &Tx, before: &Dossier) -> Result<agreement_request::Model, AgreementError> {
    let found = agreement_request::Entity::find_by_id(before.request.id).one(tx.conn()).await?;
    found.ok_or(AgreementError::NotFound)
}

/// Where an act leads; `gives`: whether the person may give the visit to somebody.
fn destination(act: Act, reference: &str, gives: bool, form: &FormData) -> String {
    let back = form.text("retour");
    match act {
        Act::Release if gives => format!("/agrements/{reference}/visite/confier"),
        // Whoever had the visit does not see the file any more.
        Act::Decline | Act::Release => "/agrements".to_owned(),
        Act::Review => format!("/agrements/{reference}#pieces"),
        _ if back.starts_with("/commissions/") => back.to_owned(),
        _ => format!("/agrements/{reference}"),
    }
}

fn said(act: Act, submitted: bool, reference: &str) -> Flash {
    let text = match act {
        Act::Submit if submitted => format!(
            "Elle garde le numéro {reference}. Le récépissé de cette version est en préparation\u{202f}: il sera dans un instant parmi les documents du dossier."
        ),
        Act::Submit => format!(
            "Elle porte le numéro {reference}. Le récépissé est en préparation\u{202f}: il sera dans un instant parmi les documents du dossier."
        ),
        Act::Review => String::new(),
        _ => "L’acte est inscrit à l’historique du dossier.".to_owned(),
    };
    Flash::done(words::on_file(act, submitted).done, text)
}

/// Shows the form again, with what was typed, on the page that sent it.
async fn refuse(
    page: &Page,
    act: Act,
    dossier: &Dossier,
    form: &FormData,
    error: AgreementError,
) -> Result<Response> {
    if act == Act::Submit && matches!(error, AgreementError::Step(_)) {
        return submitted_before(page, dossier, &error).await;
    }
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let place = |fault: Fault| {
        let at_hour = matches!(fault.code, VISIT_HOUR | VISIT_PAST);
        let pointer = if at_hour { "/hour".to_owned() } else { fault.pointer };
        (pointer, fault.message)
    };
    let mut errors: FieldErrors = error.faults().into_iter().map(place).collect();
    for (from, to) in [("/at", "/day"), ("/reasons", "/text")] {
        if act != Act::Settle {
            errors.rename(from, to);
        }
    }
    let problem = errors.is_empty().then(|| Problem::new(error.detail(), said_before(&error, form)));
    let values: Vec<_> = form.fields().filter(|(name, _)| *name != CONFIRMED).collect();
    let typed = FormState::filled(values)
        .with_errors(errors)
        .with_version(version_for(page, act, dossier).await?)
        .with_prefix(act.verb());
    let returned = Returned { act, form: typed, problem, status };
    match act {
        Act::Assign => assign::answer(page, dossier, Some(returned)).await,
        Act::Schedule | Act::Postpone => visit_date::answer(page, dossier, Some(returned)).await,
        Act::RecordVisit => visit::answer(page, dossier, Some(returned)).await,
        Act::SendReport => report::answer(page, dossier, Some(returned)).await,
        Act::Submit => draft::answer_review(page, dossier, returned).await,
        _ => file::answer(page, dossier, Some(returned)).await,
    }
}

/// The file as it is now, when a submission comes after another: from a second tab, or pressed twice.
async fn submitted_before(page: &Page, seen: &Dossier, error: &AgreementError) -> Result<Response> {
    let found = queries::request(page.app.db.read(), page.actor(), seen.request.id).await;
    let dossier = found.map_err(WebError::from)?;
    let number = dossier.request.number.as_ref().filter(|_| state::is_live(dossier.request.state));
    let problem = match number {
        Some(number) => Problem {
            link: Some(Link::new(format!("Ouvrir la demande {number}"), dossier.path())),
            ..Problem::new(format!("Cette demande est déjà déposée sous le numéro {number}."), Vec::new())
        },
        None => Problem::new(error.detail(), error.blocking()),
    };
    let form = FormState::default();
    let returned = Returned { act: Act::Submit, form, problem: Some(problem), status: StatusCode::CONFLICT };
    file::answer(page, &dossier, Some(returned)).await
}

/// What is missing, then what the person wrote: the form may be gone with the state that offered it.
fn said_before(error: &AgreementError, form: &FormData) -> Vec<String> {
    let mut items =
        if matches!(error, AgreementError::Blocked { .. }) { error.blocking() } else { Vec::new() };
    let written = ["text", "reason", "reasons", "message", "evidence"]
        .into_iter()
        .filter_map(|name| form.optional(name));
    items.extend(written.map(|text| format!("Vous aviez écrit\u{202f}: «\u{202f}{text}\u{202f}»")));
    items
}

/// The version that the form must name next time: that of the right for the acts on the right.
async fn version_for(page: &Page, act: Act, dossier: &Dossier) -> Result<i64> {
    if !matches!(act, Act::SignStructure | Act::SignCertifier) {
        return Ok(dossier.request.version.into());
    }
    let found = agreement::Entity::find()
        .filter(agreement::Column::RequestId.eq(dossier.request.id))
        .one(page.app.db.read())
        .await
        .map_err(AgreementError::from)
        .map_err(WebError::from)?;
    Ok(found.map_or(0, |right| right.version.into()))
}

fn ask(
    page: &Page,
    act: Act,
    dossier: &Dossier,
    form: &FormData,
    (effects, warnings): (Vec<String>, Vec<String>),
) -> Result<Response> {
    let words = words::on_file(act, dossier.request.submission_count > 0);
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    let keep = match act {
        Act::Assign => format!("{}/visite/confier", dossier.path()),
        Act::Schedule | Act::Postpone => format!("{}/visite/date", dossier.path()),
        Act::RecordVisit => format!("{}/visite", dossier.path()),
        Act::SendReport => format!("{}/rapport", dossier.path()),
        Act::Submit => format!("{}/brouillon?etape=relecture", dossier.path()),
        _ => dossier.path(),
    };
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: format!("{}, {}. À l’enregistrement\u{202f}:", dossier.structure.name, dossier.reference()),
        effects,
        warnings,
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{}/{}", dossier.path(), act.verb()),
        keep: Link::new(words.keep, keep),
        act: words.act.to_owned(),
        danger: act.is_danger(),
    })
}

/// What the act changes and who is told, read from what it did in its transaction.
async fn effects(
    tx: &Tx,
    act: Act,
    (before, after): (&Dossier, &agreement_request::Model),
    mark: Uuid,
) -> Result<Vec<String>, AgreementError> {
    let id = before.request.id;
    let right = agreement::Entity::find().filter(agreement::Column::RequestId.eq(id)).one(tx.conn()).await?;
    let mut effects: Vec<String> =
        right.iter().flat_map(|right| cautions::signature(act, before, right)).collect();
    if matches!(act, Act::Schedule | Act::Postpone) {
        effects.extend(visit_date::said(after));
        effects.extend(visit_date::named(tx, before).await?);
        effects.extend(visit_date::contradicted(tx, after).await?);
    }
    if act == Act::Assign {
        let chosen = registers::controller(tx.conn(), after.controller_id).await?;
        effects.extend(chosen.map(|chosen| assign::said(before, &chosen)));
    }
    if after.state != before.request.state {
        effects.push(format!(
            "la demande passe à l’état «\u{202f}{}\u{202f}»\u{202f};",
            labels::state(after.state).word
        ));
    }
    effects.extend(decided(tx, before, mark).await?);
    let subjects = std::iter::once(id.0).chain(right.map(|right| right.id.0));
    let mails = mail::Entity::find()
        .filter(mail::Column::Id.gt(MailId(mark)))
        .filter(mail::Column::SubjectId.is_in(subjects))
        .order_by_asc(mail::Column::Id)
        .all(tx.conn())
        .await?;
    effects.extend(mails.iter().map(told));
    let jobs = job::Entity::find()
        .filter(job::Column::Id.gt(JobId(mark)))
        .filter(job::Column::Kind.eq(JOB))
        .all(tx.conn())
        .await?;
    let of_request = jobs.iter().filter(|job| job.payload["request_id"] == serde_json::json!(id));
    let titles = of_request.filter_map(|job| job.payload["document"].as_str()).map(labels::document);
    effects.extend(titles.map(|title| format!("un document est établi\u{202f}: {title}\u{202f};")));
    effects.push("l’acte est inscrit au journal. Il pourra être complété, jamais effacé.".to_owned());
    Ok(effects)
}

/// What a decision says, word for word, before it is given.
async fn decided(tx: &Tx, before: &Dossier, mark: Uuid) -> Result<Vec<String>, AgreementError> {
    let found = decision::Entity::find()
        .filter(decision::Column::RequestId.eq(before.request.id))
        .filter(decision::Column::Id.gt(DecisionId(mark)))
        .one(tx.conn())
        .await?;
    let Some(decision) = found else { return Ok(Vec::new()) };
    let reserves = reserve::Entity::find()
        .filter(reserve::Column::RequestId.eq(before.request.id))
        .filter(reserve::Column::Id.gt(ReserveId(mark)))
        .order_by_asc(reserve::Column::Position)
        .all(tx.conn())
        .await?;
    let mut said = vec![format!("décision\u{202f}: {}\u{202f};", labels::outcome(decision.outcome))];
    if let (Some(from), Some(until)) = (decision.starts_on, decision.ends_on) {
        said.push(format!("période de l’agrément\u{202f}: {}\u{202f};", french::date_range(from, until)));
    }
    if let Some(due) = decision.due_on {
        said.push(format!("éléments attendus jusqu’au {}\u{202f};", french::date(due)));
    }
    said.extend(reserves.iter().map(|one| {
        let text = one.text.trim().trim_end_matches(['.', ';']).trim_end();
        format!("réserve à lever jusqu’au {}\u{202f}: {text}\u{202f};", french::date(one.due_on))
    }));
    let reasons = wording::items(&decision.text).join(" ");
    if !reasons.is_empty() {
        said.push(format!("motif\u{202f}: «\u{202f}{reasons}\u{202f}»\u{202f};"));
    }
    Ok(said)
}

fn told(mail: &mail::Model) -> String {
    let recipient = serde_json::from_value::<Recipient>(mail.recipient.clone()).ok();
    let who = recipient.map_or("la personne concernée", |to| labels::mail::recipient(&to));
    format!("le courriel «\u{202f}{}\u{202f}» part à {who}\u{202f};", mail.subject)
}
