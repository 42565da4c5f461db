//! `/sessions/{number}/demi-journees`: the half-days of a session, one line each.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{TypedSlot, slots_of};
use super::super::load::Whole;
use super::super::{TrainingError, actions, labels, wording};
use super::faults::status_of;
use super::form::opened;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The half-days of a session.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/plan.html")]
pub struct PlanPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// The hour of the place, where it is not that of Paris.
    pub clock: String,
    /// Who is told.
    pub effects: Vec<String>,
    /// The form.
    pub form: FormState,
}

fn answer(page: &Page, status: StatusCode, whole: &Whole, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let seated = whole.people.iter().filter(|one| one.has_seat()).count();
    let people = labels::consequences::people_told(seated);
    let trainers = labels::consequences::trainers_told(whole.trainers().len(), false);
    let context = PlanPage {
        shell: page.shell(labels::acts::SLOTS).with_errors(summary.is_some()),
        summary,
        number: whole.session.number.clone(),
        clock: wording::hour_of(&whole.session.zone).unwrap_or_default(),
        effects: people.into_iter().chain(trainers).collect(),
        form: form.with_version(whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// The half-days as they are.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let form = FormState::filled([("slots", wording::typed_slots(&whole.slots))]);
    answer(&page, StatusCode::OK, &whole, form)
}

/// The half-days of a text; a line that names one that is there keeps its subject and its room.
fn typed(whole: &Whole, text: &str) -> Vec<TypedSlot> {
    let mut typed = slots_of(text);
    for slot in &mut typed {
        let day = crate::rules::typed_date::parse(&slot.day);
        let same = whole.slots.iter().find(|one| Some(one.row.day) == day && starts(one, &slot.starts_time));
        if let Some(one) = same {
            slot.subject.clone_from(&one.row.subject);
            slot.room = one.row.room_id;
            if slot.modality.is_empty() && one.is_on_site() {
                slot.modality = one.row.modality.word();
            }
        }
    }
    typed
}

/// Whether a half-day begins at an hour as it is typed.
fn starts(slot: &super::super::load::Slot, typed: &str) -> bool {
    wording::typed_slots(std::slice::from_ref(slot)).contains(&format!(" {} - ", typed.trim()))
}

/// Records them.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let slots = typed(&whole, form.text("slots"));
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::plan(&mut tx, whole.session.id, form.version(), &slots)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            answer(&page, status, &whole, FormState::filled(form.fields()).with_errors(errors))
        }
    }
}
