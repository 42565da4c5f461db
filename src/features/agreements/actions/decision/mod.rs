//! The committee and the appeal.

mod appeal;
mod change_committee;
mod decide;
mod open_refusal;
mod plan_committee;
mod put_on_agenda;
mod record_letter;
mod resume;
mod settle;

pub use appeal::appeal;
pub use change_committee::{CommitteeMove, cancel_committee, move_committee};
pub use decide::decide;
pub use open_refusal::{open_letter, open_refusal};
pub use plan_committee::plan_committee;
pub use put_on_agenda::put_on_agenda;
pub use record_letter::record_letter;
pub use resume::{ResumeTo, resume};
pub use settle::settle;
