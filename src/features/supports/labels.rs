//! French words of teaching support.

use entity::teaching_support::{Payer, SupportOrigin, SupportState};

use super::state::{Step, TABLE};
use crate::http::web::component::{Color, Status};

/// How a support begins, as an infinitive.
pub const BEGIN: &str = "Demander un appui";

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
