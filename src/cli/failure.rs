//! Why a command stopped, told to the person who typed it.

use std::process::ExitCode;

use crate::config::ConfigError;
use crate::error::DomainError;

use super::output;

/// A sentence that says what is wrong and what to do, with the exit code.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// The command failed.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The command could not even run, where its failure has another meaning.
    #[must_use]
    pub fn unable(self) -> Self {
        Self { code: 2, ..self }
    }

    /// What a domain refusal says, with each fault of the input.
    pub fn domain(error: &impl DomainError) -> Self {
        let detail = error.detail();
        let faults = error.faults().into_iter().map(|fault| fault.message);
        // One fault alone is often the whole detail.
        let faults = faults.filter(|message| *message != detail).map(|message| format!("\n  {message}"));
        let faults: Vec<_> = faults.collect();
        let missing = error.blocking().into_iter().map(|missing| format!("\n  {missing}"));
        Self::new(detail + &faults.into_iter().chain(missing).collect::<String>())
    }

    /// Writes the sentence on standard error.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        output::complain(&self.message);
        ExitCode::from(self.code)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(format!(
            "La configuration est refusée. {error}\nCorrigez parchemin.toml, la variable PARCHEMIN_… ou l’option, puis relancez."
        ))
    }
}
