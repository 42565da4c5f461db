//! `/appuis/{number}/{verb}`: one act on a support; its form comes back with what was typed when it is refused.

use askama::Template;
use entity::ids::{ExpertId, TeachingSupportId};
use entity::teaching_support::Payer;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{AcceptInput, PerformInput, RateInput, ReportInput, ScheduleInput};
use super::super::queries::{self, Whole};
use super::super::{SupportError, actions, labels};
use super::labels as words;
use super::step::{SupportAct, offered};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::money;

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/supports/act.html")]
pub struct ActPage {
    /// The shell.
    pub shell: Shell,
    /// The way back.
    pub back: Link,
    /// What it means.
    pub intro: &'static str,
    /// Faults of the form.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, and what lacks.
    pub refused: Option<(String, Vec<String>)>,
    /// Where the form goes.
    pub action: String,
    /// Which act.
    pub act: SupportAct,
    /// Who may pay.
    pub payers: Vec<Choice>,
    /// Notes.
    pub notes: Vec<Choice>,
    /// The form.
    pub form: FormState,
    /// The button.
    pub button: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
}

fn path(whole: &Whole) -> String {
    format!("/appuis/{}", whole.dossier.support.number)
}

async fn read(page: &Page, number: &str, verb: &str) -> Result<(Whole, SupportAct)> {
    let act = SupportAct::of(verb).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let found = queries::by_number(page.app.db.read(), page.actor(), number).await;
    Ok((found.map_err(WebError::from)?, act))
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page, Path((number, verb)): Path<(String, String)>) -> Result<Response> {
    let (whole, act) = read(&page, &number, &verb).await?;
    if !offered(page.actor(), &whole.dossier).contains(&act) {
        return Err(poem::Error::from_status(StatusCode::NOT_FOUND));
    }
    let form = FormState::default().with_version(whole.dossier.support.version.into());
    answer(&page, StatusCode::OK, &whole, act, form, None)
}

fn answer(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    act: SupportAct,
    form: FormState,
    refused: Option<(String, Vec<String>)>,
) -> Result<Response> {
    let said = words::of(act);
    let summary = form.summary(words::NOT_DONE);
    let context = ActPage {
        shell: page.shell(said.title).with_errors(summary.is_some()),
        back: Link::new(whole.dossier.support.number.clone(), path(whole)),
        intro: said.intro,
        summary,
        refused,
        action: format!("{}/{}", path(whole), act.verb()),
        act,
        payers: Payer::all().map(|one| Choice::new(one.word(), labels::payer(one))).collect(),
        notes: (1..=5).map(|note| Choice::new(note.to_string(), words::satisfaction(note))).collect(),
        form,
        button: said.act,
        danger: act.is_danger(),
    };
    page.answer_with(status, &context)
}

/// Does it.
#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let (whole, act) = read(&page, &number, &verb).await?;
    let person = queries::expert_of(page.app.db.read(), form.text("expert")).await.map_err(WebError::from)?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let id = whole.dossier.support.id;
    if let Err(error) = Box::pin(perform(&mut tx, act, id, person, &form)).await {
        drop(tx);
        return refuse(&page, &whole, act, &form, error);
    }
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(&path(&whole), &Flash::done(words::of(act).done, words::RECORDED)))
}

async fn perform(
    tx: &mut Tx,
    act: SupportAct,
    id: TeachingSupportId,
    person: Option<ExpertId>,
    form: &FormData,
) -> std::result::Result<(), SupportError> {
    let seen = form.version();
    let number = |name: &str| form.text(name).parse::<i32>().unwrap_or_default();
    match act {
        SupportAct::Accept => {
            let cost_cents = cost(form)?;
            let payer = Payer::from_word(form.text("payer"));
            let input = AcceptInput { half_days: number("half_days"), cost_cents, payer };
            actions::accept(tx, id, seen, &input).await?;
        }
        SupportAct::Refuse => {
            actions::refuse(tx, id, seen, form.text("reason")).await?;
        }
        SupportAct::Reconsider => {
            actions::reconsider(tx, id, seen, form.text("reason")).await?;
        }
        SupportAct::Schedule => {
            let unknown = || SupportError::fault("/expert", "expert-unknown", words::UNKNOWN_PERSON);
            let input = ScheduleInput {
                expert: person.ok_or_else(unknown)?,
                starts_on: form.text("starts_on").to_owned(),
                starts_time: form.text("starts_time").to_owned(),
                ends_on: form.text("ends_on").to_owned(),
                ends_time: form.text("ends_time").to_owned(),
                tie_reason: form.text("tie_reason").to_owned(),
            };
            Box::pin(actions::schedule(tx, id, seen, &input)).await?;
        }
        SupportAct::Postpone => {
            let days = ["starts_on", "starts_time", "ends_on", "ends_time"].map(|name| form.text(name));
            Box::pin(actions::postpone(tx, id, seen, days, form.text("reason"))).await?;
        }
        SupportAct::Perform => {
            let input = PerformInput { minutes: number("minutes"), persons: form.text("persons").to_owned() };
            Box::pin(actions::perform(tx, id, seen, &input)).await?;
        }
        SupportAct::Report => {
            let input = ReportInput {
                report: form.text("report").to_owned(),
                actions: form.text("actions").to_owned(),
            };
            actions::report(tx, id, seen, &input).await?;
        }
        SupportAct::Rate => {
            let input =
                RateInput { satisfaction: number("satisfaction"), text: form.text("text").to_owned() };
            actions::rate(tx, id, &input).await?;
        }
        SupportAct::Close => {
            actions::close(tx, id, seen).await?;
        }
        SupportAct::Cancel => {
            Box::pin(actions::cancel(tx, id, seen, form.text("reason"))).await?;
        }
    }
    Ok(())
}

/// What it costs; nothing when nothing is typed.
fn cost(form: &FormData) -> std::result::Result<i64, SupportError> {
    match form.optional("cost") {
        None => Ok(0),
        Some(typed) => {
            money::parse(typed).ok_or_else(|| SupportError::fault("/cost", "cost-wrong", words::COST))
        }
    }
}

fn refuse(
    page: &Page,
    whole: &Whole,
    act: SupportAct,
    form: &FormData,
    error: SupportError,
) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let place = |fault: Fault| (fault.pointer, fault.message);
    let errors: FieldErrors = error.faults().into_iter().map(place).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    let typed = form.fields().filter(|(name, _)| *name != CSRF_FIELD);
    let version = whole.dossier.support.version.into();
    let state = FormState::filled(typed).with_errors(errors).with_version(version);
    answer(page, status, whole, act, state, refused)
}
