//! The place of birth of a line: a code or a name of a commune, on the day of birth; a country by its code or its name.

use time::Date;
use time::macros::date;

use super::labels;
use crate::import::{Columns, LineFault, Row, suggest};
use crate::rules::civil_status::birthplace::Named;
use crate::rules::civil_status::communes::{self, Commune};
use crate::rules::civil_status::{BirthDate, countries};
use crate::rules::fold::fold;

/// The first day of the list of communes.
const OLDEST: Date = date!(1900 - 01 - 01);
/// A day after every other of the list.
const LATEST: Date = date!(2100 - 01 - 01);
/// Communes looked at for a name.
const MOST: usize = 20;
/// Communes suggested at most.
const SUGGESTED: usize = 8;

/// A place of birth, as the rules read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) country: String,
    pub(super) commune: String,
    pub(super) locality: String,
}

/// The days between which somebody of a line was born; those of the whole list when it is not known.
fn born(columns: &Columns, row: &Row) -> (Date, Date) {
    let born = BirthDate::parse(columns.cell(row, "birth_date")).ok();
    born.map_or((OLDEST, LATEST), |born| (born.first_day(), born.last_day()))
}

/// The place of a line. A commune that is named is looked for among those of the day of birth.
pub(super) fn read(columns: &Columns, row: &Row, today: Date) -> Result<Place, LineFault> {
    let country = country(columns.cell(row, "birth_country"));
    let abroad = !country.is_empty();
    let town = columns.cell(row, "birth_locality");
    let commune = columns.cell(row, "birth_commune");
    // a country in the column of the commune is read by the rules
    let named = match (commune, town) {
        _ if abroad => "",
        ("", town) => town,
        (commune, _) if commune.chars().any(|c| c.is_ascii_digit()) => "",
        (commune, _) => commune,
    };
    let mut place = Place {
        country,
        commune: if named.is_empty() { commune.to_owned() } else { String::new() },
        locality: if abroad || commune.starts_with("99") { town.to_owned() } else { String::new() },
    };
    if abroad && town.is_empty() && !commune.chars().any(|c| c.is_ascii_digit()) {
        // the town abroad is often written where the commune is
        place.locality = std::mem::take(&mut place.commune);
    }
    if named.is_empty() {
        return Ok(place);
    }
    let key = if commune.is_empty() { "birth_locality" } else { "birth_commune" };
    let (first, last) = born(columns, row);
    let found = communes::named(named, first, last.min(today.max(first)), MOST);
    let exact = of_name(&found, named);
    match exact.as_slice() {
        [only] => only.code.clone_into(&mut place.commune),
        [] => {
            let near = found.first().map(|one| Named(*one).to_string());
            return Err(columns.fault(row, key, labels::COMMUNE_UNKNOWN, near));
        }
        several => {
            let told = listed(several);
            return Err(columns.fault(row, key, labels::COMMUNE_TO_CHOOSE, Some(told)));
        }
    }
    Ok(place)
}

/// Those that have the whole name, each code once.
fn of_name<'a>(found: &'a [Commune], name: &str) -> Vec<&'a Commune> {
    let mut exact: Vec<&Commune> = found.iter().filter(|one| fold(one.name) == fold(name)).collect();
    exact.dedup_by_key(|one| one.code);
    exact
}

/// « Saint-Denis (93066), Saint-Denis (97411) ».
fn listed(communes: &[&Commune]) -> String {
    let told = communes.iter().take(SUGGESTED).map(|one| Named(**one).to_string());
    told.collect::<Vec<_>>().join(", ")
}

/// The code of a country; empty for France, and what is written when it is none, which is then told.
fn country(cell: &str) -> String {
    if cell.is_empty() || fold(cell) == "france" {
        return String::new();
    }
    match countries::country(cell).or_else(|| countries::named(cell)) {
        Some(found) if found.code == countries::FRANCE => String::new(),
        Some(found) => found.code.to_owned(),
        None => cell.to_owned(),
    }
}

/// The code that was probably meant: with the zero that a spreadsheet drops, that of the commune of the day of birth, or that
/// of the name that goes with it.
pub(super) fn suggestion(columns: &Columns, row: &Row) -> Option<String> {
    let code = columns.cell(row, "birth_commune").to_ascii_uppercase();
    let (first, last) = born(columns, row);
    let there = |text: &str| communes::commune(text, first, last).is_some();
    if let Some(repaired) = suggest(&code, there) {
        return Some(repaired);
    }
    if let Some(instead) = communes::instead(&code, first, last) {
        return Some(instead.code.to_owned());
    }
    let town = columns.cell(row, "birth_locality");
    let named = communes::named(town, first, last, MOST);
    match of_name(&named, town).as_slice() {
        [only] => Some(only.code.to_owned()),
        _ => None,
    }
}
