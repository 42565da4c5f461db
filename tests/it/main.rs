//! The one test binary.
#![expect(clippy::unwrap_used, reason = "a step of a test that fails is a test that fails")]

mod house;
