//! Whether a candidate came, from the page of their turn.

use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::super::actions::day as acts;
use super::super::super::day::input::TypedPresence;
use super::super::super::day::labels;
use super::super::super::{JuryError, wording};
use super::hearing::{Returned, answer};
use super::{BEGUN, Visit, refused, status_of};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};

/// Records a presence or an absence.
#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, turn)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let (session, passage) = (visit.day.whole.session.id, visit.turn(&turn)?.row.id);
        let typed = TypedPresence {
            presence: form.text("presence").to_owned(),
            document: form.text("identity_document").to_owned(),
            reason: form.text("reason").to_owned(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let recorded = acts::record_presence(&mut tx, session, passage, form.version(), &typed);
        let came = Box::pin(recorded).await?.presence;
        tx.commit().await?;
        Ok::<_, JuryError>(labels::said::arrived(&wording::name(&visit.turn(&turn)?.candidate), came))
    };
    match done.await {
        Ok(said) => Ok(flash::redirect(&format!("/jurys/{number}/passages/{turn}"), &said)),
        Err(error) => {
            let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
            let told = refused(&error);
            let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(
                &page,
                status,
                (&number, &turn),
                Returned { presence: Some(state), refused: told, ..Returned::default() },
            )
            .await
        }
    }
}
