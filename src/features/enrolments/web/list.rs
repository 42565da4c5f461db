//! `/inscriptions`: the enrolments that the visitor may see, the last first; the same as a file.

use askama::Template;
use entity::enrolment::EnrolmentState;
use poem::http::header;
use poem::web::Query;
use poem::{Body, Response, Result, handler};
use sea_orm::ConnectionTrait;
use serde::Deserialize;

use super::super::labels::{self, pages};
use super::super::queries::{self, Filter, Line};
use super::super::{EnrolmentError, actions};
use crate::authz::{Actor, Facts, Permission, may, rules};
use crate::db::{Cursor, Page as DbPage, PageRequest};
use crate::http::web::address::{disposition, with_query};
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters};
use crate::render::{spreadsheet, workbook};

const ROWS: u64 = 25;
const CSV: &str = "inscriptions.csv";
const XLSX: &str = "inscriptions.xlsx";

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
    /// The filters of the file, for whoever may take the list as one.
    pub export: Option<Vec<(&'static str, String)>>,
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

impl Asked {
    fn of(form: &FormData) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self { q: text("q"), etat: text("etat"), session: text("session"), suite: String::new() }
    }

    /// Number of the session, as it is written.
    fn number(&self) -> String {
        self.session.trim().to_uppercase()
    }

    /// The filter; none when no session has the number, which lists nobody.
    async fn filter(
        &self,
        conn: &impl ConnectionTrait,
    ) -> std::result::Result<Option<Filter>, EnrolmentError> {
        let number = self.number();
        let session =
            if number.is_empty() { None } else { queries::session_by_number(conn, &number).await? };
        if !number.is_empty() && session.is_none() {
            return Ok(None);
        }
        Ok(Some(Filter {
            q: self.q.clone(),
            states: EnrolmentState::from_word(&self.etat).into_iter().collect(),
            session: session.map(|session| session.id),
            structure: None,
        }))
    }
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
    let number = asked.number();
    let found = match asked.filter(conn).await? {
        Some(filter) => queries::list(conn, page.actor(), &filter, &wanted).await?,
        None => DbPage { items: Vec::new(), next: None },
    };
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
        export: may(page.actor(), Permission::EnrolmentExport, &Facts::default()).then(|| {
            let kept = [("q", asked.q.clone()), ("etat", asked.etat.clone()), ("session", number.clone())];
            kept.into_iter().filter(|(_, value)| !value.is_empty()).collect()
        }),
        may_enrol: may_enrol(page.actor()),
        is_house,
    })
}

/// The list as a file, with the filters of the page. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, form: FormData) -> Result<Response> {
    let filter = Asked::of(&form).filter(page.app.db.read()).await.map_err(WebError::from)?;
    let filter = filter.ok_or(EnrolmentError::NotFound).map_err(WebError::from)?;
    let book = form.text("format") == "xlsx";
    let format = if book { "xlsx" } else { "csv" };
    let taken = actions::export(&page.app, page.actor().clone(), filter, format).await;
    let taken = taken.map_err(WebError::from)?;
    let (kind, name, body) = if book {
        (workbook::XLSX, XLSX, Body::from(taken.workbook().await.map_err(WebError::from)?))
    } else {
        (spreadsheet::CSV, CSV, Body::from_bytes_stream(taken.stream()))
    };
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_DISPOSITION, disposition(name))
        .header(header::CACHE_CONTROL, "no-store")
        .body(body))
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
