//! The rows of the page of an expert, and the scale of time on which habilitations are drawn.

use std::collections::HashMap;

use entity::habilitation_step::StepKind;
use entity::ids::HabilitationId;
use entity::{certification, document, expert_piece};
use time::Date;

use crate::features::experts::labels;
use crate::features::experts::queries::Habilitation;
use crate::features::experts::web::labels as words;
use crate::http::web::component::Status;
use crate::render::french;
use crate::rules::habilitation_path::PathRules;
use crate::rules::territory;

/// One habilitation of the page.
#[derive(Clone, Debug)]
pub struct HabilitationRow {
    /// Duty and certification.
    pub title: String,
    /// How it was obtained, or what its path still wants; may be empty.
    pub obtained: String,
    /// Regions, or everywhere.
    pub regions: String,
    /// First day; none before a grant.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Where it stands.
    pub state: Status,
    /// Left end of its bar on the scale.
    pub from: i64,
    /// Length of its bar.
    pub length: i64,
    /// Whether it ends soon.
    pub soon: bool,
    /// Its page.
    pub href: String,
}

/// One piece of the page.
#[derive(Clone, Debug)]
pub struct PieceRow {
    /// What it is.
    pub title: &'static str,
    /// A word about it; may be empty.
    pub note: String,
    /// Its date.
    pub proof_on: Date,
    /// Its last day.
    pub valid_until: Option<Date>,
    /// Whether it is over.
    pub ended: bool,
    /// Its file, when one was received.
    pub file: Option<PieceFileLink>,
    /// Where the piece that follows it is recorded, from what it says; empty for one without an end.
    pub next: String,
}

/// The file of a piece.
#[derive(Clone, Debug)]
pub struct PieceFileLink {
    /// Its name, as sent.
    pub name: String,
    /// How heavy it is.
    pub size: String,
    /// Where it is.
    pub href: String,
}

/// Width of the scale of time, and years on it: two behind, three ahead.
const SCALE: i64 = 240;
pub(super) const YEARS: i64 = 5;

/// Where a day is on the scale around another, kept inside it.
pub(super) fn position(day: Date, middle: Date) -> i64 {
    let start = Date::from_ordinal_date(middle.year() - 2, 1).unwrap_or(middle);
    let days = (day - start).whole_days();
    (days * SCALE / (YEARS * 365)).clamp(0, SCALE)
}

/// Whether a file was open on a day; one that was taken over has no day of its own.
pub(super) fn known_on(found: &Habilitation, day: Date) -> bool {
    found.file.applied_on.is_none_or(|applied| applied <= day)
}

pub(super) fn scaled(
    found: &Habilitation,
    (certifications, steps, rules): (
        &[certification::Model],
        &HashMap<HabilitationId, Vec<StepKind>>,
        &PathRules,
    ),
    day: Date,
    past: bool,
    number: &str,
) -> HabilitationRow {
    let row = &found.file;
    let certification = certifications.iter().find(|found| Some(found.id) == row.certification_id);
    let duty = labels::duty(row.duty);
    let regions = row.regions.split(',').filter_map(territory::region).map(|region| region.name);
    let regions: Vec<_> = regions.collect();
    let (starts_on, ends_on) = (found.starts_on(), found.ends_on());
    let from = starts_on.map_or(0, |start| position(start, day));
    HabilitationRow {
        title: certification
            .map_or_else(|| duty.to_owned(), |found| format!("{duty}, {}", found.short_title)),
        obtained: words::obtained(rules, found, steps.get(&row.id).map_or(&[], Vec::as_slice)),
        regions: if regions.is_empty() { labels::EVERYWHERE.to_owned() } else { regions.join(", ") },
        starts_on,
        ends_on,
        state: if past { labels::state_on(found, day) } else { labels::state(found, day) },
        from,
        length: ends_on.map_or(0, |end| (position(end, day) - from).max(0)),
        soon: !past && labels::ends_soon(found, day),
        href: format!("/intervenants/{number}/habilitations/{}", row.id),
    }
}

pub(super) fn piece_row(
    row: &expert_piece::Model,
    file: Option<&document::Model>,
    today: Date,
    number: &str,
) -> PieceRow {
    let link = |file: &document::Model| PieceFileLink {
        name: file.file_name.clone(),
        size: french::file_size(u64::try_from(file.size).unwrap_or_default()),
        href: format!("/intervenants/{number}/pieces/{}/fichier", row.id),
    };
    PieceRow {
        title: labels::piece(row.code),
        note: row.note.clone(),
        proof_on: row.proof_on,
        valid_until: row.valid_until,
        ended: row.valid_until.is_some_and(|until| until < today),
        file: file.map(link),
        next: row
            .valid_until
            .map_or_else(String::new, |_| format!("/intervenants/{number}?piece={}#pieces", row.id)),
    }
}
