//! One classification of errors, rendered four ways: API problem, page, worker decision, exit code.
//!
//! Each feature has its own enumeration that implements [`DomainError`]; nothing here knows HTTP.

use time::Date;

use crate::rules::typed_date;

/// What kind of refusal an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The input breaks a rule that can be told field by field.
    Invalid,
    /// Nobody is signed in.
    Unauthenticated,
    /// The person sees the thing but may not do this.
    Forbidden,
    /// It does not exist, or this person may not know that it exists.
    NotFound,
    /// The state of the thing does not allow it now.
    Conflict,
    /// Someone else changed the thing since it was read.
    Stale,
    /// Too many bytes.
    TooLarge,
    /// Too many requests.
    RateLimited,
    /// Something needed is away for a moment; trying again is right.
    Unavailable,
    /// Our fault; details stay in the logs.
    Internal,
}

/// One fault of an input: where, which, and what to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer of the value, `/siret` or `/pieces/3/valid_until`.
    pub pointer: String,
    /// Stable kebab-case code.
    pub code: &'static str,
    /// French sentence for the person who typed it.
    pub message: String,
}

impl Fault {
    /// A fault at a pointer.
    pub fn new(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, message: message.into() }
    }
}

/// Gathers the faults of an input while its values are read, so that all are told at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, pointer: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.0.push(Fault::new(pointer, code, message));
    }

    /// The value, or its fault noted under this pointer.
    pub fn read<T, E: std::fmt::Display>(
        &mut self,
        pointer: &str,
        value: Result<T, E>,
        code: impl FnOnce(&E) -> &'static str,
    ) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                self.push(pointer, code(&error), error.to_string());
                None
            }
        }
    }

    /// A date that may be left out.
    pub fn optional_date(&mut self, pointer: &str, typed: &str) -> Option<Option<Date>> {
        if typed.trim().is_empty() {
            return Some(None);
        }
        self.read(pointer, typed_date::read(typed), |_| "date").map(Some)
    }

    /// A date.
    pub fn required_date(&mut self, pointer: &str, typed: &str) -> Option<Date> {
        let found = self.optional_date(pointer, typed)?;
        if found.is_none() {
            self.push(pointer, "missing", "Indiquez une date");
        }
        found
    }

    /// The value when nothing is wrong, else every fault.
    ///
    /// # Errors
    /// The faults, in the order they were found.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// What every error that reaches a boundary must be able to say.
pub trait DomainError: std::error::Error {
    /// The kind, which decides the status.
    fn kind(&self) -> ErrorKind;
    /// Stable kebab-case code.
    fn code(&self) -> &'static str;
    /// French sentence for a person; never an internal detail.
    fn detail(&self) -> String;
    /// Every fault of the input.
    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }
    /// What is missing for the transition to be possible, in French.
    fn blocking(&self) -> Vec<String> {
        Vec::new()
    }
    /// What a person can do instead in the present state, in French.
    fn possible(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Why a file, a folder or an address cannot be used, in words: the system tells it in English, with a number.
#[must_use]
pub fn cause(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let known = match error.kind() {
        Kind::NotFound => "il n’existe pas",
        Kind::PermissionDenied => "l’accès n’en est pas permis",
        Kind::AlreadyExists => "il existe déjà",
        Kind::IsADirectory => "c’est un dossier",
        Kind::NotADirectory => "ce n’est pas un dossier",
        Kind::StorageFull => "le disque est plein",
        Kind::ReadOnlyFilesystem => "le disque ne s’écrit pas",
        Kind::AddrInUse => "elle est déjà prise",
        Kind::AddrNotAvailable => "cette machine n’a pas cette adresse",
        _ => return error.to_string(),
    };
    known.to_owned()
}

/// The sentence shown for an internal error.
pub const INTERNAL_DETAIL: &str =
    "Une erreur est survenue de notre côté. Rien n’a été enregistré\u{202f}; vous pouvez réessayer.";
