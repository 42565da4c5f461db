//! PDF documents, typeset inside the process.
//!
//! A document is a file of `templates/pdf/` and a JSON object. The template decides the layout and the constant
//! French text; the object brings the facts, already formatted in French. Beside each `<name>.typ`, the file
//! `<name>.sample.json` is the contract of its variables: a template refuses an object that lacks one of them or that
//! carries an unknown one.
//!
//! Rules:
//!
//! * a template sees the embedded templates, `data.json` and the pictures named in [`FILES`]; any other path and every
//!   package is refused;
//! * text that a person typed reaches a template as data, never as source;
//! * documents are PDF/A-2a and PDF/UA-1 ([`Standard::Archive`]). When a name needs a script that no embedded font
//!   draws, the document comes out as a plain PDF, with [`Rendered::archival`] false: a person still gets their
//!   document, and the caller raises an alert;
//! * the same input gives the same bytes, so a stored hash can be checked later;
//! * each document carries a seal drawn from the fingerprint of its facts, see [`fingerprint`].
//!
//! To add a document: write `templates/pdf/<name>.typ` on the model of its neighbours, its sample, and its line in
//! [`DOCUMENTS`].
//!
//! Without the cargo feature `pdf` the same functions exist and answer [`PdfError::NotBuilt`].

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tokio::sync::Semaphore;

#[cfg(all(test, feature = "pdf"))]
mod tests;
#[cfg(feature = "pdf")]
mod typeset;

/// Every document that can be asked for, by the name of its template.
pub const DOCUMENTS: [&str; 41] = [
    "action-plan",
    "agreement-certificate",
    "agreement-convention",
    "appeal-answer",
    "application-form",
    "blocs-attestation",
    "candidate-receipt",
    "certificate",
    "certificate-supplement",
    "closing-notice",
    "committee-file",
    "completeness-certificate",
    "control-grid",
    "decision",
    "deposit-receipt",
    "draw-record",
    "habilitation-certificate",
    "habilitation-charter",
    "habilitation-letter",
    "habilitation-path",
    "habilitation-sheet",
    "inspection-file",
    "inspection-notice",
    "inspection-report",
    "jury-decisions",
    "jury-incident",
    "jury-minutes",
    "jury-no-quorum",
    "jury-request-receipt",
    "jury-summons",
    "meeting-minutes",
    "meeting-sheet",
    "mission-order",
    "positioning-sheet",
    "presence-certificate",
    "report-comments",
    "reserves-lifted",
    "result-letter",
    "right-letter",
    "visit-plan",
    "waiver-note",
];

/// The pictures that a caller may hand over. The list is closed because typst keeps each path it has met, for the
/// life of the process and up to 65 535 of them.
pub const FILES: [&str; 5] = ["certificate.svg", "qr.svg", "logo.svg", "logo.png", "logo.jpg"];

/// Documents typeset at the same time; the others wait.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// What a PDF file says about itself, outside its pages.
#[derive(Debug, Clone)]
pub struct PdfMeta {
    /// Title shown by readers in place of the file name.
    pub title: String,
    /// Identifier of the document, stable from one rendering to the next (the UUID of its row, for instance).
    pub ident: String,
    /// Instant of the act that the document records.
    pub created_at: OffsetDateTime,
}

/// How strict the file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standard {
    /// PDF/A-2a and PDF/UA-1: kept for decades, read aloud by assistive tools.
    #[default]
    Archive,
    /// A tagged PDF without promise of conformance, for a preview.
    Plain,
}

/// A finished document.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// Whether the file claims PDF/A-2a and PDF/UA-1. False for [`Standard::Plain`], and when a character had no glyph.
    pub archival: bool,
    /// Fingerprint of the facts, the one printed in the document and drawn by its seal.
    pub fingerprint: [u8; 32],
}

/// Why no document came out.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The program was built without the cargo feature `pdf`.
    #[error("this program was built without PDF documents (cargo feature `pdf`)")]
    NotBuilt,
    /// No template bears this name.
    #[error("no PDF template is called `{0}`")]
    UnknownDocument(String),
    /// The caller handed over a picture that is not in [`FILES`].
    #[error("a PDF document cannot receive a file called `{0}`")]
    UnknownFile(String),
    /// The facts are not a JSON object that can be put in canonical form.
    #[error("the facts of `{document}` cannot be written as canonical JSON: {detail}")]
    Facts {
        /// Template asked for.
        document: String,
        /// What the serializer said.
        detail: String,
    },
    /// The template and the facts do not fit, or the template is wrong.
    #[error("`{document}` could not be typeset: {}", faults.join("; "))]
    Template {
        /// Template asked for.
        document: String,
        /// One line for each fault, with file and line when known.
        faults: Vec<String>,
    },
    /// The pages are right and the PDF could not be written.
    #[error("`{document}` could not be exported: {}", faults.join("; "))]
    Export {
        /// Template asked for.
        document: String,
        /// One line for each fault.
        faults: Vec<String>,
    },
    /// The thread that typeset the document stopped before the end.
    #[error("the typesetting of `{0}` was interrupted")]
    Interrupted(String),
}

