//! What the short forms of the page of a candidate do.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::{CandidateError, Dossier, actions, labels};
use super::new::errors_of;
use super::show::answer as page_again;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::FormState;
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};

/// The candidate of a number, if the visitor may see them.
pub(super) async fn found(
    page: &Page,
    number: &str,
) -> std::result::Result<entity::ids::CandidateId, CandidateError> {
    Ok(Dossier::by_number(page.app.db.read(), page.actor(), number).await?.candidate.id)
}

/// Goes back to the page, or shows it again with what is wrong.
pub(super) async fn settled(
    page: &Page,
    number: &str,
    kind: &'static str,
    form: &FormData,
    done: std::result::Result<Flash, CandidateError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}"), &said)),
        Err(error)
            if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict)
                || matches!(error, CandidateError::Content(_)) =>
        {
            let status = match error.kind() {
                ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error)).with_prefix(kind);
            page_again(page, status, number, kind, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Says that the path begins.
#[handler]
pub(super) async fn start(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::start_path(&mut tx, id, form.version(), form.text("starts_on")).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::started())
    };
    let done = done.await;
    settled(&page, &number, "parcours", &form, done).await
}

/// Hands the file in.
#[handler]
pub(super) async fn submit(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::submit_file(&mut tx, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::submitted())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// Asks for what lacks.
#[handler]
pub(super) async fn ask(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::ask_completion(&mut tx, id, form.version(), form.text("lack")).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::asked())
    };
    let done = done.await;
    settled(&page, &number, "complements", &form, done).await
}

/// Admits the candidate to sit.
#[handler]
pub(super) async fn admit(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::admit(&mut tx, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::admitted())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// Lets somebody sit again.
#[handler]
pub(super) async fn plan_resit(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::plan_resit(&mut tx, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::resit_planned())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}
