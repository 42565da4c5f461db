//! Why a file cannot be read as a table.

use crate::error::{DomainError, ErrorKind, Fault};

/// Why a file cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("empty file")]
    Empty,
    /// Neither text nor an XLSX workbook.
    #[error("unknown format")]
    Format,
    /// A workbook that its library cannot open.
    #[error("unreadable workbook: {0}")]
    Workbook(String),
    /// A CSV whose quotes do not close.
    #[error("broken line {line}")]
    Broken {
        /// Where the reader stopped.
        line: usize,
    },
    /// Too many rows or columns.
    #[error("too large a table")]
    TooLarge,
}

impl DomainError for TableError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::Format | Self::Workbook(_) => "file-format",
            Self::Broken { .. } => "file-broken",
            Self::TooLarge => "file-too-large",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Empty => "Ce fichier est vide.".to_owned(),
            Self::Format => "Ce fichier n’est ni un CSV ni un classeur XLSX\u{202f}: choisissez-en un.".to_owned(),
            Self::Workbook(_) => {
                "Ce classeur ne peut pas être lu\u{202f}: enregistrez-le à nouveau au format XLSX, ou en CSV.".to_owned()
            }
            Self::Broken { line } => {
                format!("La ligne {line} ne peut pas être lue\u{202f}: vérifiez les guillemets qui l’entourent.")
            }
            Self::TooLarge => "Ce fichier compte trop de lignes ou de colonnes\u{202f}: 20 000 lignes et 200 colonnes au plus.".to_owned(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        vec![Fault::new("/file", self.code(), self.detail())]
    }
}
