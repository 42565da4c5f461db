//! `/inscriptions/sessions/{number}`: everybody of a session whom the visitor may see, those who wait in the order of their
//! ranks, and the seats that may be offered to them.

use askama::Template;
use entity::enrolment::EnrolmentState;
use entity::training_session;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::labels::{self, pages, said};
use super::super::queries::{self, Line};
use super::super::state::is_live;
use super::super::{EnrolmentError, actions, dossier};
use super::list::{may_enrol, path};
use crate::authz::{Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::features::settings;
use crate::http::web::component::{Fact, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::training::seats::Tally;

/// One person of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionPerson {
    /// Their page.
    pub href: String,
    /// Name, as in a list.
    pub name: String,
    /// Who pays; may be empty.
    pub payer: String,
    /// Where it stands.
    pub status: Status,
    /// The rank, or until when; may be empty.
    pub beside: String,
}

/// `/inscriptions/sessions/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/enrolments/session.html")]
pub struct SessionEnrolmentsPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the session.
    pub number: String,
    /// When and where.
    pub facts: Vec<Fact>,
    /// Those who have a seat, or asked for one.
    pub seated: Vec<SessionPerson>,
    /// Those who wait, in order.
    pub waiting: Vec<SessionPerson>,
    /// Those whose enrolment ended.
    pub gone: Vec<SessionPerson>,
    /// The published rule of the waiting list.
    pub rule: String,
    /// How many seats may be offered now.
    pub to_offer: u32,
    /// Whether somebody may be enrolled.
    pub may_enrol: bool,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, &FormState::default()).await
}

/// What the page shows of a session.
struct Read {
    session: training_session::Model,
    people: Vec<Line>,
    tally: Tally,
    rule: String,
}

async fn answer(page: &Page, status: StatusCode, number: &str, form: &FormState) -> Result<Response> {
    let read = Box::pin(read(page, number)).await.map_err(WebError::from)?;
    let manages = may(page.actor(), Permission::EnrolmentOffer, &dossier::facts_of(&read.session));
    let is_house = page.actor().structures().next().is_none();
    let past = dossier::is_past(&read.session, page.app.now());
    let some = |keep: &dyn Fn(&Line) -> bool| -> Vec<SessionPerson> {
        read.people.iter().filter(|line| keep(line)).map(|line| person(line, is_house)).collect()
    };
    let mut waiting: Vec<&Line> = read.people.iter().filter(|line| waits(line)).collect();
    waiting.sort_by_key(|line| line.enrolment.rank);
    let summary = form.summary(pages::NOT_RECORDED);
    let context = SessionEnrolmentsPage {
        shell: page.shell(read.session.title.clone()).with_errors(summary.is_some()),
        summary,
        number: read.session.number.clone(),
        facts: facts(&read, manages),
        seated: some(&|line| is_live(line.enrolment.state) && !waits(line)),
        waiting: waiting.into_iter().map(|line| person(line, is_house)).collect(),
        gone: some(&|line| !is_live(line.enrolment.state)),
        rule: read.rule.clone(),
        to_offer: if manages && !past { read.tally.to_offer() } else { 0 },
        may_enrol: may_enrol(page.actor()) && !past,
    };
    page.answer_with(status, &context)
}

fn waits(line: &Line) -> bool {
    line.enrolment.state == EnrolmentState::Waitlisted
}

/// A session is read by whoever sees somebody in it, and by the team.
async fn read(page: &Page, number: &str) -> std::result::Result<Read, EnrolmentError> {
    let conn = page.app.db.read();
    let session = queries::session_by_number(conn, number).await?.ok_or(EnrolmentError::NotFound)?;
    let people = queries::of_session(conn, page.actor(), session.id).await?;
    let sees = may(page.actor(), Permission::EnrolmentView, &dossier::facts_of(&session));
    if people.is_empty() && !sees {
        return Err(EnrolmentError::NotFound);
    }
    let tally = queries::tally(conn, session.id).await?;
    let rule = settings::waiting_rules(conn).await?.published();
    Ok(Read { session, people, tally, rule })
}

fn facts(read: &Read, manages: bool) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(labels::facts::WHEN, labels::when(&read.session)),
        Fact::new(labels::facts::WHERE, labels::place(&read.session)),
    ];
    if manages {
        facts.push(Fact::new(labels::facts::SEATS, pages::seats(read.tally)));
    }
    facts
}

fn person(line: &Line, is_house: bool) -> SessionPerson {
    SessionPerson {
        href: path(line),
        name: pages::in_a_list(&line.enrolment),
        payer: if is_house { line.payer.clone() } else { String::new() },
        status: labels::state(line.enrolment.state),
        beside: pages::beside(&line.enrolment, &line.session),
    }
}

/// Offers the free seats to those who wait.
#[handler]
pub(super) async fn offer(page: Page, Path(number): Path<String>, _form: FormData) -> Result<Response> {
    let done = async {
        let found = queries::session_by_number(page.app.db.read(), &number).await?;
        let session = found.ok_or(EnrolmentError::NotFound)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let offered = actions::offer_seats(&mut tx, session.id).await?;
        if offered > 0 {
            tx.commit().await?;
        }
        Ok::<_, EnrolmentError>(said::offered(offered))
    };
    let done = Box::pin(done).await;
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/inscriptions/sessions/{number}"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::default().with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &number, &state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
