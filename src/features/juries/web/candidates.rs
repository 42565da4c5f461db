//! `/jurys/{number}/candidats`: who is heard, and in which order.

use askama::Template;
use entity::candidate;
use entity::ids::CandidateId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::load::Whole;
use super::super::state::takes_candidates;
use super::super::{JuryError, actions, labels, queries, wording};
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date;

/// A candidate who may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Number and birth date.
    pub note: String,
    /// Whether they are chosen.
    pub chosen: bool,
    /// Their turn; empty when they have none.
    pub rank: String,
}

/// `/jurys/{number}/candidats`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/candidates.html")]
pub struct CandidatesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Option<String>,
    /// Number.
    pub number: String,
    /// The candidates, those chosen first.
    pub rows: Vec<ChoiceRow>,
    /// The form.
    pub form: FormState,
}

async fn opened(page: &Page, number: &str) -> Result<Whole, JuryError> {
    let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::JuryCandidates, &whole.facts(page.actor()))?;
    if takes_candidates(whole.session.state) { Ok(whole) } else { Err(JuryError::ListClosed) }
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &whole, FormState::default(), None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    form: FormState,
    refused: Option<String>,
) -> Result<Response> {
    let others = queries::eligible(page.app.db.read(), page.actor(), whole).await.map_err(WebError::from)?;
    let chosen = whole.passages.iter().map(|one| row(&one.candidate, Some(one.row.position)));
    let others = others.iter().map(|one| row(one, None));
    let summary = form.summary(labels::NOT_RECORDED);
    let context = CandidatesPage {
        shell: page.shell(labels::CANDIDATES).with_errors(summary.is_some()),
        summary,
        refused,
        number: whole.session.number.clone(),
        rows: chosen.chain(others).collect(),
        form: form.with_version(whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

fn row(candidate: &candidate::Model, position: Option<i32>) -> ChoiceRow {
    let born = typed_date::parse(&candidate.birth_date).map(crate::render::french::date);
    ChoiceRow {
        id: candidate.id.to_string(),
        name: wording::name(candidate),
        note: labels::candidate_note(&candidate.number, born.as_deref()),
        chosen: position.is_some(),
        rank: position.map(|rank| rank.to_string()).unwrap_or_default(),
    }
}

/// The candidates that are ticked, in the order of the turns that were typed; those without a turn come last.
fn ticked(form: &FormData) -> Vec<CandidateId> {
    let ids = form.all("candidats").into_iter().filter_map(|id| id.parse::<Uuid>().ok());
    let mut found: Vec<(u32, Uuid)> =
        ids.map(|id| (form.text(&format!("rang-{id}")).trim().parse().unwrap_or(u32::MAX), id)).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, id)| CandidateId(id)).collect()
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let whole = opened(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::choose(&mut tx, whole.session.id, form.version(), &ticked(&form)).await?;
        tx.commit().await?;
        Ok::<_, JuryError>(whole)
    };
    let error = match done.await {
        Ok(whole) => return Ok(flash::redirect(&whole.path(), &labels::acts::chosen())),
        Err(error) => error,
    };
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let mut errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    // The boxes have no field of their own: what is wrong with one concerns the whole list.
    errors.rename("/candidates", "");
    for rank in 0..form.all("candidats").len() {
        errors.rename(&format!("/candidates/{rank}"), "");
    }
    let refused = errors.is_empty().then(|| error.detail());
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(&page, status, &whole, state, refused).await
}
