//! Training: what a sheet lacks, who gets a seat and in which order, what time allows, what is due (domain reference, 4).
//!
//! What the certifier may change is in [`settings`]; each rule takes what it needs of them.

pub mod attendance;
pub mod billing;
pub mod bpf;
pub mod cancellation;
pub mod funding;
pub mod invoice_number;
pub mod mentions;
pub mod paper;
pub mod programme;
pub mod results;
pub mod seats;
pub mod settings;
pub mod sheet;
pub mod vat;
pub mod waiting_list;
pub mod withdrawal;
pub mod working_hours;
