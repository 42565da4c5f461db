//! Indexes that answer by themselves: where structures stand, and the figures of the activity.
//!
//! `docs/performance.md` has the plans that called for them.

use crate::schema_step;

const UP: &str = "
CREATE INDEX agreement_request_standing ON agreement_request (structure_id, state);
CREATE INDEX agreement_standing ON agreement (structure_id, state);
CREATE INDEX agreement_request_activity ON agreement_request (created_at, submitted_at, visited_at);
";

const DOWN: &str = "
DROP INDEX agreement_request_activity;
DROP INDEX agreement_standing;
DROP INDEX agreement_request_standing;
";

schema_step!(up: [UP], down: [DOWN]);
