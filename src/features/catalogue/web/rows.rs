//! The lines of a list of sessions.

use time::Date;

use super::super::labels::{self, When};
use super::super::search::Sort;
use super::super::shelf::{Entry, Mode};
use crate::features::training::labels as training;

/// A session of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Title.
    pub title: String,
    /// Theme.
    pub theme: &'static str,
    /// What it is for, in a line.
    pub goal: String,
    /// Its days.
    pub when: When,
    /// Where.
    pub place: String,
    /// Whether it is followed from anywhere.
    pub remote: bool,
    /// How long.
    pub duration: String,
    /// What it costs.
    pub price: String,
    /// Seats that are free.
    pub free: u32,
    /// « places libres sur 10 ».
    pub seats: String,
    /// Those that are taken, and how many there are: the drawing.
    pub gauge: (u32, u32),
    /// « Liste d’attente : 3 personnes », when the session is full.
    pub waiting: String,
}

/// Sessions under one title.
#[derive(Clone, Debug)]
pub struct Group {
    /// Month, theme or region.
    pub title: String,
    /// The sessions.
    pub rows: Vec<Row>,
}

impl Row {
    /// The line of a session.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let (session, tally) = (entry.session(), entry.tally);
        let free = tally.free();
        let seats = tally.seats.max(1);
        let taken = if free == 0 { seats } else { tally.held.min(seats) };
        Self {
            href: entry.path(),
            title: session.title.clone(),
            theme: training::theme(session.theme),
            goal: entry.sheet.version.goal.clone(),
            when: labels::when(&entry.card),
            place: labels::town(entry),
            remote: entry.mode() == Mode::Remote,
            duration: labels::duration_of(&entry.card),
            price: labels::price(session.price_cents, entry.sheet.version.vat),
            free,
            seats: labels::free(tally),
            gauge: (taken, seats),
            waiting: labels::waiting(tally),
        }
    }
}

/// The sessions in groups, in their order.
pub(super) fn groups(entries: &[&Entry], sort: Sort, today: Date) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let title = title(entry, sort, today);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.rows.push(Row::of(entry)),
            None => groups.push(Group { title, rows: vec![Row::of(entry)] }),
        }
    }
    groups
}

fn title(entry: &Entry, sort: Sort, today: Date) -> String {
    let session = entry.session();
    match sort {
        Sort::Date => session.starts_on.map(|day| labels::month(day, today)).unwrap_or_default(),
        Sort::Theme => training::theme(session.theme).to_owned(),
        Sort::Region if session.region.is_empty() => labels::town(entry),
        Sort::Region => labels::region(&session.region),
    }
}
