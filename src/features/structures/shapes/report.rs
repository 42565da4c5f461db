//! What the API answers about an import.

use poem_openapi::Object;

use crate::import::{LineFault, Report};

/// One thing wrong on one line of a file.
#[derive(Clone, Debug, Object)]
pub struct LineFaultOut {
    /// Line, the first being 1.
    pub line: i64,
    /// Name of the column, as the file writes it.
    pub column: String,
    /// What is written there.
    pub value: String,
    /// What is wrong, in French.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Object)]
pub struct ImportOut {
    /// Lines read.
    pub read: i64,
    /// Lines without a fault.
    pub ready: i64,
    /// Lines recorded.
    pub written: i64,
    /// Lines refused.
    pub refused: i64,
    /// Everything wrong.
    pub faults: Vec<LineFaultOut>,
    /// Columns that nothing reads.
    pub ignored_columns: Vec<String>,
}

impl ImportOut {
    /// The shape of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let fault = |fault: &LineFault| LineFaultOut {
            line: count(fault.line),
            column: fault.column.clone(),
            value: fault.value.clone(),
            message: fault.message.clone(),
            suggestion: fault.suggestion.clone(),
        };
        Self {
            read: count(report.read),
            ready: count(report.ready),
            written: count(report.written),
            refused: count(report.refused()),
            faults: report.faults.iter().map(fault).collect(),
            ignored_columns: report.ignored.clone(),
        }
    }
}
