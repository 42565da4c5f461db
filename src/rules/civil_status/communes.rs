//! The communes by INSEE code (COG), each with the days between which it was one.
//!
//! The file holds every code since 1943, one line per name that the code had. It is sorted, and searched as it is:
//! nothing is read at start. Where a code comes from, and what its dates are worth, stands in
//! `docs/decisions/0023-reference-of-communes.md`; `tests/reference/communes.mjs` writes the file again.
use crate::rules::fold::fold;
use crate::rules::typed_date;
use std::sync::LazyLock;
use time::Date;

/// Code, name, first day, first day without it, code that took its place; what is empty at the end is left out.
const LINES: &str = include_str!("data/communes.tsv");

/// Codes of Paris, Lyon and Marseille: births there are coded by district.
const WITH_DISTRICTS: [&str; 3] = ["75056", "69123", "13055"];

/// How many times a commune is followed into the next: no chain of the file is as long.
const LONGEST_CHAIN: usize = 8;

/// The folded names, beside their lines: made by the first search.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    LINES.lines().map(|line| (fold(line.split('\t').nth(1).unwrap_or_default()), line)).collect()
});

/// A commune, or a district of Paris, Lyon or Marseille, under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commune {
    /// INSEE code, five characters.
    pub code: &'static str,
    /// French name, with its article.
    pub name: &'static str,
    /// Its first day; none = before 1943, or unknown.
    pub since: Option<Date>,
    /// The first day when it was no longer so; none = it still is.
    pub until: Option<Date>,
    /// The code that holds the place from then on, when it is another one.
    pub successor: Option<&'static str>,
}

impl Commune {
    /// Whether it was a commune on one day at least between these two, both included.
    #[must_use]
    pub fn was_there(&self, first: Date, last: Date) -> bool {
        self.since.is_none_or(|since| since <= last) && self.until.is_none_or(|until| first < until)
    }

    /// The code of its department or territory: two characters, three overseas.
    #[must_use]
    pub fn department_code(&self) -> &'static str {
        let length = if self.code.starts_with("97") || self.code.starts_with("98") { 3 } else { 2 };
        self.code.get(..length).unwrap_or_default()
    }

    /// Whether births are coded by its districts, and so this code says too little.
    #[must_use]
    pub fn has_districts(&self) -> bool {
        WITH_DISTRICTS.contains(&self.code)
    }
}

/// Whether a text has the shape of a code: five digits, or `2A` or `2B` and three digits.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix("2A").or_else(|| text.strip_prefix("2B"));
    let (digits, expected) = digits.map_or((text, 5), |digits| (digits, 3));
    digits.len() == expected && digits.bytes().all(|c| c.is_ascii_digit())
}

/// What a code was, name after name; nothing when it never was a commune since 1943.
#[must_use]
pub fn of_code(code: &str) -> Vec<Commune> {
    LINES[first_line(code)..].lines().map(read).take_while(|commune| commune.code == code).collect()
}

/// The commune of a code between two days, both included: the last one when it changed in between.
#[must_use]
pub fn commune(code: &str, first: Date, last: Date) -> Option<Commune> {
    of_code(code).into_iter().rfind(|commune| commune.was_there(first, last))
}

/// The commune to choose between two days when the code was none then: the one that took its place, or the one whose
/// place it took.
#[must_use]
pub fn instead(code: &str, first: Date, last: Date) -> Option<Commune> {
    later(code, first, last).or_else(|| earlier(code, first, last))
}

/// Follows the communes that took the place of a code.
fn later(code: &str, first: Date, last: Date) -> Option<Commune> {
    let mut code = code.to_owned();
    for _ in 0..LONGEST_CHAIN {
        let ended = |one: &Commune| one.until.is_some_and(|until| until <= first);
        let next = of_code(&code).into_iter().filter(ended).filter_map(|one| one.successor).next_back()?;
        if let Some(found) = commune(next, first, last) {
            return Some(found);
        }
        next.clone_into(&mut code);
    }
    None
}

/// The commune that became this code: the only one, or the one of the same name.
fn earlier(code: &str, first: Date, last: Date) -> Option<Commune> {
    let ending = format!("\t{code}");
    let before: Vec<Commune> = LINES
        .lines()
        .filter(|line| line.ends_with(&ending))
        .map(read)
        .filter(|one| one.was_there(first, last))
        .collect();
    let names: Vec<&str> = of_code(code).iter().map(|one| one.name).collect();
    match before.as_slice() {
        [only] => Some(*only),
        several => several.iter().find(|one| names.contains(&one.name)).copied(),
    }
}

