//! `/qualite/enquetes`: the surveys that the visitor may see.

use askama::Template;
use entity::survey::{SurveyKind, SurveyState};
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::events::title;
use super::super::labels::{self, pages as words};
use super::super::queries::{self, Filter};
use crate::authz::{Facts, Permission, allows_somewhere, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// A survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRow {
    /// Its page.
    pub href: String,
    /// What it is about.
    pub title: String,
    /// Number of its session; empty when it is not about one.
    pub number: String,
    /// Who is asked.
    pub kind: &'static str,
    /// How many answered.
    pub rate: String,
    /// Where it stands.
    pub status: Status,
}

/// `/qualite/enquetes`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/surveys/list.html")]
pub struct SurveysPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// Who is asked.
    pub kinds: Vec<Choice>,
    /// Where they stand.
    pub states: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The surveys, latest first.
    pub rows: Vec<SurveyRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may ask partners.
    pub may_ask: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    public: String,
    etat: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::SurveyView, &Facts::default()).map_err(WebError::from)?;
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let filter =
        Filter { kind: SurveyKind::from_word(&asked.public), state: SurveyState::from_word(&asked.etat) };
    let found =
        queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let kind = filter.kind.map(SurveyKind::word).unwrap_or_default();
    let state = filter.state.map(SurveyState::word).unwrap_or_default();
    let address = |after: &str| {
        let parameters = [("public", kind.as_str()), ("etat", state.as_str()), ("suite", after)];
        with_query("/qualite/enquetes", &parameters)
    };
    let context = SurveysPage {
        shell: page.shell(words::SURVEYS),
        form: FormState::filled([("public", kind.clone()), ("etat", state.clone())]),
        kinds: SurveyKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        states: SurveyState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        filtered: filter.kind.is_some() || filter.state.is_some(),
        rows: found
            .items
            .iter()
            .map(|line| SurveyRow {
                href: format!("/qualite/enquetes/{}", line.survey.id),
                title: title(&line.survey, line.session.as_ref()),
                number: line.session.as_ref().map(|session| session.number.clone()).unwrap_or_default(),
                kind: labels::kind(line.survey.kind),
                rate: labels::rate(line.survey.answered, line.survey.invited),
                status: labels::state(line.survey.state),
            })
            .collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_ask: may_somewhere(page.actor(), Permission::SurveyManage),
    };
    page.answer(&context)
}
