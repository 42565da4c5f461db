//! What happens to the figures of juries: they are taken away.

use serde_json::{Value, json};
use uuid::Uuid;

use super::sheet::{By, Wanted};
use crate::events::{DomainEvent, Subject};

/// The figures were taken away as a file.
pub(super) struct FiguresExported<'a> {
    /// Key of the export.
    pub id: Uuid,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: &'a str,
    /// What was looked at.
    pub wanted: &'a Wanted,
}

impl DomainEvent for FiguresExported<'_> {
    fn name(&self) -> &'static str {
        "jury_figures.exported"
    }

    fn code(&self) -> &'static str {
        "JURY_FIGURES_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("jury_figures", self.id, "jury_figures")
    }

    fn payload(&self) -> Value {
        let by = match self.wanted.by {
            By::Period => "period",
            By::Version => "version",
            By::Structure => "structure",
            By::Region => "region",
        };
        json!({
            "sha256": self.sha256,
            "by": by,
            "year": self.wanted.year,
            "certification": self.wanted.certification,
            "region": self.wanted.region,
        })
    }
}
