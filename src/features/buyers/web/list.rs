//! `/mes-formations`: the people whom a structure enrols, their sessions and half-days, what is to be signed.

use askama::Template;
use entity::enrolment::EnrolmentState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels;
use super::super::queries::{self, Trainee};
use crate::db::{Cursor, PageRequest};
use crate::features::enrolments::EnrolmentError;
use crate::features::enrolments::labels as enrolments;
use crate::features::enrolments::queries::Filter;
use crate::features::papers::web::PaperRow;
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Link, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// Somebody in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedPerson {
    /// Page of the enrolment.
    pub href: String,
    /// Name, as in a list.
    pub name: String,
    /// What people call the enrolment.
    pub reference: String,
    /// Title of the session.
    pub session: String,
    /// When and where it is.
    pub when: String,
    /// What was attended; empty before the session.
    pub attended: String,
    /// What was missed; may be empty.
    pub missed: String,
    /// Papers.
    pub papers: Vec<Link>,
    /// Where the enrolment stands.
    pub status: Status,
    /// The rank, or until when; may be empty.
    pub beside: String,
}

impl From<&Trainee> for FollowedPerson {
    fn from(one: &Trainee) -> Self {
        let (row, session) = (&one.line.enrolment, &one.line.session);
        let reference = one.line.reference();
        let paper = |paper: &entity::training_document::Model| {
            let path = format!("/sessions/{}/papiers/{}", session.number, paper.seq);
            Link::new(labels::paper(paper), path)
        };
        Self {
            href: format!("/inscriptions/dossiers/{reference}"),
            name: enrolments::pages::in_a_list(row),
            session: session.title.clone(),
            when: format!("{}, {}", enrolments::when(session), enrolments::place(session)),
            attended: labels::attended(one.attended),
            missed: labels::missed(one.attended),
            papers: one.papers.iter().map(paper).collect(),
            status: enrolments::state(row.state),
            beside: enrolments::pages::beside(row, session),
            reference,
        }
    }
}

/// `/mes-formations`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/buyers/list.html")]
pub struct FollowedPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// Papers to sign.
    pub to_sign: Vec<PaperRow>,
    /// The people.
    pub rows: Vec<FollowedPerson>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    suite: String,
}

/// The page, for whoever has the account of a structure.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    if page.actor().structures().next().is_none() {
        return Err(WebError::from(EnrolmentError::NotFound).into());
    }
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let state = EnrolmentState::from_word(&asked.etat);
    let filter = Filter { q: asked.q.clone(), states: state.into_iter().collect(), ..Filter::default() };
    let conn = page.app.db.read();
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let to_sign = queries::to_sign(conn, page.actor()).await.map_err(WebError::from)?;
    let address = |after: &str| {
        let parts = [("q", asked.q.as_str()), ("etat", asked.etat.as_str()), ("suite", after)];
        with_query("/mes-formations", &parts)
    };
    let context = FollowedPage {
        shell: page.shell(labels::TITLE),
        form: FormState::filled([("q", asked.q.clone()), ("etat", asked.etat.clone())]),
        states: EnrolmentState::all()
            .map(|state| Choice::new(state.word(), enrolments::state(state).word))
            .collect(),
        filtered: !asked.q.is_empty() || state.is_some(),
        to_sign: to_sign.iter().map(PaperRow::of).collect(),
        rows: found.items.iter().map(Into::into).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
    };
    page.answer(&context)
}
