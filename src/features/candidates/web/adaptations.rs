//! `/candidats/{number}/adaptations`: the measures agreed for somebody, apart from their file. Opening the page is kept in
//! the journal.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::adaptations::{self, Agreed};
use super::super::input::TypedAdaptation;
use super::super::livret::labels as words;
use super::super::{CandidateError, Dossier, actions, labels};
use super::new::errors_of;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline::local;

/// A measure.
#[derive(Clone)]
pub struct MeasureRow {
    /// What was agreed.
    pub measure: String,
    /// When the person said yes.
    pub consent: String,
    /// When it ended; empty while it is in force.
    pub ended: String,
    /// Where it is ended; empty once it is.
    pub end: String,
}

/// `/candidats/{number}/adaptations`.
#[derive(Template, Clone)]
#[template(path = "web/candidates/adaptations.html")]
pub struct AdaptationsPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the file.
    pub number: String,
    /// Who.
    pub name: String,
    /// Those in force first.
    pub measures: Vec<MeasureRow>,
    /// The form of a measure.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, FormState::default()).await
}

async fn answer(page: &Page, status: StatusCode, number: &str, form: FormState) -> Result<Response> {
    let read = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await?;
        let found = adaptations::read(&page.app, page.actor(), &dossier).await?;
        Ok::<_, CandidateError>((dossier, found))
    };
    let (dossier, found) = read.await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED);
    page.answer_with(
        status,
        &AdaptationsPage {
            shell: page.shell(words::ADAPTATIONS).with_errors(summary.is_some()),
            summary,
            number: dossier.candidate.number.clone(),
            name: dossier.name(),
            measures: found.iter().map(|one| measure(&dossier, one)).collect(),
            form,
        },
    )
}

fn measure(dossier: &Dossier, one: &Agreed) -> MeasureRow {
    let at = one.row.ended_at.and_then(|at| local(*at, &dossier.structure.zone).ok());
    MeasureRow {
        measure: one.measure.clone(),
        consent: words::consented(one.row.consented_on),
        ended: at.map(|at| words::ended(&french::date(at.date()))).unwrap_or_default(),
        end: match one.row.ended_at {
            Some(_) => String::new(),
            None => format!("{}/adaptations/{}/terminer", dossier.path(), one.row.id),
        },
    }
}

/// Agrees on a measure.
#[handler]
pub(super) async fn agree(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedAdaptation { measure: text("measure"), consented_on: text("consented_on") };
        let sealed = adaptations::seal(&page.app, page.actor(), &dossier, &typed)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::agree_adaptation(&mut tx, dossier.candidate.id, &sealed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::adaptation_agreed())
    };
    let done = done.await;
    settled(&page, &number, &form, done).await
}

/// Ends a measure.
#[handler]
pub(super) async fn end(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::end_adaptation(&mut tx, dossier.candidate.id, id.into()).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::adaptation_ended())
    };
    let done = done.await;
    settled(&page, &number, &form, done).await
}

async fn settled(
    page: &Page,
    number: &str,
    form: &FormData,
    done: std::result::Result<Flash, CandidateError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}/adaptations"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
