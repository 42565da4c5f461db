//! Keeps the registered letter that took a refusal to its structure: its number, when it left, when it was presented.

use crate::schema_step;

const UP: &str = "
CREATE TABLE decision_letter (
    decision_id {uuid} NOT NULL PRIMARY KEY REFERENCES decision (id),
    number text NOT NULL,
    sent_on date NOT NULL,
    presented_on date,
    recorded_by {uuid} NOT NULL REFERENCES account (id),
    recorded_at bigint NOT NULL,
    CHECK (presented_on IS NULL OR presented_on >= sent_on)
);
";

const DOWN: &str = "DROP TABLE decision_letter;";

schema_step!(up: [UP], down: [DOWN]);
