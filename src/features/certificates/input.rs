//! What people type about a certificate.

use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use sha2::{Digest, Sha256};

use super::labels;
use crate::error::Fault;
use crate::storage::content::FileKind;

const LONGEST: usize = 500;

/// Reads a written reason.
///
/// # Errors
/// The fault, when it is empty or too long.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let text = typed.trim();
    match text.chars().count() {
        0 => Err(vec![Fault::new("/reason", "missing", labels::REASON_WANTED)]),
        count if count > LONGEST => Err(vec![Fault::new("/reason", "too-long", labels::REASON_TOO_LONG)]),
        _ => Ok(text.to_owned()),
    }
}

/// Largest file that is checked, in bytes: a certificate weighs a few hundred thousand.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;

/// The SHA-256 of a PDF to check: by its content, whatever its name says.
///
/// # Errors
/// The fault, when it is empty, too large or no PDF.
pub fn file(content: &[u8]) -> Result<[u8; 32], Vec<Fault>> {
    let (code, message) = match () {
        () if content.is_empty() => ("file-wanted", labels::FILE_WANTED),
        () if content.len() > LARGEST_FILE => ("file-over-limit", labels::FILE_TOO_LARGE),
        () if FileKind::of(content) != Some(FileKind::Pdf) => ("file-not-pdf", labels::PDF_WANTED),
        () => return Ok(Sha256::digest(content).into()),
    };
    Err(vec![Fault::new("/file", code, message)])
}

/// A revocation that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevocation {
    /// Why, in one word.
    pub cause: RevocationCause,
    /// Why, in a sentence.
    pub reason: String,
}

impl NewRevocation {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(cause: Option<RevocationCause>, typed: &str) -> Result<Self, Vec<Fault>> {
        both(cause, typed).map(|(cause, reason)| Self { cause, reason })
    }
}

/// A replacement that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReplacement {
    /// Why, in one word: a change of civil status or a material error.
    pub cause: ChangeCause,
    /// Why, in a sentence.
    pub reason: String,
}

impl NewReplacement {
    /// What a certificate may be replaced for.
    pub const CAUSES: [ChangeCause; 2] = [ChangeCause::CivilStatus, ChangeCause::MaterialError];

    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(cause: Option<ChangeCause>, typed: &str) -> Result<Self, Vec<Fault>> {
        let cause = cause.filter(|cause| Self::CAUSES.contains(cause));
        both(cause, typed).map(|(cause, reason)| Self { cause, reason })
    }
}

fn both<T>(cause: Option<T>, typed: &str) -> Result<(T, String), Vec<Fault>> {
    match (cause, reason(typed)) {
        (Some(cause), Ok(reason)) => Ok((cause, reason)),
        (cause, reason) => {
            let wanted = cause.is_none().then(|| Fault::new("/cause", "missing", labels::CAUSE_WANTED));
            Err(wanted.into_iter().chain(reason.err().unwrap_or_default()).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_to_check_is_a_pdf_by_its_content() {
        let too_large = [b"%PDF-1.7\n".as_slice(), &vec![0; LARGEST_FILE]].concat();
        for (content, expected) in [
            (b"".as_slice(), "file-wanted"),
            (b"bonjour".as_slice(), "file-not-pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "file-not-pdf"),
            (too_large.as_slice(), "file-over-limit"),
        ] {
            assert_eq!(file(content).unwrap_err()[0].code, expected);
        }
        assert!(file(b"%PDF-1.7\n1 0 obj\n").is_ok());
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = NewRevocation::read(None, "  ").unwrap_err();
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/cause", "/reason"]);
        assert!(NewReplacement::read(Some(ChangeCause::Fraud), "x").is_err());
        assert!(NewReplacement::read(Some(ChangeCause::CivilStatus), " x ").is_ok());
    }
}
