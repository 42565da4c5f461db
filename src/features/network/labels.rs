//! French words of the network.

use time::Date;

use super::sheet::Beside;
use crate::render::french;

/// Title of the page.
pub const NETWORK: &str = "Réseau des intervenants";

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

/// « 12 personnes ».
#[must_use]
pub fn people(count: usize) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), "personne", "personnes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_written_with_a_comma() {
        for (found, expected) in [(0, "0"), (20, "2"), (43, "4,3"), (105, "10,5")] {
            assert_eq!(tenths(found), expected);
        }
    }
}
