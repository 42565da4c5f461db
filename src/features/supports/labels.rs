//! French words of teaching support.

use entity::teaching_support::{Payer, SupportOrigin, SupportState};

use super::state::{Step, TABLE};
use crate::error::Fault;
use crate::http::web::component::{Color, Status};

/// How a support begins, as an infinitive.
pub const BEGIN: &str = "Demander un appui";

/// What a support without a certification is about.
pub const WHOLE_TEAM: &str = "Toute l’équipe, quelle que soit la certification";
/// Why a structure is written to.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce qu’un appui pédagogique concerne votre structure.";
/// Why the team is written to.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les appuis pédagogiques.";
/// Why whoever gives a support is written to.
pub const WHY_EXPERT: &str = "Vous recevez ce message parce que cet appui pédagogique vous est confié.";
/// The refusal of a support before its hour.
pub const NOT_YET: &str = "L’appui n’a pas encore commencé\u{202f}: enregistrez-le une fois qu’il a eu lieu.";
/// The refusal of a support whose mission nobody accepted.
pub const NOT_ACCEPTED: &str =
    "La mission de cet appui n’est pas acceptée\u{202f}: acceptez-la avant d’enregistrer l’appui.";
/// The refusal to move what has no mission.
pub const NO_MISSION: &str = "Cet appui n’a pas de mission\u{202f}: planifiez-le.";

/// The title of its mission.
#[must_use]
pub fn mission_title(structure: &str) -> String {
    format!("Appui pédagogique, {structure}").chars().take(200).collect()
}

/// The faults of what is named and not of this structure.
#[must_use]
pub fn unknown(agreement: bool, inspection: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if agreement {
        let message = "Cet agrément n’est pas de cette structure";
        faults.push(Fault::new("/agreement_id", "agreement-unknown", message));
    }
    if inspection {
        let message = "Ce contrôle n’est pas de cette structure";
        faults.push(Fault::new("/inspection_id", "inspection-unknown", message));
    }
    faults
}

/// The fault of a site of elsewhere.
#[must_use]
pub fn unknown_site() -> Fault {
    Fault::new("/site_id", "site-unknown", "Ce site n’est pas de cette structure")
}

/// The fault of a gap of elsewhere.
#[must_use]
pub fn unknown_gap() -> Fault {
    Fault::new("/nonconformity_ids", "gap-unknown", "Un de ces écarts n’est pas de cette structure")
}

/// The fault of an origin that is not of this person.
#[must_use]
pub fn origin_refused() -> Fault {
    let message =
        "Une structure demande, une personne habilitée recommande après son contrôle, l’équipe impose";
    Fault::new("/origin", "origin-refused", message)
}

/// Word, sign and colour of a state.
#[must_use]
pub const fn state(state: SupportState) -> Status {
    use SupportState as S;
    match state {
        S::Requested => Status::new("Demandé", "envoi", Color::Ciel),
        S::Accepted => Status::new("Accepté, à planifier", "cal", Color::Ocre),
        S::Refused => Status::new("Refusé", "croix", Color::Garance),
        S::Scheduled => Status::new("Planifié", "cal", Color::Ciel),
        S::Performed => Status::new("Réalisé, compte rendu attendu", "horloge", Color::Ocre),
        S::Reported => Status::new("Compte rendu reçu", "doc", Color::Ciel),
        S::Closed => Status::new("Clos", "coche", Color::Pre),
        S::Cancelled => Status::new("Annulé", "croix", Color::Ardoise),
    }
}

/// Who wants it.
#[must_use]
pub const fn origin(origin: SupportOrigin) -> &'static str {
    match origin {
        SupportOrigin::Asked => "Demandé par la structure",
        SupportOrigin::Recommended => "Recommandé après un contrôle",
        SupportOrigin::Imposed => "Imposé comme action corrective",
    }
}

/// Who pays.
#[must_use]
pub const fn payer(payer: Payer) -> &'static str {
    match payer {
        Payer::Certifier => "L’organisme certificateur",
        Payer::Structure => "La structure",
        Payer::Opco => "L’opérateur de compétences",
        Payer::Other => "Un autre financeur",
    }
}

/// The refusal of a step from a state.
#[must_use]
pub fn wrong_state(from: SupportState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: l’appui est à l’état «\u{202f}{}\u{202f}».",
        state(from).word
    )
}

/// The states that a refused step waits for.
#[must_use]
pub fn wanted_states(refused: Step) -> String {
    let states = TABLE.iter().filter(|line| line.step == refused).map(|line| state(line.from).word);
    let states: Vec<_> = states.map(|word| format!("«\u{202f}{word}\u{202f}»")).collect();
    let states = states.join(" ou ");
    format!("«\u{202f}{}\u{202f}» se fait quand l’appui est à l’état {states}", step(refused))
}

/// A step, as an infinitive.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Accept => "Accepter",
        Step::Refuse => "Refuser",
        Step::Reconsider => "Reprendre la demande",
        Step::Schedule => "Planifier",
        Step::Postpone => "Déplacer",
        Step::Release => "Libérer la personne chargée de l’appui",
        Step::Perform => "Enregistrer la réalisation",
        Step::Report => "Remettre le compte rendu",
        Step::Rate => "Donner son avis",
        Step::Close => "Clore",
        Step::Cancel => "Annuler",
    }
}

/// What the history of a support says of an event, by its code.
#[must_use]
pub fn history(code: &str) -> &'static str {
    match code {
        "SUP_REQUESTED" => "Appui demandé",
        "SUP_ACCEPTED" => "Appui accepté",
        "SUP_REFUSED" => "Appui refusé",
        "SUP_RECONSIDERED" => "Demande reprise",
        "SUP_SCHEDULED" => "Appui planifié",
        "SUP_MOVED" => "Appui déplacé",
        "SUP_RELEASED" => "Appui à confier à une autre personne",
        "SUP_DONE" => "Appui réalisé",
        "SUP_REPORTED" => "Compte rendu reçu",
        "SUP_RATED" => "Avis de la structure",
        "SUP_CLOSED" => "Appui clos",
        "SUP_CANCELLED" => "Appui annulé",
        "SUP_REASSIGNED" => "Personne ou date changée avec la mission",
        "SUP_REPORT_LATE" => "Compte rendu en retard, relance",
        "SUP_DOCUMENT_ISSUED" => "Document établi",
        _ => "Acte",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::supports::state::BEGINS;

    #[test]
    fn every_transition_has_its_line_of_history() {
        for code in TABLE.iter().map(|line| line.event.1).chain([BEGINS.2]) {
            assert_ne!(history(code), "Acte", "{code}");
        }
    }
}