/// Typesets a document. Takes 5 to 50 ms in release and blocks: from a request or a worker, use [`render_blocking`].
///
/// # Errors
///
/// [`PdfError`] when the document or a file is unknown, or when the facts do not fit the template.
pub fn render(
    document: &str,
    data: &Value,
    files: &[(&str, Vec<u8>)],
    meta: &PdfMeta,
    standard: Standard,
) -> Result<Rendered, PdfError> {
    if !DOCUMENTS.contains(&document) {
        return Err(PdfError::UnknownDocument(document.to_owned()));
    }
    if let Some((name, _)) = files.iter().find(|(name, _)| !FILES.contains(name)) {
        return Err(PdfError::UnknownFile((*name).to_owned()));
    }
    let fingerprint = fingerprint(document, data)?;
    export(document, data, files, meta, standard, fingerprint)
}

/// Typesets a document away from the threads that answer requests, two documents at a time.
///
/// # Errors
///
/// As [`render`], and [`PdfError::Interrupted`] when the process stops meanwhile.
pub async fn render_blocking(
    document: &'static str,
    data: Value,
    files: Vec<(&'static str, Vec<u8>)>,
    meta: PdfMeta,
    standard: Standard,
) -> Result<Rendered, PdfError> {
    let interrupted = || PdfError::Interrupted(document.to_owned());
    let slot = SLOTS.acquire().await.map_err(|_| interrupted())?;
    let work = tokio::task::spawn_blocking(move || {
        // The slot follows the work: a caller who goes away does not let a third document start.
        let _slot = slot;
        render(document, &data, &files, &meta, standard)
    });
    work.await.map_err(|_| interrupted())?
}

/// The names of the samples of a document, in order: `decision.refused`, or `visit-plan` when there is only one.
#[must_use]
pub fn samples(document: &str) -> Vec<String> {
    let mut names = sample_names();
    names.retain(|name| name.split('.').next() == Some(document));
    names.sort();
    names
}

/// The document of a sample, and its facts.
#[must_use]
pub fn sample(name: &str) -> Option<(&'static str, Value)> {
    let document = DOCUMENTS.into_iter().find(|document| name.split('.').next() == Some(*document))?;
    let facts = serde_json::from_slice(&sample_text(name)?).ok()?;
    Some((document, facts))
}

/// Fingerprint of the facts of a document: SHA-256 of the canonical JSON (RFC 8785) of `{"data": …, "document": …}`.
///
/// It does not depend on the layout, so it can be recomputed from the stored facts after a template has changed.
///
/// # Errors
///
/// [`PdfError::Facts`] when the facts hold a number that JSON cannot write.
pub fn fingerprint(document: &str, data: &Value) -> Result<[u8; 32], PdfError> {
    let sealed = serde_json::json!({ "data": data, "document": document });
    let canonical = serde_json_canonicalizer::to_vec(&sealed)
        .map_err(|error| PdfError::Facts { document: document.to_owned(), detail: error.to_string() })?;
    Ok(Sha256::digest(canonical).into())
}

#[cfg(feature = "pdf")]
use typeset::{export, sample_names, sample_text};

/// Stands for the samples in a program built without the templates.
#[cfg(not(feature = "pdf"))]
fn sample_names() -> Vec<String> {
    Vec::new()
}

/// As [`sample_names`].
#[cfg(not(feature = "pdf"))]
fn sample_text(_name: &str) -> Option<Vec<u8>> {
    None
}

/// Stands for the typesetter in a program built without it.
#[cfg(not(feature = "pdf"))]
fn export(
    _document: &str,
    _data: &Value,
    _files: &[(&str, Vec<u8>)],
    _meta: &PdfMeta,
    _standard: Standard,
    _fingerprint: [u8; 32],
) -> Result<Rendered, PdfError> {
    Err(PdfError::NotBuilt)
}
