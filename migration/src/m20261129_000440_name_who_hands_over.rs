//! Who handed a task over to whom has it; nobody for a task that was taken, or handed over before this was kept.

use crate::schema_step;

const UP: &str = "ALTER TABLE task_note ADD COLUMN handed_by {uuid} REFERENCES account (id);";

const DOWN: &str = "ALTER TABLE task_note DROP COLUMN handed_by;";

schema_step!(up: [UP], down: [DOWN]);
