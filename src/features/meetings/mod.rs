//! The quarterly working meetings of experts (domain reference, 3.5): agenda, invitations in each one's zone, answers,
//! attendance, minutes, decisions and things to do.
//!
//! Who is invited follows from the habilitations that are valid on the day: those of one duty, or all for a mixed
//! meeting. A meeting goes through [`state::TABLE`]; one that took place before the program is recorded as held
//! without invitations. The meetings of a year may be planned in one act, as a series ([`input::TypedSeries`]).
//! Attendance counts for the renewal of an habilitation: other features read [`queries::attendance`].
//! The sheet that people sign and the minutes are typeset by [`documents`].
//! Whoever is invited answers by the link of the message, without an account: [`queries::invitation_of`].
//! [`queries::invited_to`] tells what is in the agenda of a person.
//!
//! Permissions: `meeting:view`, `meeting:manage`, `meeting:answer`. Events: `meeting.planned`, `meeting.edited`,
//! `meeting.invited`, `meeting.moved`, `meeting.cancelled`, `meeting.held`, `meeting.minutes_published`,
//! `meeting.answered`, `meeting.decided`, `meeting.action_added`, `meeting.action_done`, `meeting.action_reminded`, `meeting.document_added`,
//! `meeting.document_issued`.
//! Screens: `/reunions`, `/reunions/nouvelle`, `/reunions/serie`, `/reunions/{number}`,
//! `/reunions/reponse/{token}`.

pub mod actions;
pub mod api;
pub mod documents;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod queries;
pub mod shapes;
pub mod state;
pub mod web;

pub use error::MeetingError;
pub use events::{MeetingEvent, invitation};
