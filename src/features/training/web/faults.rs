//! What the forms of sessions tell when they come back.

use poem::Result;
use poem::http::StatusCode;

use super::super::{TrainingError, labels};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::WebError;
use crate::http::web::form::FieldErrors;

/// The status of the page again, unless it is an error of its own.
pub(super) fn status_of(error: TrainingError) -> Result<(StatusCode, FieldErrors)> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    Ok((status, errors_of(&error)))
}

/// The faults beside the fields of a form, where half-days are lines of a text; else what stands in the way.
fn errors_of(error: &TrainingError) -> FieldErrors {
    let mut errors: FieldErrors = error.faults().into_iter().map(placed).collect();
    if errors.is_empty() {
        errors.push("", error.detail());
        for reason in error.blocking() {
            errors.push("", reason);
        }
    }
    errors
}

fn placed(fault: Fault) -> (String, String) {
    for (list, field) in [("/slots/", "/slots"), ("/days/", "/days")] {
        if let Some(rest) = fault.pointer.strip_prefix(list) {
            let line = rest.split('/').next().and_then(|rank| rank.parse::<usize>().ok()).unwrap_or_default();
            return (field.to_owned(), labels::acts::of_line(line + 1, &fault.message));
        }
    }
    let pointer = match fault.pointer.as_str() {
        "/structure_id" => "/structure".to_owned(),
        "/expert_id" => "/expert".to_owned(),
        _ => fault.pointer,
    };
    (pointer, fault.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_a_half_day_is_told_by_its_line() {
        let refused = TrainingError::fault("/slots/1/day", "date", "Indiquez une date");
        let errors = errors_of(&refused);
        assert!(errors.message("slots").is_some_and(|message| message.contains('2')));
        let lacking = TrainingError::Lacking(vec!["Salle".to_owned()]);
        assert_eq!(errors_of(&lacking).as_slice().len(), 2);
    }
}
