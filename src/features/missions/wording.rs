//! Dates, places, titles and sentences as the mails, the calendars and the documents of missions write them.

use entity::mission;
use time::{OffsetDateTime, PrimitiveDateTime};

use super::dossier::Dossier;
use super::labels;
use crate::features::agreements::documents::texts::texts;
pub use crate::features::agreements::wording::{instant, items};
use crate::render::french;
pub use crate::rules::deadline::day_in_zone as local_date;
use crate::rules::fold::fold;

/// UID of the mission in calendars, the same for its whole life.
#[must_use]
pub fn uid(mission: &mission::Model) -> String {
    format!("mission-{}@parchemin", mission.id)
}

/// Title of the date in calendars.
#[must_use]
pub fn calendar_title(dossier: &Dossier) -> String {
    format!("{} ({})", dossier.mission.title, dossier.mission.number)
}

/// Text of the date in calendars: nothing personal.
#[must_use]
pub fn calendar_text(dossier: &Dossier) -> String {
    let structure = dossier.structure.iter().map(|structure| structure.name.as_str());
    let certifications = dossier.certification.iter().chain(&dossier.also);
    let about: Vec<_> = structure.chain(certifications.map(|one| one.short_title.as_str())).collect();
    let object = labels::object_of(&dossier.mission);
    if about.is_empty() { object.to_owned() } else { format!("{object} — {}", about.join(" — ")) }
}

/// The title of every certification that it is for, the first one first.
#[must_use]
pub fn certifications(dossier: &Dossier) -> Vec<String> {
    dossier.certification.iter().chain(&dossier.also).map(|one| one.title.clone()).collect()
}

/// "3 mars 2025", in a zone.
#[must_use]
pub fn local_day(at: OffsetDateTime, zone: &str) -> String {
    french::date(local_date(at, zone))
}

/// The first day of the mission, where it takes place.
#[must_use]
pub fn day(mission: &mission::Model) -> String {
    local_day(*mission.starts_at, &mission.zone)
}

/// "mardi 3 mars 2026, de 9 h à 17 h, heure de Cayenne (…)", or from one day to another.
#[must_use]
pub fn when(mission: &mission::Model) -> String {
    labels::refusals::when(*mission.starts_at, *mission.ends_at, &mission.zone)
}

/// The words by which a mission is found.
#[must_use]
pub fn search(number: &str, title: &str, place: &str, name: &str) -> String {
    fold(&format!("{number} {title} {place} {name}"))
}

/// "mardi 3 mars 2026", or from one day to another.
#[must_use]
pub fn days(mission: &mission::Model) -> String {
    let (from, until) =
        (local_date(*mission.starts_at, &mission.zone), local_date(*mission.ends_at, &mission.zone));
    if from == until { french::long_date(from) } else { french::date_range(from, until) }
}

/// Quality of whoever proposes missions.
pub const TEAM: &str = "équipe certification";

/// The title of a document.
#[must_use]
pub fn document(kind: &str) -> &'static str {
    match kind {
        "mission-order" => "Ordre de mission",
        "presence-certificate" => "Attestation de présence",
        "receipt" => "Justificatif de frais",
        "receipt-withdrawn" => "Justificatif de frais retiré",
        "mission-report" => "Fichier joint au compte rendu",
        _ => "Document",
    }
}

/// Refund of expenses, on the mission order.
#[must_use]
pub fn expenses(ceiling_cents: i64) -> String {
    if ceiling_cents > 0 {
        return format!(
            "Les frais de déplacement, de nuit et de repas sont remboursés sur justificatifs, dans la limite de {}.",
            french::money_cents(ceiling_cents)
        );
    }
    texts().expenses.clone()
}

/// Where a mission in a structure comes from, before the number of its file.
pub const TRIGGER: &str = "Agrément de la structure";

/// The file of a structure, among the pieces of a mission order.
#[must_use]
pub fn file_piece(number: &str) -> String {
    format!("Dossier d’agrément {number} de la structure")
}

/// The report of its control.
#[must_use]
pub fn report_piece(number: &str) -> String {
    format!("Rapport définitif du contrôle mené pour le dossier {number}")
}

/// What was checked of the independence of the person.
#[must_use]
pub fn independence(on: &str, reason: Option<&str>) -> String {
    let seen = format!("Vos liens connus avec cette structure ont été examinés le {on}");
    match reason {
        None => format!("{seen}\u{202f}: aucun n’empêche la mission."),
        Some(reason) => {
            format!("{seen}. La mission vous est confiée pour la raison suivante\u{202f}: {reason}")
        }
    }
}

/// When the person accepted, on the mission order.
#[must_use]
pub fn accepted_on(instant: &str) -> String {
    format!("le {instant}")
}

/// How the order is signed.
#[must_use]
pub fn signed_on(instant: &str) -> String {
    format!("Signé électroniquement dans Parchemin, le {instant}")
}

/// "heure de Cayenne".
#[must_use]
pub fn hour_of(place: &str) -> String {
    french::hour_of(place)
}

/// "de 9 h à 17 h".
#[must_use]
pub fn hours(from: PrimitiveDateTime, until: PrimitiveDateTime) -> String {
    format!("de {} à {}", french::time_of_day(from.time()), french::time_of_day(until.time()))
}
