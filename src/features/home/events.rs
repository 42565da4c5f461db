//! What happens to the figures: past ones written, the table taken away.

use serde_json::{Value, json};
use uuid::Uuid;

use super::activity::Figure;
use crate::events::{DomainEvent, Subject};

/// Past figures were written over what was known.
pub(super) struct HistoryImported<'a> {
    /// Key of the import.
    pub id: Uuid,
    /// The figures.
    pub figures: &'a [Figure],
}

impl DomainEvent for HistoryImported<'_> {
    fn name(&self) -> &'static str {
        "history.imported"
    }

    fn code(&self) -> &'static str {
        "HISTORY_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("yearly_figure", self.id, "yearly_figures")
    }

    fn payload(&self) -> Value {
        let figure = |figure: &Figure| json!([figure.year, figure.measure.word(), figure.value]);
        json!({ "figures": self.figures.iter().map(figure).collect::<Vec<_>>() })
    }
}

/// The table was taken away as a file.
pub(super) struct ActivityExported<'a> {
    /// Key of the export.
    pub id: Uuid,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: &'a str,
    /// First and last year.
    pub years: Option<(i32, i32)>,
}

impl DomainEvent for ActivityExported<'_> {
    fn name(&self) -> &'static str {
        "activity.exported"
    }

    fn code(&self) -> &'static str {
        "ACTIVITY_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("activity", self.id, "activity")
    }

    fn payload(&self) -> Value {
        json!({ "sha256": self.sha256, "years": self.years })
    }
}
