//! Missions: a task given to an expert, for a jury, an inspection, teaching support, a session, a meeting or an
//! observation (domain reference, 3.6).
//!
//! A mission is offered to one person at a time, by a mail whose link answers without an account. The person must
//! hold the habilitation on the days of the mission, have no blocking tie with the structure, and be free on its
//! half-days: [`standing`] says so in words, and the database refuses two engagements of one person on one half-day,
//! missions and visits of requests alike (`availability::engagements`). Whoever presides over a jury has declared their
//! interests (domain reference, J7).
//! Somebody who cannot come for some days lets go of everything in one act (`actions::impede`).
//! Missions still to be done are weighed again when a tie is learnt ([`held`]).
//! States are in [`state`]; what time does by itself is in [`deadlines`] and `jobs`.
//!
//! Permissions: `mission:view`, `mission:manage`, `mission:import`, `mission:answer`, `mission:drop_out`, `mission:carry_out`,
//! `mission:deadline`, `mission:claim`, `mission:certify`, `mission:rate`, `mission:settle`, `mission:reopen`, `agenda:feed`. Events: `mission.*`,
//! `missions.imported`, `agenda_feed.*`.
//! Screens: `/missions`, `/missions/import`, `/missions/{number}`, `/missions/nouvelle`, `/missions/{number}/frais`, `/missions/a-payer`,
//! `/missions/reponse/{token}`, `/intervenants/{number}/empechement`, `/agenda`, `/agenda/{token}.ics`.
//!
//! Once the report is there, the person claims the fee and the expenses; the team says that the service was done or sends
//! the claim back; a manager settles what is to be paid, never their own claim (`actions::expenses`). It is paid to the person,
//! or to the employer that they name.
//!
//! What was done by mistake has a way back, in the journal: a mission said done is accepted again while no claim was
//! certified (`actions::reopen`), what was paid is put right by a line more (`actions::expenses::correct`), and a cancelled
//! mission is proposed anew by another that resumes it.

pub mod actions;
pub mod api;
pub mod deadlines;
pub mod documents;
pub mod dossier;
mod error;
mod events;
pub mod held;
pub mod import;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod queries;
pub mod shapes;
pub mod standing;
pub mod state;
pub mod web;
pub mod wording;

pub use dossier::Dossier;
pub use error::MissionError;
pub use events::{FeedEvent, FileImported, MOVED_JOB, MissionEvent, PayableExported};
pub use held::missions_held;
