//! Words of the pages of attendance.

use crate::features::attendance::queries::Sheet;
use crate::features::enrolments::labels::instant;
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// Title of a page.
pub const SHEET: &str = "Émargement";
/// The way to the page that issues the sheet.
pub const ISSUE_SHEET: &str = "Établir la feuille en PDF";
/// Title of a page.
pub const ROOM: &str = "Codes de la salle";
/// Title of a page.
pub const PRINT: &str = "Feuille d’émargement";
/// Title of a page.
pub const CORRECT: &str = "Corriger une présence";
/// Title of a page.
pub const TAUGHT: &str = "Mes demi-journées";
/// Title of a page.
pub const SIGN: &str = "Signer ma présence";
/// Title of a page.
pub const ASK_LINK: &str = "Retrouver ma formation";
/// Where the way back leads.
pub const STATE_OF_SESSION: &str = "Session";
/// Title of what did not work.
pub const NOT_DONE: &str = "Rien n’est enregistré";
/// Title of what did not work.
pub const NOT_SIGNED: &str = "Votre présence n’est pas encore signée";
/// A term of a list.
pub const WHEN: &str = "Dates";
/// A term of a list.
pub const PLACE: &str = "Lieu";
/// A term of a list.
pub const ACCESS: &str = "Accès";
/// A term of a list.
pub const ACCESSIBILITY: &str = "Accessibilité";
/// A term of a list.
pub const REMOTE: &str = "Lien de la classe à distance";
/// A term of a list.
pub const TO_BRING: &str = "À apporter";
/// A term of a list.
pub const CONTACT_NAME: &str = "Votre contact";
/// A term of a list.
pub const REFERENCE: &str = "Référence";
/// A term of a list.
pub const HOURS: &str = "Heures suivies";
/// A term of a list.
pub const TRAINERS: &str = "Animation";
/// A term of a list.
pub const TITLE: &str = "Formation";
/// A term of a list.
pub const LASTS: &str = "Durée";
/// A term of a list.
pub const EMAIL: &str = "Adresse électronique";
/// A term of a list.
pub const PHONE: &str = "Téléphone";
/// A term of a list.
pub const ADDRESS: &str = "Adresse postale";
/// Said when somebody asks for their link, whether or not the address is known.
pub const ASKED_TITLE: &str = "Message envoyé";
/// The same, in full.
pub const ASKED_TEXT: &str =
    "Si cette adresse est celle d’une inscription, un message vient d’y partir avec le lien de votre page.";
/// The same, what comes next.
pub const ASKED_NEXT: &str = "Regardez aussi dans les indésirables. Sans message, écrivez à votre contact.";
/// Where whoever is signed in finds the rest.
pub const HOME: &str = "Revenir à l’accueil";

/// Where a half-day stands.
#[must_use]
pub fn slot_status(sheet: &Sheet, slot: &entity::training_slot::Model, now: time::OffsetDateTime) -> Status {
    let (unknown, waiting) = sheet.awaited(slot.id);
    let known = sheet.lines.iter().any(|row| row.slot_id == slot.id);
    match () {
        () if *slot.starts_at > now && !known => Status::new("À venir", "cal", Color::Ardoise),
        () if unknown > 0 => Status::new("À compléter", "horloge", Color::Ocre),
        () if waiting > 0 => Status::new("À contresigner", "plume", Color::Ocre),
        () => Status::new("Contresignée", "coche", Color::Pre),
    }
}

/// « 8 personnes connues sur 12 ».
#[must_use]
pub fn known(known: usize, expected: usize) -> String {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    format!(
        "{} sur {}",
        french::plural(count(known), "personne connue", "personnes connues"),
        french::integer(count(expected))
    )
}

/// A correction, in a sentence.
#[must_use]
pub fn correction(row: &entity::attendance_change::Model, zone: &str) -> String {
    let word = |presence| super::presence(presence).word;
    format!(
        "{}\u{202f}: «\u{a0}{}\u{a0}» devient «\u{a0}{}\u{a0}». Motif\u{202f}: {}",
        instant(*row.changed_at, zone),
        word(row.was),
        word(row.became),
        row.reason
    )
}

/// « signée par le code carré de la salle, le mardi 3 mars 2026 à 9 h 2 ».
#[must_use]
pub fn signed(proof: entity::attendance::Proof, when: &str) -> String {
    format!("signée {} {when}", super::proof(proof))
}

/// « 2 preuves ».
#[must_use]
pub fn proofs(count: usize) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), "preuve", "preuves")
}

/// « 7 personnes ont signé ».
#[must_use]
pub fn signatures(count: usize) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), "personne a signé", "personnes ont signé")
}

/// « Signer : Contrat de formation ».
#[must_use]
pub fn sign(title: &str) -> String {
    format!("Signer\u{202f}: {title}")
}

/// « de 9 h à 12 h 30, signée à 9 h 2 ».
#[must_use]
pub fn signed_at(hours: &str, when: &str) -> String {
    format!("{hours}, signée à {when}")
}
