//! Mission order, visit plan, grid, inspection report, what the structure answers, waiver.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Draft;
use super::facts::{Material, day_in_paris, signatory};
use super::texts::texts;
use super::wording::{self, TO_BE_FIXED, UNKNOWN, object, or_unknown, reference};
use crate::features::agreements::actions::visit::rule_score;
use crate::features::agreements::whole::Whole;
use crate::features::agreements::wording as desk;
use crate::features::agreements::{grid, labels};
use crate::render::french;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::grid::{Rating, Tally, Thresholds, rate};

/// Day, hours, zone of a visit that has no date.
fn unfixed() -> Value {
    json!({ "on": TO_BE_FIXED, "hours": TO_BE_FIXED, "zone": TO_BE_FIXED, "paris": null })
}

/// Day, hours, zone of the visit; to be fixed as long as it is not.
fn schedule(material: &Material) -> Value {
    let request = material.request();
    let Some(at) = request.visit_at else { return unfixed() };
    let zone = request.visit_zone.as_deref().unwrap_or(&material.whole.dossier.structure.zone);
    let (on, hours, zone, paris) = wording::visit_schedule(*at, zone);
    json!({ "on": on, "hours": hours, "zone": zone, "paris": paris })
}

/// The order given to the contrôleur: a draft goes with the offer, the order with the date.
pub(super) fn mission_order(material: &Material, given: Option<OffsetDateTime>) -> Option<Draft> {
    let request = material.request();
    let expert = material.whole.controller.as_ref()?;
    let assigned = *request.assigned_at?;
    let at = given.unwrap_or(assigned);
    let visit_at = request.visit_at.filter(|_| given.is_some());
    let on = day_in_paris(at);
    let structure = &material.whole.dossier.structure;
    let within = material.delays.report_within_days;
    let report_due = match visit_at {
        Some(visit) => {
            let day = day_in_zone(*visit, &structure.zone);
            wording::report_due_on(&french::date(add_days(day, i32::from(within))))
        }
        None => wording::report_due(within),
    };
    let mut pieces = vec![wording::file_version(request.submission_count)];
    pieces.extend(texts().mission_pieces.iter().cloned());
    let data = json!({
        "issuer": material.issuer(on),
        "number": or_unknown(request.mission_number.as_deref().unwrap_or_default()),
        "request": material.whole.dossier.reference(),
        "expert": {
            "name": material.controller_name(),
            "role": wording::CONTROLLER,
            "number": expert.number,
            "habilitated_until": material.habilitated_until.map_or_else(|| UNKNOWN.to_owned(), french::date),
        },
        "object": wording::mission_object(&structure.name),
        "purpose": wording::MISSION_PURPOSE,
        "trigger": wording::kind(request.kind),
        "structure": { "name": structure.name, "siret": material.seat() },
        "place": material.place(),
        "schedule": if visit_at.is_some() { schedule(material) } else { unfixed() },
        "mode": request.visit_mode.filter(|_| visit_at.is_some()).map_or(TO_BE_FIXED, |mode| wording::mode(Some(mode))),
        "certifications": [material.whole.dossier.version.title],
        "persons": [
            { "name": or_unknown(&request.contact_name), "role": wording::REFERENT },
            { "name": or_unknown(&request.signatory_name), "role": or_unknown(&request.signatory_title) },
        ],
        "pieces": pieces,
        "instructions": null,
        "report_due": report_due,
        "fee": texts().fee,
        "expenses": texts().expenses,
        "cover": texts().cover,
        "independence": wording::independence(&material.day(assigned), request.tie_override.as_deref()),
        "acceptance": null,
        "signatory": signatory(&material.name_of(request.officer_id), wording::OFFICER, at),
        "contact": material.contact(),
        "kept": texts().kept_mission,
        "draft": given.is_none(),
        "jury": null,
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// Who comes, when, what is seen, what to prepare.
pub(super) fn visit_plan(material: &Material) -> Option<Draft> {
    let request = material.request();
    let visit = *request.visit_at?;
    let at = *request.assigned_at?;
    let structure = &material.whole.dossier.structure;
    let zone = request.visit_zone.as_deref().unwrap_or(&structure.zone);
    let eve = add_days(day_in_zone(visit, zone), -1);
    let mission = or_unknown(request.mission_number.as_deref().unwrap_or_default());
    let title = &material.whole.dossier.version.title;
    let sequences: Vec<_> = texts().sequences.iter().map(|one| one.said_of(title)).collect();
    let data = json!({
        "issuer": material.issuer(day_in_paris(at)),
        "number": format!("{mission}-V{}", request.visit_sequence + 1),
        "request": material.whole.dossier.reference(),
        "structure": { "name": structure.name, "siret": material.seat() },
        "place": material.place(),
        "schedule": schedule(material),
        "mode": wording::mode(request.visit_mode),
        "controller": material.controller(),
        "sequences": sequences,
        "documents": labels::mail::TO_PREPARE,
        "postpone_until": french::date(eve),
        "contact": material.contact(),
        "remark": texts().visit_remark,
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// The report: provisional opens the answer of the structure, final carries it with the opinion.
pub(super) fn inspection_report(material: &Material, last: bool) -> Option<Draft> {
    let request = material.request();
    let at = *(if last { request.opinion_at } else { request.report_sent_at })?;
    let on = day_in_paris(at);
    let (tally, rating) = rated(material);
    let stage = if last { "final" } else { "provisional" };
    let mission = or_unknown(request.mission_number.as_deref().unwrap_or_default());
    let data = json!({
        "issuer": material.issuer(on),
        "number": report_number(mission, last, request.visit_number),
        "stage": stage,
        "request": material.whole.dossier.reference(),
        "structure": material.structure(),
        "place": material.place(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "controller": material.controller(),
        "visit": visited(material),
        "persons_met": persons_met(material),
        "domains": domains(material),
        "totals": totals(tally),
        "rating": { "label": wording::rating(rating), "rule": texts().rating_rule },
        "summary": wording::summary(tally),
        "contact": material.contact(),
        "opinion": last.then(|| json!({
            "label": request.opinion.map_or(UNKNOWN, |opinion| labels::opinion_status(opinion).word),
            "text": or_unknown(request.opinion_text.as_deref().unwrap_or_default()),
        })),
        "comments": if last { comments(material) } else { None },
        "comment_period": (!last).then(|| json!({
            "until": request.comments_due_at.map_or_else(
                || UNKNOWN.to_owned(),
                |due| desk::instant(*due, &material.whole.dossier.structure.zone),
            ),
            "days": wording::days_from_sending(material.delays.comment_days),
            "how": texts().how_to_comment,
        })),
        "reported_on": material.day(at),
        "signatory": signatory(&material.controller_name(), wording::CONTROLLER, at),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// The grid as it was recorded after the visit.
pub(super) fn control_grid(material: &Material) -> Option<Draft> {
    let request = material.request();
    let at = *request.visited_at?;
    let (tally, rating) = rated(material);
    let grid = material.grid();
    let data = json!({
        "issuer": material.issuer(day_in_paris(at)),
        "number": format!("{}-G", or_unknown(request.mission_number.as_deref().unwrap_or_default())),
        "request": material.whole.dossier.reference(),
        "structure": { "name": material.whole.dossier.structure.name, "siret": material.seat() },
        "place": material.place(),
        "controller": material.controller(),
        "visit": visited(material),
        "refused": request.visit_refused,
        "persons_met": persons_met(material),
        "grid": { "version": grid.version, "title": grid.title },
        "domains": domains(material),
        "totals": totals(tally),
        "rating": { "label": wording::rating(rating), "rule": texts().rating_rule },
        "recorded_on": material.day(at),
        "signatory": signatory(&material.controller_name(), wording::CONTROLLER, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// What the structure answers to the provisional report, as one act brought it.
pub(super) fn report_comments(material: &Material, at: OffsetDateTime, text: &str) -> Option<Draft> {
    let request = material.request();
    let on = day_in_paris(at);
    let structure = &material.whole.dossier.structure;
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{}-O", or_unknown(request.mission_number.as_deref().unwrap_or_default())),
        "request": material.whole.dossier.reference(),
        "structure": material.structure(),
        "place": material.place(),
        "certification": material.certification(on),
        "visited_on": material.day(*request.visited_at?),
        "reported_on": material.day(*request.report_sent_at?),
        "received": { "at": desk::instant(at, &structure.zone), "author": structure.name },
        "comments": text,
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// Why there is no visit.
pub(super) fn waiver_note(material: &Material) -> Option<Draft> {
    let request = material.request();
    let reason = request.visit_waived_reason.as_deref()?;
    let at = *request.opinion_at?;
    let on = day_in_paris(at);
    let number = material.whole.dossier.reference();
    let decider = material.waived_by.as_ref()?;
    let role = wording::team(&decider.role);
    let waived_on = material.day(at);
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{number}-DV"),
        "request": number,
        "letter": material.letter(&waived_on, object::WAIVER, &[(reference::FILE, number)]),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "waived_on": waived_on,
        "reason": reason,
        "decider": { "name": decider.name, "role": role },
        "expected_decision": request.decision_expected_on.map_or_else(|| UNKNOWN.to_owned(), french::date),
        "signatory": signatory(&decider.name, role, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// What the scores are worth.
fn rated(material: &Material) -> (Tally, Rating) {
    rating_of(&material.whole, material.thresholds, material.now())
}

/// What the scores of a request are worth.
pub(super) fn rating_of(whole: &Whole, set: Option<Thresholds>, now: OffsetDateTime) -> (Tally, Rating) {
    let stored = &whole.attachments.scores;
    let thresholds = set.unwrap_or_else(|| whole.dossier.grid(stored, now).thresholds());
    let scores: Vec<_> = stored.iter().map(|score| rule_score(score.score)).collect();
    let refused = whole.dossier.request.visit_refused;
    (Tally::of(&scores), if refused { Rating::REFUSED } else { rate(&scores, thresholds) })
}

fn totals(tally: Tally) -> Value {
    json!({
        "conforming": tally.conforming,
        "minor": tally.minor,
        "major": tally.major,
        "not_applicable": tally.not_applicable,
    })
}

fn visited(material: &Material) -> Value {
    let schedule = schedule(material);
    let text = |key: &str| schedule[key].as_str().unwrap_or_default().to_owned();
    json!({
        "on": text("on"),
        "hours": format!("{}, {}", text("hours"), text("zone")),
        "mode": wording::mode(material.request().visit_mode),
    })
}

/// Provisional or final, then which visit from the second one on.
fn report_number(mission: &str, last: bool, visit: i32) -> String {
    let letter = if last { 'D' } else { 'P' };
    if visit > 1 { format!("{mission}-{letter}{visit}") } else { format!("{mission}-{letter}") }
}

fn persons_met(material: &Material) -> Vec<Value> {
    let request = material.request();
    let typed = desk::items(request.persons_met.as_deref().unwrap_or_default());
    if typed.is_empty() && request.visit_refused {
        return vec![json!({ "name": wording::NOBODY_MET, "role": wording::CONTROL_REFUSED })];
    }
    if typed.is_empty() {
        return vec![json!({ "name": UNKNOWN, "role": UNKNOWN })];
    }
    typed.iter().map(|line| json!({ "name": line, "role": wording::MET })).collect()
}

fn domains(material: &Material) -> Vec<Value> {
    let scores = &material.whole.attachments.scores;
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let criterion = |criterion: &grid::Criterion| {
        let given = scores.iter().find(|score| score.criterion == criterion.code);
        json!({
            "code": criterion.code,
            "wording": criterion.said_of(&material.whole.dossier.version.title),
            "minor": criterion.minor,
            "score": given.map_or("SO", |given| wording::score(given.score)),
            "evidence": given.and_then(|given| text(&given.evidence)),
            "comment": given.map_or_else(|| text(wording::NOT_SCORED), |given| text(&given.comment)),
        })
    };
    let domain = |domain: &grid::Domain| {
        json!({
            "code": domain.code,
            "title": domain.title,
            "criteria": domain.criterion.iter().map(criterion).collect::<Vec<_>>(),
        })
    };
    material.grid().domain.iter().map(domain).collect()
}

fn comments(material: &Material) -> Option<Value> {
    let request = material.request();
    let received = request.commented_at?;
    let items: Vec<Value> = desk::items(request.comments.as_deref().unwrap_or_default())
        .into_iter()
        .map(|text| json!({ "subject": wording::COMMENT, "text": text, "answer": null }))
        .collect();
    Some(json!({
        "received_on": desk::instant(*received, &material.whole.dossier.structure.zone),
        "author": material.whole.dossier.structure.name,
        "items": items,
    }))
}
