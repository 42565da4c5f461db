//! Words of the planning of juries as a file.

use crate::rules::typed_date::iso;
use time::Date;

/// The columns of the file.
pub const COLUMNS: [&str; 11] = [
    "Jury",
    "Jour",
    "Début",
    "Fin",
    "Heure de",
    "Structure",
    "Commune",
    "Département",
    "Lieu",
    "Présidence",
    "Candidats attendus",
];

/// What stands after the name of who was asked to preside and has not answered.
pub const ASKED: &str = "proposée";
/// In place of the name of somebody who is to be found.
pub const NOBODY: &str = "à désigner";

/// Name of the file of a month.
#[must_use]
pub fn file(first: Date) -> String {
    let month: String = iso(first).chars().take(7).collect();
    format!("planning-jurys-{month}.csv")
}

/// Who presides: « Hélène Sauvagnac », « Hélène Sauvagnac (proposée) », « à désigner ».
#[must_use]
pub fn presiding(president: Option<&str>, accepted: bool) -> String {
    match (president, accepted) {
        (None, _) => NOBODY.to_owned(),
        (Some(name), true) => name.to_owned(),
        (Some(name), false) => format!("{name} ({ASKED})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn who_presides_is_told_with_their_answer() {
        for (president, accepted, expected) in [
            (None, false, "à désigner"),
            (Some("Hélène Sauvagnac"), false, "Hélène Sauvagnac (proposée)"),
            (Some("Hélène Sauvagnac"), true, "Hélène Sauvagnac"),
        ] {
            assert_eq!(presiding(president, accepted), expected);
        }
        assert_eq!(file(date!(2025 - 11 - 01)), "planning-jurys-2025-11.csv");
    }
}
