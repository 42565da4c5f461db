//! The step of the pieces: one form for each; a file refused is told next to its form, the others stay.

use entity::request_piece;
use entity::request_piece::PieceState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;

use super::draft::{answer, writable};
use super::draft_form::Stage;
use super::parts::lack;
use super::reading;
use crate::error::{ErrorKind, Fault};
use crate::features::agreements::actions::filing::{self, PieceInput};
use crate::features::agreements::pieces::{self, PieceKind, Validity};
use crate::features::agreements::queries::{Attachments, situation};
use crate::features::agreements::{AgreementError, Dossier, wording};
use crate::http::web::component::CheckMark;
use crate::http::web::flash;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::sent::SentFile;
use crate::http::web::{FormData, Page, WebError};
use crate::render::french;
use crate::storage::receive::receive as received;

/// A piece and its form.
#[derive(Clone, Debug)]
pub struct PieceForm {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What it must contain.
    pub help: String,
    /// It must be there.
    pub mandatory: bool,
    /// Its form asks for the date of the document.
    pub asks_proof_date: bool,
    /// Its form asks for its end date.
    pub asks_end_date: bool,
    /// Sign.
    pub mark: CheckMark,
    /// State, in a word.
    pub word: &'static str,
    /// The file kept; empty when there is none.
    pub kept: String,
    /// Its address.
    pub href: String,
    /// What is wrong with it; may be empty.
    pub lack: String,
    /// Why it is asked again; may be empty.
    pub asked: String,
    /// Key of the version that names it when it is taken back; empty when it may not be.
    pub removes: String,
}

/// Every piece of the situation with its form, in the order of the catalogue.
pub(super) fn piece_forms(
    dossier: &Dossier,
    around: &Attachments,
    versions: &[request_piece::Model],
    today: Date,
    may_remove: bool,
) -> Vec<PieceForm> {
    let situation = situation(&dossier.request);
    let submitted = dossier.request.submitted_at.is_some();
    let kinds = pieces::all().iter().filter(|kind| kind.is_shown(situation));
    let form = |kind: &PieceKind| {
        let form = piece_form(kind, kind.is_mandatory(situation), around, versions, today);
        let help = wording::said_of(&kind.help, &dossier.version.title);
        let piece = around.pieces.iter().find(|piece| piece.code == kind.code);
        let asked = around.asked.iter().any(|asked| asked.code == kind.code);
        let leaves = may_remove && kind.may_leave(situation, submitted, asked);
        let removes = piece.filter(|_| leaves).map(|piece| piece.id.to_string());
        PieceForm { removes: removes.unwrap_or_default(), help, ..form }
    };
    kinds.map(form).collect()
}

fn piece_form(
    kind: &PieceKind,
    mandatory: bool,
    around: &Attachments,
    versions: &[request_piece::Model],
    today: Date,
) -> PieceForm {
    let piece = around.pieces.iter().find(|piece| piece.code == kind.code);
    let asked = around.asked.iter().find(|asked| asked.code == kind.code);
    // A version sent since the return has not been looked at: only the one that was refused is still asked for.
    let answered = piece.is_some_and(|piece| piece.state != PieceState::Rejected);
    let asked = asked.filter(|_| !answered).map(|asked| asked.reason.clone());
    let wanting = piece.map(|piece| lack(kind, piece, today)).unwrap_or_default();
    let (mark, word) = match (piece, &asked, wanting.is_empty()) {
        (Some(_), Some(_), _) => (CheckMark::Waiting, "À remplacer"),
        (None, Some(_), _) => (CheckMark::Waiting, "Demandée"),
        (Some(_), None, true) => (CheckMark::Good, "Déposée"),
        (Some(_), None, false) => (CheckMark::Bad, "À corriger"),
        (None, None, _) => (CheckMark::Open, if mandatory { "À déposer" } else { "Facultative" }),
    };
    let document = piece.and_then(|piece| around.documents.iter().find(|one| one.id == piece.document_id));
    let count = versions.iter().filter(|one| one.code == kind.code).count();
    let kept = document.map_or_else(String::new, |one| {
        let size = french::file_size(u64::try_from(one.size).unwrap_or_default());
        let former = if count > 1 { format!(", version {count}") } else { String::new() };
        format!("{} ({size}{former})", one.file_name)
    });
    PieceForm {
        code: kind.code.clone(),
        title: kind.title.clone(),
        help: String::new(),
        mandatory,
        asks_proof_date: kind.validity == Validity::MaxAge,
        asks_end_date: kind.needs_end_date,
        mark,
        word,
        kept,
        href: document.map_or_else(String::new, |one| format!("/documents/{}", one.id)),
        lack: wanting,
        asked: asked.unwrap_or_default(),
        removes: String::new(),
    }
}

