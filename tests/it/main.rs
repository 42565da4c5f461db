//! The one test binary.

#![expect(unreachable_pub, reason = "a test binary has no outside")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod accounts;
mod agreements;
mod availability;
mod candidates;
mod certificates;
mod certifications;
mod demo;
mod experts;
mod figures;
mod home;
mod house;
mod inspections;
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
mod process;
mod rights;
mod settings;
mod structures;
mod support;
mod supports;
mod ties;
