//! Lets people declare a seat on a board, and that they supervised somebody of a team, as ties of their own. On the way
//! down each becomes the tie that stands in the way of the same duties.

use crate::schema_step;

const UP: &str = "
ALTER TABLE declared_interest RENAME TO declared_interest_before;
CREATE TABLE declared_interest (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    tie text NOT NULL CHECK (tie IN ('employee_board_or_provider', 'board', 'support_expert', 'epsp_trainer_of_team', 'supervised', 'jury_president')),
    since date,
    until date,
    detail text NOT NULL,
    declared_on date NOT NULL
);
INSERT INTO declared_interest (id, expert_id, structure_id, tie, since, until, detail, declared_on)
SELECT id, expert_id, structure_id, tie, since, until, detail, declared_on FROM declared_interest_before;
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
    tie text NOT NULL CHECK (tie IN ('employee_board_or_provider', 'support_expert', 'epsp_trainer_of_team', 'jury_president')),
    since date,
    until date,
    detail text NOT NULL,
    declared_on date NOT NULL
);
INSERT INTO declared_interest (id, expert_id, structure_id, tie, since, until, detail, declared_on)
SELECT id, expert_id, structure_id,
    CASE tie WHEN 'board' THEN 'employee_board_or_provider' WHEN 'supervised' THEN 'epsp_trainer_of_team' ELSE tie END,
    since, until, detail, declared_on FROM declared_interest_after;
DROP TABLE declared_interest_after;
CREATE INDEX declared_interest_expert ON declared_interest (expert_id);
CREATE INDEX declared_interest_structure ON declared_interest (structure_id);
";

schema_step!(up: [UP], down: [DOWN]);
