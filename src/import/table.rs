//! A table of texts, from CSV (UTF-8, UTF-16 or Windows-1252; semicolons, commas or tabs) or XLSX.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::error::TableError;
use super::xlsx;

/// Most rows of a file.
pub(super) const MOST_ROWS: usize = 20_000;
/// Most columns.
pub(super) const MOST_COLUMNS: usize = 200;

/// A row and where it is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file, the first being 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A table: its first line, and the others that hold something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// Reads a file. What it holds decides, not its name.
///
/// # Errors
/// [`TableError`].
pub fn read_table(bytes: &[u8]) -> Result<Table, TableError> {
    match bytes {
        [] => Err(TableError::Empty),
        [b'P', b'K', 3, 4, ..] => assemble(xlsx::rows(bytes)?),
        _ if OTHERS.iter().any(|start| bytes.starts_with(start)) => Err(TableError::Format),
        _ => assemble(csv_rows(&text(bytes)?)?),
    }
}

/// What other kinds of files begin with, even those that are made of text.
const OTHERS: [&[u8]; 6] = [b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<!", b"<html"];

/// The first row that holds something is the header.
pub(super) fn assemble(rows: Vec<Row>) -> Result<Table, TableError> {
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let header = rows.next().ok_or(TableError::Empty)?.cells;
    Ok(Table {
        header: header.into_iter().map(|name| name.trim().to_owned()).collect(),
        rows: rows.collect(),
    })
}

/// The text of a file: its byte order mark decides, then UTF-8 if it is, else Windows-1252.
fn text(bytes: &[u8]) -> Result<String, TableError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    let binary = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}');
    if text.contains(binary) { Err(TableError::Format) } else { Ok(text) }
}

/// The separator that the first line uses most, outside quotes.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = first.split('"').step_by(2).collect();
    let count = |separator: u8| outside.bytes().filter(|byte| *byte == separator).count();
    [b';', b',', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b';')
}

fn csv_rows(text: &str) -> Result<Vec<Row>, TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |position: Option<&csv::Position>| line_at(text, &ends, position);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| TableError::Broken { line: line_of(error.position()) })?;
        if rows.len() > MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(TableError::TooLarge);
        }
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(Row { line: line_of(record.position()), cells });
    }
    Ok(rows)
}

/// The line, from one, of what starts at a position once the empty lines before it are passed.
fn line_at(text: &str, ends: &[usize], position: Option<&csv::Position>) -> usize {
    let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let rest = text.get(start..).unwrap_or_default();
    let at = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    1 + ends.partition_point(|end| *end < at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Table {
        read_table(bytes).unwrap()
    }

    #[test]
    fn encodings_and_separators_are_found_by_themselves() {
        let expected = ["siret", "Château, le"];
        for bytes in [
            "siret;\"Château, le\"\r\n1;2\r\n".as_bytes().to_vec(),
            "\u{feff}siret\t\"Château, le\"\n1\t2".as_bytes().to_vec(),
            WINDOWS_1252.encode("siret;\"Château, le\"\n1;2").0.into_owned(),
            "siret,\"Château, le\"\n1,2".as_bytes().to_vec(),
        ] {
            let table = table(&bytes);
            assert_eq!(table.header, expected);
            assert_eq!(table.rows, [Row { line: 2, cells: vec!["1".to_owned(), "2".to_owned()] }]);
        }
    }

    #[test]
    fn lines_keep_their_numbers_across_empty_ones_and_quotes() {
        let table = table(b"a;b\n\n1;\"two\nlines\"\n;\n3;4\n");
        let lines: Vec<_> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 6]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read_table(b""), Err(TableError::Empty));
        assert_eq!(read_table(b"\n\n"), Err(TableError::Empty));
        assert_eq!(read_table(&[0, 1, 2, 3]), Err(TableError::Format));
        for other in ["%PDF-1.4\n1 0 obj\n", "{\\rtf1\\ansi}", "<!doctype html><p>a;b</p>", "<html>"] {
            assert_eq!(read_table(other.as_bytes()), Err(TableError::Format), "{other}");
        }
        assert!(matches!(read_table(b"PK\x03\x04nothing"), Err(TableError::Workbook(_))));
    }
}
