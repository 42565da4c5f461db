//! The forms of the acts, filled with what is known or with what was just typed. Pure.

use entity::committee;
use time::{Date, OffsetDateTime};

use super::act::Act;
use super::doing::Returned;
use crate::features::agreements::decision_rules::Ground;
use crate::features::agreements::queries::{Attachments, situation};
use crate::features::agreements::{Dossier, labels, pieces};
use crate::http::web::component::Choice;
use crate::http::web::form::FormState;
use crate::render::french;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;
use crate::rules::typed_date::iso;

/// One form for each act offered; the one that comes back holds what was typed.
pub(super) fn all(
    offered: &[Act],
    dossier: &Dossier,
    around: &Attachments,
    delays: &AgreementDelays,
    ground: &Ground,
    now: OffsetDateTime,
    returned: Option<Returned>,
) -> Vec<(Act, FormState)> {
    let today = dossier.today(now);
    let fresh = |act: Act| {
        let form = match act {
            Act::Decide => decision(around, delays, ground, today),
            Act::Return => returning(around),
            Act::RecordLetter => letter(around),
            Act::SignStructure => FormState::filled([("name", dossier.request.signatory_name.clone())]),
            _ => FormState::default(),
        };
        form.with_version(version(act, dossier, around)).with_prefix(act.verb())
    };
    let mut forms: Vec<_> = offered.iter().map(|act| (*act, fresh(*act))).collect();
    if let Some(returned) = returned
        && let Some((_, form)) = forms.iter_mut().find(|(act, _)| *act == returned.act)
    {
        *form = returned.form;
    }
    forms
}

fn version(act: Act, dossier: &Dossier, around: &Attachments) -> i64 {
    match (act, &around.agreement) {
        (Act::SignStructure | Act::SignCertifier, Some(right)) => right.version.into(),
        _ => dossier.request.version.into(),
    }
}

/// A decision starts on the day of the committee, or after the agreement in force, and lasts as long as the rules allow.
fn decision(around: &Attachments, delays: &AgreementDelays, ground: &Ground, today: Date) -> FormState {
    let starts_on = first_day(around, ground, today);
    let longest = add_days(add_months(starts_on, i32::from(delays.agreement_years) * 12), -1);
    let ends_on = ground.certified.latest_end(starts_on).map_or(longest, |(last, _)| last.min(longest));
    let due_on = add_months(today, i32::from(delays.adjourn_months_max));
    FormState::filled([
        ("starts_on", iso(starts_on)),
        ("ends_on", iso(ends_on)),
        ("due_on", iso(due_on)),
        ("text", String::new()),
    ])
}

/// The first day of an agreement: that of its committee, or today when it is behind; later when the structure still
/// holds one.
fn first_day(around: &Attachments, ground: &Ground, today: Date) -> Date {
    ground.first_day(around.committee.as_ref().map_or(today, |one| one.meets_on.max(today)))
}

/// Until when the certification lets an agreement last, and why; empty when it bounds nothing.
pub(super) fn end_note(around: &Attachments, ground: &Ground, today: Date) -> String {
    let latest = ground.certified.latest_end(first_day(around, ground, today));
    latest.map(|(day, bound)| labels::convention::latest_end(day, bound)).unwrap_or_default()
}

/// What the structure holds of what a decision would give, in a sentence; empty when it holds nothing.
pub(super) fn start_note(ground: &Ground) -> String {
    ground.followed.as_ref().map(labels::convention::followed).unwrap_or_default()
}

/// A letter starts from what is known of it.
fn letter(around: &Attachments) -> FormState {
    let known = around.decisions.first().and_then(|decision| around.letter_of(decision));
    let Some(letter) = known else { return FormState::default() };
    FormState::filled([
        ("number", letter.number.clone()),
        ("sent_on", iso(letter.sent_on)),
        ("presented_on", letter.presented_on.map(iso).unwrap_or_default()),
    ])
}

/// A return starts from the pieces found wanting, with what was said of each.
fn returning(around: &Attachments) -> FormState {
    let wanting = around.pieces.iter().filter_map(|piece| Some((piece.code.clone(), piece.reason.clone()?)));
    let fields = wanting
        .flat_map(|(code, reason)| [("pieces".to_owned(), code.clone()), (format!("pieces/{code}"), reason)]);
    FormState::filled(fields)
}

/// Committees to choose from.
pub(super) fn committees(committees: &[committee::Model]) -> Vec<Choice> {
    let choice = |one: &committee::Model| {
        Choice::new(one.id.to_string(), format!("{}, {}", french::long_date(one.meets_on), one.place))
    };
    committees.iter().map(choice).collect()
}

/// The pieces of the situation of a file, in the order of the catalogue.
pub(super) fn piece_kinds(dossier: &Dossier) -> Vec<Choice> {
    let situation = situation(&dossier.request);
    let shown = pieces::all().iter().filter(|kind| kind.is_shown(situation));
    shown.map(|kind| Choice::new(kind.code.clone(), format!("{} ({})", kind.title, kind.code))).collect()
}

/// The four decisions.
pub(super) fn outcomes(delays: &AgreementDelays) -> Vec<Choice> {
    let (reserve, adjourn) = (delays.reserve_months_max, delays.adjourn_months_max);
    vec![
        Choice::new("accorder", "Accorder"),
        Choice::new("reserve", "Accorder sous réserve")
            .with_help(format!("Chaque réserve a une échéance, {reserve} mois au plus.")),
        Choice::new("ajourner", "Ajourner")
            .with_help(format!("Dire ce qui manque, pour {adjourn} mois au plus.")),
        Choice::new("refuser", "Refuser")
            .with_help("Le motif et les voies de recours figurent dans le courrier."),
    ]
}

/// The two answers to an appeal.
pub(super) fn answers() -> Vec<Choice> {
    vec![
        Choice::new("upheld", "Confirmer le refus").with_help("La procédure s’arrête là."),
        Choice::new("overturned", "Revenir sur le refus")
            .with_help("Le dossier retourne devant une commission."),
    ]
}
