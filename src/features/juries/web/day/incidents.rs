//! `/jurys/{number}/incidents`: what happened on the day.

use askama::Template;
use entity::ids::{JuryIncidentId, JuryPassageId};
use entity::jury_incident::{self, IncidentKind};
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::actions::day as acts;
use super::super::super::day::input::TypedIncident;
use super::super::super::day::{HEARING, labels};
use super::super::super::{JuryError, wording};
use super::{BEGUN, Here, Refused, Side, Visit, refused, status_of};
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
    /// Why it was withdrawn; none while it counts.
    pub withdrawn: Option<String>,
    /// Where it is withdrawn; empty when it may not be.
    pub withdraw: String,
    /// The form of its withdrawal.
    pub form: FormState,
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
    answer(&page, StatusCode::OK, &number, Returned::default()).await
}

/// What the page comes back with.
#[derive(Default)]
struct Returned {
    /// The form of an incident.
    form: FormState,
    /// The form of the withdrawal of one of them.
    withdrawal: Option<(JuryIncidentId, FormState)>,
    /// What stood in the way.
    refused: Refused,
}

async fn answer(page: &Page, status: StatusCode, number: &str, returned: Returned) -> Result<Response> {
    let Returned { form, withdrawal, refused } = returned;
    let visit = Visit::of(page, number, &BEGUN).await.map_err(WebError::from)?;
    let whole = &visit.day.whole;
    let withdrawal = withdrawal.map(|(id, form)| (id, form.with_prefix(prefix(id))));
    let of_withdrawal = || withdrawal.as_ref().and_then(|(_, form)| form.summary(labels::NOT_RECORDED));
    let summary = form.summary(labels::NOT_RECORDED).or_else(of_withdrawal);
    let form_of = |id: JuryIncidentId| match &withdrawal {
        Some((known, form)) if *known == id => form.clone(),
        _ => FormState::default().with_prefix(prefix(id)),
    };
    let may_withdraw = visit.runs && HEARING.contains(&visit.state());
    let name =
        |id: JuryPassageId| whole.passing(id).map(|one| wording::name(&one.candidate)).unwrap_or_default();
    let row = |one: &jury_incident::Model| IncidentRow {
        hour: wording::hour(*one.happened_at, &whole.session.zone),
        kind: labels::incident(one.kind),
        name: one.passage_id.map(name).unwrap_or_default(),
        description: one.description.clone(),
        withdrawn: one.withdrawn_at.map(|_| one.withdrawn_reason.clone().unwrap_or_default()),
        withdraw: if may_withdraw && one.withdrawn_at.is_none() {
            format!("{}/incidents/{}/retrait", whole.path(), one.id)
        } else {
            String::new()
        },
        form: form_of(one.id),
    };
    let kind = |kind: IncidentKind| Choice::new(kind.word(), labels::incident(kind));
    let context = IncidentsPage {
        shell: page.shell(labels::INCIDENTS).with_errors(summary.is_some() || refused.is_some()),
        summary,
        refused,
        number: whole.session.number.clone(),
        subject: visit.subject(),
        side: visit.side(Here::Incidents),
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

/// Before the fields of the withdrawal of an incident: each has a form of its own.
fn prefix(id: JuryIncidentId) -> String {
    format!("retrait-{id}")
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
        Ok(kind) => {
            return Ok(flash::redirect(&format!("/jurys/{number}/incidents"), &labels::said::told(kind)));
        }
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let told = refused(&error);
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(&page, status, &number, Returned { form: state, refused: told, ..Returned::default() }).await
}

/// Withdraws an incident that was recorded by mistake.
#[handler]
pub(super) async fn withdraw(
    page: Page,
    Path((number, incident)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let id = incident.parse::<Uuid>().map_err(|_| WebError::from(JuryError::NotFound))?;
    let id = JuryIncidentId(id);
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let session = visit.day.whole.session.id;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let gone = acts::withdraw_incident(&mut tx, session, id, form.text("reason"));
        Box::pin(gone).await?;
        tx.commit().await?;
        Ok::<_, JuryError>(())
    };
    let error = match done.await {
        Ok(()) => {
            return Ok(flash::redirect(&format!("/jurys/{number}/incidents"), &labels::said::withdrawn()));
        }
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let told = refused(&error);
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(
        &page,
        status,
        &number,
        Returned { withdrawal: Some((id, state)), refused: told, ..Returned::default() },
    )
    .await
}
