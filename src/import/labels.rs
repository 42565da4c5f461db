//! French words of imports.

use crate::render::french::plural;

/// A column is missing.
pub(super) const COLUMN_MISSING: &str = "Cette colonne manque dans la première ligne du fichier";
/// A column is there twice.
pub(super) const COLUMN_TWICE: &str = "Cette colonne figure deux fois";

/// What a refused import says.
#[must_use]
pub(super) fn refused(lines: usize) -> String {
    let count = i64::try_from(lines).unwrap_or(i64::MAX);
    format!("{} à corriger. Rien n’a été enregistré.", plural(count, "ligne est", "lignes sont"))
}

/// One fault on one line.
#[must_use]
pub(super) fn told(
    line: usize,
    column: &str,
    value: &str,
    message: &str,
    suggestion: Option<&str>,
) -> String {
    let value = if value.is_empty() { String::new() } else { format!(" «\u{202f}{value}\u{202f}»") };
    let suggestion =
        suggestion.map(|text| format!(" Peut-être «\u{202f}{text}\u{202f}»\u{202f}?")).unwrap_or_default();
    format!("Ligne {line}, {column}{value}\u{202f}: {message}.{suggestion}")
}
