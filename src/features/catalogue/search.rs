//! Which sessions are wanted: by words, whatever accents and small slips, by theme, by way, by region, by date. Pure but
//! for the shelf that it reads.

use std::collections::HashMap;

use entity::programme::Theme;
use time::Date;

use super::shelf::{Entry, Mode, Shelf};
use crate::db::Cursor;
use crate::features::training::labels;
use crate::rules::fold::{fold, searchable};
use crate::rules::mail_domain::distance;
use crate::rules::{territory, typed_date};

/// Letters from which one slip is let through, and from which two are.
const ONE_SLIP: usize = 4;
const TWO_SLIPS: usize = 8;
/// Most words looked for at once.
const MOST_WORDS: usize = 12;

/// The words of sessions.
#[derive(Debug, Default)]
pub struct Index {
    /// Each word, once.
    vocabulary: Vec<String>,
    /// Those of each session, in the order of the shelf.
    words: Vec<Vec<usize>>,
}

impl Index {
    /// The words of these sessions.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        Self::of_texts(entries.iter().map(text))
    }

    fn of_texts(texts: impl Iterator<Item = String>) -> Self {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut index = Self::default();
        for text in texts {
            let mut words: Vec<usize> = Vec::new();
            for word in text.split(' ').filter(|word| !word.is_empty()) {
                let next = index.vocabulary.len();
                let place = *known.entry(word.to_owned()).or_insert(next);
                if place == next {
                    index.vocabulary.push(word.to_owned());
                }
                words.push(place);
            }
            words.sort_unstable();
            words.dedup();
            index.words.push(words);
        }
        index
    }

    /// Whether each session holds every word typed; nothing typed is in all of them.
    #[must_use]
    pub fn holding(&self, typed: &str) -> Vec<bool> {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        // Articles and elided letters say nothing, unless nothing else was typed.
        let telling: Vec<&str> = words.iter().copied().filter(|word| word.len() > 2).collect();
        let wanted = if telling.is_empty() { words } else { telling };
        if wanted.is_empty() {
            return vec![typed.trim().is_empty(); self.words.len()];
        }
        let near: Vec<Vec<bool>> = wanted.iter().take(MOST_WORDS).map(|word| self.near(word)).collect();
        let holds = |own: &Vec<usize>| near.iter().all(|near| own.iter().any(|word| near[*word]));
        self.words.iter().map(holds).collect()
    }

    /// The words that a typed one stands for: those that hold it, or failing any those that are nearly it.
    fn near(&self, word: &str) -> Vec<bool> {
        let holding: Vec<bool> = self.vocabulary.iter().map(|known| holds(known, word)).collect();
        if holding.contains(&true) {
            return holding;
        }
        self.vocabulary.iter().map(|known| is_nearly(known, word)).collect()
    }
}

/// Whether a word is the one typed, or begins with it, or holds it when it is long enough to tell.
fn holds(known: &str, typed: &str) -> bool {
    known.starts_with(typed) || (typed.len() >= ONE_SLIP && known.contains(typed))
}

fn is_nearly(known: &str, typed: &str) -> bool {
    let slips = match typed.chars().count() {
        0..ONE_SLIP => return false,
        ONE_SLIP..TWO_SLIPS => 1,
        _ => 2,
    };
    known.len().abs_diff(typed.len()) <= slips && distance(known, typed) <= slips
}

/// Everything by which a session is looked for.
fn text(entry: &Entry) -> String {
    let session = entry.session();
    let department = territory::department(&session.department).map_or("", |one| one.name);
    let region = territory::region(&session.region).map_or("", |one| one.name);
    let sheet = &entry.sheet;
    searchable(&format!(
        "{} {} {} {} {} {} {} {} {}",
        session.title,
        labels::theme(session.theme),
        sheet.version.goal,
        sheet.programme.code,
        session.number,
        session.commune,
        department,
        region,
        labels::modality(session.modality),
    ))
}

/// In which order sessions are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By date.
    #[default]
    Date,
    /// By theme, then by date.
    Theme,
    /// By region, then by date.
    Region,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Date, Self::Theme, Self::Region];

    /// Its word in addresses; none for the usual one.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Date => "",
            Self::Theme => "theme",
            Self::Region => "region",
        }
    }

    /// What a session is sorted by.
    #[must_use]
    pub fn key(self, entry: &Entry) -> String {
        let session = entry.session();
        let day = session.starts_on.map(typed_date::iso).unwrap_or_default();
        match self {
            Self::Date => day,
            Self::Theme => format!("{} {day}", session.theme.word()),
            Self::Region => format!("{} {day}", session.region),
        }
    }
}

