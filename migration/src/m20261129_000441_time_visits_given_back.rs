//! When a visit last came back to the team, declined or given up: the delay to entrust it begins again.

use crate::schema_step;

const UP: &str = "ALTER TABLE agreement_request ADD COLUMN given_back_at bigint;";

const DOWN: &str = "ALTER TABLE agreement_request DROP COLUMN given_back_at;";

schema_step!(up: [UP], down: [DOWN]);
