//! Lets people declare shares of a structure and a family tie there, as ties of their own. On the way down each becomes the
//! tie that stands in the way of the same duties.

use crate::schema_step;

const UP: &str = "
ALTER TABLE declared_interest RENAME TO declared_interest_before;
CREATE TABLE declared_interest (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    tie text NOT NULL CHECK (tie IN ('employee_board_or_provider', 'board', 'shares', 'family', 'support_expert', 'epsp_trainer_of_team', 'supervised', 'jury_president')),
    since date,
    until date,
    detail text NOT NULL,
    declared_on date NOT NULL,
    voided_at bigint,
    void_reason text
);
INSERT INTO declared_interest (id, expert_id, structure_id, tie, since, until, detail, declared_on, voided_at, void_reason)
SELECT id, expert_id, structure_id, tie, since, until, detail, declared_on, voided_at, void_reason FROM declared_interest_before;
DROP TABLE declared_interest_before;
CREATE INDEX declared_interest_expert ON declared_interest (expert_id);
CREATE INDEX declared_interest_structure ON declared_interest (structure_id);
";

const DOWN: &str = "
ALTER TABLE declared_interest RENAME TO declared_interest_after;
CREATE TABLE declared_interest (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    tie text NOT NULL CHECK (tie IN ('employee_board_or_provider', 'board', 'support_expert', 'epsp_trainer_of_team', 'supervised', 'jury_president')),
    since date,
    until date,
    detail text NOT NULL,
    declared_on date NOT NULL,
    voided_at bigint,
    void_reason text
);
INSERT INTO declared_interest (id, expert_id, structure_id, tie, since, until, detail, declared_on, voided_at, void_reason)
SELECT id, expert_id, structure_id,
    CASE WHEN tie IN ('shares', 'family') THEN 'employee_board_or_provider' ELSE tie END,
    since, until, detail, declared_on, voided_at, void_reason FROM declared_interest_after;
DROP TABLE declared_interest_after;
CREATE INDEX declared_interest_expert ON declared_interest (expert_id);
CREATE INDEX declared_interest_structure ON declared_interest (structure_id);
";

schema_step!(up: [UP], down: [DOWN]);
