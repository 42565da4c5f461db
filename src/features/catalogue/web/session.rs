//! `/catalogue/sessions/{number}`: a session, what it teaches, and the form that enrols.

use askama::Template;
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Request, Response, Result, handler};

use super::super::labels::terms;
use super::super::shelf::{Entry, Shelf, shelf};
use super::super::{json_ld, labels, queries};
use super::programme::lines;
use super::rows::Row;
use super::{handbook, kept};
use crate::features::training::labels as training;
use crate::http::web::component::{Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};

/// `/catalogue/sessions/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/session.html")]
pub struct SessionPage {
    /// The shell.
    pub shell: Shell,
    /// When, where, and how many seats are left.
    pub lead: String,
    /// In brief.
    pub facts: Vec<Fact>,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form; fields are named after the pointers of the API.
    pub form: FormState,
    /// Where it posts.
    pub action: String,
    /// Whether whoever enrols now waits.
    pub full: bool,
    /// The rule of waiting lists.
    pub rule: String,
    /// Who pays.
    pub buyers: Vec<Choice>,
    /// Yes and no.
    pub answers: Vec<Choice>,
    /// What there is to read before one enrols.
    pub reading: Vec<Link>,
    /// Whether the address is to be confirmed although its domain is unusual.
    pub doubtful: bool,
    /// Whether the fields of a legal representative are open.
    pub minor: bool,
    /// Where the session stands, when nobody enrols any more.
    pub status: Option<Status>,
    /// The other sessions of the programme.
    pub others: Vec<Row>,
    /// Its half-days.
    pub slots: Vec<String>,
    /// What one will be able to do.
    pub objectives: Vec<String>,
    /// For whom.
    pub audience: Vec<String>,
    /// What is asked before.
    pub prerequisites: Vec<String>,
    /// How.
    pub methods: Vec<String>,
    /// How it is assessed.
    pub assessment: Vec<String>,
    /// What to bring.
    pub to_bring: Vec<String>,
    /// The page of the programme.
    pub programme: String,
    /// For search engines; empty when nobody enrols.
    pub json_ld: String,
}

#[handler]
pub(super) async fn show(
    page: PublicPage,
    request: &Request,
    Path(number): Path<String>,
) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let Some(entry) = shelf.session(&number) else {
        let entry = queries::session(page.app.db.read(), &number, page.app.now()).await;
        let entry = entry.map_err(WebError::from)?;
        if entry.session().number != number {
            return Ok(Redirect::see_other(entry.path()).into_response());
        }
        return page.answer_with(StatusCode::OK, &context(&page, &shelf, &entry, fresh()));
    };
    if entry.session().number != number {
        return Ok(Redirect::see_other(entry.path()).into_response());
    }
    if !kept::is_anybody(request) {
        return page.answer_with(StatusCode::OK, &context(&page, &shelf, entry, fresh()));
    }
    kept::answer(&shelf, request, &entry.path(), kept::HTML, || {
        let context = context(&page, &shelf, entry, fresh());
        context.render().map_err(poem::error::InternalServerError)
    })
}

/// The form, before anything is typed.
fn fresh() -> FormState {
    FormState::filled([("needs_adaptation", "non")])
}

/// The page of a session, with its form as it is.
pub(super) fn context(page: &PublicPage, shelf: &Shelf, entry: &Entry, form: FormState) -> SessionPage {
    let (session, version) = (entry.session(), &entry.sheet.version);
    let same = shelf.of_programme(session.programme_id);
    let others = same.into_iter().filter(|other| other.session().id != session.id).take(5);
    let assessment =
        format!("{}\n{}\n{}", version.assessment_entry, version.assessment_during, version.assessment_end);
    let has_fault = |name: &str| form.fault(name).is_some();
    let guardian = ["guardian/name", "guardian/email", "guardian/phone"];
    SessionPage {
        shell: page.shell(session.title.clone()).with_errors(form.has_errors()),
        lead: lead(entry),
        facts: facts(entry),
        summary: form.summary(labels::NOT_SENT),
        action: format!("{}/inscription", entry.path()),
        full: entry.tally.is_full(),
        rule: shelf.stamp.rule.clone(),
        buyers: labels::buyers(),
        answers: labels::yes_and_no(),
        reading: handbook::links(shelf),
        doubtful: form.value("email_unusual") == "oui",
        minor: guardian.into_iter().any(|name| has_fault(name) || !form.value(name).is_empty()),
        status: (!entry.open).then(|| training::state(session.state)),
        others: others.map(Row::of).collect(),
        slots: entry.card.slots.iter().map(labels::slot).collect(),
        objectives: lines(&version.objectives),
        audience: lines(&version.audience),
        prerequisites: lines(&version.prerequisites),
        methods: lines(&version.methods),
        assessment: lines(&assessment),
        to_bring: lines(&session.to_bring),
        programme: format!("/catalogue/{}", entry.sheet.programme.slug),
        json_ld: if entry.open { json_ld::session(&page.app, entry) } else { String::new() },
        form,
    }
}

fn lead(entry: &Entry) -> String {
    let when = labels::when_whole(&entry.card);
    let place = labels::town(entry);
    if entry.open {
        format!("{when}. {place}. {}", labels::seats(entry.tally))
    } else {
        format!("{when}. {place}.")
    }
}

fn facts(entry: &Entry) -> Vec<Fact> {
    let (session, version) = (entry.session(), &entry.sheet.version);
    let price = labels::price(session.price_cents, version.vat);
    let contact = if session.contact.trim().is_empty() { &version.contact } else { &session.contact };
    let facts = [
        Fact::new(terms::FACT_REFERENCE, session.number.clone()).mono(),
        Fact::new(terms::FACT_DURATION, labels::duration_of(&entry.card)),
        Fact::new(terms::FACT_PLACE, labels::whole_place(entry)).with_note(session.accessibility.clone()),
        Fact::new(terms::FACT_WAY, session.access.clone()),
        Fact::new(terms::FACT_PRICE, price).with_note(session.price_note.clone()),
        Fact::new(terms::FACT_FUNDING, session.funding_note.clone()),
        Fact::new(terms::FACT_DELAY, labels::enrol_until(session.enrol_until)),
        Fact::new(terms::FACT_RESULTS, version.results_note.clone()),
        Fact::new(terms::FACT_DISABILITY, version.disability_contact.clone()),
        Fact::new(terms::FACT_CONTACT, contact.clone()),
    ];
    facts.into_iter().filter(|fact| !fact.value.trim().is_empty()).collect()
}
