//! What a decision must say, checked all at once. Pure.

use entity::decision::Outcome;
use time::Date;

use super::error::AgreementError;
use super::input::{DecisionInput, ReserveInput, required};
use crate::error::Fault;
use crate::render::french;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;

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

/// Checks a decision on a day; the right never goes beyond the last day of the certification.
///
/// # Errors
/// Every fault.
pub fn check(
    input: DecisionInput,
    delays: &AgreementDelays,
    today: Date,
    latest_end: Option<Date>,
) -> Result<Decided, Vec<Fault>> {
    match input {
        DecisionInput::Grant { starts_on, ends_on, reserves, text } => {
            grant(starts_on, ends_on, reserves, &text, &Bounds { delays, today, latest_end })
        }
        DecisionInput::Adjourn { text, due_on } => adjourn(&text, due_on, delays, today),
        DecisionInput::Refuse { reasons } => {
            let text = required(
                "/reasons",
                &reasons,
                "Le motif du refus est obligatoire : il figure dans le courrier",
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
    latest_end: Option<Date>,
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
    let default_end = bounds.latest_end.map_or(by_default, |latest| latest.min(by_default));
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
    if let Some(latest) = bounds.latest_end.filter(|latest| ends_on > *latest) {
        let message = format!(
            "La certification prend fin le {} : l’agrément ne peut pas la dépasser",
            french::date(latest)
        );
        faults.push(Fault::new("/ends_on", "period-beyond-certification", message));
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
        match check(input, &AgreementDelays::default(), TODAY, latest) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|fault| fault.code).collect(),
        }
    }

    fn grant(starts_on: Date, ends_on: Option<Date>, reserves: Vec<ReserveInput>) -> DecisionInput {
        DecisionInput::Grant { starts_on, ends_on, reserves, text: String::new() }
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
        let decided =
            check(grant(TODAY, None, Vec::new()), &AgreementDelays::default(), TODAY, None).unwrap();
        assert_eq!(decided.period, Some((TODAY, date!(2029 - 01 - 17))));
        let latest = Some(date!(2027 - 06 - 30));
        let decided =
            check(grant(TODAY, None, Vec::new()), &AgreementDelays::default(), TODAY, latest).unwrap();
        assert_eq!(decided.period, Some((TODAY, date!(2027 - 06 - 30))));
        assert_eq!(codes(grant(TODAY, Some(date!(2029 - 01 - 18)), Vec::new()), None), ["period-too-long"]);
        assert_eq!(
            codes(grant(TODAY, Some(date!(2028 - 01 - 01)), Vec::new()), latest),
            ["period-beyond-certification"]
        );
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
        let decided = check(input, &AgreementDelays::default(), TODAY, None).unwrap();
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
