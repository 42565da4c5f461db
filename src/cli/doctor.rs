//! `parchemin doctor`: looks at everything that an installation needs, and says what to do.

mod checks;

use std::process::ExitCode;

use crate::config::Config;

use super::Failure;
use super::output::say;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing to do.
    Fine(String),
    /// What is wrong, and what to do about it.
    Wrong {
        /// What was seen.
        seen: String,
        /// An order, that begins with a verb.
        remedy: String,
    },
}

impl Verdict {
    fn fine(seen: impl Into<String>) -> Self {
        Self::Fine(seen.into())
    }

    fn wrong(seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Wrong { seen: seen.into(), remedy: remedy.into() }
    }
}

/// Looks at everything; ends with 1 when something is to be seen to.
///
/// # Errors
/// Never: what fails is told as a line.
pub(super) async fn run(config: Config) -> Result<ExitCode, Failure> {
    let found = checks::all(&config).await;
    for (subject, verdict) in &found {
        match verdict {
            Verdict::Fine(seen) => say(format_args!("OK      {subject} : {seen}")),
            Verdict::Wrong { seen, remedy } => {
                say(format_args!("À voir  {subject} : {seen}\n        {remedy}"));
            }
        }
    }
    let wrong = found.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Wrong { .. })).count();
    match wrong {
        0 => say("Tout est en ordre."),
        1 => say("Un point est à voir."),
        count => say(format_args!("{count} points sont à voir.")),
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
