//! `POST /agrements/{ref}/fournir`: files that come to a file outside its draft, one at a time. Each is kept before the
//! transaction that records it, once the person and the state of the file allow it.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::act::Act;
use super::doing::{Problem, Returned};
use super::{file, pieces_step};
use crate::authz::{self, Permission};
use crate::error::{DomainError, ErrorKind};
use crate::features::agreements::{AgreementError, Dossier, pieces, queries, state};
use crate::http::web::flash;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError};

/// A piece that a committee waits for.
#[handler]
pub(super) async fn supply(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    let code = form.text("code");
    let done = match open(&page, &dossier) {
        Ok(()) => pieces_step::receive(&page, &dossier, code, &form).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let title = pieces::kind(code).map_or("", |kind| kind.title.as_str());
            let path = format!("{}#pieces", dossier.path());
            Ok(flash::redirect(&path, &Flash::done("Pièce déposée.", title)))
        }
        Err(error) => refused(&page, Act::Supply, &dossier, &form, error).await,
    }
}

fn open(page: &Page, dossier: &Dossier) -> std::result::Result<(), AgreementError> {
    let _granted = authz::allows(page.actor(), Permission::RequestEdit, &dossier.facts())?;
    Ok(state::takes_pieces(dossier.request.state)?)
}

/// The file again, with what was typed; a browser never sends a file back, so it is chosen again.
async fn refused(
    page: &Page,
    act: Act,
    dossier: &Dossier,
    form: &FormData,
    error: AgreementError,
) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid | ErrorKind::TooLarge => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let problem = errors.is_empty().then(|| Problem::new(error.detail(), Vec::new()));
    let typed = FormState::filled(form.fields())
        .with_errors(errors)
        .with_version(dossier.request.version.into())
        .with_prefix(act.verb());
    file::answer(page, dossier, Some(Returned { act, form: typed, problem, status })).await
}
