//! What people type about a certificate.

use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;

use super::labels;
use crate::error::Fault;

const LONGEST: usize = 500;

/// Reads a written reason.
///
/// # Errors
/// The fault, when it is empty or too long.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let text = typed.trim();
    match text.chars().count() {
        0 => Err(vec![Fault::new("/reason", "missing", labels::REASON_WANTED)]),
        count if count > LONGEST => Err(vec![Fault::new("/reason", "too-long", labels::REASON_TOO_LONG)]),
        _ => Ok(text.to_owned()),
    }
}

/// A revocation that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevocation {
    /// Why, in one word.
    pub cause: RevocationCause,
    /// Why, in a sentence.
    pub reason: String,
}

impl NewRevocation {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(cause: Option<RevocationCause>, typed: &str) -> Result<Self, Vec<Fault>> {
        both(cause, typed).map(|(cause, reason)| Self { cause, reason })
    }
}

/// A replacement that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReplacement {
    /// Why, in one word: a change of civil status or a material error.
    pub cause: ChangeCause,
    /// Why, in a sentence.
    pub reason: String,
}

impl NewReplacement {
    /// What a certificate may be replaced for.
    pub const CAUSES: [ChangeCause; 2] = [ChangeCause::CivilStatus, ChangeCause::MaterialError];

    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(cause: Option<ChangeCause>, typed: &str) -> Result<Self, Vec<Fault>> {
        let cause = cause.filter(|cause| Self::CAUSES.contains(cause));
        both(cause, typed).map(|(cause, reason)| Self { cause, reason })
    }
}

fn both<T>(cause: Option<T>, typed: &str) -> Result<(T, String), Vec<Fault>> {
    match (cause, reason(typed)) {
        (Some(cause), Ok(reason)) => Ok((cause, reason)),
        (cause, reason) => {
            let wanted = cause.is_none().then(|| Fault::new("/cause", "missing", labels::CAUSE_WANTED));
            Err(wanted.into_iter().chain(reason.err().unwrap_or_default()).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = NewRevocation::read(None, "  ").unwrap_err();
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/cause", "/reason"]);
        assert!(NewReplacement::read(Some(ChangeCause::Fraud), "x").is_err());
        assert!(NewReplacement::read(Some(ChangeCause::CivilStatus), " x ").is_ok());
    }
}
