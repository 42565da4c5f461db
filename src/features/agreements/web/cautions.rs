//! What the question before an act asks to look at. Nothing here refuses: the person decides, knowing it. Pure.

use entity::dated_right::{self, RightState};
use entity::{agreement, agreement_request};
use time::{Date, Weekday};

use super::act::Act;
use crate::features::agreements::actions::visit::visit_before;
use crate::features::agreements::wording::is_same_name;
use crate::features::agreements::{Dossier, labels, wording};
use crate::features::rights;
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::delays::AgreementDelays;
use crate::rules::territory;

/// What to say to a structure that answers a report: its first answer is enough for the opinion (row 15).
const WHOLE_ANSWER: &str = "L’avis peut être rendu dès que vos observations sont reçues, sans attendre la date limite\u{202f}: vérifiez que votre réponse est complète.";

/// What to say of a date that nobody of the structure is known to have accepted (row 10).
const NOT_ACCEPTED: &str = "L’accord de la structure n’est pas enregistré pour cette date\u{202f}: indiquez qui l’a acceptée, ou vérifiez-la avec la structure avant de la fixer.";

/// What to look at before an act that was just tried, the request being as it leaves it.
pub(super) fn of(
    act: Act,
    before: &Dossier,
    after: &agreement_request::Model,
    delays: &AgreementDelays,
) -> Vec<String> {
    match act {
        Act::Comment => vec![WHOLE_ANSWER.to_owned()],
        Act::Schedule | Act::Postpone => {
            let mut cautions: Vec<_> = closed(before, after).into_iter().collect();
            cautions.extend(after.visit_accepted_by.is_none().then(|| NOT_ACCEPTED.to_owned()));
            cautions.extend(late(before, after, delays));
            cautions
        }
        _ => Vec::new(),
    }
}

/// A day on which the structure may be closed: a Saturday, a Sunday or a holiday of its territory. The settings refuse
/// the last two, unless they are open to visits.
fn closed(before: &Dossier, after: &agreement_request::Model) -> Option<String> {
    let zone = after.visit_zone.as_deref().unwrap_or(&before.structure.zone);
    let day = day_in_zone(*after.visit_at?, zone);
    let shown = wording::long(day);
    if let Some(name) = territory::calendar(&before.structure.department).holiday(day) {
        return Some(format!(
            "Le {shown} est férié là où se trouve la structure ({name})\u{202f}: vérifiez qu’elle est ouverte."
        ));
    }
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    weekend.then(|| {
        format!("La visite tombe le {shown}\u{202f}: vérifiez que la structure est ouverte ce jour-là.")
    })
}

/// The dates that the visit leaves behind: the day by which it was to be made, that of the decision announced. Those of
/// a second visit, asked for by the committee, were announced for the first one and say nothing of it.
fn late(before: &Dossier, after: &agreement_request::Model, delays: &AgreementDelays) -> Vec<String> {
    let request = &before.request;
    let (Some(at), None) = (after.visit_at, request.visited_at) else { return Vec::new() };
    let zone = after.visit_zone.as_deref().unwrap_or(&before.structure.zone);
    let day = day_in_zone(*at, zone);
    let due = request.assigned_at.map(|given| visit_before(before.today(*given), delays));
    let passed = |limit: Option<Date>| limit.filter(|limit| day > *limit).map(french::date);
    let mission = passed(due).map(|due| {
        format!("La visite est à faire au plus tard le {due}\u{202f}: la date choisie vient après.")
    });
    let decision = passed(request.decision_expected_on).map(|expected| {
        format!("La décision est attendue le {expected}\u{202f}: la date choisie vient après.")
    });
    mission.into_iter().chain(decision).collect()
}

/// The agreements in force that another meets, each once: they end on its eve.
pub(super) fn replaced(met: &[dated_right::Model], by: &agreement::Model) -> Vec<String> {
    let held = met.iter().filter(|right| right.state == RightState::InForce && right.source_id != by.id.0);
    let mut said: Vec<String> = held
        .map(|right| {
            labels::convention::makes_room(&right.reference, rights::queries::span(right), by.starts_on)
        })
        .collect();
    said.sort_unstable();
    said.dedup();
    said
}

/// Who signs the convention for whom, and what the signature that was just tried does.
pub(super) fn signature(act: Act, before: &Dossier, right: &agreement::Model) -> Vec<String> {
    let (by, party, other) = match act {
        Act::SignStructure => (
            [&right.signed_by_structure, &right.signed_by_structure_quality],
            before.structure.name.as_str(),
            "de l’organisme certificateur",
        ),
        Act::SignCertifier => (
            [&right.signed_by_certifier, &right.signed_by_certifier_quality],
            "l’organisme certificateur",
            "de la structure",
        ),
        _ => return Vec::new(),
    };
    let by = by.into_iter().filter_map(Option::as_deref).collect::<Vec<_>>().join(", ");
    let number = &right.number;
    let effect = if right.activated_at.is_some() {
        let state = labels::right_state(right.state).word;
        let period = french::date_range(right.starts_on, right.ends_on);
        format!("l’agrément {number} passe à l’état «\u{202f}{state}\u{202f}», {period}\u{202f};")
    } else {
        format!("l’agrément {number} attend ensuite la signature {other}\u{202f};")
    };
    vec![format!("{by}, signe la convention pour {party}\u{202f};"), effect]
}

/// A name that is not that of the person known to sign: for the structure, the one named in the request; for the
/// certifier, the one that the configuration names with a quality, "Prénom Nom, présidente".
pub(super) fn signatory(act: Act, dossier: &Dossier, certifier: &str, typed: &str) -> Option<String> {
    let (known, of) = match act {
        Act::SignStructure => {
            (dossier.request.signatory_name.as_str(), "la personne qui signe pour la structure")
        }
        Act::SignCertifier => (
            certifier.split(',').next().unwrap_or_default(),
            "la personne qui représente l’organisme certificateur",
        ),
        _ => return None,
    };
    let (known, typed) = (known.trim(), typed.split(',').next().unwrap_or_default().trim());
    (!known.is_empty() && !is_same_name(known, typed)).then(|| {
        format!(
            "Le nom saisi, {typed}, n’est pas celui qui est enregistré pour {of}\u{202f}: {known}. Vérifiez que {typed} a le pouvoir de signer."
        )
    })
}
