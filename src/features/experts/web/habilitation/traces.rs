//! What the file of an habilitation left behind: documents, history. Pure.

mod labels;

use entity::document;

use super::super::super::queries;
use crate::features::agreements::wording::hours_of;
use crate::http::web::component::HistoryLine;
use crate::render::french;
use crate::rules::deadline;

/// One document of the file.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Day and size.
    pub note: String,
}

/// The documents of a file, latest first.
pub(super) fn documents(found: &queries::Path) -> Vec<DocumentRow> {
    found.documents.iter().map(|row| document(found, row)).collect()
}

fn document(found: &queries::Path, row: &document::Model) -> DocumentRow {
    let size = u64::try_from(row.size).unwrap_or_default();
    let day = deadline::day_in_zone(*row.created_at, &found.expert.zone);
    let (number, id) = (&found.expert.number, found.habilitation.file.id);
    DocumentRow {
        title: row.title.clone(),
        href: format!("/intervenants/{number}/habilitations/{id}/documents/{}", row.id),
        note: format!("{}, {}", french::date(day), french::file_size(size)),
    }
}

/// Whose hours those of the history are; nothing when they are those of Paris.
pub(super) fn hours(found: &queries::Path) -> String {
    hours_of(&found.expert.zone).unwrap_or_default()
}

/// The history, newest first; reasons are for the team, whose letters give them to the person.
pub(super) fn history(entries: Vec<queries::Entry>, zone: &str, staff: bool) -> Vec<HistoryLine> {
    entries.into_iter().map(|entry| line(entry, zone, staff)).collect()
}

fn line(entry: queries::Entry, zone: &str, staff: bool) -> HistoryLine {
    let event = entry.event;
    let at = deadline::local(*event.at, zone).ok();
    let system = event.actor_kind == "system";
    let mut who =
        entry.who.unwrap_or_else(|| if system { labels::BY_ITSELF.to_owned() } else { String::new() });
    if let Some(reason) = event.reason.as_deref().filter(|_| staff) {
        who = if who.is_empty() { reason.to_owned() } else { format!("{who}. {reason}") };
    }
    HistoryLine {
        day: at.map(|at| format!("{} {}", french::short_date(at.date()), at.year())).unwrap_or_default(),
        time: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        what: labels::told(&event),
        who,
        system,
        href: String::new(),
    }
}
