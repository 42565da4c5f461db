//! Lets what a meeting decided be given to a guest, who is reminded of it once.

use crate::schema_step;

const UP: &str = "
ALTER TABLE meeting_action ADD COLUMN owner_id {uuid} REFERENCES expert (id);
ALTER TABLE meeting_action ADD COLUMN reminded_at bigint;
CREATE INDEX meeting_action_due ON meeting_action (due_on) WHERE done_on IS NULL;
";

const DOWN: &str = "
DROP INDEX meeting_action_due;
ALTER TABLE meeting_action DROP COLUMN reminded_at;
ALTER TABLE meeting_action DROP COLUMN owner_id;
";

schema_step!(up: [UP], down: [DOWN]);
