//! What the public does here: asks for a seat. The rest is in `enrolments`.

mod ask;

pub use ask::ask;
