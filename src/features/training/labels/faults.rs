//! Words of what is refused.

use entity::availability_day::HalfDay;
use entity::training_session::SessionState;
use time::Date;

use super::state;
use crate::render::french;

/// Fault of a form.
pub const UNKNOWN_PROGRAMME: &str = "Choisissez une formation publiée";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Cette structure n’est pas dans le registre";
/// Fault of a form.
pub const UNKNOWN_SITE: &str = "Ce site n’est pas celui de la structure";
/// Fault of a form.
pub const UNKNOWN_ROOM: &str = "Choisissez une salle de la liste";
/// Fault of a form.
pub const UNKNOWN_SESSION: &str = "Cette session n’existe pas";
/// Fault of a form.
pub const UNKNOWN_EXPERT: &str = "Choisissez une personne du réseau";
/// Fault of a form.
pub const UNKNOWN_SLOT: &str = "Cette demi-journée n’est pas de cette session";
/// Fault of a form.
pub const SEATS_ORDER: &str = "L’effectif maximal est plus petit que l’effectif minimal";
/// Fault of a form.
pub const ENROL_AFTER: &str = "La fin des inscriptions vient après le début de la session";
/// Fault of a form.
pub const ALREADY_TEACHES: &str = "Cette personne anime déjà ces demi-journées";
/// Fault of a form.
pub const TEACHES_NOTHING: &str = "Cette personne n’anime rien dans cette session";
/// Fault of a form.
pub const HAS_PRESENCES: &str =
    "Des présences sont notées sur une demi-journée retirée\u{202f}: gardez-la dans la liste";
/// Fault of a form.
pub const TWICE_ROOM: &str = "Une salle de ce nom est déjà à cette adresse";

/// More people have a seat than there would be seats.
#[must_use]
pub fn too_few_seats(held: i32) -> String {
    let held = french::plural(i64::from(held), "place est prise", "places sont prises");
    format!("{held}\u{202f}: gardez-en au moins autant")
}

/// The room is too small.
#[must_use]
pub fn too_small(room: &str, capacity: i32) -> String {
    let people = french::plural(i64::from(capacity), "personne", "personnes");
    format!("La salle «\u{202f}{room}\u{202f}» accueille {people}")
}

/// The state does not allow it.
#[must_use]
pub fn wrong_state(from: SessionState) -> String {
    format!(
        "La session est à l’état «\u{202f}{}\u{202f}»\u{202f}: cette action n’est pas possible.",
        state(from).word
    )
}

fn half_day(day: Date, half: HalfDay) -> String {
    let half = match half {
        HalfDay::Morning => "matin",
        HalfDay::Afternoon => "après-midi",
    };
    format!("{} ({half})", french::date(day))
}

/// Another session has the room.
#[must_use]
pub fn room_taken(room: &str, day: Date, half: HalfDay, with: Option<&str>) -> String {
    let when = half_day(day, half);
    match with {
        Some(number) => {
            format!("La salle «\u{202f}{room}\u{202f}» est prise le {when} par la session {number}.")
        }
        None => format!("La salle «\u{202f}{room}\u{202f}» vient d’être prise le {when}."),
    }
}

/// The person is engaged elsewhere.
#[must_use]
pub fn trainer_taken(name: &str, day: Date, half: HalfDay, with: Option<&str>) -> String {
    let when = half_day(day, half);
    match with {
        Some(what) => format!("{name} est déjà pris le {when}\u{202f}: {what}."),
        None => format!("{name} est déjà pris le {when}."),
    }
}

/// A day without the right.
#[must_use]
pub fn no_right(name: &str, day: Date) -> String {
    format!("{name} n’a pas d’habilitation de formateur EPSP le {}", french::date(day))
}
