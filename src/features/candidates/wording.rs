//! Words that documents put together.

use entity::candidate;
use time::Date;

use super::labels;
use crate::render::french;
use crate::rules::civil_status::{BirthDate, Birthplace, CivilStatus};

/// Who signs for the certifier.
pub const TEAM: &str = "Équipe de certification";
/// How long what these documents say is kept.
pub const KEPT: &str = "Elles sont conservées pendant le parcours, puis cinq ans après la décision du jury\u{202f}; le registre des certificats est conservé cinquante ans.";
/// In place of a value that nobody knows yet.
pub const UNKNOWN: &str = "à compléter";

/// The title of a document.
#[must_use]
pub fn document(kind: &str) -> &'static str {
    match kind {
        super::documents::RECEIPT => "Récépissé d’inscription",
        super::documents::SHEET => "Fiche de positionnement",
        _ => "Document",
    }
}

/// « 12 mai 1985, Mamoudzou (976) », as the certificate says it, with what is known of it.
#[must_use]
pub fn birth(civil: &CivilStatus) -> String {
    let date = civil.birth_date.map(BirthDate::written);
    let place = civil.birthplace.as_ref().map(Birthplace::printed);
    match (date, place) {
        (Some(date), Some(place)) => format!("{date}, {place}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => UNKNOWN.to_owned(),
    }
}

/// « signé le 3 mars 2026 », under the name of who made it.
#[must_use]
pub fn made_on(day: Date) -> String {
    format!("Établi le {}", french::date(day))
}

/// « CDD d’insertion, Les Jardins de l’Anse ».
#[must_use]
pub fn tie(row: &candidate::Model) -> String {
    let contract = labels::person::contract(row.contract);
    if row.employer.is_empty() || row.detained {
        contract.to_owned()
    } else {
        format!("{contract}, {}", row.employer)
    }
}
