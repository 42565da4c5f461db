//! The referential of a version of a certification: what it attests, how that is assessed, by which jury, and how
//! results become a decision (1.4 to 1.8 of the domain reference).
//!
//! A [`Document`] is the whole of it, as a person types it in forms or in a file. [`read`] says every value that
//! cannot be kept, even in a draft; [`gaps`] says everything that a draft lacks to be published, which depends on
//! the register the version is in. [`decide`] proposes the decision on a candidate.

mod decide;
mod document;
mod edit;
mod gaps;
mod read;

pub use decide::{Attendance, Decision, Mark, Outcome, Sitting, Unit, decide};
pub use document::{Bloc, Document, Epreuve, JuryRules, ResultRules, Route, Skill};
pub use gaps::{Entry, gaps};
pub use read::{parse, read};

#[cfg(test)]
mod tests;
