//! Words of the values that several features record.

use entity::account_role::Role;
use entity::agreement_request::AgreementRole;
use entity::college_seat::College;
use entity::habilitation::Duty;
use entity::habilitation_step::StepKind;
use entity::jury_member::Seat;
use entity::mission::MissionObject;
use entity::mission_offer::DeclineReason;
use entity::structure_contact::ContactDuty;

use super::{funding, jury, training};
use crate::features::journal::labels as journal;
use crate::features::{agreements, experts, missions, notices, panels, structures, ties};
use crate::render::french;
use crate::rules::notices::{Class, Wish};
use crate::rules::ties as independence;
use crate::rules::typed_date;

/// A recorded word, as a person reads it; the word itself when it has no other.
#[must_use]
pub(super) fn word(key: &str, text: &str) -> String {
    let is_a_day = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    if let Some(day) = typed_date::parse(text).filter(|_| is_a_day) {
        return french::date(day);
    }
    let tied = || independence::Duty::of(text).map(ties::labels::duty);
    let written_to = || ContactDuty::from_word(text).map(structures::labels::contact_duty);
    let duty = Duty::from_word(text).map(experts::labels::duty).or_else(tied).or_else(written_to);
    let object = MissionObject::from_word(text).map(missions::labels::object);
    let step = StepKind::from_word(text).map(experts::labels::path::step_word);
    let class = Class::of(text).map(notices::labels::class);
    let wish = Wish::of(text).map(notices::labels::wish);
    match key {
        "role" => role(text),
        "class" => class.unwrap_or(text).to_owned(),
        "duty" => duty.unwrap_or(text).to_owned(),
        "object" => object.unwrap_or(text).to_owned(),
        "seat" => Seat::from_word(text)
            .map_or_else(|| text.to_owned(), |seat| panels::labels::seat(seat).to_owned()),
        "college" => College::from_word(text)
            .map_or_else(|| text.to_owned(), |college| panels::labels::college(college).to_owned()),
        "step" | "redo" => step.unwrap_or(text).to_owned(),
        "reason" => DeclineReason::from_word(text)
            .map_or_else(|| text.to_owned(), |reason| missions::labels::refusals::refusal(reason, "")),
        "reminder" | "work" => wish.unwrap_or(text).to_owned(),
        "factor" | "means" => proof(text).to_owned(),
        "via" => missions::labels::via(text).to_owned(),
        "field" | "fields" => jury::typed(text).unwrap_or_else(|| super::field(text).to_owned()),
        "holder_kind" | "subject_kind" => journal::subject_kind(text).to_owned(),
        _ => jury::word(key, text)
            .or_else(|| training::word(key, text))
            .or_else(|| funding::word(key, text))
            .unwrap_or(text)
            .to_owned(),
    }
}

/// What somebody signed in with.
fn proof(word: &str) -> &str {
    match word {
        "link" => "lien reçu par courriel",
        "password" => "mot de passe",
        "demonstration" => "bouton de la démonstration",
        "totp" => "code de l’application",
        "recovery_code" => "code de secours",
        other => other,
    }
}

fn role(word: &str) -> String {
    let asked = AgreementRole::from_word(word).map(agreements::labels::role);
    match Role::from_word(word) {
        Some(_) => journal::role(word),
        None => asked.unwrap_or(word).to_owned(),
    }
}
