//! The acts of an enrolment that need no page.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::EnrolmentError;
use super::super::actions;
use super::super::labels::said;
use super::super::queries;
use super::act::errors_of;
use super::show::answer;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::FormState;
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};
use entity::ids::EnrolmentId;

async fn found(page: &Page, reference: &str) -> std::result::Result<EnrolmentId, EnrolmentError> {
    Ok(queries::by_reference(page.app.db.read(), page.actor(), reference).await?.enrolment.id)
}

/// Goes back to the page, or shows it again with what is wrong.
async fn settled(
    page: &Page,
    reference: &str,
    done: std::result::Result<Flash, EnrolmentError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/inscriptions/dossiers/{reference}"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::default().with_errors(errors_of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, reference, &state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Gives a seat, or a place in the waiting list.
#[handler]
pub(super) async fn take_in(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = Box::pin(actions::take_in(&mut tx, id, form.version())).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(said::taken_in(row.state))
    };
    let done = Box::pin(done).await;
    settled(&page, &reference, done).await
}

/// Takes an offer back.
#[handler]
pub(super) async fn recall(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::recall_offer(&mut tx, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(said::recalled())
    };
    let done = Box::pin(done).await;
    settled(&page, &reference, done).await
}

/// Sends another link to the person.
#[handler]
pub(super) async fn send_link(
    page: Page,
    Path(reference): Path<String>,
    _form: FormData,
) -> Result<Response> {
    let done = async {
        let id = found(&page, &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::send_link(&mut tx, id).await?;
        tx.commit().await?;
        Ok::<_, EnrolmentError>(said::link_sent())
    };
    let done = Box::pin(done).await;
    settled(&page, &reference, done).await
}
