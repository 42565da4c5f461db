//! What lacks before the deliberation, and before its end.

use entity::jury_passage::Presence;

use super::super::super::load::Passing;
use super::super::super::wording;
use crate::rules::jury::quorum::Lack;

/// What lacks for a decision.
pub const NOT_ALL_ACQUIRED: &str = "Une validation totale demande que chaque bloc, ou chaque compétence, obligatoire soit validé. Prononcez-vous d’abord.";
/// What lacks for a decision.
pub const NO_PART: &str =
    "Une validation partielle demande au moins un bloc validé, et un référentiel qui la permet.";
/// The word of a line of the checklist.
pub const CHECKED: &str = "Vérifié";
/// The word of a line of the checklist.
pub const LACKS: &str = "Manque";
/// Looked at before the end, and there.
pub const QUORUM_KEPT: &str = "Le quorum pour chaque candidat dont le jury décide.";
/// Looked at before the end, and there.
pub const FRAUD_SETTLED: &str = "Une décision motivée pour chaque suspicion de fraude.";
/// Said when nothing keeps the deliberation from beginning.
pub const NOTHING_LACKS: &str = "Quorum, présences, décisions et observations sont complets.";

/// Looked at before the end, and there.
#[must_use]
pub const fn all_observed(blocs: bool) -> &'static str {
    if blocs {
        "Une observation pour chaque bloc non validé."
    } else {
        "Une observation pour chaque compétence non validée."
    }
}

/// Who lacks in the room.
#[must_use]
pub fn lack(lack: Lack) -> String {
    let people = |(present, wanted): (usize, usize), what: &str| {
        format!("{what}\u{202f}: {present} dans la salle, {wanted} au moins.")
    };
    match lack {
        Lack::President => "La présidence n’est pas dans la salle.".to_owned(),
        Lack::Employers { present, wanted } => people((present, wanted), "Collège employeurs"),
        Lack::Employees { present, wanted } => people((present, wanted), "Collège salariés"),
        Lack::Total { present, wanted } => people((present, wanted), "Membres ayant voix"),
    }
}

/// Said of a member who declared nothing.
#[must_use]
pub fn undeclared(name: &str) -> String {
    format!("La déclaration d’impartialité de {name}.")
}

/// Said of somebody in the room who may not sit.
#[must_use]
pub fn may_not_sit(name: &str, why: &str) -> String {
    format!("{name} ne peut pas siéger. {why}")
}

/// Said of a decision in which somebody who knows the candidate took part.
#[must_use]
pub fn tie_learnt(member: &str, candidate: &str) -> String {
    format!(
        "Un lien de {member} avec {candidate} est connu\u{202f}: reprenez la décision pour cette personne, sans ce membre."
    )
}

/// What lacks before somebody was heard; nothing when they were.
#[must_use]
pub fn unheard(one: &Passing) -> Option<String> {
    let name = wording::name(&one.candidate);
    match one.row.presence {
        Presence::Expected => Some(format!("La présence ou l’absence de {name}.")),
        Presence::Present if one.row.heard_at.is_none() && one.row.decision.is_none() => {
            Some(format!("L’audition de {name}."))
        }
        Presence::Present | Presence::Absent | Presence::AbsentExcused => None,
    }
}

/// Said of somebody without a decision.
#[must_use]
pub fn undecided(name: &str) -> String {
    format!("La décision pour {name}.")
}

/// Said of somebody whose quorum is lost.
#[must_use]
pub fn quorum_lost(name: &str) -> String {
    format!("Le quorum pour {name}\u{202f}: cette personne est à ajourner.")
}

/// Said of a unit that is not acquired, and of which nothing is said.
#[must_use]
pub fn unobserved(name: &str, unit: &str, blocs: bool) -> String {
    if blocs {
        format!("Une observation pour {name}, bloc {unit} non validé.")
    } else {
        format!("Une observation pour {name}, compétence {unit} non validée.")
    }
}

/// Said of somebody who is suspected of a fraud, without a reason in the decision.
#[must_use]
pub fn fraud_unsettled(name: &str) -> String {
    format!(
        "La suspicion de fraude de {name}\u{202f}: reprenez la décision avec un motif, ou attendez celle de l’équipe certification."
    )
}
