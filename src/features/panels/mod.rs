//! Who sits in a jury: the composer, the members, the colleges that people sit for (domain reference, 1.7 and 3.6).
//!
//! For each seat, [`composer`] tells everybody who could have it, with what [`impartiality`] finds (J1 to J8) from data
//! only: the ledger of ties, the ties with each candidate, observations, habilitations, declarations. What refuses is
//! never passed over; a warning passes with a written reason, kept in the journal. A member who knows a candidate stays
//! apart from that candidate, for a reason; a president may not.
//!
//! A seat is given by proposing a mission, which gives the mail, the link that answers, the half-days and the mission
//! order. The place of the person follows the mission, in its transaction (`missions::actions`): accepted, declined,
//! taken back. Somebody else is then chosen here, which closes the mission that waited. Ties with the structure learnt
//! later are found by the missions held; those with candidates by [`queries::conflicts`], which home tells the team. Both
//! are told again at each reading of [`queries::seated`], as candidates change.
//!
//! Permissions: `jury_panel:view`, `jury_panel:manage`, `college_seat:manage`. Events: `jury_session.president_designated`,
//! `jury_session.member_added`, `jury_session.member_removed`, `college_seat.recorded`, `college_seat.ended`.
//! Screens: `/jurys/planning` (and `.csv`), `/jurys/{number}/affectation`, `/jurys/{number}/membres`, `/intervenants/{number}/colleges`.
//!
//! [`impartiality`]: crate::rules::jury::impartiality

pub mod actions;
pub mod api;
pub mod composer;
mod error;
mod events;
pub mod input;
mod knowledge;
pub mod labels;
pub mod panel;
pub mod queries;
pub mod shapes;
pub mod web;

pub use error::PanelError;
pub use events::{PanelEvent, SEAT_EVENTS, SeatEvent};
pub use panel::Panel;
