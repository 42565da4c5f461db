//! What a person types of a right that is recorded by hand; every fault at once.

use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::line;
use crate::rules::right::Span;

/// A right, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRecord {
    /// What its paper calls it.
    pub number: String,
    /// Who gave it.
    pub issuer: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
}

/// A right that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What its paper calls it.
    pub number: String,
    /// Who gave it.
    pub issuer: String,
    /// Its days: it always has a last one.
    pub span: Span,
}

impl TypedRecord {
    /// The right, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Record, Vec<Fault>> {
        let mut faults = Faults::default();
        let number = faults.read(
            "/number",
            line::wanted(&self.number, 80, "Indiquez le numéro du document"),
            |error| error.code(),
        );
        let issuer = faults.read(
            "/issuer",
            line::wanted(&self.issuer, 200, "Indiquez l’organisme ou le service qui l’a délivré"),
            |error| error.code(),
        );
        let starts_on = faults.required_date("/starts_on", &self.starts_on);
        let ends_on = faults.required_date("/ends_on", &self.ends_on);
        let span = starts_on.zip(ends_on).and_then(|(from, until)| {
            let span = Span::new(from, Some(until));
            if span.is_none() {
                faults.push("/ends_on", "dates-reversed", "Cette date vient avant celle du début");
            }
            span
        });
        let record = (|| Some(Record { number: number?, issuer: issuer?, span: span? }))();
        faults.or(record)
    }
}

/// An end before the term, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEnd {
    /// The last day.
    pub ends_on: String,
    /// Why.
    pub reason: String,
}

/// An end before the term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The last day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

impl TypedEnd {
    /// The end, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<End, Vec<Fault>> {
        let mut faults = Faults::default();
        let on = faults.required_date("/ends_on", &self.ends_on);
        let reason = reason_of(&self.reason, &mut faults);
        let end = (|| Some(End { on: on?, reason: reason? }))();
        faults.or(end)
    }
}

/// Why something is taken back, or the fault.
///
/// # Errors
/// The fault.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let reason = reason_of(typed, &mut faults);
    faults.or(reason)
}

fn reason_of(typed: &str, faults: &mut Faults) -> Option<String> {
    faults.read("/reason", line::wanted(typed, 200, "Indiquez le motif"), |error| error.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn pointers(faults: &[Fault]) -> Vec<(&str, &str)> {
        faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect()
    }

    #[test]
    fn a_right_is_read_with_its_days_or_every_fault_is_told() {
        let typed = TypedRecord {
            number: " 2023-OF-0142 ".to_owned(),
            issuer: "Certificateur d’essai".to_owned(),
            starts_on: "28/08/2023".to_owned(),
            ends_on: "27/08/2026".to_owned(),
        };
        let span = Span { from: date!(2023 - 08 - 28), until: Some(date!(2026 - 08 - 27)) };
        let read = typed.read().unwrap();
        assert_eq!((read.number.as_str(), read.span), ("2023-OF-0142", span));
        let empty = TypedRecord::default().read().unwrap_err();
        let missing = ["/number", "/issuer", "/starts_on", "/ends_on"].map(|pointer| (pointer, "missing"));
        assert_eq!(pointers(&empty), missing);
        let reversed = TypedRecord { ends_on: "27/08/2023".to_owned(), ..typed };
        assert_eq!(pointers(&reversed.read().unwrap_err()), [("/ends_on", "dates-reversed")]);
    }

    #[test]
    fn an_end_before_the_term_has_a_day_and_a_reason() {
        let faults = TypedEnd::default().read().unwrap_err();
        assert_eq!(pointers(&faults), [("/ends_on", "missing"), ("/reason", "missing")]);
        let typed = TypedEnd { ends_on: "2026-01-31".to_owned(), reason: "Résiliation".to_owned() };
        assert_eq!(typed.read().unwrap().on, date!(2026 - 01 - 31));
        assert_eq!(pointers(&reason("  ").unwrap_err()), [("/reason", "missing")]);
    }
}
