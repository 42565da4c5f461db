//! `/catalogue/sessions/{number}/inscription`: somebody enrols without an account. A link leaves to the address typed; it
//! confirms.

use std::sync::Arc;

use askama::Template;
use entity::enrolment::{self, EnrolmentState};
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Request, Response, Result, handler};

use super::super::input::Typed;
use super::super::labels::terms;
use super::super::shelf::{Entry, shelf};
use super::super::{CatalogueError, actions, labels, queries};
use super::session::context;
use crate::app::App;
use crate::authz::Actor;
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::input::{TypedBuyer, TypedGuardian, TypedPerson};
use crate::features::settings;
use crate::http::web::by_link::bearer;
use crate::http::web::component::Fact;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};
use crate::rules::training::seats::Tally;

/// Under which name the program enrols whoever fills the form.
pub(super) const ACTOR: &str = "catalogue.ask";

/// The answer to somebody who enrolled.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/sent.html")]
pub struct SentPage {
    /// The shell.
    pub shell: Shell,
    /// In brief.
    pub facts: Vec<Fact>,
    /// The address as it was typed.
    pub email: String,
    /// Until when the seat is held; empty for somebody who waits.
    pub until: String,
    /// The rank of somebody who waits.
    pub rank: Option<i32>,
    /// The rule of waiting lists.
    pub rule: String,
    /// Whether the team calls about an adaptation.
    pub adaptation: bool,
    /// The page of the session.
    pub session: String,
}

/// The form is on the page of the session.
#[handler]
pub(super) fn show(Path(number): Path<String>) -> Response {
    Redirect::see_other(format!("/catalogue/sessions/{number}")).into_response()
}

#[handler]
pub(super) async fn send(
    page: PublicPage,
    request: &Request,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    let conn = page.app.db.read();
    let entry = queries::session(conn, &number, page.app.now()).await.map_err(WebError::from)?;
    let typed = typed(&form);
    // What the page showed: whoever was shown a free seat is asked before they wait.
    let wants_seat = form.text("vu") == "place";
    let actor = bearer(request, ACTOR);
    match Box::pin(ask(&page.app, actor, &entry, &typed, wants_seat)).await {
        Ok(row) => sent(&page, &entry, &row).await,
        Err(error) => Box::pin(again(&page, entry, &form, &typed, error)).await,
    }
}

fn typed(form: &FormData) -> Typed {
    let text = |name: &str| form.text(name).to_owned();
    Typed {
        person: TypedPerson {
            family_name: text("family_name"),
            first_names: text("first_names"),
            birth_date: birth_date(form),
            email: text("email"),
            phone: text("phone"),
            postal_address: String::new(),
            job: String::new(),
            guardian: TypedGuardian {
                name: text("guardian/name"),
                email: text("guardian/email"),
                phone: text("guardian/phone"),
            },
            needs_adaptation: form.text("needs_adaptation") == "oui",
            consent: form.ticked("consent"),
        },
        buyer: TypedBuyer {
            kind: text("buyer"),
            siret: text("employer_siret"),
            name: text("employer_name"),
            ..TypedBuyer::default()
        },
        email_checked: form.ticked("email_checked"),
    }
}

/// The date of birth in one text: what is unknown is left out.
fn birth_date(form: &FormData) -> String {
    let (day, month, year) = (form.text("birth_day"), form.text("birth_month"), form.text("birth_year"));
    match (day, month) {
        ("", "") => year.to_owned(),
        ("", month) => format!("{month}/{year}"),
        (day, month) => format!("{day}/{month}/{year}"),
    }
}

/// Enrols, in one act.
async fn ask(
    app: &Arc<App>,
    actor: Actor,
    entry: &Entry,
    typed: &Typed,
    wants_seat: bool,
) -> Result<enrolment::Model, CatalogueError> {
    let rules = settings::enrolment_rules(app.db.read()).await?;
    let asked = typed.read(app.today(), rules.of_age)?;
    let mut tx = app.begin(actor).await?;
    let row = actions::ask(&mut tx, entry.session().id, &asked, wants_seat).await?;
    tx.commit().await?;
    Ok(row)
}

async fn sent(page: &PublicPage, entry: &Entry, row: &enrolment::Model) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let zone = &entry.session().zone;
    let title = if row.state == EnrolmentState::Held { labels::HELD } else { labels::WAITING };
    let facts = vec![
        Fact::new(terms::FACT_TRAINING, entry.session().title.clone()),
        Fact::new(terms::FACT_WHEN, labels::when_whole(&entry.card)),
        Fact::new(terms::FACT_PLACE, labels::whole_place(entry)),
        Fact::new(terms::FACT_REFERENCE, format!("{}-{}", entry.session().number, row.seq)).mono(),
    ];
    let context = SentPage {
        shell: page.shell(title),
        facts,
        email: row.email.clone(),
        until: row.held_until.map(|at| labels::held_until(*at, zone)).unwrap_or_default(),
        rank: row.rank,
        rule: shelf.stamp.rule.clone(),
        adaptation: row.adaptation_asked,
        session: entry.path(),
    };
    page.answer_with(StatusCode::OK, &context)
}

/// The fields of the form, from top to bottom.
const FIELDS: [&str; 11] = [
    "/first_names",
    "/family_name",
    "/email",
    "/phone",
    "/birth_day",
    "/guardian/name",
    "/guardian/email",
    "/guardian/phone",
    "/buyer",
    "/employer_siret",
    "/consent",
];

/// The same page with what was typed and what is wrong.
async fn again(
    page: &PublicPage,
    entry: Entry,
    form: &FormData,
    typed: &Typed,
    error: CatalogueError,
) -> Result<Response> {
    let just_filled = matches!(error, CatalogueError::JustFilled(_));
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let mut faults = FieldErrors::of(&error);
    faults.rename("/birth_date", "/birth_day");
    faults.rename("/people/0", "");
    faults.rename("/people", "");
    let place = |pointer: &str| FIELDS.iter().position(|field| *field == pointer);
    let mut told: Vec<(String, String)> =
        faults.as_slice().iter().map(|fault| (fault.pointer.clone(), fault.message.clone())).collect();
    told.sort_by_key(|(pointer, _)| place(pointer.as_str()));
    let doubtful = typed.meant().is_some() || typed.email_checked;
    let state = FormState::filled(form.fields()).with_errors(told.into_iter().collect());
    let state = if doubtful { state.with_value("email_unusual", "oui") } else { state };
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    // Seats as they are now: another process may have given the last one.
    let entry = if just_filled { Entry { tally: full(entry.tally), ..entry } } else { entry };
    page.answer_with(status, &context(page, &shelf, &entry, state))
}

/// A session whose last seat has just been taken.
fn full(tally: Tally) -> Tally {
    Tally { held: tally.seats, ..tally }
}
