//! The rows of the page of a candidate.

use super::super::super::labels;
use super::super::super::livret::labels as words;
use super::super::super::queries::{self, Entry, Whole};
use crate::features::ties::judged::Bond;
use crate::http::web::component::{HistoryLine, Link, Status};
use crate::render::french;
use crate::rules::deadline::local;

/// A piece that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceRow {
    /// What it is.
    pub title: &'static str,
    /// Name of the file.
    pub file_name: String,
    /// Where it is taken.
    pub href: String,
    /// The day it was sent.
    pub day: String,
    /// Where it is taken back; empty when it may not.
    pub remove: String,
}

/// A skill and what the positioning found of it; or a bloc and the jury that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillRow {
    /// Code.
    pub code: String,
    /// What it says.
    pub wording: String,
    /// What was found.
    pub result: String,
}

/// What a jury decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Number of the session.
    pub session: String,
    /// Its page; empty for whoever may not open it.
    pub href: String,
    /// The day.
    pub day: String,
    /// The decision.
    pub status: Status,
    /// Codes of what was acquired, in a sentence; may be empty.
    pub acquired: String,
    /// What was delivered.
    pub certificates: Vec<Link>,
}

pub(super) fn decision(one: queries::Decided) -> DecisionRow {
    DecisionRow {
        href: if one.opens { format!("/jurys/{}", one.session) } else { String::new() },
        session: one.session,
        day: one.decided_on.map(french::date).unwrap_or_default(),
        status: labels::decision(one.decision),
        acquired: one.acquired.join(", "),
        certificates: one
            .certificates
            .into_iter()
            .map(|number| Link::new(number.as_str(), format!("/certificats/{number}")))
            .collect(),
    }
}

/// A tie with an expert, in words.
pub(super) fn tied(bond: &Bond) -> String {
    words::tie_line(&bond.expert.name(), bond.kind, &words::tie_span(bond.since, bond.until))
}

pub(super) fn piece_rows(whole: &Whole, removable: bool) -> Vec<PieceRow> {
    let dossier = &whole.dossier;
    let path = dossier.path();
    let day = |at: entity::Instant| {
        local(*at, &dossier.structure.zone).map(|here| french::date(here.date())).unwrap_or_default()
    };
    whole
        .pieces
        .iter()
        .map(|piece| PieceRow {
            title: labels::pieces::piece(piece.kind),
            file_name: piece.file_name.clone(),
            href: format!("{path}/documents/{}", piece.document_id),
            day: day(piece.added_at),
            remove: if removable { format!("{path}/pieces/{}/retirer", piece.id) } else { String::new() },
        })
        .collect()
}

pub(super) fn documents(whole: &Whole) -> Vec<Link> {
    let path = whole.dossier.path();
    let made = whole.documents.iter().rev().filter(|one| one.generated);
    made.map(|one| Link::new(one.title.clone(), format!("{path}/documents/{}", one.id))).collect()
}

pub(super) fn skills(whole: &Whole) -> Vec<SkillRow> {
    let row = |one: &queries::SkillLine| SkillRow {
        code: one.skill.code.clone(),
        wording: one.skill.wording.clone(),
        result: one.result.map(labels::positioned).unwrap_or_default().to_owned(),
    };
    whole.positioning.iter().map(row).collect()
}

pub(super) fn acquired(whole: &Whole) -> Vec<SkillRow> {
    let row = |one: &queries::AcquiredBloc| SkillRow {
        code: one.code.clone(),
        wording: one.title.clone(),
        result: labels::given(&one.session, one.decided_on),
    };
    whole.acquired.iter().map(row).collect()
}

pub(super) fn stays(whole: &Whole) -> Vec<String> {
    whole.stays.iter().map(|one| labels::stay(&one.structure, one.since, one.until)).collect()
}

pub(super) fn line(entry: &Entry, zone: &str) -> HistoryLine {
    let event = &entry.event;
    let at = local(*event.at, zone).ok();
    let system = event.actor_kind == "system";
    let day = at.map(|at| format!("{} {}", french::short_date(at.date()), at.year()));
    HistoryLine {
        day: day.unwrap_or_default(),
        time: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        what: labels::history::told(&event.code).to_owned(),
        who: entry
            .who
            .clone()
            .unwrap_or_else(|| if system { labels::history::AUTOMATIC.to_owned() } else { String::new() }),
        system,
        href: String::new(),
    }
}
