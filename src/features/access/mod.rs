//! Requests for access: a structure that is not known yet asks for an account, and the team answers.
//!
//! Anybody fills in the form of `/devenir-agree/acces`. A link sent by mail confirms the address; only then does the
//! request get its number and wait for the team, among what each officer has to do. Accepting records the structure,
//! unless its SIREN is known already, and invites the person; refusing tells them why. The page that follows the form is
//! the same whatever is known of the address, of the person or of the structure.
//!
//! Unconfirmed requests are forgotten when their link ends, settled ones a year after the answer (`jobs.rs`).
//!
//! Permissions: `access_request:ask` (the program, for whoever fills in the form), `access_request:view`,
//! `access_request:settle`. Events: `access_request.asked`, `.confirmed`, `.accepted`, `.refused`.
//! Screens: `/devenir-agree/acces`, `/acces`, `/acces/{number}`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod queries;
pub mod state;
pub mod web;

pub use api::AccessApi;
pub use error::AccessError;

use crate::authz::{Actor, Channel};

/// Who acts for somebody who has no account yet.
#[must_use]
pub fn asking_actor(request_id: Option<String>) -> Actor {
    Actor { channel: Channel::Web, request_id, ..Actor::system("access.ask") }
}
