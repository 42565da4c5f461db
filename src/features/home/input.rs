//! A line of the file of past figures, as typed: `year,measure,value`, an empty value being unknown; and until when a
//! task is put off. Pure.

use std::collections::HashSet;

use time::Date;

use super::activity::{Figure, Measure};
use crate::error::{Fault, Faults};
use crate::render::french;
use crate::rules::line;

/// First year that a figure may be about.
const FIRST_YEAR: i32 = 2000;
/// Last one.
const LAST_YEAR: i32 = 2100;

/// A line, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct TypedFigure {
    /// « 2023 ».
    pub year: String,
    /// « inspections ».
    pub measure: String,
    /// « 22 », or nothing when it is not known.
    pub value: String,
}

/// Reads every line, or tells every fault: `/3/measure` is the measure of the fourth line.
///
/// # Errors
/// The faults.
pub fn read(lines: &[TypedFigure]) -> Result<Vec<Figure>, Vec<Fault>> {
    let (mut figures, mut faults, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (at, line) in lines.iter().enumerate() {
        let mut fault = |field: &str, code, message: &str| {
            faults.push(Fault::new(format!("/{at}/{field}"), code, message));
        };
        let year = line.year.trim().parse().ok().filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year));
        if year.is_none() {
            fault("year", "year-wrong", "Écrivez l’année en quatre chiffres");
        }
        let measure = Measure::parse(line.measure.trim());
        if measure.is_none() {
            fault(
                "measure",
                "measure-unknown",
                "Cet acte n’est pas connu\u{202f}: jurys CQP SP, contrôles, agréments demandés ou appuis pédagogiques",
            );
        }
        let value = match line.value.trim() {
            "" => Some(None),
            text => text.parse::<u16>().ok().map(|value| Some(i32::from(value))),
        };
        if value.is_none() {
            fault("value", "value-wrong", "Écrivez un nombre entier, ou rien si la valeur n’est pas connue");
        }
        let (Some(year), Some(measure), Some(value)) = (year, measure, value) else { continue };
        if seen.insert((year, measure)) {
            figures.push(Figure { year, measure, value });
        } else {
            fault(
                "year",
                "figure-twice",
                "Cette valeur est déjà donnée plus haut\u{202f}: gardez une seule ligne par année et par acte",
            );
        }
    }
    if faults.is_empty() { Ok(figures) } else { Err(faults) }
}

/// Longest reason for putting a task off.
const LONGEST_REASON: usize = 200;

/// Reads until when a task is put off and why: after today, and no later than the last day that its rule leaves.
///
/// # Errors
/// Every fault.
pub fn read_postponement(
    until: &str,
    reason: &str,
    today: Date,
    latest: Date,
) -> Result<(Date, String), Vec<Fault>> {
    let mut faults = Faults::default();
    let until = faults.required_date("/until", until);
    let reason = line::wanted(reason, LONGEST_REASON, "Indiquez pourquoi l’action est reportée");
    let reason = faults.read("/reason", reason, |error| error.code());
    if until.is_some_and(|until| until <= today) {
        faults.push("/until", "not-after-today", "Choisissez un jour à venir");
    }
    if until.is_some_and(|until| until > latest) {
        let last = french::date(latest);
        faults.push("/until", "too-late", format!("L’action ne peut pas être reportée après le {last}"));
    }
    faults.or(until.zip(reason))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn line(year: &str, measure: &str, value: &str) -> TypedFigure {
        TypedFigure { year: year.to_owned(), measure: measure.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn an_empty_value_is_unknown_and_not_zero() {
        let lines = [line("2020", "teaching_supports", ""), line("2021", "teaching_supports", "0")];
        let values: Vec<_> = read(&lines).unwrap().into_iter().map(|figure| figure.value).collect();
        assert_eq!(values, [None, Some(0)]);
    }

    #[test]
    fn a_task_is_put_off_to_a_day_to_come_within_its_rule_for_a_reason() {
        let (today, latest) = (date!(2026 - 03 - 20), date!(2026 - 03 - 25));
        for (until, reason, expected) in [
            ("2026-03-25", " Réponse  vendredi ", Ok((latest, "Réponse vendredi".to_owned()))),
            ("2026-03-26", "Attendu", Err(vec![("/until", "too-late")])),
            ("2026-03-20", "Attendu", Err(vec![("/until", "not-after-today")])),
            ("", "", Err(vec![("/until", "missing"), ("/reason", "missing")])),
            ("demain", "", Err(vec![("/until", "date"), ("/reason", "missing")])),
        ] {
            let found = read_postponement(until, reason, today, latest);
            let told = |fault: Fault| (fault.pointer, fault.code);
            let found = found.map_err(|faults| faults.into_iter().map(told).collect::<Vec<_>>());
            let expected = expected.map_err(|faults: Vec<(&str, &'static str)>| {
                faults.into_iter().map(|(at, code)| (at.to_owned(), code)).collect::<Vec<_>>()
            });
            assert_eq!(found, expected, "{until}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let lines = [
            line("20", "visites", "-1"),
            line("2020", "inspections", "douze"),
            line("2020", "agreement_requests", "5"),
            line("2020", "agreement_requests", "6"),
        ];
        let found: Vec<_> =
            read(&lines).unwrap_err().into_iter().map(|fault| (fault.pointer, fault.code)).collect();
        let expected = [
            ("/0/year", "year-wrong"),
            ("/0/measure", "measure-unknown"),
            ("/0/value", "value-wrong"),
            ("/1/value", "value-wrong"),
            ("/3/year", "figure-twice"),
        ];
        assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)));
    }
}
