//! Training sessions: dates, rooms, trainers, sub-contracts, seats (domain reference, 4.3 and 4.7).
//!
//! The states are in [`state`]. A half-day of a session is a row of `training_slot`; whoever teaches on it gives that
//! half-day as to a mission (`availability::engagements`, `Engagement::Session`), a room is taken by
//! `training_room_half_day`: the database refuses two sessions at once. Seats are counted by `training_tally`, which the
//! feature `enrolments` moves and nobody else; its row is made with the session and locked first by every act. What a step
//! waits for is counted in [`known`]; what it changes is told before by [`consequences`]. See
//! `docs/decisions/0040-catalogue.md`.
//!
//! Enrolments follow a session that is postponed, dated again, cancelled or ended by a job of theirs, [`FOLLOW_JOB`].
//!
//! Permissions: `training_session:view`, `training_session:manage`, `training_session:advance`, `training_session:export`,
//! `training_room:view`, `training_room:manage`. Events: `training_session.*`, `training_room.*`,
//! `training_sessions.exported`. Screens: `/sessions`, `/sessions/nouvelle`, `/sessions.ics`, `/sessions/{number}` and its
//! acts, `/sessions/salles`.

pub mod actions;
pub mod api;
pub mod consequences;
pub mod deadlines;
mod error;
mod events;
pub mod export;
pub mod input;
pub mod jobs;
pub mod known;
pub mod labels;
pub mod load;
pub mod queries;
pub mod shapes;
pub mod state;
pub mod web;
pub mod wording;

pub use error::TrainingError;
pub use events::{
    Change, FOLLOW_JOB, OFFER_JOB, RoomEvent, RoomWhat, SessionsExported, Told, ToldTrainer, TrainingEvent,
    What,
};
pub use load::Whole;
