//! What the page of a candidate says of the person.

use entity::candidate::IdentityDocument;
use time::Date;

use super::super::super::dossier::Dossier;
use super::super::super::{input, labels, names, wording};
use crate::http::web::component::{Check, CheckMark, Fact};
use crate::render::french;
use crate::rules::civil_status::Field;
use crate::rules::civil_status::completeness::completeness;
use crate::rules::phone;

pub(super) fn margin(dossier: &Dossier) -> Vec<Fact> {
    let row = &dossier.candidate;
    let mut facts = vec![
        Fact::new(labels::fact::STRUCTURE, dossier.structure.name.clone())
            .to(format!("/structures/{}", dossier.structure.siren)),
        Fact::new(labels::fact::WAY, labels::person::way(row.way)),
        Fact::new(labels::fact::CONTRACT, wording::tie(row)),
        Fact::new(labels::fact::ENROLLED, french::date(row.first_enrolled_on)),
    ];
    if let Some(day) = row.path_starts_on {
        facts.push(Fact::new(labels::fact::STARTS, french::date(day)));
    }
    if !row.referent.is_empty() {
        facts.push(Fact::new(labels::fact::REFERENT, row.referent.clone()));
    }
    if let Some(leaving) = row.leaving {
        facts.push(Fact::new(labels::fact::LEAVING, labels::person::leaving(leaving)));
    }
    facts
}

pub(super) fn identity(dossier: &Dossier, today: Date) -> Vec<Fact> {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, today);
    let mut facts = vec![Fact::new(
        labels::person::field(Field::BirthName),
        or_none(&row.birth_name, row.has_no_birth_name),
    )];
    if !row.usual_name.is_empty() {
        facts.push(Fact::new(labels::person::field(Field::UsualName), row.usual_name.clone()));
    }
    let all: Vec<&str> = names::first_names(row).chain(others(&row.other_first_names)).collect();
    facts.push(Fact::new(labels::fact::FIRST_NAMES, or_none(&all.join(", "), row.has_no_first_name)));
    let sex = match row.sex.as_str() {
        "F" => labels::person::FEMALE,
        "M" => labels::person::MALE,
        _ => wording::UNKNOWN,
    };
    facts.push(Fact::new(labels::person::field(Field::Sex), sex));
    facts.push(Fact::new(labels::fact::BIRTH, wording::birth(&civil)));
    let seen = labels::person::document(row.identity_document);
    let by =
        row.identity_seen_on.map(|day| labels::person::seen(day, &row.identity_seen_by)).unwrap_or_default();
    facts.push(Fact::new(labels::fact::DOCUMENT, seen).with_note(by));
    facts
}

fn others(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn or_none(text: &str, none: bool) -> String {
    match (text.is_empty(), none) {
        (false, _) => text.to_owned(),
        (true, true) => labels::person::NONE_ON_DOCUMENT.to_owned(),
        (true, false) => wording::UNKNOWN.to_owned(),
    }
}

pub(super) fn contact(dossier: &Dossier) -> Vec<Fact> {
    let row = &dossier.candidate;
    let mut facts = Vec::new();
    let mut add = |term: &str, value: &str| {
        if !value.is_empty() {
            facts.push(Fact::new(term, value));
        }
    };
    add(labels::fact::EMAIL, &row.email);
    add(labels::fact::PHONE, &phone::grouped(&row.phone));
    add(labels::fact::POSTAL, &row.postal_address);
    add(labels::fact::GUARDIAN, &row.guardian);
    if row.detained {
        add(labels::fact::MESSAGES, labels::person::RELAYED_NEUTRAL);
    } else if row.email.is_empty() {
        add(labels::fact::MESSAGES, labels::person::RELAYED);
    }
    facts
}

/// What lacks, then what deserves a look.
pub(super) fn civil(dossier: &Dossier, today: Date) -> Vec<Check> {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, today);
    let known = completeness(&civil, row.identity_document != IdentityDocument::None);
    let lacks = known.missing.iter().map(|missing| Check {
        mark: CheckMark::Waiting,
        word: labels::person::TO_COMPLETE.to_owned(),
        title: missing.to_string(),
        note: String::new(),
        action: None,
    });
    let doubts = civil.doubts(today).into_iter().map(|(field, doubt)| Check {
        mark: CheckMark::Open,
        word: labels::person::TO_CHECK.to_owned(),
        title: labels::person::field(field).to_owned(),
        note: doubt.to_string(),
        action: None,
    });
    lacks.chain(doubts).collect()
}