/// What is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words.
    pub q: String,
    /// One of these themes, or any.
    pub themes: Vec<Theme>,
    /// One of these ways, or any.
    pub modes: Vec<Mode>,
    /// In one of these regions, or anywhere.
    pub regions: Vec<String>,
    /// Not before.
    pub from: Option<Date>,
    /// Whether those whose seats are all taken are left out.
    pub with_seats: bool,
    /// The order.
    pub sort: Sort,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found<'a> {
    /// The sessions, in order.
    pub entries: Vec<&'a Entry>,
    /// How many each theme would give, the other filters staying.
    pub themes: HashMap<Theme, usize>,
    /// The same of each way.
    pub modes: HashMap<Mode, usize>,
    /// The same of each region.
    pub regions: HashMap<&'a str, usize>,
}

/// The open sessions that are wanted.
#[must_use]
pub fn find<'a>(shelf: &'a Shelf, filter: &Filter) -> Found<'a> {
    let mut found = Found::default();
    let holding = shelf.index.holding(&filter.q);
    for (entry, holds) in shelf.entries.iter().zip(holding) {
        let session = entry.session();
        let late_enough = filter.from.is_none_or(|from| session.starts_on.is_some_and(|day| day >= from));
        let seats = !filter.with_seats || !entry.tally.is_full();
        if !(entry.open && holds && late_enough && seats) {
            continue;
        }
        let mode = entry.mode();
        let theme = filter.themes.is_empty() || filter.themes.contains(&session.theme);
        let way = filter.modes.is_empty() || filter.modes.contains(&mode);
        let place = filter.regions.is_empty() || filter.regions.contains(&session.region);
        if way && place {
            *found.themes.entry(session.theme).or_default() += 1;
        }
        if theme && place {
            *found.modes.entry(mode).or_default() += 1;
        }
        if theme && way && !session.region.is_empty() {
            *found.regions.entry(session.region.as_str()).or_default() += 1;
        }
        if theme && way && place {
            found.entries.push(entry);
        }
    }
    found.entries.sort_by_cached_key(|entry| (filter.sort.key(entry), entry.session().id));
    found
}

/// The sessions after the last one that was seen, and where the next page starts. A session that has left the catalogue
/// meanwhile breaks nothing: its place in the order is known without it.
#[must_use]
pub fn part<'a>(
    entries: &[&'a Entry],
    sort: Sort,
    after: Option<&Cursor>,
    limit: usize,
) -> (Vec<&'a Entry>, Option<Cursor>) {
    let is_after = |entry: &&&'a Entry| {
        after.is_none_or(|last| (sort.key(entry), entry.session().id.0) > (last.value.clone(), last.id))
    };
    let mut left = entries.iter().filter(is_after);
    let part: Vec<&Entry> = left.by_ref().take(limit).copied().collect();
    let more = left.next().is_some();
    let last = part.last().filter(|_| more);
    let next = last.map(|entry| Cursor { value: sort.key(entry), id: entry.session().id.0 });
    (part, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<bool> {
        let texts = [
            "Maintien des compétences SST, Poitiers",
            "Prévenir le harcèlement sexuel, à distance",
            "Aborder le management et la gestion des conflits, L’Haÿ-les-Roses",
        ];
        Index::of_texts(texts.into_iter().map(searchable)).holding(typed)
    }

    #[test]
    fn words_are_found_without_accents_and_with_small_slips() {
        for (typed, expected) in [
            ("", [true, true, true]),
            ("competences", [true, false, false]),
            ("HARCELEMENT", [false, true, false]),
            ("harcellement", [false, true, false]),
            ("managment conflit", [false, false, true]),
            ("le management", [false, false, true]),
            ("sst", [true, false, false]),
            ("sts", [false, false, false]),
            ("hay roses", [false, false, true]),
            ("poitier", [true, false, false]),
            ("menuiserie", [false, false, false]),
            ("…", [false, false, false]),
        ] {
            assert_eq!(found(typed), expected, "{typed}");
        }
    }
}
