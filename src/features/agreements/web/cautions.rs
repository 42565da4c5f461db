//! What the question before an act asks to look at. Nothing here refuses: the person decides, knowing it. Pure.

use entity::agreement_request;
use time::Date;

use super::act::Act;
use crate::features::agreements::Dossier;
use crate::features::agreements::actions::visit::visit_before;
use crate::render::french;
use crate::rules::deadline::date_in_zone;

/// What to say to a structure that answers a report: its first answer is enough for the opinion (row 15).
const WHOLE_ANSWER: &str = "L’avis peut être rendu dès que vos observations sont reçues, sans attendre la date limite\u{202f}: vérifiez que votre réponse est complète.";

/// What to look at before an act that was just tried, the request being as it leaves it.
pub(super) fn of(act: Act, before: &Dossier, after: &agreement_request::Model) -> Vec<String> {
    match act {
        Act::Comment => vec![WHOLE_ANSWER.to_owned()],
        Act::Schedule | Act::Postpone => late(before, after),
        _ => Vec::new(),
    }
}

/// The dates that the visit leaves behind: the day by which it was to be made, that of the decision announced. Those of
/// a second visit, asked for by the committee, were announced for the first one and say nothing of it.
fn late(before: &Dossier, after: &agreement_request::Model) -> Vec<String> {
    let request = &before.request;
    let (Some(at), None) = (after.visit_at, request.visited_at) else { return Vec::new() };
    let zone = after.visit_zone.as_deref().unwrap_or(&before.structure.zone);
    let day = date_in_zone(*at, zone).unwrap_or(at.date());
    let due = request.assigned_at.map(|given| visit_before(before.today(*given)));
    let passed = |limit: Option<Date>| limit.filter(|limit| day > *limit).map(french::date);
    let mission = passed(due).map(|due| {
        format!("La visite est à faire au plus tard le {due}\u{202f}: la date choisie vient après.")
    });
    let decision = passed(request.decision_expected_on).map(|expected| {
        format!("La décision est attendue le {expected}\u{202f}: la date choisie vient après.")
    });
    mission.into_iter().chain(decision).collect()
}
