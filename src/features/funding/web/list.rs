//! `/financements`: the fundings that the visitor may see, the last first.

use askama::Template;
use entity::funding::{FundingState, Scheme};
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::queries::{self, Filter, Line};
use super::super::{FundingError, labels};
use super::schemes;
use crate::authz::{Permission, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::features::enrolments::labels::pages::in_a_list;
use crate::features::enrolments::queries::by_reference;
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;

const ROWS: u64 = 25;

/// A funding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingRow {
    /// Its page.
    pub href: String,
    /// Name of the person, as in a list.
    pub name: String,
    /// Title of the session.
    pub session: String,
    /// What people call it.
    pub reference: String,
    /// Its scheme.
    pub scheme: &'static str,
    /// Name of the funder; may be empty.
    pub funder: String,
    /// What was agreed; empty before.
    pub amount: String,
    /// Hours done of hours agreed; empty before.
    pub hours: String,
    /// Where it stands.
    pub status: Status,
}

impl FundingRow {
    /// The row of a line.
    #[must_use]
    pub fn of(line: &Line) -> Self {
        let row = &line.funding;
        let agreed = row.amount_cents > 0;
        let if_agreed = |text: String| if agreed { text } else { String::new() };
        Self {
            href: format!("/financements/{}", line.reference()),
            name: in_a_list(&line.enrolment),
            session: line.session.title.clone(),
            reference: line.reference(),
            scheme: labels::scheme(row.scheme),
            funder: row.funder.clone(),
            amount: if_agreed(french::money_cents(row.amount_cents)),
            hours: if_agreed(labels::progress(line.done.done, row.agreed_minutes)),
            status: labels::state(row.state),
        }
    }
}

/// `/financements`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/funding/list.html")]
pub struct FundingsPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Schemes.
    pub schemes: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The fundings.
    pub rows: Vec<FundingRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may record one.
    pub may_record: bool,
    /// Where, for the enrolment that is looked at.
    pub new: String,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    dispositif: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let context = context(&page, &asked).await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn context(page: &Page, asked: &Asked) -> std::result::Result<FundingsPage, FundingError> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let conn = page.app.db.read();
    let enrolment = asked.q.trim().to_uppercase();
    // a reference is that enrolment alone, and not all those that begin like it
    let named = if enrolment.starts_with("SES-") {
        by_reference(conn, page.actor(), &enrolment).await.ok()
    } else {
        None
    };
    let filter = Filter {
        q: if named.is_some() { String::new() } else { asked.q.clone() },
        state: FundingState::from_word(&asked.etat),
        scheme: Scheme::from_word(&asked.dispositif),
        enrolment: named.as_ref().map(|line| line.enrolment.id),
        ..Filter::default()
    };
    let found = queries::list(conn, page.actor(), &filter, &wanted).await?;
    let address = |after: &str| {
        let parts = [
            ("q", asked.q.as_str()),
            ("etat", asked.etat.as_str()),
            ("dispositif", asked.dispositif.as_str()),
            ("suite", after),
        ];
        with_query("/financements", &parts)
    };
    Ok(FundingsPage {
        shell: page.shell(labels::FUNDINGS),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("dispositif", asked.dispositif.clone()),
        ]),
        states: FundingState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        schemes: schemes(),
        filtered: !enrolment.is_empty() || filter.state.is_some() || filter.scheme.is_some(),
        rows: found.items.iter().map(FundingRow::of).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_record: may_somewhere(page.actor(), Permission::FundingManage),
        new: if named.is_some() {
            with_query("/financements/nouveau", &[("inscription", enrolment.as_str())])
        } else {
            "/financements/nouveau".to_owned()
        },
    })
}
