//! `/verifier/un-fichier`: whether a PDF is one that was delivered, for anybody, in French and in English. The file is hashed and
//! forgotten.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::file::{self, Checked};
use super::super::labels;
use super::language::Chosen;
use super::verify::verdict;
use crate::error::Fault;
use crate::http::web::component::Status;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};
use crate::render::seal;

/// A file that was delivered.
#[derive(Clone, Debug)]
pub struct FileView {
    /// What it is, in French.
    pub document: String,
    /// Number of its certificate.
    pub number: String,
    /// Title of the certification, in French.
    pub title: String,
    /// Whether the certificate counts.
    pub status: Status,
    /// Day of the delivery.
    pub delivered_on: String,
    /// Initials of the holder.
    pub initials: String,
    /// Fingerprint of the file, in groups.
    pub fingerprint: String,
    /// Whether our signature holds.
    pub signed: bool,
    /// Whether the journal says that it was made.
    pub recorded: bool,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/file.html")]
pub struct FilePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// The file, when it was delivered.
    pub found: Option<FileView>,
    /// Whether a file was sent that nobody delivered.
    pub unknown: bool,
    /// Whether the page is in English.
    pub english: bool,
    /// What links end with to stay in a language that was chosen.
    pub query: &'static str,
}

fn context(page: &PublicPage, chosen: Chosen, form: FormState) -> FilePage {
    let summary = form.summary(labels::FILE_REFUSED);
    let title = chosen.lang.pick(labels::CHECK_FILE, labels::CHECK_FILE_IN_ENGLISH);
    FilePage {
        // The title says a fault in French.
        shell: page.shell(title).with_errors(summary.is_some() && !chosen.lang.is_english()),
        summary,
        form,
        found: None,
        unknown: false,
        english: chosen.lang.is_english(),
        query: chosen.query(),
    }
}

/// The form.
#[handler]
pub(super) fn ask_file(page: PublicPage, chosen: Chosen) -> Result<Response> {
    let context = context(&page, chosen, FormState::default());
    Ok(chosen.tell(page.answer_with(StatusCode::OK, &context)?))
}

/// Checks a file.
#[handler]
pub(super) async fn check_file(page: PublicPage, chosen: Chosen, form: FormData) -> Result<Response> {
    let sent = form.file("file").map(|sent| sent.content.as_slice()).unwrap_or_default();
    let sha256 = match file::fingerprint(sent) {
        Ok(sha256) => sha256,
        Err(faults) => {
            let context = context(&page, chosen, refused(chosen, faults));
            return Ok(chosen.tell(page.answer_with(StatusCode::UNPROCESSABLE_ENTITY, &context)?));
        }
    };
    let checked = file::check(&page.app, &sha256).await.map_err(WebError::from)?;
    let status = if checked.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let blank = context(&page, chosen, FormState::default());
    let unknown = checked.is_none();
    let context = FilePage { found: checked.map(|checked| view(&checked, chosen)), unknown, ..blank };
    Ok(chosen.tell(page.answer_with(status, &context)?))
}

fn refused(chosen: Chosen, faults: Vec<Fault>) -> FormState {
    let told = faults.into_iter().map(|fault| {
        let english = labels::file_fault_in_english(fault.code).to_owned();
        (fault.pointer, chosen.lang.pick(fault.message, english))
    });
    FormState::default().with_errors(told.collect::<FieldErrors>())
}

fn view(checked: &Checked, chosen: Chosen) -> FileView {
    let row = &checked.found.certificate;
    FileView {
        document: checked.document.title.clone(),
        number: row.number.clone(),
        title: checked.found.content.certification.title.clone(),
        status: verdict(&checked.found, chosen.lang),
        delivered_on: chosen.lang.date(row.delivered_on),
        initials: row.initials.clone(),
        fingerprint: seal::fingerprint_groups(&hex::encode(&checked.document.sha256)),
        signed: checked.signed,
        recorded: checked.recorded,
    }
}
