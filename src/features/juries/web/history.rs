//! The lines of the history of a session, as its page shows them.

use time::Date;

use crate::authz::{Actor, Permission, may};
use crate::features::candidates::labels::history::AUTOMATIC;
use crate::features::candidates::veil;
use crate::features::juries::labels;
use crate::features::juries::load::Whole;
use crate::features::juries::queries::Entry;
use crate::features::panels::SEAT_EVENTS;
use crate::http::web::component::HistoryLine;
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::territory::PARIS;

/// Acts whose reason a structure reads; those of the minutes speak of decisions.
const OPEN_REASONS: [&str; 5] =
    ["jury.rejected", "jury.withdrawn", "jury.postponed", "jury.cancelled", "jury.no_quorum"];

/// Who reads a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Eyes {
    /// A structure: neither who abstained nor about whom something was recorded.
    veiled: bool,
    /// Reads the minutes: what is about a candidate too.
    minutes: bool,
}

impl Eyes {
    /// Those of a visitor on a session.
    pub(super) fn of(actor: &Actor, whole: &Whole) -> Self {
        let minutes = may(actor, Permission::MinutesView, &whole.facts(actor));
        Self { veiled: veil::is_for(actor), minutes }
    }
}

/// One line.
pub(super) fn line(entry: &Entry, zone: &str, today: Date, eyes: Eyes) -> HistoryLine {
    let event = &entry.event;
    let here = local(*event.at, zone).or_else(|_| local(*event.at, PARIS)).ok();
    let system = event.actor_kind == "system";
    let reason = event.reason.as_deref();
    // Why a member declines is for the team, on the page of the members.
    let reason = reason.filter(|_| event.subject_kind != "mission");
    let reason = reason.filter(|_| !eyes.veiled || OPEN_REASONS.contains(&event.name.as_str()));
    let who = match &entry.who {
        Some(name) => Some(name.as_str()),
        None => system.then_some(AUTOMATIC),
    };
    let told: Vec<&str> = who.into_iter().chain(reason).collect();
    HistoryLine {
        day: here.map(|here| french::short_date_from(here.date(), today)).unwrap_or_default(),
        time: here.map(|here| french::time_of_day(here.time())).unwrap_or_default(),
        what: labels::history::happened_to(&event.name, &about(entry, eyes)),
        who: told.join(". "),
        system,
        href: String::new(),
    }
}

/// Whom an act is about, as far as the reader may know.
fn about(entry: &Entry, eyes: Eyes) -> Vec<&str> {
    let name = entry.event.name.as_str();
    let seat = entry.event.subject_kind == "mission" || SEAT_EVENTS.contains(&name);
    let member = entry.member.as_deref().filter(|_| !eyes.veiled || seat);
    let candidate = entry.candidate.as_deref().filter(|_| eyes.minutes && !eyes.veiled);
    member.into_iter().chain(candidate).collect()
}
