//! Decision, action plan, answer to an appeal.

use entity::appeal::AppealOutcome;
use entity::decision::Outcome;
use serde_json::{Value, json};

use super::Draft;
use super::facts::{Material, day_in_paris, signatory};
use super::texts::texts;
use super::wording::{self, UNKNOWN, object, or_unknown, reference};
use crate::features::agreements::wording as desk;
use crate::render::french;

/// The last decision of the committee.
pub(super) fn decision(material: &Material) -> Option<Draft> {
    let with = &material.whole.attachments;
    let decision = with.decisions.first()?;
    let at = *decision.decided_at;
    let on = day_in_paris(at);
    let number = material.decision_number(with.decisions.len());
    let request = material.whole.dossier.reference();
    let decider = material.name_of(Some(decision.decided_by));
    let items = desk::items(&decision.text);
    let of = |outcome: Outcome, items: &[String]| {
        if decision.outcome == outcome { items.to_vec() } else { Vec::new() }
    };
    let (variant, text) = match decision.outcome {
        Outcome::Grant => ("granted", said(&decision.text, wording::GRANTED)),
        Outcome::GrantWithReserves => ("granted_with_reserves", said(&decision.text, wording::GRANTED)),
        Outcome::Adjourn => ("adjourned", wording::ADJOURNED),
        Outcome::Refuse => ("refused", wording::REFUSED),
    };
    let reserves =
        if decision.outcome == Outcome::GrantWithReserves { reserves(material) } else { Vec::new() };
    let data = json!({
        "issuer": material.issuer(on),
        "number": number,
        "variant": variant,
        "request": request,
        "letter": material.letter(&material.day(at), object::DECISION, &[(reference::FILE, request)]),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "on_behalf": material.on_behalf(on),
        "roles": material.roles(),
        "committee": {
            "name": wording::COMMITTEE,
            "on": with.committee.as_ref().map_or_else(|| UNKNOWN.to_owned(), |committee| french::long_date(committee.meets_on)),
        },
        "decider": { "name": decider, "role": wording::MANAGER },
        "text": text,
        "signatory": signatory(&decider, wording::MANAGER, at),
        "contact": material.contact(),
        "period": decision.starts_on.zip(decision.ends_on).map(|(from, until)| json!({
            "from": french::date(from),
            "until": french::date(until),
        })),
        "reserves": reserves,
        "missing": of(Outcome::Adjourn, &items),
        "resume_until": decision.due_on.map(french::date),
        "reasons": of(Outcome::Refuse, &items),
        "remedies": (decision.outcome == Outcome::Refuse).then(|| json!({
            "delay": wording::months(material.delays.appeal_months),
            "address": material.issuer(on)["address"],
            "examined_by": texts().examined_by,
        })),
        "enclosures": enclosures(decision.outcome),
    });
    Some(Draft { data, files: Vec::new(), at })
}

fn said<'a>(typed: &'a str, default: &'a str) -> &'a str {
    if typed.trim().is_empty() { default } else { typed }
}

fn enclosures(outcome: Outcome) -> Vec<&'static str> {
    match outcome {
        Outcome::Grant => vec![texts().enclosure_convention.as_str()],
        Outcome::GrantWithReserves => {
            vec![texts().enclosure_convention.as_str(), texts().enclosure_plan.as_str()]
        }
        Outcome::Refuse => vec![texts().enclosure_report.as_str()],
        Outcome::Adjourn => Vec::new(),
    }
}

fn reserves(material: &Material) -> Vec<Value> {
    let reserve = |reserve: &entity::reserve::Model| {
        json!({
            "number": reserve.position,
            "wording": reserve.text,
            "evidence": texts().reserve_evidence,
            "due": french::date(reserve.due_on),
        })
    };
    material.whole.attachments.reserves.iter().map(reserve).collect()
}

/// What the structure has to do to have its reserves lifted.
pub(super) fn action_plan(material: &Material) -> Option<Draft> {
    let with = &material.whole.attachments;
    let decision = with.decisions.first().filter(|one| one.outcome == Outcome::GrantWithReserves)?;
    let at = *decision.decided_at;
    let on = day_in_paris(at);
    let number = material.decision_number(with.decisions.len());
    let decider = material.name_of(Some(decision.decided_by));
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{number}-PA"),
        "request": material.whole.dossier.reference(),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "decision": { "number": number, "on": material.day(at) },
        "reserves": reserves(material),
        "established_on": material.day(at),
        "signatory": signatory(&decider, wording::MANAGER, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// The answer to the last settled appeal.
pub(super) fn appeal_answer(material: &Material) -> Option<Draft> {
    let with = &material.whole.attachments;
    let appeal = with.appeals.iter().find(|appeal| appeal.settled_at.is_some())?;
    let at = *appeal.settled_at?;
    let on = day_in_paris(at);
    let upheld = appeal.outcome? == AppealOutcome::Upheld;
    let rank = with.appeals.iter().filter(|other| other.id <= appeal.id).count();
    let earlier = |decision: &&entity::decision::Model| *decision.decided_at <= *appeal.lodged_at;
    let contested = with.decisions.iter().find(earlier)?;
    let contested_rank = with.decisions.iter().filter(|other| other.id <= contested.id).count();
    let request = material.whole.dossier.reference();
    let number = format!("{request}-REC{rank}");
    let contested_number = material.decision_number(contested_rank);
    let examiner = material.name_of(appeal.settled_by);
    let references =
        [(reference::APPEAL, number.as_str()), (reference::CONTESTED, contested_number.as_str())];
    let committee = with.committee.as_ref().map(|committee| french::long_date(committee.meets_on));
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{number}-R"),
        "variant": if upheld { "upheld" } else { "overturned" },
        "request": request,
        "letter": material.letter(&material.day(at), object::APPEAL, &references),
        "structure": material.structure(),
        "certification": material.certification(on),
        "contested": { "number": contested_number, "on": material.day(*contested.decided_at) },
        "appeal": { "number": number, "received_on": material.day(*appeal.lodged_at) },
        "examined_by": { "name": examiner, "role": wording::MANAGER },
        "arguments": desk::items(&appeal.text),
        "reasons": desk::items(or_unknown(appeal.reasons.as_deref().unwrap_or_default())),
        "text": if upheld { wording::UPHELD } else { wording::OVERTURNED },
        "committee_on": if upheld { None } else { Some(committee.unwrap_or_else(|| UNKNOWN.to_owned())) },
        "signatory": signatory(&examiner, wording::MANAGER, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}
