//! What an import did, or why it did nothing.

use std::collections::BTreeSet;

use super::labels;
use crate::error::{DomainError, ErrorKind, Fault};

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only say what would happen.
    pub dry_run: bool,
    /// Record the right lines even when others are wrong.
    pub skip_invalid: bool,
}

/// One thing wrong on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Line of the file, the first being 1.
    pub line: usize,
    /// Name of the column, as the file writes it.
    pub column: String,
    /// What is written there.
    pub value: String,
    /// What is wrong, in French, without a full stop.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl LineFault {
    /// Whether it is of a column itself: the first line names them.
    const fn is_of_column(&self) -> bool {
        self.line <= 1
    }

    /// The whole fault in one French sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let message = self.message.trim_end_matches('.');
        if self.is_of_column() {
            return labels::told_of_column(&self.column, message, self.suggestion.as_deref());
        }
        labels::told(self.line, &self.column, &self.value, message, self.suggestion.as_deref())
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines read, header and empty lines left out.
    pub read: usize,
    /// Lines without a fault.
    pub ready: usize,
    /// Lines recorded: none when a line is wrong, unless wrong lines are skipped; none in a dry run.
    pub written: usize,
    /// Lines that say what is recorded already: nothing is done with them.
    pub known: usize,
    /// Everything wrong, in the order of the lines.
    pub faults: Vec<LineFault>,
    /// Columns that nothing reads.
    pub ignored: Vec<String>,
}

impl Report {
    /// A report of what is ready and what is wrong, before anything is written.
    #[must_use]
    pub fn new(read: usize, ready: usize, mut faults: Vec<LineFault>, ignored: Vec<String>) -> Self {
        faults.sort_by_key(|fault| fault.line);
        Self { read, ready, written: 0, known: 0, faults, ignored }
    }

    /// The same, with the lines that say what is recorded already.
    #[must_use]
    pub fn with_known(mut self, known: usize) -> Self {
        self.known = known;
        self
    }

    /// What is said once the file was read: what was recorded and, apart, what was known and which columns nothing read.
    #[must_use]
    pub fn said(&self) -> (String, String) {
        let (known, ignored) = (labels::known(self.known), labels::ignored(&self.ignored));
        if self.written == 0 && self.known > 0 {
            return (known, ignored);
        }
        let rest = [known, ignored].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        (labels::recorded(self.written), rest)
    }

    /// How many lines are wrong.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.faults.iter().map(|fault| fault.line).collect::<BTreeSet<_>>().len()
    }

    /// Whether the columns are refused, hence no line was read.
    #[must_use]
    pub fn is_of_columns(&self) -> bool {
        !self.faults.is_empty() && self.faults.iter().all(LineFault::is_of_column)
    }

    /// The columns that lack.
    fn missing(&self) -> Vec<&str> {
        let lacks = |fault: &&LineFault| fault.is_of_column() && fault.message == labels::COLUMN_MISSING;
        self.faults.iter().filter(lacks).map(|fault| fault.column.as_str()).collect()
    }

    /// What is said above the faults: those of the first line are of the columns.
    #[must_use]
    pub fn refusal(&self) -> String {
        match self.missing() {
            _ if !self.is_of_columns() => labels::refused(self.refused()),
            lacking if lacking.is_empty() => labels::COLUMNS_REFUSED.to_owned(),
            lacking => labels::missing(&lacking),
        }
    }

    /// The title of the faults.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        if !self.is_of_columns() {
            labels::LINES
        } else if self.missing().len() == self.faults.len() {
            labels::COLUMNS_MISSING
        } else {
            labels::COLUMNS
        }
    }

    /// Whether lines are to be recorded.
    #[must_use]
    pub fn goes_on(&self, options: Options) -> bool {
        !options.dry_run && self.ready > 0 && (self.faults.is_empty() || options.skip_invalid)
    }
}

/// An import refused because of its lines, as an error of the API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} lines refused", .0.refused())]
pub struct ImportRefused(pub Report);

impl DomainError for ImportRefused {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn code(&self) -> &'static str {
        "import-refused"
    }

    fn detail(&self) -> String {
        self.0.refusal()
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = |fault: &LineFault| {
            Fault::new(format!("/lines/{}/{}", fault.line, fault.column), "line", fault.sentence())
        };
        self.0.faults.iter().map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_the_columns_is_not_told_as_lines() {
        let fault = |line, column: &str, message: &str| LineFault {
            line,
            column: column.to_owned(),
            value: String::new(),
            message: message.to_owned(),
            suggestion: None,
        };
        let (lacks, twice) = (labels::COLUMN_MISSING, labels::COLUMN_TWICE);
        for (faults, heading, said) in [
            (vec![fault(1, "SIRET", lacks)], labels::COLUMNS_MISSING, "«\u{202f}SIRET\u{202f}» manque"),
            (
                vec![fault(1, "SIRET", lacks), fault(1, "nom", lacks)],
                labels::COLUMNS_MISSING,
                "manquent (SIRET, nom)",
            ),
            (vec![fault(1, "SIRET", lacks), fault(1, "nom", twice)], labels::COLUMNS, "SIRET"),
            (vec![fault(1, "nom", twice)], labels::COLUMNS, "Le fichier est à corriger"),
            (vec![fault(3, "nom", "Indiquez un nom")], labels::LINES, "1 ligne est à corriger"),
        ] {
            let report = Report::new(0, 0, faults, Vec::new());
            assert_eq!(report.heading(), heading);
            assert!(report.refusal().contains(said), "{}", report.refusal());
        }
    }
}
