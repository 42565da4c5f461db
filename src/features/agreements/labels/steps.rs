//! Words of the steps of a request and of a right, and the refusal of a step.

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;

use super::super::state::{RightStep, Step, TABLE};
use super::{right_state, state};

/// The refusal of an act on a reserve that is closed.
pub const RESERVE_LIFTED: &str = "Cette réserve est déjà levée.";
/// The refusal of a letter where nothing was refused.
pub const LETTER_WITHOUT_REFUSAL: &str =
    "La dernière décision de ce dossier n’est pas un refus\u{202f}: il n’y a pas de recommandé à noter.";

/// The refusal of a step from a state.
#[must_use]
pub fn wrong_state(from: RequestState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: la demande est à l’état «\u{202f}{}\u{202f}».",
        state(from).word
    )
}

/// The refusal of a step of the right from a state.
#[must_use]
pub fn wrong_right_state(from: AgreementState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: l’agrément est à l’état «\u{202f}{}\u{202f}».",
        right_state(from).word
    )
}

/// What people can do from a state, in words, for the one whose step was refused. What time does is left out.
#[must_use]
pub fn possible_steps(from: RequestState) -> Vec<String> {
    let by_time = |step: Step| matches!(step, Step::ExpireDraft | Step::CloseIdle | Step::TakeOffAgenda);
    TABLE.steps(from).filter(|one| !by_time(*one)).map(|one| step(one).to_owned()).collect()
}

/// The states that a refused step waits for.
#[must_use]
pub fn wanted_states(refused: Step) -> String {
    let states = TABLE.iter().filter(|line| line.step == refused).map(|line| state(line.from).word);
    let states: Vec<_> = states.map(|word| format!("«\u{202f}{word}\u{202f}»")).collect();
    let states = states.join(" ou ");
    format!("«\u{202f}{}\u{202f}» se fait quand la demande est à l’état {states}", step(refused))
}

/// How a request begins, as an infinitive.
pub const BEGIN: &str = "Ouvrir un brouillon";

/// A step, as an infinitive.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Submit => "Déposer la demande",
        Step::ExpireDraft => "Abandonner le brouillon à l’échéance",
        Step::Return => "Renvoyer le dossier",
        Step::CloseIdle => "Classer sans suite à l’échéance",
        Step::DeclareComplete => "Déclarer le dossier complet",
        Step::AssignController => "Confier la visite",
        Step::Decline => "Décliner la visite",
        Step::Release => "Retirer la visite à la personne chargée de la faire",
        Step::Schedule => "Fixer la date de visite",
        Step::Postpone => "Déplacer la visite",
        Step::RecordVisit => "Enregistrer la visite",
        Step::SendReport => "Envoyer le rapport provisoire",
        Step::Comment => "Répondre au rapport",
        Step::Finalise => "Rendre l’avis",
        Step::WaiveVisit => "Dispenser de visite",
        Step::PutOnAgenda => "Inscrire à la commission",
        Step::TakeOffAgenda => "Retirer de l’ordre du jour d’une commission annulée",
        Step::Grant => "Accorder",
        Step::GrantWithReserves => "Accorder sous réserve",
        Step::Adjourn => "Ajourner",
        Step::ResumeToCommittee => "Reprendre en commission",
        Step::ResumeToVisit => "Reprendre par une visite",
        Step::Refuse => "Refuser",
        Step::Withdraw => "Retirer la demande",
        Step::LodgeAppeal => "Former un recours",
        Step::Uphold => "Confirmer le refus",
        Step::Overturn => "Revenir sur le refus",
    }
}

/// What happens to a right.
#[must_use]
pub const fn right_step(step: RightStep) -> &'static str {
    match step {
        RightStep::Activate => "Ouvrir l’agrément, convention signée",
        RightStep::ActivateWithReserves => "Ouvrir l’agrément sous réserve, convention signée",
        RightStep::LiftReserves => "Lever les réserves",
        RightStep::SuspendForReserves => "Suspendre, une réserve n’étant pas levée à temps",
        RightStep::ServeNotice => "Mettre en demeure",
        RightStep::Suspend => "Suspendre",
        RightStep::Reinstate => "Rétablir",
        RightStep::ReinstateWithReserves => "Rétablir sous réserve",
        RightStep::Withdraw => "Retirer",
        RightStep::Renounce => "Renoncer",
        RightStep::Expire => "Constater l’échéance",
        RightStep::Prolong => "Prolonger jusqu’à la décision sur le renouvellement",
        RightStep::Replace => "Remplacer par un autre agrément",
        RightStep::DeclareChange => "Déclarer un changement",
        RightStep::BackToActive => "Revenir sur le dernier acte, agrément actif",
        RightStep::BackToReserves => "Revenir sur le dernier acte, agrément sous réserve",
        RightStep::BackToSuspended => "Revenir sur le retrait, agrément suspendu",
    }
}
