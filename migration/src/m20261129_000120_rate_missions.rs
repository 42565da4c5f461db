//! A mission that took place keeps how satisfied those for whom it was done were, from 1 to 5; those before have no score.

use crate::schema_step;

const UP: &str = "ALTER TABLE mission ADD COLUMN satisfaction integer CHECK (satisfaction BETWEEN 1 AND 5);";

const DOWN: &str = "ALTER TABLE mission DROP COLUMN satisfaction;";

schema_step!(up: [UP], down: [DOWN]);
