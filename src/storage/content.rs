//! What a received file really is, by its content: the name and the announced type prove nothing.

use crate::error::ErrorKind;

/// Largest file received, in bytes: 25 MiB.
pub const MAX_UPLOAD: usize = 25 * 1024 * 1024;

/// The kinds of file that are received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// Text document (ODT).
    Odt,
    /// Text document (DOCX).
    Docx,
    /// Spreadsheet (XLSX).
    Xlsx,
}

impl FileKind {
    /// The kind of a content, when it is one that is received.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        match infer::get(content)?.mime_type() {
            "application/pdf" => Some(Self::Pdf),
            "image/jpeg" => Some(Self::Jpeg),
            "image/png" => Some(Self::Png),
            "application/vnd.oasis.opendocument.text" => Some(Self::Odt),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Self::Docx),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Extensions with which people name such a file.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Odt => &["odt"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
        }
    }
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Nothing in it.
    #[error("empty file")]
    Empty,
    /// More than [`MAX_UPLOAD`].
    #[error("file too large")]
    TooLarge,
    /// None of the kinds received.
    #[error("unknown kind of file")]
    UnknownKind,
    /// Its name says one kind, its content another.
    #[error("the name says .{0}, the content says otherwise")]
    Lying(String),
    /// The antivirus found something, of this name.
    #[error("infected: {0}")]
    Infected(String),
    /// The antivirus did not look at it.
    #[error("not scanned")]
    Unscanned,
}

impl ContentError {
    /// The kind, which decides the status.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::TooLarge => ErrorKind::TooLarge,
            Self::Unscanned => ErrorKind::Unavailable,
            Self::Empty | Self::UnknownKind | Self::Lying(_) | Self::Infected(_) => ErrorKind::Invalid,
        }
    }

    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooLarge => "file-too-large",
            Self::UnknownKind => "file-kind-unknown",
            Self::Lying(_) => "file-kind-lying",
            Self::Infected(_) => "file-infected",
            Self::Unscanned => "file-not-scanned",
        }
    }

    /// French sentence.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "Ce fichier est vide. Choisissez-en un autre.".to_owned(),
            Self::TooLarge => {
                "Ce fichier dépasse 25\u{202f}Mo. Réduisez-le ou déposez-le en deux parties.".to_owned()
            }
            Self::UnknownKind => {
                "Ce format n’est pas accepté. Déposez un PDF, une image JPEG ou PNG, un document ODT ou DOCX, ou un classeur XLSX."
                    .to_owned()
            }
            Self::Lying(extension) => format!(
                "Le nom du fichier se termine par «\u{202f}.{extension}\u{202f}», mais son contenu est d’un autre format. Enregistrez-le de nouveau dans le bon format."
            ),
            Self::Infected(virus) => format!(
                "L’antivirus a trouvé «\u{202f}{virus}\u{202f}» dans ce fichier, qui n’a pas été gardé. Faites vérifier votre ordinateur, puis déposez un fichier sain."
            ),
            Self::Unscanned => {
                "L’antivirus ne répond pas\u{202f}: ce fichier n’a pas été gardé. Déposez-le de nouveau dans quelques minutes."
                    .to_owned()
            }
        }
    }
}

/// Checks a received file: size, kind by content, and a name that does not lie.
///
/// # Errors
/// Why it is refused.
pub fn check(file_name: &str, content: &[u8]) -> Result<FileKind, ContentError> {
    if content.is_empty() {
        return Err(ContentError::Empty);
    }
    if content.len() > MAX_UPLOAD {
        return Err(ContentError::TooLarge);
    }
    let kind = FileKind::of(content).ok_or(ContentError::UnknownKind)?;
    match file_name.rsplit_once('.') {
        Some((_, extension)) if !kind.extensions().contains(&extension.to_lowercase().as_str()) => {
            Err(ContentError::Lying(extension.to_lowercase()))
        }
        _ => Ok(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn a_file_is_what_its_content_says() {
        for (name, content, expected) in [
            ("projet.pdf", PDF, Ok(FileKind::Pdf)),
            ("PROJET.PDF", PDF, Ok(FileKind::Pdf)),
            ("photo", PNG, Ok(FileKind::Png)),
            ("photo.pdf", PNG, Err(ContentError::Lying("pdf".to_owned()))),
            ("virus.pdf", b"MZ\x90\0".as_slice(), Err(ContentError::UnknownKind)),
            ("notes.txt", b"bonjour".as_slice(), Err(ContentError::UnknownKind)),
            ("vide.pdf", b"".as_slice(), Err(ContentError::Empty)),
        ] {
            assert_eq!(check(name, content), expected, "{name}");
        }
    }
}
