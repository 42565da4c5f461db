//! `/jurys/{number}/planifier`, `/reporter`, `/annuler`, `/refuser`, `/retirer`: an act on its own page.

use askama::Template;
use entity::jury_session::{self, JuryMode};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{TypedMove, TypedPlan};
use super::super::load::Whole;
use super::super::state::Event;
use super::super::{JuryError, actions, labels, queries, wording};
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::features::panels::labels as words_of_panels;
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::typed_date::iso;

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/act.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each part of the form")]
pub struct ActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, and each reason.
    pub refused: Option<(String, Vec<String>)>,
    /// Number.
    pub number: String,
    /// Where the form is sent.
    pub action: String,
    /// What the act does.
    pub intro: &'static str,
    /// The session in brief.
    pub margin: Vec<Fact>,
    /// Half-days that the structure wishes.
    pub wishes: Vec<String>,
    /// Whether it asks for a date.
    pub has_date: bool,
    /// The delays of the referential, beside the day.
    pub delays: String,
    /// Whether it asks for a place.
    pub has_place: bool,
    /// Whether it asks for a reason.
    pub has_reason: bool,
    /// The hour of the place, said beside the hours.
    pub zone: String,
    /// Where people sit.
    pub modes: Vec<Choice>,
    /// The form.
    pub form: FormState,
    /// The button.
    pub button: &'static str,
    /// Whether the button takes something away.
    pub danger: bool,
}

const fn verb(event: Event) -> &'static str {
    match event {
        Event::Plan => "planifier",
        Event::Postpone => "reporter",
        Event::Cancel => "annuler",
        Event::Withdraw => "retirer",
        _ => "refuser",
    }
}

/// Who may do it: a structure withdraws what it asked for, the team does the rest.
const fn permission(event: Event) -> Permission {
    match event {
        Event::Withdraw => Permission::JuryWithdraw,
        _ => Permission::JuryManage,
    }
}

/// Acts that take something away from people who were told.
const fn asks_first(event: Event) -> bool {
    matches!(event, Event::Postpone | Event::Cancel | Event::Withdraw)
}

/// The session, if the visitor may do this to it now.
async fn opened(page: &Page, number: &str, event: Event) -> Result<Whole, JuryError> {
    let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), permission(event), &whole.facts(page.actor()))?;
    whole.next(event)?;
    Ok(whole)
}

async fn blank(page: &Page, number: &str, event: Event) -> Result<Response> {
    let whole = opened(page, number, event).await.map_err(WebError::from)?;
    let form = FormState::filled(known(&whole, event));
    answer(page, StatusCode::OK, &whole, event, form, None)
}

/// What is already known, so that nobody types it again.
fn known(whole: &Whole, event: Event) -> Vec<(&'static str, String)> {
    let session = &whole.session;
    if event != Event::Plan {
        return Vec::new();
    }
    let hour = |at: Option<entity::Instant>| {
        let here = at.and_then(|at| local(*at, &session.zone).ok());
        here.map(|here| format!("{:02}:{:02}", here.hour(), here.minute())).unwrap_or_default()
    };
    let day =
        session.starts_at.and_then(|at| local(*at, &session.zone).ok()).map(time::PrimitiveDateTime::date);
    let day = day.or_else(|| whole.wishes.first().map(|wish| wish.day));
    vec![
        ("day", day.map(iso).unwrap_or_default()),
        ("starts_time", hour(session.starts_at)),
        ("ends_time", hour(session.ends_at)),
        ("mode", session.mode.word()),
        ("place", session.place.clone()),
        ("room", session.room.clone()),
    ]
}

fn answer(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    event: Event,
    form: FormState,
    refused: Option<(String, Vec<String>)>,
) -> Result<Response> {
    let words = labels::acts::act(event);
    let summary = form.summary(labels::NOT_RECORDED);
    let wishes = if event == Event::Plan { whole.wishes.as_slice() } else { &[] };
    let wish = |one: &entity::jury_wish::Model| {
        format!("{}, {}", french::long_date(one.day), labels::half(one.half).to_lowercase())
    };
    let context = ActPage {
        shell: page.shell(words.title).with_errors(summary.is_some()),
        summary,
        refused,
        number: whole.session.number.clone(),
        action: format!("{}/{}", whole.path(), verb(event)),
        intro: words.intro,
        margin: margin(whole),
        wishes: wishes.iter().map(wish).collect(),
        has_date: matches!(event, Event::Plan | Event::Postpone),
        delays: words_of_panels::delays(&whole.rules),
        has_place: event == Event::Plan,
        has_reason: event != Event::Plan,
        zone: wording::hour_of(&whole.session.zone).unwrap_or_default(),
        modes: JuryMode::all().map(|one| Choice::new(one.word(), labels::mode(one))).collect(),
        form: form.with_version(whole.session.version.into()),
        button: words.button,
        danger: matches!(event, Event::Cancel | Event::Reject | Event::Withdraw),
    };
    page.answer_with(status, &context)
}

