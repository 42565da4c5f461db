//! The one test binary.

#![expect(missing_docs, reason = "tests are named as sentences")]

mod house;
mod settings;
mod structures;
mod support;
