//! How many times whoever held a mission was reminded of its report. Missions already done are not looked at again: the
//! team has them among its tasks.

use crate::schema_step;

const UP: &str = "ALTER TABLE mission ADD COLUMN report_reminded integer NOT NULL DEFAULT 0;";

const DOWN: &str = "ALTER TABLE mission DROP COLUMN report_reminded;";

schema_step!(up: [UP], down: [DOWN]);
