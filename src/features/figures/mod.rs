//! The figures of juries: who came, what was decided, how long it took; by period, version, structure or region.
//!
//! Nothing is stored: everything is counted from the sessions that were held and whose decisions stand, in a fixed number of
//! queries, and joined by [`sheet`], pure. Each number of juries opens their list. Numbers of people that are too small are
//! hidden with what would give them back ([`crate::rules::jury_figures`]). Like the table of the activity, they count the
//! whole body, whatever the regions of whoever looks.
//!
//! Permission: `activity:view`. Event: `jury_figures.exported`. Screen: `/statistiques/jurys`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod labels;
pub mod queries;
pub mod sheet;
pub mod web;

pub use error::FiguresError;
