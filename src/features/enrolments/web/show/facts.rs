//! What the page of an enrolment says, term by term.

use entity::enrolment::{self, EnrolmentState};

use super::super::super::labels::{self, facts as words, pages};
use super::super::super::queries::Whole;
use crate::http::web::Page;
use crate::http::web::component::{Check, CheckMark, Fact};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::phone;
use crate::rules::training::withdrawal::first_payment_on;
use crate::rules::typed_date;

pub(super) fn margin(page: &Page, whole: &Whole) -> Vec<Fact> {
    let (row, session) = (&whole.line.enrolment, &whole.line.session);
    let mut facts = vec![
        Fact::new(words::SESSION, session.number.clone())
            .to(format!("/inscriptions/sessions/{}", session.number)),
        Fact::new(words::WHEN, labels::when(session)),
        Fact::new(words::WHERE, labels::place(session)),
        Fact::new(words::SEATS, pages::seats(whole.tally)),
        Fact::new(words::PAYER, labels::buyer(whole.buyer.kind)).with_note(whole.line.payer.clone()),
        Fact::new(words::WAY, labels::way(row.way)),
    ];
    if !page.actor().is_staff() {
        // a structure does not count the seats of others
        facts.retain(|fact| fact.term != words::SEATS);
    }
    facts
}

pub(super) fn person(row: &enrolment::Model) -> Vec<Fact> {
    if row.erased_at.is_some() {
        return Vec::new();
    }
    let born = typed_date::parse(&row.birth_date).map_or_else(|| row.birth_date.clone(), french::date);
    let confirmed =
        if row.email_confirmed_at.is_some() { words::CONFIRMED_EMAIL } else { words::UNCONFIRMED_EMAIL };
    let mut facts = vec![
        Fact::new(words::BIRTH, born),
        Fact::new(words::EMAIL, row.email.clone()).with_note(confirmed),
        Fact::new(words::STATUS, labels::status(row.status)),
    ];
    let phone = if row.phone.is_empty() { String::new() } else { phone::grouped(&row.phone) };
    let guardian_phone =
        if row.guardian_phone.is_empty() { String::new() } else { phone::grouped(&row.guardian_phone) };
    let optional = [
        (words::PHONE, phone),
        (words::POSTAL, row.postal_address.clone()),
        (words::JOB, row.job.clone()),
        (words::GUARDIAN, row.guardian_name.clone()),
        (words::GUARDIAN_EMAIL, row.guardian_email.clone()),
        (words::GUARDIAN_PHONE, guardian_phone),
    ];
    facts.extend(
        optional
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(term, value)| Fact::new(term, value)),
    );
    facts
}

pub(super) fn contract(whole: &Whole) -> Vec<Fact> {
    let (row, zone) = (&whole.line.enrolment, &whole.line.session.zone);
    let day = |at: entity::Instant| french::date(day_in_zone(*at, zone));
    let mut facts = Vec::new();
    let price = row.price_cents.map_or_else(|| words::ON_QUOTATION.to_owned(), french::money_cents);
    facts.push(Fact::new(words::PRICE, price));
    if let Some(at) = row.contracted_at {
        facts.push(Fact::new(words::SIGNED, day(at)));
    }
    if let Some(until) = row.withdrawal_until {
        let note = words::first_payment(first_payment_on(until));
        facts.push(Fact::new(words::WITHDRAWAL, french::date(until)).with_note(note));
    }
    if let Some(at) = row.confirmed_at {
        facts.push(Fact::new(words::CONFIRMED, day(at)));
    }
    if let Some(at) = row.ended_at {
        let cause = row.cause.map(labels::cause).unwrap_or_default();
        facts.push(Fact::new(words::ENDED, day(at)).with_note(cause));
    }
    if let Some(reason) = &row.reason {
        facts.push(Fact::new(words::REASON, reason.clone()));
    }
    if let Some(cents) = row.fee_cents.filter(|cents| *cents > 0) {
        facts.push(Fact::new(words::FEE, french::money_cents(cents)));
    }
    facts
}

pub(super) fn need(whole: &Whole) -> Vec<Fact> {
    let Some(need) = &whole.need else { return Vec::new() };
    let mut facts = vec![
        Fact::new(words::EXPECTATIONS, need.expectations.clone()),
        Fact::new(words::PREREQUISITES, labels::prerequisites(need.prerequisites)),
        Fact::new(words::POSITIONING, labels::positioning(need.positioning))
            .with_note(need.positioning_result.clone()),
        Fact::new(words::FILLED_BY, labels::filled_by(need.filled_by)),
    ];
    let optional = [
        (words::EMPLOYER_VIEW, &need.employer_view),
        (words::FUNDER_VIEW, &need.funder_view),
        (words::BASIS, &need.basis),
    ];
    facts.extend(
        optional
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(term, value)| Fact::new(term, value.clone())),
    );
    if let Some(day) = need.signed_on {
        facts.push(Fact::new(words::SIGNED_ON, french::date(day)));
    }
    facts
}

/// What is to be done before the contract, while there is still one to sign.
pub(super) fn checks(whole: &Whole) -> Vec<Check> {
    let row = &whole.line.enrolment;
    if !matches!(row.state, EnrolmentState::Requested | EnrolmentState::Held) {
        return Vec::new();
    }
    let check = |done: bool, title: &'static str| Check {
        mark: if done { CheckMark::Good } else { CheckMark::Waiting },
        word: if done { words::DONE } else { words::TO_DO }.to_owned(),
        title: title.to_owned(),
        note: String::new(),
        action: None,
    };
    vec![
        check(row.email_confirmed_at.is_some(), words::CHECK_EMAIL),
        check(row.positioned_at.is_some(), words::CHECK_NEED),
        check(row.contracted_at.is_some(), words::CHECK_CONTRACT),
    ]
}
