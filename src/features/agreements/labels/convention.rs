//! Words of conventions, and of what an agreement replaces.

use time::Date;

use super::super::decision_rules::{Bound, Followed};
use crate::render::french;
use crate::rules::deadline::add_days;
use crate::rules::right::Span;

/// An agreement that stays until its renewal is decided.
pub const PROLONGED: &str = "Prolongé jusqu’à la décision";

/// Until when the certification lets an agreement last, and why.
#[must_use]
pub fn latest_end(day: Date, bound: Bound) -> String {
    let why = match bound {
        Bound::LastDelivery => "dernier jour où la certification est délivrée",
        Bound::Registration => "dernier jour de l’enregistrement de la certification",
    };
    format!("Au plus tard le {}, {why}.", french::date(day))
}

/// Who signs a convention for a structure.
pub const SIGNATORY: &str = "La personne qui représente légalement la structure";

/// Who may sign a convention for the structure, as long as nobody did.
pub const STRUCTURE_SIGNS: &str = "signature attendue\u{202f}: signe ici la personne qui administre le compte de la structure, pour son représentant légal";
/// Who may sign it for the certifier.
pub const CERTIFIER_SIGNS: &str =
    "signature attendue\u{202f}: signe ici une personne responsable de la certification";

/// What leads to a convention, for whoever signs it.
pub const TO_SIGN: &str = "Signer la convention";
/// The same, for the others.
pub const TO_BE_SIGNED: &str = "Lire la convention, à signer par l’administration du compte";

/// Told of an agreement that another takes the place of.
pub const REPLACED: &str = "Remplacé par un autre agrément";

/// Why a period is refused as long as nobody says that it replaces the agreement in force.
#[must_use]
pub fn would_replace(number: &str, asked: Span, known: Span) -> String {
    let then = known.until.map(|last| {
        format!(
            " Faites-le commencer le {}, ou cochez le remplacement\u{202f}: la structure y perd {}.",
            french::date(add_days(last, 1)),
            french::length(asked.from.max(known.from), add_days(last, 1))
        )
    });
    format!(
        "L’agrément {number} court encore {known}. Le nouveau, {asked}, le recoupe.{}",
        then.unwrap_or_default()
    )
}

/// What the question before an act says of the agreement whose place another takes.
#[must_use]
pub fn makes_room(number: &str, known: Span, first: Date) -> String {
    let lost = known.until.map(|last| french::length(first.max(known.from), add_days(last, 1)));
    let lost = lost.map(|lost| format!("\u{202f}: {lost} de cet agrément sont perdus")).unwrap_or_default();
    format!(
        "L’agrément {number}, {known}, prend fin le {}, veille du début du nouveau{lost}.",
        french::date(add_days(first, -1))
    )
}

/// Beside the period of a decision: what the structure holds until when.
#[must_use]
pub fn followed(followed: &Followed) -> String {
    format!(
        "La structure a l’agrément {}, {}. Le nouveau commence le lendemain, sauf si vous choisissez de le remplacer.",
        followed.number, followed.span
    )
}
