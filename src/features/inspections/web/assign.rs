//! `/controles/{number}/confier`: who makes an inspection, and when. Those who may not are shown with the reason.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::input::AssignInput;
use super::super::{actions, queries};
use super::labels as words;
use super::{Refused, refusal};
use crate::authz::{Permission, allows};
use crate::features::inspections::labels;
use crate::features::ties;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::ties::Duty;
use crate::rules::typed_date;

/// Somebody who controls.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether nothing refuses.
    pub eligible: bool,
    /// What to know, what refuses first.
    pub reasons: Vec<String>,
}

/// `/controles/{number}/confier`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/assign.html")]
pub struct AssignPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Who controls.
    pub rows: Vec<PersonRow>,
    /// The form.
    pub form: FormState,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    answer(&page, &dossier, FormState::default(), None, StatusCode::OK).await
}

async fn answer(
    page: &Page,
    dossier: &Dossier,
    form: FormState,
    refused: Refused,
    status: StatusCode,
) -> Result<Response> {
    let _assigned =
        allows(page.actor(), Permission::InspectionAssign, &dossier.facts()).map_err(WebError::from)?;
    let conn = page.app.db.read();
    let on = dossier.today(page.app.now());
    let certification = dossier.version.certification_id;
    let found = ties::candidates_for(conn, Duty::Controller, &dossier.structure, certification, on).await;
    let found = found.map_err(InspectionError::from).map_err(WebError::from)?;
    let row = |one: ties::Candidate| PersonRow {
        id: one.expert.id.to_string(),
        name: one.expert.name(),
        eligible: one.eligible,
        reasons: one.reasons,
    };
    let summary = form.summary(words::NOT_DONE);
    page.answer_with(
        status,
        &AssignPage {
            shell: page.shell(words::ASSIGN).with_errors(summary.is_some()),
            summary,
            refused,
            number: dossier.inspection.number.clone(),
            subject: words::title(dossier.inspection.origin, &dossier.structure.name),
            rows: found.into_iter().map(row).collect(),
            form: form.with_version(dossier.inspection.version.into()),
        },
    )
}

fn typed(form: &FormData) -> std::result::Result<AssignInput, InspectionError> {
    let text = |name: &str| form.text(name).to_owned();
    let expert = Uuid::parse_str(form.text("expert_id"))
        .map_err(|_| InspectionError::fault("/expert_id", "missing", labels::refusals::PERSON_WANTED))?;
    Ok(AssignInput {
        expert: expert.into(),
        dates: ["starts_on", "starts_time", "ends_on", "ends_time"].map(text),
        answer_by: typed_date::parse(form.text("answer_by")),
        tie_reason: form.optional("tie_reason").map(str::to_owned),
    })
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let done = async {
        let input = typed(&form)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = Box::pin(actions::assign(&mut tx, dossier.inspection.id, form.version(), &input)).await?;
        tx.commit().await?;
        Ok::<_, InspectionError>(row)
    };
    match done.await {
        Ok(row) => Ok(flash::redirect(&format!("/controles/{}", row.number), &words::said("confier"))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, &dossier, state, refused, status).await
        }
    }
}
