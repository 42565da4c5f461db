//! The one test binary.

#![expect(unreachable_pub, reason = "a test binary has no outside")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod accounts;
mod agreements;
mod attendance;
mod availability;
mod bpf;
mod buyers;
mod candidates;
mod catalogue;
mod certificates;
mod certifications;
mod demo;
mod enrolments;
mod experts;
mod figures;
mod funding;
mod home;
mod house;
mod invoices;
mod journal;
mod juries;
mod mail;
mod meetings;
mod minutes;
mod missions;
mod network;
mod notices;
mod operations;
mod panels;
mod papers;
mod process;
mod programmes;
mod rights;
mod settings;
mod structures;
mod support;
mod surveys;
mod ties;
mod training;
