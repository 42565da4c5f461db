//! French words of attendance.

use entity::attendance::{Presence, Proof};
use entity::attendance_proof::ProofKind;
use entity::availability_day::HalfDay;
use entity::training_slot;
use time::OffsetDateTime;

use crate::features::enrolments::labels::instant;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::deadline::local;

pub mod pages;

/// Why whoever teaches receives a message.
pub const WHY_TEACHES: &str = "Vous recevez ce message parce que vous animez cette session de formation.";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez cette session de formation.";
/// Why a presence changed when the person signed after they were said absent.
pub const SIGNED_SINCE: &str = "La personne a signé après avoir été notée absente";
/// Fault of a form.
pub const WRONG_CODE: &str =
    "Ce code n’est pas celui qui est affiché dans la salle\u{202f}: relisez ses six chiffres";
/// Fault of a form.
pub const NAME_WANTED: &str = "Choisissez votre nom";
/// Fault of a form.
pub const STRANGER: &str = "Cette personne n’est pas attendue sur cette demi-journée";
/// Fault of a form.
pub const KNOWN_ALREADY: &str =
    "La présence de cette personne est déjà connue\u{202f}: corrigez-la avec un motif";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu";
/// Title of the file of a sheet.
pub const SHEET: &str = "Feuille d’émargement signée";

/// What a presence looks like.
#[must_use]
pub const fn presence(presence: Presence) -> Status {
    match presence {
        Presence::Present => Status::new("Présente", "coche", Color::Pre),
        Presence::Partial => Status::new("Présente en partie", "horloge", Color::Ocre),
        Presence::Absent => Status::new("Absente", "croix", Color::Garance),
        Presence::AbsentExcused => Status::new("Absence justifiée", "moins", Color::Prune),
    }
}

/// A half-day of which nothing is known.
pub const UNKNOWN: Status = Status::new("Non renseignée", "cercle", Color::Ardoise);

/// A presence, as a choice about somebody.
#[must_use]
pub const fn presence_choice(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "Toute la demi-journée",
        Presence::Partial => "Une partie",
        Presence::Absent => "Absence",
        Presence::AbsentExcused => "Absence justifiée",
    }
}

/// How somebody signed.
#[must_use]
pub const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::None => "sans signature",
        Proof::Qr => "par le code carré de la salle",
        Proof::Pin => "par le code de la salle",
        Proof::Link => "par le lien de son message",
        Proof::Account => "depuis son compte",
        Proof::Paper => "sur papier",
        Proof::Remote => "à distance",
    }
}

/// What proves a sequence.
#[must_use]
pub const fn proof_kind(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::Log => "Relevé de connexion",
        ProofKind::Work => "Travail rendu",
        ProofKind::Evaluation => "Évaluation",
        ProofKind::Assistance => "Assistance donnée",
        ProofKind::AfestPhase => "Phase réflexive d’une AFEST",
        ProofKind::Other => "Autre preuve",
    }
}

/// The name of a half of a day, in a sentence.
#[must_use]
pub const fn half(half: HalfDay) -> &'static str {
    match half {
        HalfDay::Morning => "matin",
        HalfDay::Afternoon => "après-midi",
    }
}

/// « mardi 3 mars 2026, matin, de 9 h à 12 h 30 », where it is held.
#[must_use]
pub fn half_day(slot: &training_slot::Model) -> String {
    format!("{}, {}", day_and_half(slot), hours(slot))
}

/// « mardi 3 mars 2026, matin ».
#[must_use]
pub fn day_and_half(slot: &training_slot::Model) -> String {
    format!("{}, {}", french::long_date(slot.day), half(slot.half))
}

/// « de 9 h à 12 h 30 », where it is held.
#[must_use]
pub fn hours(slot: &training_slot::Model) -> String {
    let at = |instant: OffsetDateTime| {
        local(instant, &slot.zone).map(|here| french::time_of_day(here.time())).unwrap_or_default()
    };
    format!("de {} à {}", at(*slot.starts_at), at(*slot.ends_at))
}

/// « 3 demi-journées ».
#[must_use]
pub fn half_days(count: u32) -> String {
    french::plural(i64::from(count), "demi-journée", "demi-journées")
}

/// « 6 h 30 », of minutes.
#[must_use]
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}\u{a0}min"),
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, rest) => format!("{hours}\u{a0}h\u{a0}{rest:02}"),
    }
}

/// « 6 h 30 sur 7 h ».
#[must_use]
pub fn attended(done: u32, planned: u32) -> String {
    format!("{} sur {}", duration(done), duration(planned))
}

/// When a half-day is signed from.
#[must_use]
pub fn too_early(opens: OffsetDateTime, zone: &str) -> String {
    format!("La signature de cette demi-journée ouvrira {}.", instant(opens, zone))
}

/// Until when a half-day was signed.
#[must_use]
pub fn too_late(closed: OffsetDateTime, zone: &str) -> String {
    format!(
        "La signature de cette demi-journée a fermé {}. Dites à la formatrice ou au formateur que vous étiez là.",
        instant(closed, zone)
    )
}

/// Said once an act is done.
#[must_use]
pub fn done(act: &str) -> Flash {
    match act {
        "ouvrir" => Flash::done("Signature ouverte.", "Affichez les codes dans la salle."),
        "presences" => Flash::done("Présences enregistrées.", ""),
        "contresigner" => Flash::done("Demi-journée contresignée.", "Merci."),
        "corriger" => {
            Flash::done("Présence corrigée.", "L’ancienne valeur et le motif restent dans l’historique.")
        }
        "feuille" => Flash::done("Feuille enregistrée.", ""),
        "preuve" => Flash::done("Preuve enregistrée.", ""),
        "retirer" => Flash::done("Preuve retirée.", "Elle reste dans l’historique."),
        _ => Flash::done("Présence signée.", "Vous pouvez ranger votre téléphone."),
    }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "opened" => "signature d’une demi-journée ouverte",
        "signed" => "présence signée",
        "recorded" => "présences enregistrées",
        "countersigned" => "demi-journée contresignée",
        "corrected" => "présence corrigée",
        "sheet_kept" => "feuille d’émargement reçue",
        "proved" => "preuve ajoutée",
        "proof_voided" => "preuve retirée",
        "called" => "appel à signer",
        "reminded" => "rappel de contresigner",
        "absences_told" => "absences signalées",
        "link_sent" => "lien personnel envoyé",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_said_in_hours() {
        for (minutes, expected) in
            [(0, "0\u{a0}min"), (45, "45\u{a0}min"), (420, "7\u{a0}h"), (215, "3\u{a0}h\u{a0}35")]
        {
            assert_eq!(duration(minutes), expected);
        }
    }
}
