//! Files that people bring by the API: the form that carries one, and what an import answers.

use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, Object};

use super::ApiError;
use crate::import::{ImportRefused, LineFault, Options, Report, TableError};

/// A file to import.
#[derive(Debug, Multipart)]
pub struct ImportForm {
    /// CSV or XLSX.
    pub file: Upload,
    /// Only say what would happen.
    pub dry_run: Option<bool>,
    /// Record the right lines even when others are wrong.
    pub skip_invalid: Option<bool>,
}

/// What such a form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Name of the file.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How to import it.
    pub options: Options,
}

impl ImportForm {
    /// Reads the file.
    ///
    /// # Errors
    /// [`TableError::Format`] when it cannot be read.
    pub async fn sent(self) -> Result<Sent, TableError> {
        let options = Options {
            dry_run: self.dry_run.unwrap_or_default(),
            skip_invalid: self.skip_invalid.unwrap_or_default(),
        };
        let name = self.file.file_name().unwrap_or("import").chars().take(200).collect();
        let bytes = self.file.into_vec().await.map_err(|_| TableError::Format)?;
        Ok(Sent { name, bytes, options })
    }
}

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
    /// Lines that say what is recorded already: nothing is done with them.
    pub known: i64,
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
            known: count(report.known),
            refused: count(report.refused()),
            faults: report.faults.iter().map(fault).collect(),
            ignored_columns: report.ignored.clone(),
        }
    }
}

/// What an import did.
#[derive(ApiResponse)]
pub enum Imported {
    /// Read; `written` tells what was recorded.
    #[oai(status = 200)]
    Done(Json<ImportOut>),
}

impl Imported {
    /// The answer to an import.
    ///
    /// # Errors
    /// Every fault of every line, when nothing was recorded because of them.
    pub fn of(report: Report, options: Options) -> Result<Self, ApiError> {
        if report.written == 0 && !report.faults.is_empty() && !options.dry_run {
            return Err(ImportRefused(report).into());
        }
        Ok(Self::Done(Json(ImportOut::of(&report))))
    }
}
