//! `/inscriptions/dossiers/{reference}/adaptations`: the measures agreed for somebody, apart from their enrolment. Opening the
//! page is kept in the journal.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::adaptations::{self, Agreed};
use super::super::input::TypedAdaptation;
use super::super::labels::{self, pages, said};
use super::super::queries::{self, Line};
use super::super::{EnrolmentError, actions};
use super::act::errors_of;
use super::list::path;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::day_in_zone;

/// A measure.
#[derive(Clone)]
pub struct EnrolmentMeasureRow {
    /// What was agreed.
    pub measure: String,
    /// When the person said yes.
    pub consent: String,
    /// When it ended; empty while it is in force.
    pub ended: String,
    /// Where it is ended; empty once it is.
    pub end: String,
}

/// `/inscriptions/dossiers/{reference}/adaptations`.
#[derive(Template, Clone)]
#[template(path = "web/enrolments/adaptations.html")]
pub struct EnrolmentAdaptationsPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What people call the enrolment.
    pub reference: String,
    /// Who.
    pub name: String,
    /// Whether the person said that an adaptation would help.
    pub asked: bool,
    /// Those in force first.
    pub measures: Vec<EnrolmentMeasureRow>,
    /// The form of a measure.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &reference, FormState::default()).await
}

async fn answer(page: &Page, status: StatusCode, reference: &str, form: FormState) -> Result<Response> {
    let read = async {
        let line = queries::by_reference(page.app.db.read(), page.actor(), reference).await?;
        let found = adaptations::read(&page.app, page.actor(), (&line.enrolment, &line.session)).await?;
        Ok::<_, EnrolmentError>((line, found))
    };
    let (line, found) = read.await.map_err(WebError::from)?;
    let summary = form.summary(pages::NOT_RECORDED);
    page.answer_with(
        status,
        &EnrolmentAdaptationsPage {
            shell: page.shell(pages::ADAPTATIONS).with_errors(summary.is_some()),
            summary,
            reference: line.reference(),
            name: pages::in_a_sentence(&line.enrolment),
            asked: line.enrolment.adaptation_asked,
            measures: found.iter().map(|one| measure(&line, one)).collect(),
            form,
        },
    )
}

fn measure(line: &Line, one: &Agreed) -> EnrolmentMeasureRow {
    let ended = one.row.ended_at.map(|at| labels::ended(day_in_zone(*at, &line.session.zone)));
    EnrolmentMeasureRow {
        measure: one.measure.clone(),
        consent: labels::consented(one.row.consented_on),
        ended: ended.unwrap_or_default(),
        end: match one.row.ended_at {
            Some(_) => String::new(),
            None => format!("{}/adaptations/{}/terminer", path(line), one.row.id),
        },
    }
}

/// Agrees on a measure.
#[handler]
pub(super) async fn agree(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let line = queries::by_reference(page.app.db.read(), page.actor(), &reference).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedAdaptation { measure: text("measure"), consented_on: text("consented_on") };
        let sealed = adaptations::seal(&page.app, page.actor(), (&line.enrolment, &line.session), &typed)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::agree_adaptation(&mut tx, line.enrolment.id, &sealed).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(said::adaptation_agreed())
    };
    let done = done.await;
    settled(&page, &reference, &form, done).await
}

/// Ends a measure.
#[handler]
pub(super) async fn end(
    page: Page,
    Path((reference, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let line = queries::by_reference(page.app.db.read(), page.actor(), &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::end_adaptation(&mut tx, line.enrolment.id, id.into()).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(said::adaptation_ended())
    };
    let done = done.await;
    settled(&page, &reference, &form, done).await
}

async fn settled(
    page: &Page,
    reference: &str,
    form: &FormData,
    done: std::result::Result<Flash, EnrolmentError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/inscriptions/dossiers/{reference}/adaptations"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, reference, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
