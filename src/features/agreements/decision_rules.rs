//! What a decision must say, checked all at once. Pure.

use entity::decision::Outcome;
use time::Date;

use super::error::AgreementError;
use super::input::{DecisionInput, ReserveInput, required};
use crate::error::Fault;
use crate::render::french;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;
use crate::rules::right::Span;

/// A decision that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was decided.
    pub outcome: Outcome,
    /// Text of the letter.
    pub text: String,
    /// First and last day of the right.
    pub period: Option<(Date, Date)>,
    /// What remains to be done.
    pub reserves: Vec<ReserveInput>,
    /// By when what is missing must arrive.
    pub due_on: Option<Date>,
}

/// What bounds an agreement in the certification (2.5 of the domain reference).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certified {
    /// Last day on which it may be delivered.
    pub last_delivery_on: Option<Date>,
    /// Its entries in the registers, void ones left out.
    pub registrations: Vec<Span>,
}

/// What the structure already holds of what a grant would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its number.
    pub number: String,
    /// Its days.
    pub span: Span,
}

/// What a grant starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// What bounds it.
    pub certified: Certified,
    /// The agreement in force that it would meet.
    pub followed: Option<Followed>,
}

impl Ground {
    /// The first day to propose, from a day on: that after the last one of the agreement in force, so that nothing of it
    /// is lost, as long as the certification goes so far.
    #[must_use]
    pub fn first_day(&self, from: Date) -> Date {
        let last = self.followed.as_ref().and_then(|followed| followed.span.until);
        let next = last.map(|last| add_days(last, 1)).filter(|day| *day > from);
        let reached = |day: &Date| self.certified.latest_end(*day).is_none_or(|(last, _)| *day <= last);
        next.filter(reached).unwrap_or(from)
    }
}

/// Why an agreement may not go further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The certification is no more delivered.
    LastDelivery,
    /// It is no more registered.
    Registration,
}

impl Certified {
    /// The last day that an agreement beginning on a day may reach, and why; none when nothing bounds it.
    #[must_use]
    pub fn latest_end(&self, starts_on: Date) -> Option<(Date, Bound)> {
        let delivery = self.last_delivery_on.map(|day| (day, Bound::LastDelivery));
        let registered = self.registered_until(starts_on).map(|day| (day, Bound::Registration));
        [delivery, registered].into_iter().flatten().min_by_key(|(day, _)| *day)
    }

    /// The last day of the entry that holds on a day, with those that follow it without a gap; none when it has no end,
    /// and when the certification is in no register that day: the branch may have it delivered all the same.
    fn registered_until(&self, day: Date) -> Option<Date> {
        let holding = |day: Date| self.registrations.iter().find(|span| span.contains(day));
        let mut until = holding(day)?.until?;
        while let Some(next) = holding(add_days(until, 1)) {
            until = next.until?;
        }
        Some(until)
    }
}

/// Checks a decision on a day; the right never goes beyond the last day of the certification, nor of its registration.
///
/// # Errors
/// Every fault.
pub fn check(
    input: DecisionInput,
    delays: &AgreementDelays,
    today: Date,
    certified: &Certified,
) -> Result<Decided, Vec<Fault>> {
    match input {
        DecisionInput::Grant { starts_on, ends_on, reserves, text, .. } => {
            grant(starts_on, ends_on, reserves, &text, &Bounds { delays, today, certified })
        }
        DecisionInput::Adjourn { text, due_on } => adjourn(&text, due_on, delays, today),
        DecisionInput::Refuse { reasons } => {
            let text = required(
                "/reasons",
                &reasons,
                "Le motif du refus est obligatoire\u{202f}: il figure dans le courrier",
            );
            let text = text.map_err(|fault| vec![fault])?;
            Ok(Decided { outcome: Outcome::Refuse, text, period: None, reserves: Vec::new(), due_on: None })
        }
    }
}

/// Refuses a decision before the day of its committee; both days are those of Paris.
///
/// # Errors
/// The committee did not meet yet.
pub fn once_met(meets_on: Option<Date>, today: Date) -> Result<(), AgreementError> {
    let Some(day) = meets_on.filter(|day| today < *day) else { return Ok(()) };
    let detail = format!(
        "La commission se réunit le {}\u{202f}: la décision ne peut pas être rendue avant ce jour.",
        french::long_date(day)
    );
    Err(AgreementError::blocked("committee-not-met", detail, Vec::new()))
}

struct Bounds<'a> {
    delays: &'a AgreementDelays,
    today: Date,
    certified: &'a Certified,
}

