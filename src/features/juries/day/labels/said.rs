//! What is said once an act is done.

use entity::candidate::JuryDecision;
use entity::jury_incident::IncidentKind;
use entity::jury_passage::Presence;

use super::{decision, presence};
use crate::http::web::layout::Flash;

/// Said once it is known whether a member is in the room.
#[must_use]
pub fn checked_in() -> Flash {
    Flash::done("Présence du membre enregistrée.", "")
}

/// Said once a member declared for themselves.
#[must_use]
pub fn declared() -> Flash {
    Flash::done("Déclaration d’impartialité enregistrée.", "")
}

/// Said once results are entered.
#[must_use]
pub fn entered() -> Flash {
    Flash::done("Résultats enregistrés.", "")
}

/// Said once the session is open.
#[must_use]
pub fn opened() -> Flash {
    Flash::done("Jury ouvert.", "Notez la présence de chaque candidat, puis ses résultats.")
}

/// Said once a shortage is recorded.
#[must_use]
pub fn no_quorum() -> Flash {
    Flash::done(
        "Carence constatée.",
        "Personne ne perd de tentative. La structure, les membres et les candidats sont prévenus.",
    )
}

/// Said once an abstention is recorded.
#[must_use]
pub fn abstained(name: &str, adjourned: bool) -> Flash {
    if adjourned {
        return Flash::problem(
            "Abstention notée.",
            format!(
                "Le quorum n’est plus atteint pour {name}\u{202f}: cette personne est ajournée, sans perdre de tentative."
            ),
        );
    }
    Flash::done("Abstention notée.", format!("Le quorum reste atteint pour {name}."))
}

/// Said once an incident is recorded.
#[must_use]
pub fn told(kind: IncidentKind) -> Flash {
    match kind {
        IncidentKind::Fraud => Flash::done(
            "Incident noté.",
            "L’équipe certification est prévenue, et entendra la personne. La décision du jury pour elle demandera un motif.",
        ),
        _ => Flash::done("Incident noté.", "Il figurera au procès-verbal."),
    }
}

/// Said once an incident is withdrawn.
#[must_use]
pub fn withdrawn() -> Flash {
    Flash::done("Incident retiré.", "Il reste visible ici, et ne figurera pas au procès-verbal.")
}

/// Said once it is known whether somebody came.
#[must_use]
pub fn arrived(name: &str, came: Presence) -> Flash {
    let next = match came {
        Presence::Present => "Saisissez maintenant ses résultats.",
        Presence::Expected | Presence::Absent | Presence::AbsentExcused => {
            "Vous pouvez encore la corriger jusqu’à la délibération."
        }
    };
    Flash::done(format!("{} notée pour {name}.", presence(came)), next)
}

/// Said once the deliberation begins.
#[must_use]
pub fn deliberating() -> Flash {
    Flash::done("Délibération ouverte.", "Prenez une décision pour chaque personne présente.")
}

/// Said once a decision is taken.
#[must_use]
pub fn decided(name: &str, taken: JuryDecision) -> Flash {
    Flash::done(format!("{}.", decision(taken)), format!("Décision enregistrée pour {name}."))
}
