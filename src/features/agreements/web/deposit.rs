//! `POST /agrements/{ref}/fournir` and `…/justifier-reserve`: files that come to a file outside its draft, one at a time.
//! Each is kept before the transaction that records it, once the person and the state of the file allow it.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::act::Act;
use super::doing::{Problem, Returned};
use super::{file, pieces_step};
use crate::authz::{self, Permission};
use crate::error::{DomainError, ErrorKind};
use crate::features::agreements::actions::right::{self, ProofInput};
use crate::features::agreements::{AgreementError, Dossier, pieces, queries, state};
use crate::http::web::flash;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError};
use crate::storage::receive::receive;

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

/// What proves that a reserve is done.
#[handler]
pub(super) async fn prove(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    match keep_proof(&page, &dossier, &form).await {
        Ok(()) => {
            let told = "Les responsables de certification reçoivent un message et la vérifient.";
            let path = format!("{}#droit", dossier.path());
            Ok(flash::redirect(&path, &Flash::done("Preuve déposée.", told)))
        }
        Err(error) => refused(&page, Act::ProveReserve, &dossier, &form, error).await,
    }
}

async fn keep_proof(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<(), AgreementError> {
    let _granted = authz::allows(page.actor(), Permission::AgreementProve, &dossier.facts())?;
    let around = queries::attachments(page.app.db.read(), &dossier.request).await?;
    let agreement = around.agreement.ok_or(AgreementError::NotFound)?.id;
    let reserve = Uuid::parse_str(form.text("reserve")).map_err(|_| AgreementError::NotFound)?;
    let Some(file) = form.file("file") else {
        return Err(AgreementError::fault("/file", "file-missing", "Choisissez un fichier"));
    };
    let received = receive(&page.app, page.actor(), &file.name, file.content.clone()).await?;
    let input = ProofInput {
        file_name: pieces_step::plain_name(&file.name),
        sha256: received.sha256,
        size: received.size,
        media_type: received.kind.media_type(),
        note: form.text("note").to_owned(),
    };
    let mut tx = page.app.begin(page.actor().clone()).await?;
    right::prove_reserve(&mut tx, agreement, reserve.into(), input).await?;
    tx.commit().await?;
    Ok(())
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
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
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
