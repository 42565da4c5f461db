//! What experts declare of their time: half-days of the week that come back, single dates, absences; and the school
//! holidays that staff import or type.
//!
//! The pure rule that weighs them is [`crate::rules::half_day`]. A declaration that comes later wipes the single
//! dates it covers: whoever declares an absence, or a new habit, means it for these days too; a date ticked afterwards
//! is an exception to it. What is past no longer changes. The reason of an absence is confidential: the expert and the
//! managers alone read it. A half-day that contradicts an engagement is kept and flagged, never refused.
//! [`load`] tells how busy someone is, for whoever chooses between people.
//! [`engagements`] holds the half-days that missions and visits take: one at most for a person, the database says so.
//! [`meetings`] tells those of the meetings that they accepted, which refuse nothing.
//!
//! Other features read [`queries::half_days`] and [`queries::ahead`], and take half-days by [`engagements::hold`]. Permissions: `availability:view`, `availability:edit`,
//! `availability:ask`, `absence_reason:view`, `school_calendar:view`, `school_calendar:edit`. Events:
//! `availability.declared`, `availability.rhythm_added`, `availability.rhythm_ended`, `absence.declared`,
//! `absence.cancelled`, `availability.asked`, `school_holidays.imported`,
//! `school_holidays.changed`.
//! Screens: `/disponibilites`, `/intervenants/{number}/disponibilites`, `/parametres/calendrier-scolaire`,
//! `/parametres/calendrier-scolaire/modifier`.

pub mod actions;
pub mod api;
pub mod engagements;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod labels;
pub mod load;
pub mod meetings;
pub mod queries;
pub mod school;
pub mod shapes;
mod titles;
pub mod web;

pub use error::AvailabilityError;
pub use events::AvailabilityEvent;
