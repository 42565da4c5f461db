//! `/jurys/{number}/incidents`: what happened on the day.

use askama::Template;
use entity::ids::JuryPassageId;
use entity::jury_incident::{self, IncidentKind};
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::actions::day as acts;
use super::super::super::day::input::TypedIncident;
use super::super::super::day::labels;
use super::super::super::{JuryError, wording};
use super::{BEGUN, Refused, Side, Visit, refused, status_of};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRow {
    /// Hour of the place.
    pub hour: String,
    /// What kind.
    pub kind: &'static str,
    /// About whom; empty for the whole session.
    pub name: String,
    /// What happened.
    pub description: String,
}

/// `/jurys/{number}/incidents`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/incidents.html")]
pub struct IncidentsPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// Structure, certification, day.
    pub subject: String,
    /// The margin.
    pub side: Side,
    /// What happened, in order.
    pub incidents: Vec<IncidentRow>,
    /// Whether the visitor may tell something.
    pub may_tell: bool,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Candidates.
    pub passages: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, FormState::default(), None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let visit = Visit::of(page, number, &BEGUN).await.map_err(WebError::from)?;
    let whole = &visit.day.whole;
    let summary = form.summary(labels::NOT_RECORDED);
    let name =
        |id: JuryPassageId| whole.passing(id).map(|one| wording::name(&one.candidate)).unwrap_or_default();
    let row = |one: &jury_incident::Model| IncidentRow {
        hour: wording::hour(*one.happened_at, &whole.session.zone),
        kind: labels::incident(one.kind),
        name: one.passage_id.map(name).unwrap_or_default(),
        description: one.description.clone(),
    };
    let kind = |kind: IncidentKind| Choice::new(kind.word(), labels::incident(kind));
    let context = IncidentsPage {
        shell: page.shell(labels::INCIDENTS).with_errors(summary.is_some() || refused.is_some()),
        summary,
        refused,
        number: whole.session.number.clone(),
        subject: visit.subject(),
        side: visit.side(None),
        incidents: visit.day.incidents.iter().map(row).collect(),
        may_tell: visit.runs && visit.state() == JuryState::Open,
        kinds: IncidentKind::all().map(kind).collect(),
        passages: whole
            .passages
            .iter()
            .map(|one| Choice::new(one.row.id.to_string(), wording::name(&one.candidate)))
            .collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Tells something.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let typed = TypedIncident {
            passage: form.text("passage_id").parse::<Uuid>().ok().map(JuryPassageId),
            kind: form.text("kind").to_owned(),
            description: form.text("description").to_owned(),
            hour: form.text("happened_at").to_owned(),
            at: None,
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let recorded = acts::record_incident(&mut tx, visit.day.whole.session.id, &typed);
        let row = Box::pin(recorded).await?;
        tx.commit().await?;
        Ok::<_, JuryError>(row.kind)
    };
    let error = match done.await {
        Ok(kind) => return Ok(flash::redirect(&format!("/jurys/{number}/incidents"), &labels::told(kind))),
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let told = refused(&error);
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(&page, status, &number, state, told).await
}
