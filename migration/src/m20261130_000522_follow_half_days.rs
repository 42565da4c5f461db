//! Follows half-days: when those who come were called to sign, and when those who teach were reminded to countersign.
//! A trainee who lost their link is found by their address.

use crate::schema_step;

const UP: &str = "
CREATE TABLE attendance_call (
    slot_id {uuid} NOT NULL PRIMARY KEY REFERENCES training_slot (id),
    called_at bigint,
    reminded_at bigint
);
CREATE INDEX training_slot_hours ON training_slot (starts_at, ends_at);
CREATE INDEX enrolment_email ON enrolment (email);
";

const DOWN: &str = "
DROP INDEX enrolment_email;
DROP INDEX training_slot_hours;
DROP TABLE attendance_call;
";

schema_step!(up: [UP], down: [DOWN]);
