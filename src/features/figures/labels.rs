//! French words of the figures of juries.

use super::queries::Found;
use super::sheet::{By, Key, Line, Wanted};
use crate::render::french;
use crate::rules::territory;

/// Title of the page.
pub const TITLE: &str = "Chiffres des jurys";
/// Name of the exported file.
pub const FILE: &str = "jurys.csv";
/// In place of a number that is too small.
pub const HIDDEN: &str = "masqué";
/// The line of the whole.
pub const WHOLE: &str = "Ensemble";
/// Title of the chart of juries.
pub const JURIES_CHART: &str = "Jurys tenus et validés";
/// Title of the chart of certifications.
pub const SUCCESS_CHART: &str = "Certifications entières";
/// The mean of a chart.
pub const MEAN: &str = "moyenne";

/// Headings of the numbers of people of the page.
pub const PEOPLE: [&str; 8] = [
    "Attendus",
    "Présents",
    "Absences justifiées",
    "Partis pour un emploi",
    "Validations totales",
    "Validations partielles",
    "Refus",
    "Ajournements",
];
/// Headings of the rates of the page.
pub const RATES: [&str; 3] = ["Présence", "Réussite totale", "Totale ou partielle"];
/// Headings of the delays of the page.
pub const DELAYS: [&str; 3] = ["De la demande au jury", "Du jury à la notification", "Du jury au certificat"];

/// Headings of the exported file.
pub const COLUMNS: [&str; 14] = [
    "Ligne",
    "Jurys",
    "Attendus",
    "Présents",
    "Absents",
    "Absences justifiées",
    "Partis pour un emploi",
    "Validations totales",
    "Validations partielles",
    "Refus",
    "Ajournements",
    "Demande → jury (jours)",
    "Jury → notification (jours)",
    "Jury → certificat (jours)",
];

/// What a line gathers, as the choice says it.
#[must_use]
pub const fn by(by: By) -> &'static str {
    match by {
        By::Period => "Période",
        By::Version => "Version de certification",
        By::Structure => "Structure",
        By::Region => "Région",
    }
}

/// The word of a grouping in the address.
#[must_use]
pub const fn by_word(by: By) -> &'static str {
    match by {
        By::Period => "periode",
        By::Version => "version",
        By::Structure => "structure",
        By::Region => "region",
    }
}

/// Heading of the first column.
#[must_use]
pub const fn heading(wanted: &Wanted) -> &'static str {
    match (wanted.by, wanted.year) {
        (By::Period, None) => "Année",
        (By::Period, Some(_)) => "Trimestre",
        (By::Version, _) => "Version",
        (By::Structure, _) => "Structure",
        (By::Region, _) => "Région",
    }
}

/// What a line is about.
#[must_use]
pub fn line(found: &Found, line: &Line) -> String {
    match &line.key {
        None => WHOLE.to_owned(),
        Some(Key::Year(year)) => year.to_string(),
        Some(Key::Quarter(year, rank)) => quarter(*year, *rank),
        Some(Key::Version(id)) => {
            let known = found.versions.get(id);
            known.map(|(title, label)| format!("{title}, {label}")).unwrap_or_default()
        }
        Some(Key::Structure(id)) => found.structures.get(id).cloned().unwrap_or_default(),
        Some(Key::Region(code)) => region(code),
    }
}

/// The name of a region, when there is one.
#[must_use]
pub fn region(code: &str) -> String {
    territory::region(code).map_or_else(|| "Région non renseignée".to_owned(), |found| found.name.to_owned())
}

/// A line, as short as the foot of a bar.
#[must_use]
pub fn short(found: &Found, of: &Line) -> String {
    match &of.key {
        Some(Key::Quarter(_, rank)) => format!("T{rank}"),
        Some(Key::Region(code)) => {
            territory::region(code).map_or_else(String::new, |found| found.tile.to_owned())
        }
        Some(Key::Version(id)) => found.versions.get(id).map(|(_, label)| label.clone()).unwrap_or_default(),
        _ => line(found, of),
    }
}

fn quarter(year: i32, rank: u8) -> String {
    let rank = match rank {
        1 => "1er".to_owned(),
        other => format!("{other}e"),
    };
    format!("{rank} trimestre {year}")
}

/// What a chart says to those who do not see it.
#[must_use]
pub fn described(bars: &[(String, Option<u32>)]) -> String {
    let part = |(name, value): &(String, Option<u32>)| match value {
        Some(value) => format!("{name}\u{202f}: {}", french::integer(i64::from(*value))),
        None => format!("{name}\u{202f}: {HIDDEN}"),
    };
    format!("{}.", bars.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// « 24 jours ».
#[must_use]
pub fn days(days: i64) -> String {
    match days {
        0 | 1 => format!("{days} jour"),
        many => format!("{} jours", french::integer(many)),
    }
}

/// Why numbers lack.
#[must_use]
pub fn rule(smallest: u16) -> String {
    format!(
        "Un nombre de personnes inférieur à {smallest} est masqué, et avec lui ceux qui permettraient de le retrouver. Un zéro est montré\u{202f}: il ne dit rien de personne."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_and_a_delay_are_said() {
        assert_eq!(quarter(2023, 1), "1er trimestre 2023");
        assert_eq!(quarter(2023, 4), "4e trimestre 2023");
        assert_eq!([days(0), days(1), days(24)], ["0 jour", "1 jour", "24 jours"]);
    }
}
