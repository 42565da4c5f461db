//! Reads dates, hours and decisions from what a form sends.

use time::{Date, OffsetDateTime, Time};

use crate::error::Fault;
use crate::features::agreements::input::{DecisionInput, ReserveInput};
use crate::http::web::FormData;
use crate::rules::{deadline, typed_date};

/// Rows of reserves of the decision form.
const RESERVE_ROWS: usize = 5;
/// A reserve would be lost.
const RESERVE_TYPED: &str =
    "Une réserve est saisie\u{202f}: choisissez «\u{202f}Accorder sous réserve\u{202f}» ou effacez-la.";

/// A date that must be there.
///
/// # Errors
/// The fault of the field.
pub(super) fn date(form: &FormData, name: &str) -> Result<Date, Fault> {
    optional_date(form, name)?
        .ok_or_else(|| Fault::new(format!("/{name}"), "date-missing", "Indiquez une date"))
}

/// A date that may be left out.
///
/// # Errors
/// The fault of the field.
pub(super) fn optional_date(form: &FormData, name: &str) -> Result<Option<Date>, Fault> {
    let Some(text) = form.optional(name) else { return Ok(None) };
    let read = typed_date::parse(text);
    let message = "Cette date n’existe pas\u{202f}: écrivez-la sous la forme 31/01/2026";
    read.map(Some).ok_or_else(|| Fault::new(format!("/{name}"), "date-wrong", message))
}

/// An hour as a field sends it, `09:30`, or as people write it, `9 h 30`.
pub(super) fn hour(text: &str) -> Option<Time> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (hours, minutes) = plain.split_once([':', 'h', 'H'])?;
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    Time::from_hms(hours.parse().ok()?, minutes.parse().ok()?, 0).ok()
}

/// The instant of a date and an hour typed in a zone.
///
/// # Errors
/// Every fault of the three fields.
pub(super) fn instant(form: &FormData, zone: &str) -> Result<OffsetDateTime, Vec<Fault>> {
    let mut faults = Vec::new();
    let day = date(form, "day").map_err(|fault| faults.push(fault)).ok();
    let at = hour(form.text("hour"));
    if at.is_none() {
        faults.push(Fault::new("/hour", "hour-wrong", "Indiquez l’heure, par exemple 9 h 30"));
    }
    let found = day.zip(at).map(|(day, at)| deadline::instant(day, at, zone));
    match found {
        Some(Ok(instant)) => Ok(instant),
        Some(Err(error)) => Err(vec![Fault::new("/zone", "zone-unknown", error.to_string())]),
        None => Err(faults),
    }
}

/// The decision of a form. Empty rows of reserves do not count.
///
/// # Errors
/// Every fault of what is typed; the rules of a decision come after.
pub(super) fn decision(form: &FormData, today: Date) -> Result<DecisionInput, Vec<Fault>> {
    let outcome = form.text("outcome");
    let text = form.text("text").to_owned();
    if matches!(outcome, "accorder" | "ajourner" | "refuser") && !reserve_rows(form).is_empty() {
        return Err(vec![Fault::new("/outcome", "reserve-unexpected", RESERVE_TYPED)]);
    }
    match outcome {
        "accorder" | "reserve" => grant(form, outcome == "reserve", text, today),
        "ajourner" => date(form, "due_on")
            .map(|due_on| DecisionInput::Adjourn { text, due_on })
            .map_err(|fault| vec![fault]),
        "refuser" => Ok(DecisionInput::Refuse { reasons: text }),
        _ => Err(vec![Fault::new("/outcome", "outcome-missing", "Choisissez une décision")]),
    }
}

fn grant(form: &FormData, reserved: bool, text: String, today: Date) -> Result<DecisionInput, Vec<Fault>> {
    let mut faults = Vec::new();
    let starts_on = date(form, "starts_on").map_err(|fault| faults.push(fault)).unwrap_or(today);
    let ends_on = optional_date(form, "ends_on").map_err(|fault| faults.push(fault)).unwrap_or(None);
    let mut reserves = Vec::new();
    for (text, due) in if reserved { reserve_rows(form) } else { Vec::new() } {
        let name = format!("/reserves/{}/due_on", reserves.len());
        let due_on = typed_date::parse(due);
        if due_on.is_none() {
            faults.push(Fault::new(name, "date-missing", "Indiquez l’échéance de cette réserve"));
        }
        reserves.push(ReserveInput { text: text.to_owned(), due_on: due_on.unwrap_or(today) });
    }
    if reserved && reserves.is_empty() {
        let message = "Écrivez au moins une réserve, ou choisissez «\u{202f}Accorder\u{202f}»";
        faults.push(Fault::new("/reserves/0/text", "reserve-missing", message));
    }
    if faults.is_empty() {
        let replaces = form.ticked("replaces");
        Ok(DecisionInput::Grant { starts_on, ends_on, reserves, text, replaces })
    } else {
        Err(faults)
    }
}

/// The rows that say something, in order.
pub(super) fn reserve_rows(form: &FormData) -> Vec<(&str, &str)> {
    let row = |index: usize| {
        (form.text(&format!("reserves/{index}/text")), form.text(&format!("reserves/{index}/due_on")))
    };
    (0..RESERVE_ROWS).map(row).filter(|(text, due)| !text.is_empty() || !due.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime, time};

    const TODAY: Date = date!(2026 - 01 - 18);

    #[test]
    fn an_hour_is_read_as_fields_and_as_people_write_it() {
        for (text, read) in [
            ("09:30", Some(time!(09:30))),
            ("9 h 30", Some(time!(09:30))),
            ("14h", Some(time!(14:00))),
            ("25:00", None),
            ("", None),
        ] {
            assert_eq!(hour(text), read, "{text}");
        }
    }

    #[test]
    fn a_visit_is_typed_in_the_hour_of_its_place() {
        let form = FormData::of(&[("day", "2026-02-03"), ("hour", "09:00")]);
        assert_eq!(instant(&form, "Indian/Mayotte"), Ok(datetime!(2026-02-03 06:00 UTC)));
        let faults = instant(&FormData::default(), "Europe/Paris").unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/day", "/hour"]);
    }

    #[test]
    fn empty_rows_of_reserves_do_not_count_and_a_reserve_needs_its_date() {
        let form = FormData::of(&[
            ("outcome", "reserve"),
            ("starts_on", "2026-01-18"),
            ("reserves/2/text", "Signer la convention d’immersion"),
        ]);
        let faults = decision(&form, TODAY).unwrap_err();
        assert_eq!(faults[0].pointer, "/reserves/0/due_on");
        let none = FormData::of(&[("outcome", "reserve"), ("starts_on", "2026-01-18")]);
        assert_eq!(decision(&none, TODAY).unwrap_err()[0].code, "reserve-missing");
        assert_eq!(decision(&FormData::default(), TODAY).unwrap_err()[0].code, "outcome-missing");
    }

    #[test]
    fn a_typed_reserve_is_never_dropped() {
        for outcome in ["accorder", "ajourner", "refuser"] {
            let form = FormData::of(&[
                ("outcome", outcome),
                ("starts_on", "2026-01-18"),
                ("due_on", "2026-02-18"),
                ("text", "Un motif"),
                ("reserves/0/text", "Signer la convention d’immersion"),
            ]);
            let faults = decision(&form, TODAY).unwrap_err();
            assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/outcome", "reserve-unexpected"));
        }
    }
}