fn grant(
    starts_on: Date,
    ends_on: Option<Date>,
    reserves: Vec<ReserveInput>,
    text: &str,
    bounds: &Bounds<'_>,
) -> Result<Decided, Vec<Fault>> {
    let longest = i32::from(bounds.delays.agreement_years) * 12;
    let by_default = add_days(add_months(starts_on, longest), -1);
    let latest_end = bounds.certified.latest_end(starts_on);
    let default_end = latest_end.map_or(by_default, |(latest, _)| latest.min(by_default));
    let ends_on = ends_on.unwrap_or(default_end);
    let mut faults = Vec::new();
    if starts_on < bounds.today {
        faults.push(Fault::new(
            "/starts_on",
            "date-in-the-past",
            "Le début ne peut pas précéder la décision",
        ));
    }
    if ends_on < starts_on {
        faults.push(Fault::new("/ends_on", "period-reversed", "La fin doit suivre le début"));
    }
    if ends_on > by_default {
        let message = format!("La durée maximale conduit au {}", french::date(by_default));
        faults.push(Fault::new("/ends_on", "period-too-long", message));
    }
    if let Some((latest, bound)) = latest_end.filter(|(latest, _)| ends_on > *latest) {
        faults.push(beyond(latest, bound));
    }
    let last = add_months(bounds.today, i32::from(bounds.delays.reserve_months_max));
    for (index, reserve) in reserves.iter().enumerate() {
        if reserve.text.trim().is_empty() {
            let message = "Dites ce que la structure doit faire";
            faults.push(Fault::new(format!("/reserves/{index}/text"), "reserve-empty", message));
        }
        if reserve.due_on <= bounds.today || reserve.due_on > last {
            let message = format!("Choisissez une échéance à venir, au plus tard le {}", french::date(last));
            faults.push(Fault::new(format!("/reserves/{index}/due_on"), "reserve-date-wrong", message));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let outcome = if reserves.is_empty() { Outcome::Grant } else { Outcome::GrantWithReserves };
    Ok(Decided {
        outcome,
        text: text.trim().to_owned(),
        period: Some((starts_on, ends_on)),
        reserves,
        due_on: None,
    })
}

/// The fault of an end that the certification does not reach.
fn beyond(latest: Date, bound: Bound) -> Fault {
    let latest = french::date(latest);
    let (code, message) = match bound {
        Bound::LastDelivery => (
            "period-beyond-certification",
            format!("La certification prend fin le {latest}\u{202f}: l’agrément ne peut pas la dépasser"),
        ),
        Bound::Registration => (
            "period-beyond-registration",
            format!(
                "L’enregistrement de la certification prend fin le {latest}\u{202f}: l’agrément ne peut pas le dépasser"
            ),
        ),
    };
    Fault::new("/ends_on", code, message)
}

fn adjourn(text: &str, due_on: Date, delays: &AgreementDelays, today: Date) -> Result<Decided, Vec<Fault>> {
    let last = add_months(today, i32::from(delays.adjourn_months_max));
    let mut faults = Vec::new();
    let text =
        required("/text", text, "Dites ce qui manque pour décider").map_err(|fault| faults.push(fault));
    if due_on <= today || due_on > last {
        let message = format!("Choisissez une échéance à venir, au plus tard le {}", french::date(last));
        faults.push(Fault::new("/due_on", "adjournment-date-wrong", message));
    }
    match text {
        Ok(text) if faults.is_empty() => Ok(Decided {
            outcome: Outcome::Adjourn,
            text,
            period: None,
            reserves: Vec::new(),
            due_on: Some(due_on),
        }),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 01 - 18);

    fn codes(input: DecisionInput, latest: Option<Date>) -> Vec<&'static str> {
        let certified = Certified { last_delivery_on: latest, registrations: Vec::new() };
        match check(input, &AgreementDelays::default(), TODAY, &certified) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|fault| fault.code).collect(),
        }
    }

    fn grant(starts_on: Date, ends_on: Option<Date>, reserves: Vec<ReserveInput>) -> DecisionInput {
        DecisionInput::Grant { starts_on, ends_on, reserves, text: String::new(), replaces: false }
    }

    fn reserve(text: &str, due_on: Date) -> ReserveInput {
        ReserveInput { text: text.to_owned(), due_on }
    }

    #[test]
    fn a_committee_decides_from_its_day_on() {
        let day = date!(2026 - 01 - 19);
        assert!(once_met(Some(day), TODAY).is_err());
        assert!(once_met(Some(TODAY), TODAY).is_ok());
        assert!(once_met(Some(TODAY), day).is_ok());
        assert!(once_met(None, TODAY).is_ok());
    }

    #[test]
    fn a_grant_lasts_three_years_at_most_and_never_beyond_the_certification() {
        let period = |certified: &Certified| {
            let input = grant(TODAY, None, Vec::new());
            check(input, &AgreementDelays::default(), TODAY, certified).unwrap().period
        };
        assert_eq!(period(&Certified::default()), Some((TODAY, date!(2029 - 01 - 17))));
        let latest = Some(date!(2027 - 06 - 30));
        let certified = Certified { last_delivery_on: latest, registrations: Vec::new() };
        assert_eq!(period(&certified), Some((TODAY, date!(2027 - 06 - 30))));
        assert_eq!(codes(grant(TODAY, Some(date!(2029 - 01 - 18)), Vec::new()), None), ["period-too-long"]);
        assert_eq!(
            codes(grant(TODAY, Some(date!(2028 - 01 - 01)), Vec::new()), latest),
            ["period-beyond-certification"]
        );
    }

    #[test]
    fn a_grant_ends_with_the_registration_of_its_day_and_those_that_follow_it() {
        let span = |from, until| Span { from, until };
        let first = span(date!(2022 - 01 - 01), Some(date!(2026 - 12 - 31)));
        let second = span(date!(2027 - 01 - 01), Some(date!(2028 - 06 - 30)));
        let after_a_gap = span(date!(2028 - 09 - 01), None);
        let behind = span(date!(2020 - 01 - 01), Some(date!(2025 - 12 - 31)));
        let delivery = Some(date!(2027 - 06 - 30));
        for (registrations, last_delivery_on, expected) in [
            (vec![], None, None),
            (vec![behind], None, None),
            (vec![first], None, Some((date!(2026 - 12 - 31), Bound::Registration))),
            (vec![first], delivery, Some((date!(2026 - 12 - 31), Bound::Registration))),
            (vec![second, first], None, Some((date!(2028 - 06 - 30), Bound::Registration))),
            (vec![second, first], delivery, Some((date!(2027 - 06 - 30), Bound::LastDelivery))),
            (vec![first, second, after_a_gap], None, Some((date!(2028 - 06 - 30), Bound::Registration))),
            (vec![first, span(date!(2027 - 01 - 01), None)], None, None),
        ] {
            let certified = Certified { last_delivery_on, registrations };
            assert_eq!(certified.latest_end(TODAY), expected, "{certified:?}");
        }
        let certified = Certified { last_delivery_on: None, registrations: vec![first] };
        let input = grant(TODAY, Some(date!(2027 - 01 - 01)), Vec::new());
        let faults = check(input, &AgreementDelays::default(), TODAY, &certified).unwrap_err();
        assert_eq!(faults[0].code, "period-beyond-registration");
        assert!(faults[0].message.contains("31 décembre 2026"), "{}", faults[0].message);
    }

    #[test]
    fn a_renewal_begins_where_the_agreement_in_force_ends() {
        let held = |until| Followed { number: "AGT-2023-0002".to_owned(), span: Span { from: TODAY, until } };
        let last = Some(date!(2027 - 03 - 17));
        for (followed, last_delivery_on, expected) in [
            (None, None, TODAY),
            (Some(held(last)), None, date!(2027 - 03 - 18)),
            (Some(held(last)), Some(date!(2027 - 03 - 18)), date!(2027 - 03 - 18)),
            (Some(held(last)), last, TODAY),
            (Some(held(Some(date!(2026 - 01 - 17)))), None, TODAY),
            (Some(held(None)), None, TODAY),
        ] {
            let certified = Certified { last_delivery_on, registrations: Vec::new() };
            let ground = Ground { certified, followed };
            assert_eq!(ground.first_day(TODAY), expected, "{ground:?}");
        }
    }

    #[test]
    fn every_fault_of_a_grant_is_told_at_once() {
        let reserves = vec![reserve("", TODAY), reserve("Signer la convention", date!(2026 - 07 - 19))];
        let found = codes(grant(date!(2026 - 01 - 17), Some(date!(2026 - 01 - 01)), reserves), None);
        let expected = [
            "date-in-the-past",
            "period-reversed",
            "reserve-empty",
            "reserve-date-wrong",
            "reserve-date-wrong",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_reserve_makes_a_grant_with_reserves() {
        let input = grant(TODAY, None, vec![reserve("Signer la convention", date!(2026 - 07 - 18))]);
        let decided = check(input, &AgreementDelays::default(), TODAY, &Certified::default()).unwrap();
        assert_eq!(decided.outcome, Outcome::GrantWithReserves);
    }

    #[test]
    fn an_adjournment_and_a_refusal_say_why() {
        let adjourn = |text: &str, due_on| DecisionInput::Adjourn { text: text.to_owned(), due_on };
        assert_eq!(
            codes(adjourn("", date!(2026 - 04 - 19)), None),
            ["reason-missing", "adjournment-date-wrong"]
        );
        assert!(codes(adjourn("La convention", date!(2026 - 04 - 18)), None).is_empty());
        assert_eq!(codes(DecisionInput::Refuse { reasons: "  ".to_owned() }, None), ["reason-missing"]);
    }
}
