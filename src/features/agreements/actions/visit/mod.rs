//! The control: who goes, when, what is seen, the report, the comments, the opinion.

mod assign;
mod comment;
mod decline;
mod finalise;
mod half_days;
mod invitation;
pub mod recheck;
mod record_visit;
mod release;
mod schedule;
mod score;
mod send_report;

pub use assign::{assign, visit_before};
pub use comment::comment;
pub use decline::decline;
pub use finalise::finalise;
pub(in crate::features::agreements::actions) use half_days::give_back;
pub use half_days::take_those_fixed_before;
pub(in crate::features::agreements::actions) use invitation::cancelled;
pub use invitation::in_calendar;
pub(in crate::features::agreements) use record_visit::rule_score;
pub use record_visit::{VisitRecord, record_visit};
pub use release::{ReleasedBy, release};
pub use schedule::{VISIT_HOUR, VISIT_PAST, first_day, postpone, schedule};
pub use score::score;
pub use send_report::send_report;
