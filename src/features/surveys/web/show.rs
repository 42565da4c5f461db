//! `/qualite/enquetes/{id}`: a survey, how many answered and what they said.

use askama::Template;
use entity::survey::SurveyState;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::events::title;
use super::super::labels::{self, pages as words};
use super::super::queries::{self, Whole};
use super::super::questions::Tally;
use super::super::{SurveyError, actions};
use crate::authz::{Facts, Permission, allows, may};
use crate::features::enrolments::dossier::facts_of;
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// The question.
    pub text: String,
    /// The mean; empty for words.
    pub mean: String,
    /// How many gave each answer, best first.
    pub counts: Vec<(String, u32)>,
    /// What was written.
    pub texts: Vec<String>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/surveys/show.html")]
pub struct SurveyShowPage {
    /// The shell.
    pub shell: Shell,
    /// Its address.
    pub at: String,
    /// Who is asked.
    pub kind: &'static str,
    /// Where it stands.
    pub status: Status,
    /// In brief.
    pub margin: Vec<Fact>,
    /// What is asked.
    pub questions: Vec<String>,
    /// What was answered; none while too few people did.
    pub results: Vec<ResultRow>,
    /// Why nothing is shown; empty when something is.
    pub hidden: String,
    /// Version, given back by the forms.
    pub version: i32,
    /// Whether those who did not answer may be reminded, and the survey closed.
    pub may_close: bool,
    /// Whether it may be reopened.
    pub may_reopen: bool,
}

/// What the policy needs to know.
fn facts(whole: &Whole) -> Facts {
    whole.session.as_ref().map(facts_of).unwrap_or_default()
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let whole = queries::get(page.app.db.read(), page.actor(), id.into()).await.map_err(WebError::from)?;
    let row = &whole.survey;
    let manages = may(page.actor(), Permission::SurveyManage, &facts(&whole));
    let zone = whole.session.as_ref().map(|session| session.zone.as_str());
    let mut margin = vec![Fact::new(words::KIND, labels::kind(row.kind))];
    if let Some(session) = &whole.session {
        let href = format!("/sessions/{}", session.number);
        margin.push(Fact::new(words::SESSION, session.number.clone()).mono().to(href));
    }
    margin.push(Fact::new(words::OPENS, words::at(*row.opens_at, zone)));
    margin.push(Fact::new(words::CLOSES, words::at(*row.closes_at, zone)));
    margin.push(Fact::new(words::RATE, labels::rate(row.answered, row.invited)));
    let results = whole.results.as_ref();
    page.answer(&SurveyShowPage {
        shell: page.shell(title(row, whole.session.as_ref())),
        at: format!("/qualite/enquetes/{id}"),
        kind: labels::kind(row.kind),
        status: labels::state(row.state),
        margin,
        questions: whole.questions.iter().map(|question| question.text.clone()).collect(),
        results: results.map(|all| all.iter().map(result).collect()).unwrap_or_default(),
        hidden: if results.is_some() { String::new() } else { words::hidden(row, whole.smallest) },
        version: row.version,
        may_close: manages && row.state == SurveyState::Open,
        may_reopen: manages && row.state == SurveyState::Closed,
    })
}

fn result(tally: &Tally) -> ResultRow {
    ResultRow {
        text: tally.question.text.clone(),
        mean: tally.mean.map(words::mean).unwrap_or_default(),
        counts: words::counts(tally),
        texts: tally.texts.clone(),
    }
}

/// Asks before the survey is closed.
#[handler]
pub(super) async fn confirm_close(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let whole = queries::get(page.app.db.read(), page.actor(), id.into()).await.map_err(WebError::from)?;
    let _allowed = allows(page.actor(), Permission::SurveyManage, &facts(&whole)).map_err(WebError::from)?;
    let path = format!("/qualite/enquetes/{id}");
    let (question, intro, effects) = words::closing(&whole.survey);
    page.answer(&ConfirmationPage {
        shell: page.shell(question),
        intro,
        effects,
        warnings: Vec::new(),
        typed: vec![("version".to_owned(), whole.survey.version.to_string())],
        action: format!("{path}/clore"),
        keep: Link::new(words::KEEP, path),
        act: words::CLOSE.to_owned(),
        danger: true,
    })
}

/// Closes.
#[handler]
pub(super) async fn close(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let acted = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::close(&mut tx, id.into(), form.version()).await?;
        Ok::<_, SurveyError>(tx.commit().await?)
    };
    settled(id, "clore", acted.await)
}

/// Reopens.
#[handler]
pub(super) async fn reopen(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let acted = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::reopen(&mut tx, id.into(), form.version()).await?;
        Ok::<_, SurveyError>(tx.commit().await?)
    };
    settled(id, "rouvrir", acted.await)
}

/// Reminds.
#[handler]
pub(super) async fn remind(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let acted = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::remind(&mut tx, id.into(), form.version()).await?;
        Ok::<_, SurveyError>(tx.commit().await?)
    };
    settled(id, "relancer", acted.await)
}

fn settled(id: Uuid, act: &str, acted: std::result::Result<(), SurveyError>) -> Result<Response> {
    acted.map_err(WebError::from)?;
    Ok(flash::redirect(&format!("/qualite/enquetes/{id}"), &labels::done(act)))
}
