//! What the address of a list asks for: what cannot be read is told beside its field, never left out without a word.

use time::Date;

use super::form::{FieldError, FieldErrors};
use super::labels::UNKNOWN_CHOICE;
use crate::error::Fault;
use crate::rules::typed_date;

/// The day of a field; none when nothing is asked, or when it cannot be read.
pub fn day(pointer: &str, typed: &str, errors: &mut FieldErrors) -> Option<Date> {
    if typed.trim().is_empty() {
        return None;
    }
    match typed_date::read(typed) {
        Ok(day) => Some(day),
        Err(message) => {
            errors.push(pointer, message);
            None
        }
    }
}

/// The choice of a field; none when nothing is asked, or when nobody offers it.
pub fn choice<T>(
    pointer: &str,
    typed: &str,
    read: impl FnOnce(&str) -> Option<T>,
    errors: &mut FieldErrors,
) -> Option<T> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let found = read(typed);
    if found.is_none() {
        errors.push(pointer, UNKNOWN_CHOICE);
    }
    found
}

/// The same as faults, for a file that no form stands beside.
#[must_use]
pub fn faults(errors: &FieldErrors) -> Vec<Fault> {
    let fault = |error: &FieldError| Fault::new(error.pointer.as_str(), "unknown", error.message.as_str());
    errors.as_slice().iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn what_is_not_understood_is_told_beside_its_field() {
        let mut errors = FieldErrors::default();
        let known = |word: &str| (word == "jury").then_some(1);
        assert_eq!(choice("/objet", " jury ", known, &mut errors), Some(1));
        assert_eq!(choice("/objet", "", known, &mut errors), None);
        assert_eq!(day("/au", "31/12/2026", &mut errors), Some(date!(2026 - 12 - 31)));
        assert_eq!(day("/au", " ", &mut errors), None);
        assert!(errors.is_empty());
        assert_eq!(choice("/objet", "xyz", known, &mut errors), None);
        assert_eq!(day("/au", "2024-13-01", &mut errors), None);
        let told: Vec<_> = errors.as_slice().iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(told, ["/objet", "/au"]);
    }
}
