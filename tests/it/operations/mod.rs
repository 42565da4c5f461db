//! What operators do: copies, measures, checks.

mod antivirus;
mod backup;
mod commands;
mod metrics;
mod refusals;
mod stop;
