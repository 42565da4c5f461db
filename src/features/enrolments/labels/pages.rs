//! Titles and words of the pages of enrolments.

use entity::enrolment::{self, EnrolmentState};
use entity::training_session;

use crate::render::french;

/// Title of the list.
pub const ENROLMENTS: &str = "Inscriptions";
/// What the journal says of the list taken as a file.
pub const EXPORT: &str = "Liste des inscriptions";
/// Columns of the file.
pub const COLUMNS: [&str; 9] = [
    "Référence",
    "Personne",
    "État",
    "Rang",
    "Prise en charge",
    "Formation",
    "Premier jour",
    "Dernier jour",
    "Prix (€)",
];
/// Title of the form.
pub const NEW: &str = "Inscrire des personnes";
/// Above the faults.
pub const NOT_RECORDED: &str = "Rien n’est encore enregistré";
/// Title of a page.
pub const REFUSAL: &str = "Refuser la demande";
/// Title of a page.
pub const CANCELLATION: &str = "Annuler à la demande de la personne";
/// Title of a page, for a structure.
pub const OWN_CANCELLATION: &str = "Annuler l’inscription";
/// Title of a page.
pub const WITHDRAWAL: &str = "Annuler de notre fait";
/// Title of a page.
pub const CONTRACT: &str = "Enregistrer la signature";
/// Title of a page.
pub const CONTACT: &str = "Modifier les coordonnées";
/// Title of a page.
pub const NEED: &str = "Besoin et positionnement";
/// Title of a page.
pub const REPLACEMENT: &str = "Remplacer la personne";
/// Title of a page.
pub const TRANSFER: &str = "Changer de session";
/// Title of a page.
pub const DROP_OUT: &str = "Enregistrer un abandon";
/// Title of a page.
pub const ADAPTATIONS: &str = "Adaptations";
/// Link to who funds the enrolment.
pub const FUNDING: &str = "Financement";
/// What was done by the program.
pub const AUTOMATIC: &str = "Acte automatique";
/// Who, once their data were erased.
const ERASED: &str = "Personne effacée";
/// Steps of the path.
pub const PATH: [&str; 5] = ["Place", "Contrat", "Confirmation", "Session", "Fin"];
/// What a button says.
pub const SEND_LINK: &str = "Renvoyer le lien";

/// « N’Guyen-d’Arc Zoé ».
#[must_use]
pub fn in_a_list(row: &enrolment::Model) -> String {
    if row.erased_at.is_some() {
        return ERASED.to_owned();
    }
    format!("{} {}", row.family_name, row.first_names).trim().to_owned()
}

/// « Zoé N’Guyen-d’Arc ».
#[must_use]
pub fn in_a_sentence(row: &enrolment::Model) -> String {
    if row.erased_at.is_some() {
        return ERASED.to_owned();
    }
    format!("{} {}", row.first_names, row.family_name).trim().to_owned()
}

/// What follows the state in a list: the rank, or until when.
#[must_use]
pub fn beside(row: &enrolment::Model, session: &training_session::Model) -> String {
    let until = row.deadline_at.map(|at| super::instant(*at, &session.zone));
    match (row.state, row.rank, until) {
        (EnrolmentState::Waitlisted, Some(rank), _) => rank_of(rank),
        (EnrolmentState::Held, _, Some(until)) => format!("place gardée jusqu’{}", au(&until)),
        (EnrolmentState::Offered, _, Some(until)) => format!("réponse attendue jusqu’{}", au(&until)),
        _ => String::new(),
    }
}

/// « le lundi… » after « jusqu’ ».
fn au(until: &str) -> String {
    until.strip_prefix("le ").map_or_else(|| format!("à {until}"), |rest| format!("au {rest}"))
}

/// « 3e de la liste d’attente ».
#[must_use]
pub fn rank_of(rank: i32) -> String {
    if rank == 1 {
        "1re de la liste d’attente".to_owned()
    } else {
        format!("{rank}e de la liste d’attente")
    }
}

/// « Demande : 4 ».
#[must_use]
pub fn counter(state: EnrolmentState, count: i64) -> String {
    format!("{}\u{202f}: {}", super::state(state).word, french::integer(count))
}

/// « 12 places, 8 prises, 2 personnes en attente ».
#[must_use]
pub fn seats(tally: crate::rules::training::seats::Tally) -> String {
    let seats = french::plural(tally.seats.into(), "place", "places");
    let held = french::plural(tally.held.into(), "prise", "prises");
    let waiting = french::plural(tally.waiting.into(), "personne en attente", "personnes en attente");
    format!("{seats}, {held}, {waiting}")
}

/// What a late cancellation costs, told before it is confirmed.
#[must_use]
pub fn owed(cents: Option<i64>) -> String {
    match cents {
        None | Some(0) => "Aucun dédit n’est dû.".to_owned(),
        Some(cents) => format!(
            "Un dédit de {} est dû. Ce n’est pas une action de formation\u{202f}: il ne peut pas être pris en charge par un financeur.",
            french::money_cents(cents)
        ),
    }
}

/// Title of one person among several in the form.
#[must_use]
pub fn person(number: usize) -> String {
    format!("Personne {number}")
}
