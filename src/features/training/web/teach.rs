//! `/sessions/{number}/animation`: who teaches. People are found by their name or their number.

use askama::Template;
use entity::ids::{ExpertId, TrainingSlotId};
use entity::training_trainer::TrainerStanding;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedTeaching;
use super::super::load::Whole;
use super::super::{TrainingError, actions, labels, queries, wording};
use super::faults::status_of;
use super::form::opened;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Who teaches.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/teach.html")]
pub struct TeachPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// What the programme asks of those who teach; may be empty.
    pub asked: &'static str,
    /// The search.
    pub search: FormState,
    /// People found.
    pub people: Vec<Choice>,
    /// What they are to the body.
    pub standings: Vec<Choice>,
    /// Half-days.
    pub slots: Vec<Choice>,
    /// The form.
    pub form: FormState,
    /// Those who teach, for the form that removes them.
    pub teaching: Vec<Choice>,
    /// That form.
    pub removal: FormState,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

async fn answer(
    page: &Page,
    status: StatusCode,
    whole: &Whole,
    q: &str,
    (form, removal): (FormState, FormState),
) -> Result<Response> {
    let found = queries::people(page.app.db.read(), page.actor(), q).await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED).or_else(|| removal.summary(labels::NOT_RECORDED));
    let mut teaching: Vec<Choice> = Vec::new();
    for one in whole.slots.iter().flat_map(|slot| &slot.trainers) {
        let id = one.row.expert_id.to_string();
        if teaching.iter().all(|known| known.value != id) {
            teaching.push(Choice::new(id, one.expert.name()));
        }
    }
    let version = whole.session.version;
    let context = TeachPage {
        shell: page.shell(labels::acts::TEACHING).with_errors(summary.is_some()),
        summary,
        number: whole.session.number.clone(),
        asked: labels::acts::right(whole.programme.trainer_right),
        search: FormState::filled([("q", q)]),
        people: found
            .iter()
            .map(|row| Choice::new(row.id.to_string(), row.name()).with_help(row.number.clone()))
            .collect(),
        standings: TrainerStanding::all().map(|one| Choice::new(one.word(), labels::standing(one))).collect(),
        slots: whole
            .slots
            .iter()
            .map(|slot| Choice::new(slot.row.id.to_string(), wording::half_day(&slot.row)))
            .collect(),
        form: form.with_version(version.into()).with_prefix("confier"),
        teaching,
        removal: removal.with_version(version.into()).with_prefix("retirer"),
    };
    page.answer_with(status, &context)
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let forms = (FormState::filled([("standing", "external")]), FormState::default());
    answer(&page, StatusCode::OK, &whole, &asked.q, forms).await
}

/// Somebody teaches.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let expert = form.text("expert").parse::<Uuid>().ok().map(ExpertId);
        let unknown = || TrainingError::fault("/expert_id", "unknown", labels::faults::UNKNOWN_EXPERT);
        let slots = form.all("slot_ids").into_iter().filter_map(|id| id.parse::<Uuid>().ok());
        let slots: Vec<TrainingSlotId> = slots.map(TrainingSlotId).collect();
        let typed = TypedTeaching {
            expert: expert.ok_or_else(unknown)?,
            standing: form.text("standing").to_owned(),
            slots,
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::assign(&mut tx, whole.session.id, form.version(), &typed)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, &whole, form.text("q"), (state, FormState::default())).await
        }
    }
}

/// Somebody teaches no more.
#[handler]
pub(super) async fn remove(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let expert = form.text("expert").parse::<Uuid>().ok().map(ExpertId);
        let unknown = || TrainingError::fault("/expert_id", "unknown", labels::faults::TEACHES_NOTHING);
        let person = expert.ok_or_else(unknown)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let reason = form.text("reason");
        Box::pin(actions::remove(&mut tx, whole.session.id, form.version(), person, reason)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, &whole, "", (FormState::default(), state)).await
        }
    }
}
