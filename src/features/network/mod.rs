//! The network of experts, as whoever animates it looks at it on a day: how many people hold each duty and where, whose
//! rights end soon, who carries how much, which conditions of renewal are at risk.
//!
//! Nothing is stored: everything is counted from habilitations, missions, visits and the conditions of renewals
//! ([`sheet`], pure, from what [`queries`] reads in a fixed number of queries). A role limited to regions sees the people who
//! may act in them.
//!
//! Permission: `network:view`. Event: `network.exported`. Screens: `/intervenants/reseau`, `/intervenants/reseau.csv`.

pub mod api;
pub mod labels;
pub mod queries;
pub mod sheet;
pub mod web;
