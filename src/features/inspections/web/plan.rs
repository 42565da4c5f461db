//! `/controles/nouveau?agrement={number}`: an inspection to plan.

use askama::Template;
use entity::agreement;
use entity::agreement_request::VisitMode;
use entity::inspection::Trigger;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::error::InspectionError;
use super::super::input::PlanInput;
use super::super::{actions, queries};
use super::labels as words;
use super::{Refused, refusal};
use crate::authz::{Facts, Permission, allows};
use crate::features::inspections::labels;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date;

/// `/controles/nouveau`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/plan.html")]
pub struct PlanPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Triggers; the visit of a request is not planned here.
    pub triggers: Vec<Choice>,
    /// How it is made.
    pub modes: Vec<Choice>,
    /// The form: `agreement_id`, `trigger`, `reason`, `mode`, `due_on`, `follows_id`.
    pub form: FormState,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    agrement: String,
    nature: String,
    avant: String,
    suivi: String,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let form = FormState::filled([
        ("agreement_id", asked.agrement),
        ("trigger", asked.nature),
        ("due_on", asked.avant),
        ("follows_id", asked.suivi),
        ("mode", VisitMode::OnSite.word()),
    ]);
    answer(&page, form, None, StatusCode::OK)
}

fn answer(page: &Page, form: FormState, refused: Refused, status: StatusCode) -> Result<Response> {
    let _planned =
        allows(page.actor(), Permission::InspectionPlan, &Facts::default()).map_err(WebError::from)?;
    let summary = form.summary(words::NOT_DONE);
    let triggers = Trigger::all().filter(|one| *one != Trigger::Initial);
    page.answer_with(
        status,
        &PlanPage {
            shell: page.shell(words::PLAN).with_errors(summary.is_some()),
            summary,
            refused,
            triggers: triggers.map(|one| Choice::new(one.word(), labels::trigger(one))).collect(),
            modes: VisitMode::all().map(|one| Choice::new(one.word(), labels::mode(one))).collect(),
            form,
        },
    )
}

/// What was typed; the right and the inspection that it follows are named by their numbers.
async fn typed(page: &Page, form: &FormData) -> std::result::Result<PlanInput, InspectionError> {
    let conn = page.app.db.read();
    let agreement = by_number(page, form.text("agreement_id")).await?;
    let agreement = agreement
        .ok_or_else(|| InspectionError::fault("/agreement_id", "unknown", labels::refusals::UNKNOWN_RIGHT))?;
    let follows = match form.optional("follows_id") {
        Some(number) => Some(queries::by_number(conn, page.actor(), number).await?.inspection.id),
        None => None,
    };
    let trigger = Trigger::from_word(form.text("trigger"))
        .ok_or_else(|| InspectionError::fault("/trigger", "missing", labels::refusals::TRIGGER_WANTED))?;
    Ok(PlanInput {
        agreement_id: agreement.id,
        site_id: None,
        trigger,
        reason: form.text("reason").to_owned(),
        mode: VisitMode::from_word(form.text("mode")).unwrap_or(VisitMode::OnSite),
        due_on: typed_date::parse(form.text("due_on")),
        follows_id: follows,
    })
}

async fn by_number(
    page: &Page,
    number: &str,
) -> std::result::Result<Option<agreement::Model>, InspectionError> {
    queries::right(page.app.db.read(), page.actor(), number).await
}

#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let input = typed(&page, &form).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = actions::plan(&mut tx, &input).await?;
        tx.commit().await?;
        Ok::<_, InspectionError>(row)
    };
    match done.await {
        Ok(row) => Ok(flash::redirect(&format!("/controles/{}", row.number), &words::said("planifier"))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, state, refused, status)
        }
    }
}
