//! French words of the network.

use time::Date;

use super::sheet::{Beside, Risk};
use crate::render::french;

/// Title of the page.
pub const NETWORK: &str = "Réseau des intervenants";

/// Name of the file.
pub const FILE: &str = "reseau.csv";

/// Its columns.
pub const COLUMNS: [&str; 8] = [
    "Fonction",
    "Numéro",
    "Personne",
    "Régions",
    "Fin du droit",
    "Dans les six mois",
    "Charge sur douze mois",
    "Conditions compromises",
];

/// Whether a right ends within six months.
#[must_use]
pub const fn soon(soon: bool) -> &'static str {
    if soon { "oui" } else { "non" }
}

/// The conditions at risk in one cell.
#[must_use]
pub fn risks(risks: &[Risk]) -> String {
    risks.iter().map(|risk| risk.said.as_str()).collect::<Vec<_>>().join("\u{202f}; ")
}

/// « 7,3 », from tenths.
#[must_use]
pub fn tenths(tenths: usize) -> String {
    let whole = french::integer(i64::try_from(tenths / 10).unwrap_or(i64::MAX));
    match tenths % 10 {
        0 => whole,
        rest => format!("{whole},{rest}"),
    }
}

/// Where a load stands beside the mean; empty when it is near.
#[must_use]
pub const fn beside(beside: Beside) -> &'static str {
    match beside {
        Beside::Above => "nettement plus que la moyenne",
        Beside::Near => "",
        Beside::Below => "nettement moins que la moyenne",
    }
}

/// The last day of a right, and whether it is near.
#[must_use]
pub fn ends(on: Option<Date>, soon: bool) -> String {
    match on {
        None => "sans terme".to_owned(),
        Some(day) if soon => format!("{}, dans les six mois", french::date(day)),
        Some(day) => french::date(day),
    }
}

/// The conditions of a renewal at risk, the most urgent first, in a few words; empty without any. On a day that is behind,
/// nothing is to be done any more.
#[must_use]
pub fn at_risk(risks: &[Risk], on: Date, today: Date) -> String {
    let Some(first) = risks.first() else { return String::new() };
    let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let count = french::plural(many(risks.len()), "condition", "conditions");
    let over = risks.iter().filter(|risk| risk.is_over(on)).count();
    match first.until {
        _ if over == risks.len() => format!("{count} hors délai"),
        _ if over > 0 => format!("{count}, dont {} hors délai", french::integer(many(over))),
        Some(day) => format!("{count}, au plus tard le {}", french::date(day)),
        None if on < today => count,
        None => format!("{count}, à remplir dès maintenant"),
    }
}

/// « 12 personnes ».
#[must_use]
pub fn people(count: usize) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), "personne", "personnes")
}

/// The rights of a region that end soon; empty without any.
#[must_use]
pub fn ending(count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let count = french::plural(i64::try_from(count).unwrap_or(i64::MAX), "droit finit", "droits finissent");
    format!("{count} sous 90 jours")
}

/// The load of a region.
#[must_use]
pub fn load(count: usize) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    format!("{} sur douze mois", french::plural(count, "mission ou visite", "missions et visites"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn conditions_at_risk_are_counted_with_what_presses() {
        let (past, later) = (Some(date!(2025 - 09 - 30)), Some(date!(2026 - 03 - 01)));
        let many = "2 conditions, dont 1 hors délai";
        for (until, expected) in [
            (vec![], ""),
            (vec![later], "1 condition, au plus tard le 1er mars 2026"),
            (vec![None, later], "2 conditions, à remplir dès maintenant"),
            (vec![past, later], many),
            (vec![past, None], many),
            (vec![past], "1 condition hors délai"),
            (vec![past, past], "2 conditions hors délai"),
        ] {
            let risk = |until| Risk { said: "Missions".to_owned(), until };
            let risks: Vec<_> = until.into_iter().map(risk).collect();
            let on = date!(2025 - 10 - 06);
            assert_eq!(at_risk(&risks, on, on), expected, "{risks:?}");
        }
        let risk = Risk { said: "Charte".to_owned(), until: None };
        let (on, today) = (date!(2024 - 06 - 01), date!(2025 - 10 - 06));
        assert_eq!(at_risk(&[risk], on, today), "1 condition", "that day is behind");
    }

    #[test]
    fn a_mean_is_written_with_a_comma() {
        for (found, expected) in [(0, "0"), (20, "2"), (43, "4,3"), (105, "10,5")] {
            assert_eq!(tenths(found), expected);
        }
    }
}
