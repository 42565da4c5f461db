//! The inputs of the « bilan pédagogique et financier » (Cerfa 10443*17; domain reference, 4.10): people and hours really
//! attended, by status, origin of the money, objective and speciality, what was entrusted and received, who taught.
//!
//! Nothing is stored: everything is counted from the attendance of the sessions that ended in a civil year of the accounts, and
//! each line opens the enrolments behind it. The frames are pure (`rules::training::bpf`). They count the whole body, so a
//! role limited to regions does not see them.
//!
//! Permission: `bpf:view`. Event: `bpf.exported`. Screens: `/bpf`, `/bpf/inscriptions`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod labels;
pub mod queries;
pub mod web;

pub use error::BpfError;
