//! The first sheet of a workbook, cell by cell: a sheet may pretend to be as large as the format allows, and so
//! is never asked for as a whole.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::error::TableError;
use super::table::{MOST_COLUMNS, MOST_ROWS, Row};

/// The rows of the first sheet.
///
/// # Errors
/// [`TableError::Workbook`], [`TableError::TooLarge`].
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let unreadable = |error: calamine::XlsxError| TableError::Workbook(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = workbook.sheet_names().into_iter().next().ok_or(TableError::Empty)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (line, column) = (position(row)? + 1, position(column)?);
        if column >= MOST_COLUMNS {
            return Err(TableError::TooLarge);
        }
        if rows.last().is_none_or(|last| last.line != line) {
            if rows.len() > MOST_ROWS {
                return Err(TableError::TooLarge);
            }
            rows.push(Row { line, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.resize(last.cells.len().max(column + 1), String::new());
            last.cells[column] = text;
        }
    }
    Ok(rows)
}

fn position(number: u32) -> Result<usize, TableError> {
    usize::try_from(number).map_err(|_| TableError::TooLarge)
}

/// A cell as a person reads it: whole numbers without a decimal point, days as `2026-01-31`.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(instant) => day(*instant),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn day(instant: ExcelDateTime) -> String {
    let (year, month, day, ..) = instant.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
