//! The sheet of an incident.

use entity::jury_incident::IncidentKind;

/// Title of the sheet of an incident, by its rank in the session.
#[must_use]
pub fn sheet(rank: usize, withdrawn: bool) -> String {
    if withdrawn {
        format!("Fiche d’incident {rank}, retirée")
    } else {
        format!("Fiche d’incident {rank}")
    }
}

/// What follows an incident, on its sheet.
#[must_use]
pub const fn follow(kind: IncidentKind, withdrawn: bool) -> &'static str {
    match (kind, withdrawn) {
        (_, true) => "L’incident ne figure pas au procès-verbal.",
        (IncidentKind::Fraud, false) => {
            "L’équipe certification est prévenue et entendra la personne. La décision du jury pour elle demande un motif."
        }
        (_, false) => "L’incident figure au procès-verbal.",
    }
}
