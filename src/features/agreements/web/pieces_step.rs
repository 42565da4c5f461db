//! The step of the pieces: one form sends every file that was chosen; one that is refused is told next to its piece,
//! the others are kept. A date is corrected without its file.

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
use crate::features::agreements::actions::filing::{self, Dates, PieceInput};
use crate::features::agreements::pieces::{self, PieceKind, Validity};
use crate::features::agreements::queries::{self, Attachments, situation};
use crate::features::agreements::{AgreementError, Dossier, wording};
use crate::http::web::component::CheckMark;
use crate::http::web::flash;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::{Flash, Tone};
use crate::http::web::sent::SentFile;
use crate::http::web::{FormData, Page, WebError};
use crate::render::french;
use crate::rules::typed_date::iso;
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
    /// When it arrived, and its own dates; empty when it is missing.
    pub dates: String,
    /// The date of the document, as its field shows it; may be empty.
    pub proof_on: String,
    /// The end of its validity, likewise.
    pub valid_until: String,
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
        let dates = piece.map(|piece| dates(piece, &dossier.structure.zone)).unwrap_or_default();
        PieceForm { removes: removes.unwrap_or_default(), help, dates, ..form }
    };
    kinds.map(form).collect()
}

/// « Reçue le 18 mars 2026, valable jusqu’au 30 juin 2026 ».
fn dates(piece: &request_piece::Model, zone: &str) -> String {
    let received = format!("Reçue le {}", wording::day(*piece.created_at, zone));
    let proof = piece.proof_on.map(|date| format!("document du {}", french::date(date)));
    let end = piece.valid_until.map(|date| format!("valable jusqu’au {}", french::date(date)));
    [Some(received), proof, end].into_iter().flatten().collect::<Vec<_>>().join(", ")
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
        dates: String::new(),
        proof_on: piece.and_then(|piece| piece.proof_on).map(iso).unwrap_or_default(),
        valid_until: piece.and_then(|piece| piece.valid_until).map(iso).unwrap_or_default(),
        removes: String::new(),
    }
}

/// What became of the pieces of a sending.
#[derive(Default)]
struct Sent {
    kept: Vec<&'static PieceKind>,
    errors: FieldErrors,
    away: bool,
}

#[handler]
pub(super) async fn upload(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    let mut sent = receive_all(&page, &dossier, &form).await.map_err(WebError::from)?;
    let pressed = pieces::kind(form.text("code"));
    if sent.kept.is_empty() && sent.errors.is_empty() {
        let at = pressed.map_or_else(String::new, |kind| format!("/{}/file", kind.code));
        sent.errors.push(at, "Choisissez un fichier");
    }
    let dossier = writable(&page, &reference).await.map_err(WebError::from)?;
    if !sent.errors.is_empty() {
        return refused(&page, &dossier, &form, sent).await;
    }
    let place = pressed.or_else(|| sent.kept.first().copied());
    let place = place.map(|kind| format!("#piece-{}", kind.code)).unwrap_or_default();
    let around = queries::attachments(page.app.db.read(), &dossier.request).await.map_err(WebError::from)?;
    let is_filed = |kind: &&'static PieceKind| form.file(&format!("{}/file", kind.code)).is_some();
    let done = match sent.kept.len() {
        _ if !sent.kept.iter().any(is_filed) => "Date corrigée".to_owned(),
        1 => "Pièce déposée".to_owned(),
        count => format!("{count} pièces déposées"),
    };
    let told = said(&done, &sent.kept, &around, dossier.today(page.app.now()));
    Ok(flash::redirect(&format!("{}/brouillon?etape=pieces{place}", dossier.path()), &told))
}

/// What was kept, and what is still wrong with it.
fn said(done: &str, kept: &[&'static PieceKind], around: &Attachments, today: Date) -> Flash {
    let piece = |kind: &PieceKind| around.pieces.iter().find(|piece| piece.code == kind.code);
    let wrong: Vec<_> = kept
        .iter()
        .filter_map(|kind| piece(kind).map(|piece| lack(kind, piece, today)))
        .filter(|lack| !lack.is_empty())
        .collect();
    if wrong.is_empty() {
        let titles: Vec<_> = kept.iter().map(|kind| kind.title.as_str()).collect();
        return Flash::done(format!("{done}."), titles.join(", "));
    }
    let how = "Corrigez la date, ou choisissez un autre fichier.";
    let text = format!("{}. {how}", wrong.join("\u{202f}; "));
    Flash { kind: Tone::Warning, title: format!("{done}, mais à corriger."), text }
}

/// Keeps every file that a form sends, each in a transaction of its own: one that is refused keeps no other away.
async fn receive_all(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<Sent, AgreementError> {
    let around = queries::attachments(page.app.db.read(), &dossier.request).await?;
    let situation = situation(&dossier.request);
    let mut sent = Sent::default();
    let shown: Vec<_> = pieces::all().iter().filter(|kind| kind.is_shown(situation)).collect();
    for kind in shown {
        let piece = around.pieces.iter().find(|piece| piece.code == kind.code);
        match receive_one(page, dossier, (kind, piece), form).await {
            Ok(true) => sent.kept.push(kind),
            Ok(false) => {}
            Err(AgreementError::Invalid(faults)) => {
                for fault in faults {
                    sent.errors.push(format!("/{}{}", kind.code, fault.pointer), fault.message);
                }
            }
            Err(AgreementError::Content(error)) => {
                sent.away |= error.kind() == ErrorKind::Unavailable;
                sent.errors.push(format!("/{}/file", kind.code), error.message());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(sent)
}

/// Keeps what a form sends for one piece: a file with its dates, or its dates alone. False when it sends nothing new.
async fn receive_one(
    page: &Page,
    dossier: &Dossier,
    (kind, piece): (&PieceKind, Option<&request_piece::Model>),
    form: &FormData,
) -> std::result::Result<bool, AgreementError> {
    let name = |field: &str| format!("{}/{field}", kind.code);
    let mut faults = Vec::new();
    let mut date = |field: &str| match reading::optional_date(form, &name(field)) {
        Ok(date) => date,
        Err(fault) => {
            faults.push(Fault::new(format!("/{field}"), fault.code, fault.message));
            None
        }
    };
    let dates = Dates { proof_on: date("proof_on"), valid_until: date("valid_until") };
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    if let Some(file) = form.file(&name("file")) {
        let input = stored(page, &kind.code, file, (dates.proof_on, dates.valid_until)).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        filing::add_piece(&mut tx, dossier.request.id, input).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let is_new = |typed: Option<Date>, known: Option<Date>| typed.is_some() && typed != known;
    let Some(piece) = piece else {
        let typed = dates.proof_on.is_some() || dates.valid_until.is_some();
        let missing = || AgreementError::fault("/file", "file-missing", "Choisissez un fichier");
        return if typed { Err(missing()) } else { Ok(false) };
    };
    if !is_new(dates.proof_on, piece.proof_on) && !is_new(dates.valid_until, piece.valid_until) {
        return Ok(false);
    }
    let mut tx = page.app.begin(page.actor().clone()).await?;
    filing::redate_piece(&mut tx, dossier.request.id, piece.id, dates).await?;
    tx.commit().await?;
    Ok(true)
}

async fn refused(page: &Page, dossier: &Dossier, form: &FormData, sent: Sent) -> Result<Response> {
    let typed =
        form.fields().filter(|(name, _)| name.ends_with("/proof_on") || name.ends_with("/valid_until"));
    let form = FormState::filled(typed).with_errors(sent.errors).with_version(dossier.request.version.into());
    let status = if sent.away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
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
