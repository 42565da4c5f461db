//! Columns found by their names, whatever accents, case and order.

use super::labels;
use super::report::LineFault;
use super::table::{Row, Table};
use crate::rules::fold::fold;

/// A column that an import reads.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name for the program.
    pub key: &'static str,
    /// Its names in files; the first is the one asked for when it is missing.
    pub names: &'static [&'static str],
    /// Whether a file without it is refused.
    pub required: bool,
}

/// Where each column is in a file.
#[derive(Clone, Debug)]
pub struct Columns {
    places: Vec<(&'static str, usize)>,
    header: Vec<String>,
    ignored: Vec<String>,
}

impl Columns {
    /// Finds the columns in the header of a table.
    ///
    /// # Errors
    /// Every required column that is missing, with the unknown one that looks like it, and every one that is there
    /// twice.
    pub fn find(table: &Table, wanted: &[Column]) -> Result<Self, Vec<LineFault>> {
        let mut found = Self { places: Vec::new(), header: table.header.clone(), ignored: Vec::new() };
        let mut faults = Vec::new();
        for (place, name) in table.header.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            let folded = fold(name);
            let column = wanted.iter().find(|column| column.names.iter().any(|known| fold(known) == folded));
            match column {
                None => found.ignored.push(name.clone()),
                Some(column) if found.places.iter().any(|(key, _)| *key == column.key) => {
                    faults.push(fault(name, labels::COLUMN_TWICE, None));
                }
                Some(column) => found.places.push((column.key, place)),
            }
        }
        for column in wanted.iter().filter(|column| column.required) {
            if !found.places.iter().any(|(key, _)| *key == column.key) {
                let close =
                    found.ignored.iter().find(|name| column.names.iter().any(|known| alike(known, name)));
                faults.push(fault(column.names[0], labels::COLUMN_MISSING, close.cloned()));
            }
        }
        if faults.is_empty() { Ok(found) } else { Err(faults) }
    }

    /// What a row holds in a column; empty when the file has no such column.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a Row, key: &str) -> &'a str {
        let place = self.places.iter().find(|(known, _)| *known == key).map(|(_, place)| *place);
        place.and_then(|place| row.cells.get(place)).map(|cell| cell.trim()).unwrap_or_default()
    }

    /// A fault of a row in a column.
    #[must_use]
    pub fn fault(
        &self,
        row: &Row,
        key: &str,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) -> LineFault {
        let place = self.places.iter().find(|(known, _)| *known == key).map(|(_, place)| *place);
        LineFault {
            line: row.line,
            column: place.and_then(|place| self.header.get(place)).cloned().unwrap_or_else(|| key.to_owned()),
            value: self.cell(row, key).to_owned(),
            message: message.into(),
            suggestion,
        }
    }

    /// Columns that nothing reads.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }
}

fn fault(column: &str, message: &str, suggestion: Option<String>) -> LineFault {
    LineFault {
        line: 1,
        column: column.to_owned(),
        value: String::new(),
        message: message.to_owned(),
        suggestion,
    }
}

/// Whether two names differ by one letter, or two in longer ones.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let allowed = if one.chars().count() > 6 { 2 } else { 1 };
    distance(&one, &other) <= allowed
}

/// Letters to change, add or remove (Levenshtein).
pub(super) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = before + usize::from(a != *b);
            before = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [Column; 2] = [
        Column { key: "siret", names: &["siret", "numéro siret"], required: true },
        Column { key: "name", names: &["nom", "raison sociale"], required: true },
    ];

    fn table(header: &[&str]) -> Table {
        Table { header: header.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    #[test]
    fn names_are_found_whatever_accents_and_order() {
        let found = Columns::find(&table(&["Raison  sociale", "Remarque", "NUMERO SIRET"]), &WANTED).unwrap();
        let row = Row { line: 2, cells: vec![" Les Jardins ".to_owned(), String::new(), "123".to_owned()] };
        assert_eq!((found.cell(&row, "name"), found.cell(&row, "siret")), ("Les Jardins", "123"));
        assert_eq!(found.ignored(), ["Remarque"]);
        assert_eq!(found.fault(&row, "siret", "x", None).column, "NUMERO SIRET");
    }

    #[test]
    fn a_missing_column_names_the_one_that_looks_like_it() {
        let faults = Columns::find(&table(&["Siert", "nom", "Nom"]), &WANTED).unwrap_err();
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].message, labels::COLUMN_TWICE);
        assert_eq!(faults[1].suggestion, None, "two letters differ");
        let faults = Columns::find(&table(&["Sirett", "nom"]), &WANTED).unwrap_err();
        assert_eq!((faults[0].column.as_str(), faults[0].suggestion.as_deref()), ("siret", Some("Sirett")));
    }
}
