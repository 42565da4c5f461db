//! Why somebody may not be chosen for a mission.

use entity::habilitation::Duty;
use entity::mission_offer::DeclineReason;
use time::{Date, Duration, OffsetDateTime};

use super::{lasting, of_duty};
use crate::render::french;
use crate::rules::deadline;

/// The same, as the team reads it.
#[must_use]
pub fn refusal(reason: DeclineReason, note: &str) -> String {
    let word = match reason {
        DeclineReason::Unavailable => "indisponibilité à cette date",
        DeclineReason::TooFar => "éloignement",
        DeclineReason::Tie => "lien avec la structure ou une personne",
        DeclineReason::Workload => "trop de missions",
        DeclineReason::Health => "empêchement personnel",
        DeclineReason::Other => "autre motif",
    };
    if note.is_empty() { word.to_owned() } else { format!("{word}\u{202f}: {note}") }
}

/// Why an offer is taken back from somebody who is away.
pub const OFFER_IMPEDED: &str = "Votre absence est enregistrée pour cette période.";
/// Why a visit is taken back from somebody who is away.
pub const VISIT_IMPEDED: &str = "La personne chargée de la visite ne peut pas venir à cette date.";

/// Said of someone whose other mission is at the same hours, in another zone.
#[must_use]
pub fn overlapping(number: &str) -> String {
    format!("Cette personne tient déjà la mission {number}, aux mêmes heures.")
}

/// What stands in the way of somebody, told to themselves.
#[must_use]
pub fn to_oneself(said: &str) -> String {
    let words = [
        ("Cette personne tient déjà", "Vous tenez déjà"),
        ("Cette personne fait déjà", "Vous faites déjà"),
        ("Cette personne a dit", "Vous avez dit"),
        ("Cette personne est déjà prise", "Un engagement vous prend déjà"),
        ("Cette personne n’a pas d’habilitation", "Vous n’avez pas d’habilitation"),
    ];
    let found = words.iter().find_map(|(other, own)| Some(format!("{own}{}", said.strip_prefix(other)?)));
    found.unwrap_or_else(|| said.replace("de cette personne", "que vous tenez"))
}

/// Stands for somebody whose name is beside.
pub const THIS_PERSON: &str = "Cette personne";

/// Said of somebody whose declared time contradicts a mission.
#[must_use]
pub fn away(name: &str, said: &str) -> String {
    format!("{name} {said}.")
}

/// Said of somebody who is asked for twice on the same half-days.
#[must_use]
pub fn also_proposed(name: &str, number: &str) -> String {
    format!(
        "La mission {number}, sur les mêmes demi-journées, est déjà proposée à {name}, qui n’a pas encore répondu."
    )
}

/// Said of a travel that is too short.
#[must_use]
pub fn short_travel(number: &str, gap: Duration, needed: Duration) -> String {
    format!(
        "Trajet court\u{202f}: {} séparent cette mission de {number}, il faut compter environ {}.",
        lasting(gap),
        lasting(needed)
    )
}

/// Said of a travel that is too short between the mission and a visit.
#[must_use]
pub fn short_travel_visit(number: &str, gap: Duration, needed: Duration) -> String {
    format!(
        "Trajet court\u{202f}: {} séparent cette mission de la visite de la demande {number}, il faut compter environ {}.",
        lasting(gap),
        lasting(needed)
    )
}

/// Said of someone who never held the duty.
#[must_use]
pub fn no_habilitation(duty: Duty) -> String {
    format!("Cette personne n’a pas d’habilitation {}.", of_duty(duty))
}

/// Said of someone who holds no habilitation, where any would do.
pub const NO_HABILITATION: &str = "Cette personne n’a pas d’habilitation.";

/// Said of someone whose habilitation is suspended.
#[must_use]
pub fn suspended(duty: Duty) -> String {
    format!("L’habilitation {} de cette personne est suspendue.", of_duty(duty))
}

/// Said of someone whose habilitation ends too soon.
#[must_use]
pub fn ends_before(duty: Duty, end: Date, day: Date) -> String {
    let eve = if end.next_day() == Some(day) { ", la veille de la mission" } else { "" };
    format!(
        "L’habilitation {} de cette personne se termine le {}{eve}\u{202f}: il manque une habilitation valable le {}.",
        of_duty(duty),
        french::date(end),
        french::date(day)
    )
}

/// Said of someone whose habilitation starts too late.
#[must_use]
pub fn begins_after(duty: Duty, start: Date) -> String {
    format!("L’habilitation {} de cette personne ne commence que le {}.", of_duty(duty), french::date(start))
}

/// A reason about somebody of a list.
#[must_use]
pub fn about(name: &str, reason: &str) -> String {
    format!("{name}\u{202f}: {reason}")
}

/// "mardi 3 mars 2026, de 9 h à 17 h, heure de Cayenne (13 h à Paris)".
#[must_use]
pub fn when(starts_at: OffsetDateTime, ends_at: OffsetDateTime, zone: &str) -> String {
    let local = |at: OffsetDateTime| deadline::local(at, zone).ok();
    let (Some(from), Some(until)) = (local(starts_at), local(ends_at)) else { return String::new() };
    let hours = french::local_and_paris(starts_at, zone);
    let end = french::time_of_day(until.time());
    let (start, rest) = match hours.split_once(',') {
        Some((start, rest)) => (start.to_owned(), format!(",{rest}")),
        None => (hours, String::new()),
    };
    if from.date() == until.date() {
        return format!("{}, de {start} à {end}{rest}", french::long_date(from.date()));
    }
    format!(
        "du {} à {start} au {} à {end}{rest}",
        french::long_date(from.date()),
        french::long_date(until.date())
    )
}
