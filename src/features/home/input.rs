//! A line of the file of past figures, as typed: `year,measure,value`, an empty value being unknown. Pure.

use std::collections::HashSet;

use super::activity::{Figure, Measure};
use crate::error::Fault;

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
            fault("measure", "measure-unknown", "Ce nom d’acte n’est pas connu");
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
            fault("year", "figure-twice", "Cette valeur est déjà donnée plus haut");
        }
    }
    if faults.is_empty() { Ok(figures) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
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
