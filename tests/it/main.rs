//! The one test binary.

#![expect(unreachable_pub, reason = "a test binary has no outside")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod certifications;
mod experts;
mod house;
mod journal;
mod mail;
mod settings;
mod structures;
mod operations;
mod support;
