//! Words of the steps of inspections, gaps, answers and draws, and the refusal of a step.

use entity::draw::DrawState;
use entity::inspection::InspectionState;

use super::super::state::action::ActionStep;
use super::super::state::draw::DrawStep;
use super::super::state::gap::GapStep;
use super::super::state::{Step, TABLE};
use super::{draw, state};

/// How an inspection begins, as an infinitive.
pub const BEGIN: &str = "Planifier un contrôle";

/// The refusal of a step from a state.
#[must_use]
pub fn wrong_state(from: InspectionState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: le contrôle est à l’état «\u{202f}{}\u{202f}».",
        state(from).word
    )
}

/// The refusal of a step of a draw.
#[must_use]
pub fn wrong_draw_state(from: Option<DrawState>) -> String {
    let word = from.map_or("Inconnu", |from| draw(from).word);
    format!("Cette action n’est pas possible\u{202f}: le tirage est à l’état «\u{202f}{word}\u{202f}».")
}

/// What people can do from a state, in words, for the one whose step was refused. What time does is left out.
#[must_use]
pub fn possible_steps(from: InspectionState) -> Vec<String> {
    let by_people = |one: &Step| !matches!(one, Step::FallOverdue | Step::Release);
    TABLE.steps(from).filter(by_people).map(|one| step(one).to_owned()).collect()
}

/// The states that a refused step waits for.
#[must_use]
pub fn wanted_states(refused: Step) -> String {
    let states = TABLE.iter().filter(|line| line.step == refused).map(|line| state(line.from).word);
    let states: Vec<_> = states.map(|word| format!("«\u{202f}{word}\u{202f}»")).collect();
    let states = states.join(" ou ");
    format!("«\u{202f}{}\u{202f}» se fait quand le contrôle est à l’état {states}", step(refused))
}

/// A step, as an infinitive.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Assign => "Proposer la mission",
        Step::Decline => "Décliner la mission",
        Step::Release => "Libérer la personne chargée du contrôle",
        Step::Notify => "Notifier la date",
        Step::Postpone => "Déplacer",
        Step::Perform => "Enregistrer le contrôle",
        Step::StateRefusal => "Constater le refus de la structure",
        Step::Resume => "Reprendre, la structure acceptant le contrôle",
        Step::SendReport => "Envoyer le rapport provisoire",
        Step::Comment => "Présenter des observations",
        Step::CloseConforming => "Clore sans écart",
        Step::RequestActions => "Demander des actions correctives",
        Step::SubmitActions => "Déposer les actions",
        Step::FindInsufficient => "Juger les actions insuffisantes",
        Step::Verify => "Clore, actions vérifiées",
        Step::FallOverdue => "Constater le retard",
        Step::Escalate => "Porter devant la responsable de certification",
        Step::Cancel => "Annuler",
        Step::Reopen => "Rouvrir",
    }
}

/// A step of a gap, as an infinitive.
#[must_use]
pub const fn gap_step(step: GapStep) -> &'static str {
    match step {
        GapStep::Find => "Constater",
        GapStep::Drop => "Abandonner après observations",
        GapStep::Request => "Demander une action",
        GapStep::Answer => "Répondre",
        GapStep::FindInsufficient => "Juger insuffisant",
        GapStep::FallOverdue => "Constater le retard",
        GapStep::Close => "Lever",
        GapStep::Reopen => "Rouvrir",
    }
}

/// A step of an answer, as an infinitive.
#[must_use]
pub const fn action_step(step: ActionStep) -> &'static str {
    match step {
        ActionStep::Write => "Rédiger",
        ActionStep::Submit => "Déposer",
        ActionStep::FindInsufficient => "Juger insuffisante",
        ActionStep::Close => "Vérifier",
        ActionStep::Reopen => "Rouvrir",
    }
}

/// A step of a draw, as an infinitive.
#[must_use]
pub const fn draw_step(step: DrawStep) -> &'static str {
    match step {
        DrawStep::Prepare => "Préparer",
        DrawStep::Publish => "Publier la graine et les règles",
        DrawStep::Run => "Tirer",
        DrawStep::Cancel => "Annuler",
    }
}
