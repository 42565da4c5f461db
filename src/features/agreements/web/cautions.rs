//! What the question before an act asks to look at. Nothing here refuses: the person decides, knowing it. Pure.

use super::act::Act;

/// What to say to a structure that answers a report: its first answer is enough for the opinion (row 15).
const WHOLE_ANSWER: &str = "L’avis peut être rendu dès que vos observations sont reçues, sans attendre la date limite\u{202f}: vérifiez que votre réponse est complète.";

/// What to look at before an act that was just tried.
pub(super) fn of(act: Act) -> Vec<String> {
    match act {
        Act::Comment => vec![WHOLE_ANSWER.to_owned()],
        _ => Vec::new(),
    }
}
