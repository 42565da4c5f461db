//! The documents of the agreement desk, typeset after the commit that made them due.

/// Name of the work that typesets one document.
pub const JOB: &str = "agreements.issue_document";

/// Typesets one document.
pub(super) async fn issue(
    _app: &std::sync::Arc<crate::app::App>,
    _payload: serde_json::Value,
) -> Result<(), crate::worker::WorkError> {
    Err(crate::worker::WorkError::Retry("typesetting is not wired".to_owned()))
}