#[handler]
pub(super) async fn upload(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    let code = form.text("code").to_owned();
    match receive(&page, &dossier, &code, &form).await {
        Ok(()) => {
            let path = format!("{}/brouillon?etape=pieces#piece-{code}", dossier.path());
            let title = pieces::kind(&code).map_or("", |kind| kind.title.as_str());
            Ok(flash::redirect(&path, &Flash::done("Pièce déposée.", title)))
        }
        Err(AgreementError::Invalid(faults)) => {
            let named = |fault: Fault| (format!("/{code}{}", fault.pointer), fault.message);
            let errors: FieldErrors = faults.into_iter().map(named).collect();
            refused(&page, &dossier, &code, &form, (StatusCode::UNPROCESSABLE_ENTITY, errors)).await
        }
        Err(AgreementError::Content(error)) => {
            let errors = [(format!("/{code}/file"), error.message())].into_iter().collect();
            let status = match error.kind() {
                ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            refused(&page, &dossier, &code, &form, (status, errors)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn refused(
    page: &Page,
    dossier: &Dossier,
    code: &str,
    form: &FormData,
    (status, errors): (StatusCode, FieldErrors),
) -> Result<Response> {
    let typed =
        ["proof_on", "valid_until"].map(|name| (format!("{code}/{name}"), form.text(name).to_owned()));
    let form = FormState::filled(typed).with_errors(errors).with_version(dossier.request.version.into());
    answer(page, dossier, Stage::Pieces, form, None, status).await
}

/// Keeps the file that a form sends and adds it to the pieces.
///
/// # Errors
/// No file, a date that does not exist, a file refused, and the refusals of the act.
pub(super) async fn receive(
    page: &Page,
    dossier: &Dossier,
    code: &str,
    form: &FormData,
) -> std::result::Result<(), AgreementError> {
    let mut faults = Vec::new();
    let mut date =
        |name| reading::optional_date(form, name).map_err(|fault| faults.push(fault)).unwrap_or(None);
    let (proof_on, valid_until) = (date("proof_on"), date("valid_until"));
    let Some(file) = form.file("file") else {
        faults.insert(0, Fault::new("/file", "file-missing", "Choisissez un fichier"));
        return Err(AgreementError::Invalid(faults));
    };
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    let input = stored(page, code, file, (proof_on, valid_until)).await?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    filing::add_piece(&mut tx, dossier.request.id, input).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the content before the transaction: the store is slow, and a content kept twice is kept once.
async fn stored(
    page: &Page,
    code: &str,
    file: &SentFile,
    dates: (Option<Date>, Option<Date>),
) -> std::result::Result<PieceInput, AgreementError> {
    let kept = received(&page.app, page.actor(), &file.name, file.content.clone()).await?;
    Ok(PieceInput {
        code: code.to_owned(),
        file_name: plain_name(&file.name),
        sha256: kept.sha256,
        size: kept.size,
        media_type: kept.kind.media_type(),
        proof_on: dates.0,
        valid_until: dates.1,
    })
}

/// The name without any folder nor control character, cut to what a list shows.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(150).collect()
}