/// The session in brief.
pub(super) fn margin(whole: &Whole) -> Vec<Fact> {
    let session = &whole.session;
    let mut facts = vec![
        Fact::new(labels::STRUCTURE, whole.structure.name.clone()),
        Fact::new(labels::CERTIFICATION, whole.certification.short_title.clone()),
    ];
    let when = wording::when(session);
    if !when.is_empty() {
        facts.push(Fact::new(labels::WHEN, when));
    }
    facts.push(Fact::new(labels::WHERE, wording::place(session)).with_note(labels::mode(session.mode)));
    if !session.accessibility.is_empty() {
        facts.push(Fact::new(labels::ACCESS, session.accessibility.clone()));
    }
    facts.push(Fact::new(
        labels::EXPECTED,
        labels::candidates(usize::try_from(session.expected).unwrap_or_default()),
    ));
    facts
}

async fn perform(
    tx: &mut Tx,
    whole: &Whole,
    event: Event,
    form: &FormData,
) -> Result<jury_session::Model, JuryError> {
    let (id, seen, text) = (whole.session.id, form.version(), |name: &str| form.text(name).to_owned());
    match event {
        Event::Plan => {
            let typed = TypedPlan {
                day: text("day"),
                starts_time: text("starts_time"),
                ends_time: text("ends_time"),
                mode: text("mode"),
                place: text("place"),
                room: text("room"),
            };
            actions::plan(tx, id, seen, &typed).await
        }
        Event::Postpone => {
            let typed =
                TypedMove { day: text("day"), starts_time: text("starts_time"), reason: text("reason") };
            Box::pin(actions::postpone(tx, id, seen, &typed)).await
        }
        Event::Cancel => Box::pin(actions::cancel(tx, id, seen, form.text("reason"))).await,
        Event::Withdraw => actions::withdraw(tx, id, seen, form.text("reason")).await,
        _ => actions::reject(tx, id, seen, form.text("reason")).await,
    }
}

async fn send(page: &Page, number: &str, event: Event, form: &FormData) -> Result<Response> {
    let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await.map_err(WebError::from)?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    let done = match Box::pin(perform(&mut tx, &whole, event, form)).await {
        Ok(done) => done,
        Err(error) => {
            drop(tx);
            return refuse(page, number, event, form, error).await;
        }
    };
    if asks_first(event) && form.text(CONFIRMED) != "oui" {
        let told = queries::told_since(tx.conn(), done.id, mark).await.map_err(WebError::from)?;
        drop(tx);
        return ask(page, &whole, event, form, labels::acts::effects(&whole, &done, &told));
    }
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(&whole.path(), &labels::acts::done(event)))
}

/// The page again, with what was typed.
async fn refuse(
    page: &Page,
    number: &str,
    event: Event,
    form: &FormData,
    error: JuryError,
) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    // The session may have changed meanwhile: when it does not take this act any more, that is what is said.
    let whole = opened(page, number, event).await.map_err(WebError::from)?;
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    let typed = form.fields().filter(|(name, _)| *name != CONFIRMED);
    let state = FormState::filled(typed).with_errors(errors);
    answer(page, status, &whole, event, state, refused)
}

/// The question, with what changes and everybody who is told.
fn ask(page: &Page, whole: &Whole, event: Event, form: &FormData, effects: Vec<String>) -> Result<Response> {
    let words = labels::acts::question(event, &wording::day(&whole.session));
    let typed = form.fields().filter(|(name, _)| *name != CSRF_FIELD && *name != CONFIRMED);
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: labels::title(&whole.structure.name),
        effects,
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{}/{}", whole.path(), verb(event)),
        keep: Link::new(words.keep, whole.path()),
        act: words.act.to_owned(),
        danger: matches!(event, Event::Cancel | Event::Withdraw),
    })
}

#[handler]
pub(super) async fn plan(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, Event::Plan).await
}

#[handler]
pub(super) async fn send_plan(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    Box::pin(send(&page, &number, Event::Plan, &form)).await
}

#[handler]
pub(super) async fn postpone(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, Event::Postpone).await
}

#[handler]
pub(super) async fn send_postpone(
    page: Page,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    Box::pin(send(&page, &number, Event::Postpone, &form)).await
}

#[handler]
pub(super) async fn cancel(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, Event::Cancel).await
}

#[handler]
pub(super) async fn send_cancel(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    Box::pin(send(&page, &number, Event::Cancel, &form)).await
}

#[handler]
pub(super) async fn reject(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, Event::Reject).await
}

#[handler]
pub(super) async fn send_reject(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    Box::pin(send(&page, &number, Event::Reject, &form)).await
}

#[handler]
pub(super) async fn withdraw(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, Event::Withdraw).await
}

#[handler]
pub(super) async fn send_withdraw(
    page: Page,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    Box::pin(send(&page, &number, Event::Withdraw, &form)).await
}
