//! French words of imports.

use crate::render::french::plural;

/// A column is missing.
pub(super) const COLUMN_MISSING: &str = "Cette colonne manque dans la première ligne du fichier";
/// A column is there twice.
pub(super) const COLUMN_TWICE: &str = "Cette colonne figure deux fois";

/// Above the faults of a file.
pub const NOT_IMPORTED: &str = "Le fichier n’est pas encore enregistré";
/// No file was chosen.
pub const FILE_WANTED: &str = "Choisissez un fichier CSV ou Excel";
/// A file with a header and nothing else.
pub const NO_LINE: &str = "Ce fichier ne contient aucune ligne après celle des noms de colonnes";

/// Above the faults of lines.
pub(super) const LINES: &str = "Lignes à corriger";
/// Above the faults of columns.
pub(super) const COLUMNS: &str = "Colonnes à corriger";
/// The same when they only lack.
pub(super) const COLUMNS_MISSING: &str = "Colonnes manquantes";

/// What an import refused for the columns of its file says: no line was read.
pub const COLUMNS_REFUSED: &str = "Le fichier est à corriger. Rien n’a été enregistré.";

/// The same, when columns lack.
#[must_use]
pub(super) fn missing(columns: &[&str]) -> String {
    let lacks = match columns {
        [one] => format!("La colonne «\u{202f}{one}\u{202f}» manque"),
        several => format!("Des colonnes manquent ({})", several.join(", ")),
    };
    format!("{lacks} dans la première ligne du fichier. Rien n’a été enregistré.")
}

/// One fault of a column.
#[must_use]
pub(super) fn told_of_column(column: &str, message: &str, suggestion: Option<&str>) -> String {
    let suggestion =
        suggestion.map(|text| format!(" Peut-être «\u{202f}{text}\u{202f}»\u{202f}?")).unwrap_or_default();
    format!("«\u{202f}{column}\u{202f}»\u{202f}: {message}.{suggestion}")
}

/// What a refused import says.
#[must_use]
pub fn refused(lines: usize) -> String {
    let count = i64::try_from(lines).unwrap_or(i64::MAX);
    format!("{} à corriger. Rien n’a été enregistré.", plural(count, "ligne est", "lignes sont"))
}

/// What a file that is only checked would do.
#[must_use]
pub fn checked(ready: usize) -> String {
    let count = i64::try_from(ready).unwrap_or(i64::MAX);
    let words = plural(count, "ligne peut être enregistrée", "lignes peuvent être enregistrées");
    format!("{words}. Rien n’a été enregistré.")
}

/// Said once a file is recorded.
#[must_use]
pub fn recorded(written: usize) -> String {
    let count = i64::try_from(written).unwrap_or(i64::MAX);
    format!("{}.", plural(count, "ligne enregistrée", "lignes enregistrées"))
}

/// The lines that say what is recorded already; empty when there is none.
#[must_use]
pub fn known(lines: usize) -> String {
    if lines == 0 {
        return String::new();
    }
    let count = i64::try_from(lines).unwrap_or(i64::MAX);
    format!(
        "{}.",
        plural(count, "ligne déjà connue, sans changement", "lignes déjà connues, sans changement")
    )
}

/// The columns that nothing reads; empty when there is none.
#[must_use]
pub fn ignored(columns: &[String]) -> String {
    match columns {
        [] => String::new(),
        [one] => format!("La colonne «\u{202f}{one}\u{202f}» n’est pas lue."),
        several => format!("Ces colonnes ne sont pas lues\u{202f}: {}.", several.join(", ")),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_written_once() {
        assert_eq!(refused(1), "1 ligne est à corriger. Rien n’a été enregistré.");
        assert_eq!(refused(12), "12 lignes sont à corriger. Rien n’a été enregistré.");
        assert_eq!(checked(2), "2 lignes peuvent être enregistrées. Rien n’a été enregistré.");
        assert_eq!(recorded(1), "1 ligne enregistrée.");
    }

    #[test]
    fn columns_that_lack_are_named() {
        let one = "La colonne «\u{202f}SIRET\u{202f}» manque dans la première ligne du fichier. Rien n’a été enregistré.";
        assert_eq!(missing(&["SIRET"]), one);
        let several =
            "Des colonnes manquent (SIRET, nom) dans la première ligne du fichier. Rien n’a été enregistré.";
        assert_eq!(missing(&["SIRET", "nom"]), several);
        let fault = told_of_column("siret", COLUMN_MISSING, Some("Sirett"));
        assert_eq!(
            fault,
            "«\u{202f}siret\u{202f}»\u{202f}: Cette colonne manque dans la première ligne du fichier. Peut-être «\u{202f}Sirett\u{202f}»\u{202f}?"
        );
    }

    #[test]
    fn columns_that_nothing_reads_are_named() {
        assert_eq!(ignored(&[]), "");
        assert_eq!(ignored(&["Remarque".to_owned()]), "La colonne «\u{202f}Remarque\u{202f}» n’est pas lue.");
        let several = ["Remarque".to_owned(), "Âge".to_owned()];
        assert_eq!(ignored(&several), "Ces colonnes ne sont pas lues\u{202f}: Remarque, Âge.");
    }
}
