//! The documents of the agreement desk, typeset after the commit that made them due.

/// Name of the work that typesets one document.
pub const JOB: &str = "agreements.issue_document";
