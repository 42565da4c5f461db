//! Training sessions: dates, rooms, trainers, sub-contracts, seats (domain reference, 4.3 and 4.7).
//!
//! The states are in [`state`]. A half-day of a session is a row of `training_slot`; whoever teaches on it gives that
//! half-day as to a mission (`availability::engagements`, `Engagement::Session`), a room is taken by
//! `training_room_half_day`: the database refuses two sessions at once. Seats are counted by `training_tally`, which the
//! feature `enrolments` moves and nobody else. See `docs/decisions/0040-catalogue.md`.

pub mod labels;
pub mod state;
