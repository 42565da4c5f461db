//! What an act on a session changes, told before it is done.

use entity::training_session::SessionState;

use super::state;
use crate::render::french;

/// A session that is withdrawn.
pub const LEAVES_CATALOGUE: &str = "la session quitte le catalogue public\u{202f};";
/// The end of the list.
pub const RECORDED: &str = "l’acte est inscrit au journal.";

fn plural(count: usize, one: &str, many: &str) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), one, many)
}

fn when(count: usize, told: impl FnOnce() -> String) -> Option<String> {
    (count > 0).then(told)
}

/// The state after.
#[must_use]
pub fn becomes(to: SessionState) -> String {
    format!("la session passe à l’état «\u{202f}{}\u{202f}»\u{202f};", state(to).word)
}

/// Those who have a seat.
#[must_use]
pub fn people(count: usize, postponed: bool) -> Vec<String> {
    let told = |what: &str| {
        let who = plural(count, "personne qui a une place", "personnes qui ont une place");
        format!("{who}\u{202f}: {what}\u{202f};")
    };
    let what = if postponed {
        "l’inscription attend les nouvelles dates, un message part"
    } else {
        "l’inscription est annulée de notre fait, sans rien à payer, un message part"
    };
    when(count, || told(what)).into_iter().collect()
}

/// Those whom a contract binds.
#[must_use]
pub fn bound(count: usize, postponed: bool) -> Option<String> {
    let what = if postponed {
        "contrat ou convention à refaire aux nouvelles dates"
    } else {
        "contrat ou convention sans effet, remboursement entier de ce qui a été payé"
    };
    when(count, || format!("{}\u{202f}: {what}\u{202f};", plural(count, "dossier signé", "dossiers signés")))
}

/// Those who wait.
#[must_use]
pub fn waiting(count: usize, postponed: bool) -> Option<String> {
    let what =
        if postponed { "le rang est gardé pour les nouvelles dates" } else { "l’attente prend fin" };
    when(count, || {
        format!("{}\u{202f}: {what}\u{202f};", plural(count, "personne en attente", "personnes en attente"))
    })
}

/// Rooms that come free.
#[must_use]
pub fn rooms(count: usize) -> Option<String> {
    when(count, || {
        let free = plural(count, "demi-journée de salle est libérée", "demi-journées de salle sont libérées");
        format!("{free}\u{202f};")
    })
}

/// Those who teach.
#[must_use]
pub fn trainers_told(count: usize, taken_away: bool) -> Option<String> {
    let what = if taken_away { "leur temps est libéré, leur agenda suit" } else { "leur agenda suit" };
    when(count, || {
        let who = plural(count, "personne qui anime est prévenue", "personnes qui animent sont prévenues");
        format!("{who}, {what}\u{202f};")
    })
}

/// Those who have a seat and are told.
#[must_use]
pub fn people_told(count: usize) -> Option<String> {
    when(count, || {
        let who = plural(count, "personne inscrite est prévenue", "personnes inscrites sont prévenues");
        format!("{who}\u{202f};")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_nobody() {
        assert!(people(0, true).is_empty() && bound(0, false).is_none() && waiting(0, true).is_none());
        assert!(rooms(0).is_none() && trainers_told(0, true).is_none() && people_told(0).is_none());
        assert!(people(2, false)[0].starts_with('2'));
    }
}