/// The communes between two days whose name begins with a text, or has a word that does; the nearest names first.
#[must_use]
pub fn named(text: &str, first: Date, last: Date, limit: usize) -> Vec<Commune> {
    let sought = unabbreviated(&fold(text));
    if sought.is_empty() {
        return Vec::new();
    }
    let within = format!(" {sought}");
    let rank = |name: &str| {
        let degrees = [name == sought, name.starts_with(&sought), name.contains(&within)];
        degrees.iter().position(|reached| *reached)
    };
    let mut found: Vec<(usize, &str, Commune)> = NAMES
        .iter()
        .filter_map(|(name, line)| Some((rank(name)?, name.as_str(), read(line))))
        .filter(|(_, _, commune)| commune.was_there(first, last))
        .collect();
    found.sort_by_key(|(rank, name, commune)| (*rank, *name, commune.code));
    found.into_iter().map(|(_, _, commune)| commune).take(limit).collect()
}

/// `st denis` is looked for as `saint denis`.
fn unabbreviated(folded: &str) -> String {
    let words = folded.split(' ').map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn read(line: &'static str) -> Commune {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (code, name, since, until, successor) = (next(), next(), next(), next(), next());
    Commune {
        code,
        name,
        since: typed_date::parse(since),
        until: typed_date::parse(until),
        successor: (!successor.is_empty()).then_some(successor),
    }
}

/// Where the first line stands whose code is not before this one; the end of the file when there is none.
fn first_line(code: &str) -> usize {
    // the lines before `low` have smaller codes, those from `high` on have not; both begin a line
    let (mut low, mut high) = (0, LINES.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let newline = LINES.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n');
        let start = newline.map_or(0, |at| at + 1);
        let line = LINES[start..].lines().next().unwrap_or_default();
        if line.split('\t').next().unwrap_or_default() < code {
            low = start + line.len() + 1;
        } else {
            high = start;
        }
    }
    low.min(LINES.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    fn name(code: &str, on: Date) -> Option<&'static str> {
        commune(code, on, on).map(|found| found.name)
    }

    #[test]
    fn the_file_is_sorted_and_each_code_is_found_at_its_place() {
        let mut previous = "";
        let mut lines = 0;
        for line in LINES.lines() {
            let one = read(line);
            assert!(is_code(one.code), "{line}");
            assert!(previous <= one.code, "{line}");
            assert!(!one.name.is_empty() && !one.name.contains('\''), "{line}");
            assert!(one.since.is_none_or(|since| one.until.is_none_or(|until| since < until)), "{line}");
            assert_eq!(line.split('\t').nth(2).is_some_and(|text| !text.is_empty()), one.since.is_some());
            assert_eq!(line.split('\t').nth(3).is_some_and(|text| !text.is_empty()), one.until.is_some());
            previous = one.code;
            lines += 1;
        }
        assert!(lines > 42_000, "{lines}");
        for line in LINES.lines().step_by(97) {
            let one = read(line);
            assert!(of_code(one.code).contains(&one), "{line}");
            assert!(one.successor.is_none_or(|successor| !of_code(successor).is_empty()), "{line}");
        }
        let today = date!(2026 - 01 - 01);
        let present = LINES.lines().map(read).filter(|one| one.was_there(today, today));
        assert_eq!(present.count(), 34_875 + 88 + 45, "communes, territories, districts");
    }

    #[test]
    fn a_code_is_a_commune_between_its_days() {
        let cases = [
            ("01015", date!(2015 - 12 - 31), Some("Arbignieu")),
            ("01015", date!(2016 - 01 - 01), Some("Arboys en Bugey")),
            ("01340", date!(2015 - 12 - 31), Some("Saint-Bois")),
            ("01340", date!(2016 - 01 - 01), None),
            ("49228", date!(2016 - 12 - 14), Some("Noyant")),
            ("49228", date!(2016 - 12 - 15), Some("Noyant-Villages")),
            ("20004", date!(1975 - 12 - 31), Some("Ajaccio")),
            ("20004", date!(1976 - 01 - 01), None),
            ("2A004", date!(1976 - 01 - 01), Some("Ajaccio")),
            ("2A004", date!(1975 - 12 - 31), None),
            ("92004", date!(1968 - 01 - 01), Some("Asnières")),
            ("92004", date!(1990 - 01 - 01), Some("Asnières-sur-Seine")),
            ("92004", date!(1955 - 01 - 01), None),
            ("97411", date!(1950 - 01 - 01), Some("Saint-Denis")),
            ("97611", date!(2012 - 01 - 01), Some("Mamoudzou")),
            ("98511", date!(2011 - 03 - 30), Some("Mamoudzou")),
            ("98511", date!(2011 - 03 - 31), None),
            ("97123", date!(2000 - 01 - 01), Some("Saint-Barthélemy")),
            ("97701", date!(2000 - 01 - 01), None),
            ("97801", date!(2010 - 01 - 01), Some("Saint-Martin")),
            ("97502", date!(1980 - 01 - 01), Some("Saint-Pierre")),
            ("98613", date!(1980 - 01 - 01), Some("Uvea")),
            ("98735", date!(1980 - 01 - 01), Some("Papeete")),
            ("98818", date!(1980 - 01 - 01), Some("Nouméa")),
            ("75114", date!(1980 - 01 - 01), Some("Paris 14e Arrondissement")),
            ("69389", date!(1980 - 01 - 01), Some("Lyon 9e Arrondissement")),
            ("13216", date!(1980 - 01 - 01), Some("Marseille 16e Arrondissement")),
            ("00000", date!(1980 - 01 - 01), None),
            ("99352", date!(1980 - 01 - 01), None),
            ("", date!(1980 - 01 - 01), None),
            ("é", date!(1980 - 01 - 01), None),
        ];
        for (code, on, expected) in cases {
            assert_eq!(name(code, on), expected, "{code} on {on}");
        }
    }

    #[test]
    fn a_code_of_another_time_leads_to_the_one_of_the_day() {
        let cases = [
            ("2A004", date!(1960 - 05 - 01), Some("20004")),
            ("20004", date!(1990 - 05 - 01), Some("2A004")),
            ("92004", date!(1955 - 05 - 01), Some("75004")),
            ("01340", date!(2018 - 05 - 01), Some("01015")),
            ("98511", date!(2015 - 05 - 01), Some("97611")),
            ("97701", date!(1995 - 05 - 01), Some("97123")),
            // an association in 1973, then moved twice
            ("14697", date!(1980 - 05 - 01), Some("14624")),
            ("14697", date!(2018 - 05 - 01), Some("14654")),
            ("00000", date!(1990 - 05 - 01), None),
        ];
        for (code, on, expected) in cases {
            assert_eq!(instead(code, on, on).map(|found| found.code), expected, "{code} on {on}");
        }
    }

    #[test]
    fn a_year_of_birth_accepts_both_sides_of_a_change() {
        let (first, last) = (date!(2016 - 01 - 01), date!(2016 - 12 - 31));
        assert_eq!(commune("49228", first, last).unwrap().name, "Noyant-Villages");
        assert_eq!(commune("49013", first, last).map(|one| one.code), Some("49013"));
    }

    #[test]
    fn names_are_searched_without_accents_and_by_their_words() {
        let on = date!(1990 - 01 - 01);
        let codes = |text| named(text, on, on, 5).into_iter().map(|one| one.code).collect::<Vec<_>>();
        assert_eq!(codes("mamoudzou"), ["97611", "98511"]);
        assert_eq!(codes("ASNIERES SUR SEINE"), ["92004"]);
        assert_eq!(codes("l'hay les"), ["94038"]);
        assert_eq!(codes("st barthelemy de bellegarde"), ["24380"]);
        assert!(named("denis", on, on, 500).iter().any(|one| one.code == "97411"));
        assert!(named("Ajaccio", on, on, 5).iter().all(|one| one.code == "2A004"));
        assert_eq!(named("saint", on, on, 7).len(), 7);
        assert!(codes("  ").is_empty());
    }

    #[test]
    fn a_commune_knows_its_department() {
        let on = date!(1990 - 01 - 01);
        for (code, department) in [("2A004", "2A"), ("97411", "974"), ("98735", "987"), ("01004", "01")] {
            assert_eq!(commune(code, on, on).unwrap().department_code(), department);
        }
        assert!(commune("75056", on, on).unwrap().has_districts());
        assert!(!commune("75101", on, on).unwrap().has_districts());
    }

    #[test]
    fn a_code_is_five_characters() {
        for (text, expected) in [("97411", true), ("2A004", true), ("2a004", false), ("2C004", false)] {
            assert_eq!(is_code(text), expected, "{text}");
        }
        for text in ["", "9741", "974111", "A2004", "2A0040", "٩٧٤١١"] {
            assert!(!is_code(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_search_by_code_is_a_search_line_by_line(code in "(0|1|2|4|6|7|9)[0-9AB][0-9]{3}") {
            let expected: Vec<Commune> = LINES.lines().filter(|line| line.starts_with(&code)).map(read).collect();
            prop_assert_eq!(of_code(&code), expected);
        }

        #[test]
        fn no_text_makes_the_search_fail(text in "\\PC{0,8}") {
            let found = of_code(&text);
            prop_assert!(found.iter().all(|one| one.code == text));
        }
    }
}
