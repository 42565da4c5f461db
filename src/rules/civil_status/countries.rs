//! The countries of birth by INSEE code: `99` and three digits.
//!
//! A present country is accepted at any date, because the register codes many births by the country of today; a
//! state that ended is accepted for births before its end.
use crate::rules::fold::fold;
use crate::rules::typed_date;
use std::sync::LazyLock;
use time::Date;

/// The code of France: no birthplace abroad.
pub const FRANCE: &str = "99100";
/// The code of Algeria.
pub const ALGERIA: &str = "99352";

static COUNTRIES: LazyLock<Vec<Country>> =
    LazyLock::new(|| include_str!("data/countries.tsv").lines().map(read).collect());

/// A country, or a territory that has its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// INSEE code, five digits.
    pub code: &'static str,
    /// French name.
    pub name: &'static str,
    /// The first day when it was no longer a country; none = it still is.
    pub until: Option<Date>,
}

impl Country {
    /// The three digits that follow `99`, as the accrochage asks.
    #[must_use]
    pub fn digits(&self) -> &'static str {
        self.code.get(2..).unwrap_or_default()
    }

    /// Whether somebody may be born there on this day or later.
    #[must_use]
    pub fn was_there(&self, on: Date) -> bool {
        self.until.is_none_or(|until| on < until)
    }
}

fn read(line: &'static str) -> Country {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (code, name, until) = (next(), next(), next());
    Country { code, name, until: typed_date::parse(until) }
}

/// Every country, by code.
#[must_use]
pub fn all() -> &'static [Country] {
    &COUNTRIES
}

/// The country of a code, with or without its `99`.
#[must_use]
pub fn country(code: &str) -> Option<&'static Country> {
    all().iter().find(|country| country.code == code || country.digits() == code)
}

/// The country of a name, whatever its accents and case.
#[must_use]
pub fn named(name: &str) -> Option<&'static Country> {
    let sought = fold(name);
    all().iter().find(|country| fold(country.name) == sought)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use time::macros::date;

    #[test]
    fn each_country_has_one_code_and_one_name() {
        assert_eq!(all().len(), 221);
        let codes: HashSet<&str> = all().iter().map(|country| country.code).collect();
        let names: HashSet<String> = all().iter().map(|country| fold(country.name)).collect();
        assert_eq!((codes.len(), names.len()), (221, 221));
        for country in all() {
            assert!(country.code.len() == 5 && country.code.starts_with("99"), "{}", country.code);
            assert!(country.code.bytes().all(|c| c.is_ascii_digit()), "{}", country.code);
            assert!(!country.name.contains('\''), "{}", country.name);
        }
        assert_eq!(country(FRANCE), None);
    }

    #[test]
    fn a_country_is_found_by_either_code_and_by_its_name() {
        let algeria = country(ALGERIA).unwrap();
        assert_eq!((algeria.name, algeria.digits()), ("Algérie", "352"));
        assert_eq!(country("352"), Some(algeria));
        assert_eq!(named("ALGERIE"), Some(algeria));
        assert_eq!(country("99109").unwrap().name, "Allemagne");
        for unknown in ["", "99", "99000", "9935", "099352"] {
            assert_eq!(country(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_state_that_ended_is_for_births_before_its_end() {
        let czechoslovakia = country("99115").unwrap();
        assert!(czechoslovakia.was_there(date!(1992 - 12 - 31)));
        assert!(!czechoslovakia.was_there(date!(1993 - 01 - 01)));
        assert!(country("99116").unwrap().was_there(date!(1970 - 01 - 01)));
        assert_eq!(all().iter().filter(|country| country.until.is_some()).count(), 8);
    }
}
