//! `/bpf?annee=2025`: the inputs of the annual return, each line leading to the enrolments that it counts.

use askama::Template;
use poem::http::header;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels::{self, Row};
use super::super::{actions, queries};
use crate::http::web::address::with_query;
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BpfRow {
    /// What it is about.
    pub name: String,
    /// People.
    pub people: String,
    /// Hours to declare.
    pub hours: String,
    /// Hours and minutes really attended.
    pub attended: String,
    /// The enrolments that it counts; empty when none are listed.
    pub href: String,
    /// The sum of the table.
    pub whole: bool,
}

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BpfTable {
    /// Its anchor.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Heading of its first column.
    pub heading: &'static str,
    /// Heading of the people.
    pub people: &'static str,
    /// Its lines.
    pub rows: Vec<BpfRow>,
}

/// `/bpf`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/bpf/show.html")]
pub struct BpfPage {
    /// The shell.
    pub shell: Shell,
    /// The year.
    pub form: FormState,
    /// « 12 sessions tenues en 2025 ».
    pub period: String,
    /// What may still change the figures.
    pub not_final: Option<String>,
    /// The frames.
    pub tables: Vec<BpfTable>,
    /// The same as a file.
    pub file: String,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    annee: String,
}

/// The year of an address: the last that has ended when it says none; a year that cannot be is refused below.
pub(super) fn year_of(page: &Page, typed: &str) -> i32 {
    let typed = typed.trim();
    if typed.is_empty() { queries::last_year(page.app.today()) } else { typed.parse().unwrap_or_default() }
}

fn row(year: i32, one: Row) -> BpfRow {
    let href = one.line.as_ref().filter(|_| one.sum.people > 0).map(|line| {
        let (table, key) = labels::words_of(line);
        let parts = [("annee", year.to_string()), ("tableau", table.to_owned()), ("ligne", key)];
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        with_query("/bpf/inscriptions", &parts)
    });
    let number = |number: u64| french::integer(i64::try_from(number).unwrap_or(i64::MAX));
    BpfRow {
        people: number(one.sum.people),
        hours: number(one.sum.hours()),
        attended: labels::hours(one.sum.minutes),
        href: href.unwrap_or_default(),
        whole: one.line == Some(crate::rules::training::bpf::Line::Total),
        name: one.name,
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let year = year_of(&page, &asked.annee);
    let conn = page.app.db.read();
    let found = queries::read(conn, page.actor(), year, page.app.today()).await.map_err(WebError::from)?;
    let tables = labels::tables(&found).into_iter().map(|table| BpfTable {
        id: table.id,
        title: table.title,
        heading: table.heading,
        people: table.people,
        rows: table.rows.into_iter().map(|one| row(year, one)).collect(),
    });
    let context = BpfPage {
        shell: page.shell(labels::TITLE),
        form: FormState::filled([("annee", year.to_string())]),
        period: labels::period(&found),
        not_final: labels::not_final(&found),
        tables: tables.collect(),
        file: with_query("/bpf.csv", &[("annee", year.to_string().as_str())]),
    };
    page.answer(&context)
}

/// The file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let year = year_of(&page, &asked.annee);
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let file = actions::export(&mut tx, year).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    let name = format!("attachment; filename=\"{}\"", labels::file(year));
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::CACHE_CONTROL, "no-store")
        .body(file))
}
