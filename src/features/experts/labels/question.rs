//! The question before an act that takes an habilitation away.

use entity::habilitation::Duty;
use time::Date;

use super::super::queries::{Planned, PlannedKind};
use super::duty_of;
use crate::rules::calendar::written;

/// The words of a question before an act that takes something away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question, which is the title.
    pub question: &'static str,
    /// What happens, before the day.
    happens: &'static str,
    /// Who is told.
    told: &'static str,
    /// The button that does.
    pub act: &'static str,
}

impl Asked {
    const SUSPEND: Self = Self {
        question: "Suspendre cette habilitation\u{202f}?",
        happens: "l’habilitation est suspendue à compter du",
        told: "la personne reçoit un message.",
        act: "Suspendre l’habilitation",
    };
    const WITHDRAW: Self = Self {
        question: "Confirmer le retrait de cette habilitation\u{202f}?",
        happens: "l’habilitation est retirée\u{202f}; elle ne compte plus à compter du",
        told: "la personne reçoit un message.",
        act: "Confirmer le retrait",
    };
    /// Given up: the day is the last one that counts.
    pub const RESIGN: Self = Self {
        question: "Enregistrer cette démission\u{202f}?",
        happens: "l’habilitation prend fin\u{202f}; son dernier jour est le",
        told: "l’équipe certification reçoit un message.",
        act: "Enregistrer la démission",
    };
}

/// The question before an act, when there is one.
#[must_use]
pub fn asked(act: &str) -> Option<Asked> {
    match act {
        "suspendre" => Some(Asked::SUSPEND),
        "confirmer-retrait" => Some(Asked::WITHDRAW),
        "demissionner" => Some(Asked::RESIGN),
        _ => None,
    }
}

/// The button that leaves everything as it is.
pub const KEEP: &str = "Garder l’habilitation";

/// Above what the act changes.
#[must_use]
pub fn asked_intro(name: &str, of: Duty) -> String {
    format!("{name}, habilitation «\u{202f}{}\u{202f}». À l’enregistrement\u{202f}:", duty_of(of))
}

/// What the act changes and who is told.
#[must_use]
pub fn effects(asked: &Asked, on: Date, touched: &[Planned]) -> Vec<String> {
    let mut effects = vec![format!("{} {}\u{202f};", asked.happens, written(on))];
    if touched.is_empty() {
        effects.push("aucune mission ni visite prévue n’est touchée\u{202f};".to_owned());
    }
    effects.extend(touched.iter().map(|one| {
        let Some(day) = one.day.map(written) else {
            return format!(
                "la visite {}, sans date encore, est à confier à une autre personne\u{202f};",
                one.reference
            );
        };
        let reference = &one.reference;
        match one.kind {
            PlannedKind::Mission => {
                format!("la mission {reference}, le {day}, est reprise et attend une autre personne\u{202f};")
            }
            PlannedKind::Offer => {
                format!("la mission {reference}, proposée pour le {day}, ne peut plus être acceptée\u{202f};")
            }
            PlannedKind::Visit => {
                format!("la visite {reference}, prévue le {day}, est annulée et attend une autre personne\u{202f};")
            }
        }
    }));
    effects.push(asked.told.to_owned());
    effects
}

/// What must be waited for before a withdrawal is confirmed.
#[must_use]
pub fn answer_until(day: Date) -> String {
    format!("La personne a jusqu’au {} pour répondre", written(day))
}
