//! `/bpf/inscriptions?annee=2025&tableau=status&ligne=job_seeker`: the enrolments that a line counts.

use askama::Template;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::queries::{self, Behind};
use super::super::{BpfError, labels};
use super::show::year_of;
use crate::db::{Cursor, PageRequest};
use crate::features::enrolments::dossier::reference;
use crate::features::enrolments::labels as enrolments;
use crate::http::web::address::with_query;
use crate::http::web::component::Pagination;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// Somebody whom the line counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BpfPerson {
    /// Page of the enrolment.
    pub href: String,
    /// Name, as in a list.
    pub name: String,
    /// What people call the enrolment.
    pub reference: String,
    /// Title of the session.
    pub session: String,
    /// When it was.
    pub when: String,
    /// What was attended.
    pub hours: String,
}

impl From<&Behind> for BpfPerson {
    fn from(one: &Behind) -> Self {
        let reference = reference(&one.session, &one.enrolment);
        Self {
            href: format!("/inscriptions/dossiers/{reference}"),
            name: enrolments::pages::in_a_list(&one.enrolment),
            session: one.session.title.clone(),
            when: enrolments::when(&one.session),
            hours: labels::hours(one.entry.minutes.into()),
            reference,
        }
    }
}

/// `/bpf/inscriptions`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/bpf/people.html")]
pub struct BpfPeoplePage {
    /// The shell.
    pub shell: Shell,
    /// The year.
    pub year: String,
    /// What the line is called.
    pub line: String,
    /// The people.
    pub rows: Vec<BpfPerson>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    annee: String,
    tableau: String,
    ligne: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let year = year_of(&page, &asked.annee);
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let read = async {
        let conn = page.app.db.read();
        let found = queries::read(conn, page.actor(), year, page.app.today()).await?;
        let line = labels::line_of(&asked.tableau, &asked.ligne).ok_or_else(BpfError::no_such_line)?;
        let people = queries::behind(conn, &found, &line, &wanted).await?;
        Ok::<_, BpfError>((line, people))
    };
    let (line, people) = read.await.map_err(WebError::from)?;
    let told = year.to_string();
    let address = |after: &str| {
        let parts = [
            ("annee", told.as_str()),
            ("tableau", asked.tableau.as_str()),
            ("ligne", asked.ligne.as_str()),
            ("suite", after),
        ];
        with_query("/bpf/inscriptions", &parts)
    };
    let context = BpfPeoplePage {
        shell: page.shell(labels::BEHIND),
        line: labels::line(&line),
        rows: people.items.iter().map(Into::into).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: people.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        year: told.clone(),
    };
    page.answer(&context)
}
