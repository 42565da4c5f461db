//! What every request goes through.

pub mod idempotency;
pub mod limit_body;
pub mod panic;
pub mod rate_limit;
pub mod refusal;
pub mod request_log;
pub mod security_headers;
