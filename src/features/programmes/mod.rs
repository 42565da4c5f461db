//! Programmes of training: versioned sheets, prices, modules, what they cover of a referential, results (domain reference,
//! 4.1 and 4.2).
//!
//! A programme has one draft at most, which is changed until it is published; what is published is never changed again, the
//! next change is that of a new draft. Publication is refused while a mandatory field is empty, with the whole list
//! (`rules::training::sheet`). A sheet that another one replaces stays: sessions were sold on it. The life of a programme is
//! in [`state`].
//!
//! The offer of the network is recorded at first start by [`preload`], as drafts: prices, places and contacts are the
//! certifier's to tell. Results of the last twelve months are counted when they are read ([`queries::results`]).
//!
//! Permissions: `programme:*`. Events: `programme.*`, `programmes.imported`, `training_handbook.added`. Screens: `/programmes`, `/programmes/nouveau`,
//! `/programmes/import`, `/programmes/livrets`, `/programmes/{slug}` and what is under it.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod labels;
mod preload;
pub mod queries;
pub mod shapes;
pub mod state;
pub mod web;

pub use error::ProgrammeError;
pub use events::ProgrammeEvent;
pub use preload::preload;
