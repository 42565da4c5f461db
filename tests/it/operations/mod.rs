//! What operators do: copies, measures, checks.

mod antivirus;
mod backup;
#[cfg(feature = "s3")]
mod bucket;
mod commands;
mod health;
mod metrics;
mod pressed_twice;
mod refusals;
mod stop;
