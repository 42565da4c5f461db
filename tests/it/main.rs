//! The one test binary.

#![expect(missing_docs, reason = "tests are named as sentences")]

mod certifications;
mod experts;
mod house;
mod settings;
mod structures;
mod support;
