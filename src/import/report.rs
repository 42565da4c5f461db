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
    /// The whole fault in one French sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let message = self.message.trim_end_matches('.');
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
        Self { read, ready, written: 0, faults, ignored }
    }

    /// How many lines are wrong.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.faults.iter().map(|fault| fault.line).collect::<BTreeSet<_>>().len()
    }

    /// What is said above the faults: those of the first line are of the columns.
    #[must_use]
    pub fn refusal(&self) -> String {
        if !self.faults.is_empty() && self.faults.iter().all(|fault| fault.line <= 1) {
            return labels::COLUMNS_REFUSED.to_owned();
        }
        labels::refused(self.refused())
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
