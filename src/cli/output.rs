//! What a command writes. A reader that closed the pipe is no error.

use std::io::Write;

/// One line on standard output.
pub(super) fn say(line: impl std::fmt::Display) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// One line on standard error.
pub(super) fn complain(line: impl std::fmt::Display) {
    drop(writeln!(std::io::stderr(), "{line}"));
}
