//! Lets the team take a task, hand it over or postpone it. A task follows from the state of a thing and is stored
//! nowhere: a note names its kind and that thing, and says nothing any more once the task is gone.

use crate::schema_step;

const UP: &str = "
CREATE TABLE task_note (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    subject_id {uuid} NOT NULL,
    taken_by {uuid} REFERENCES account (id),
    postponed_until date,
    postponed_by {uuid} REFERENCES account (id),
    reason text,
    noted_at bigint NOT NULL,
    version integer NOT NULL,
    CHECK ((postponed_until IS NULL) = (reason IS NULL)),
    CHECK ((postponed_until IS NULL) = (postponed_by IS NULL))
);
CREATE UNIQUE INDEX task_note_of ON task_note (kind, subject_id);
CREATE INDEX task_note_lately ON task_note (noted_at);
";

const DOWN: &str = "DROP TABLE task_note;";

schema_step!(up: [UP], down: [DOWN]);
