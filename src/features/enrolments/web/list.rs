//! `/inscriptions`: the enrolments that the visitor may see, the last first.

use askama::Template;
use entity::enrolment::EnrolmentState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::EnrolmentError;
use super::super::labels::{self, pages};
use super::super::queries::{self, Filter, Line};
use crate::authz::{Actor, Permission, rules};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// The states that somebody has something to do about, whose counts are shown.
const COUNTED: [EnrolmentState; 5] = [
    EnrolmentState::Requested,
    EnrolmentState::Held,
    EnrolmentState::Offered,
    EnrolmentState::Waitlisted,
    EnrolmentState::Contracted,
];

/// One enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentRow {
    /// Its page.
    pub href: String,
    /// Name, as in a list.
    pub name: String,
    /// What people call it.
    pub reference: String,
    /// Title of the session.
    pub session: String,
    /// When the session is.
    pub when: String,
    /// Who pays; empty for a structure, which sees its own.
    pub payer: String,
    /// Where it stands.
    pub status: Status,
    /// The rank, or until when; may be empty.
    pub beside: String,
}

/// How many enrolments are in a state, and where they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentCounter {
    /// « Demande : 4 ».
    pub label: String,
    /// The list of that state.
    pub href: String,
}

/// `/inscriptions`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/enrolments/list.html")]
pub struct EnrolmentsPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// What waits, by state.
    pub counters: Vec<EnrolmentCounter>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The enrolments.
    pub rows: Vec<EnrolmentRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may enrol somebody.
    pub may_enrol: bool,
    /// Whether the visitor sees several structures.
    pub is_house: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    session: String,
    suite: String,
}

/// Whether some role of this person enrols people, whatever the session.
pub(super) fn may_enrol(actor: &Actor) -> bool {
    rules(Permission::EnrolmentCreate).iter().any(|rule| rule.role.is_some_and(|role| actor.has(role)))
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let context = context(&page, &asked).await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn context(page: &Page, asked: &Asked) -> std::result::Result<EnrolmentsPage, EnrolmentError> {
    let conn = page.app.db.read();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let state = EnrolmentState::from_word(&asked.etat);
    let number = asked.session.trim().to_uppercase();
    let session = if number.is_empty() { None } else { queries::session_by_number(conn, &number).await? };
    let filter = Filter {
        q: asked.q.clone(),
        states: state.into_iter().collect(),
        session: session.as_ref().map(|session| session.id),
        structure: None,
    };
    let mut found = queries::list(conn, page.actor(), &filter, &wanted).await?;
    if !number.is_empty() && session.is_none() {
        // a number that nobody knows lists nobody
        found.items.clear();
        found.next = None;
    }
    let is_house = page.actor().structures().next().is_none();
    let address = |after: &str| {
        let parts = [
            ("q", asked.q.as_str()),
            ("etat", asked.etat.as_str()),
            ("session", number.as_str()),
            ("suite", after),
        ];
        with_query("/inscriptions", &parts)
    };
    let counts = queries::counts(conn, page.actor()).await?;
    let counter = |state: EnrolmentState| {
        let count = counts.get(&state).copied().filter(|count| *count > 0)?;
        let href = with_query("/inscriptions", &[("etat", state.word().as_str())]);
        Some(EnrolmentCounter { label: pages::counter(state, count), href })
    };
    Ok(EnrolmentsPage {
        shell: page.shell(pages::ENROLMENTS),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("session", number.clone()),
        ]),
        states: EnrolmentState::all()
            .map(|state| Choice::new(state.word(), labels::state(state).word))
            .collect(),
        counters: COUNTED.into_iter().filter_map(counter).collect(),
        filtered: !asked.q.is_empty() || state.is_some() || !number.is_empty(),
        rows: found.items.iter().map(|line| row(line, is_house)).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_enrol: may_enrol(page.actor()),
        is_house,
    })
}

fn row(line: &Line, is_house: bool) -> EnrolmentRow {
    let row = &line.enrolment;
    EnrolmentRow {
        href: path(line),
        name: pages::in_a_list(row),
        reference: line.reference(),
        session: line.session.title.clone(),
        when: labels::when(&line.session),
        payer: if is_house { line.payer.clone() } else { String::new() },
        status: labels::state(row.state),
        beside: pages::beside(row, &line.session),
    }
}

/// Address of the page of an enrolment.
pub(super) fn path(line: &Line) -> String {
    format!("/inscriptions/dossiers/{}", line.reference())
}
