//! Each line of a claim names its receipt. Those of claims that left before name none.

use crate::schema_step;

const UP: &str = "ALTER TABLE expense_line ADD COLUMN receipt_id {uuid};";

const DOWN: &str = "ALTER TABLE expense_line DROP COLUMN receipt_id;";

schema_step!(up: [UP], down: [DOWN]);
