//! A request may be visited twice, when its committee asks for it: the scores of each visit are kept, and the request
//! tells which visit is in course and when it was resumed. A reserve keeps what the structure brought to have it lifted:
//! the last file, its note and its instant.
//!
//! The way down keeps the last score of each criterion, since there is room for one only.

use crate::schema_step;

const UP: &str = "
CREATE TABLE former_score AS SELECT * FROM grid_score;
DROP TABLE grid_score;
CREATE TABLE grid_score (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    visit integer NOT NULL,
    grid text NOT NULL,
    criterion text NOT NULL,
    score text NOT NULL CHECK (score IN ('conforming', 'minor', 'major', 'not_applicable')),
    evidence text NOT NULL,
    comment text NOT NULL,
    scored_at bigint NOT NULL,
    UNIQUE (request_id, visit, criterion)
);
INSERT INTO grid_score (id, request_id, visit, grid, criterion, score, evidence, comment, scored_at)
SELECT id, request_id, 1, grid, criterion, score, evidence, comment, scored_at FROM former_score;
DROP TABLE former_score;
ALTER TABLE agreement_request ADD COLUMN visit_number integer NOT NULL DEFAULT 1;
ALTER TABLE agreement_request ADD COLUMN resumed_at bigint;
ALTER TABLE reserve ADD COLUMN proof_document_id {uuid};
ALTER TABLE reserve ADD COLUMN proof_note text;
ALTER TABLE reserve ADD COLUMN proof_at bigint;
";

const DOWN: &str = "
ALTER TABLE reserve DROP COLUMN proof_at;
ALTER TABLE reserve DROP COLUMN proof_note;
ALTER TABLE reserve DROP COLUMN proof_document_id;
ALTER TABLE agreement_request DROP COLUMN resumed_at;
ALTER TABLE agreement_request DROP COLUMN visit_number;
CREATE TABLE former_score AS SELECT * FROM grid_score s WHERE NOT EXISTS (
    SELECT 1 FROM grid_score later
    WHERE later.request_id = s.request_id AND later.criterion = s.criterion AND later.visit > s.visit
);
DROP TABLE grid_score;
CREATE TABLE grid_score (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    grid text NOT NULL,
    criterion text NOT NULL,
    score text NOT NULL CHECK (score IN ('conforming', 'minor', 'major', 'not_applicable')),
    evidence text NOT NULL,
    comment text NOT NULL,
    scored_at bigint NOT NULL,
    UNIQUE (request_id, criterion)
);
INSERT INTO grid_score (id, request_id, grid, criterion, score, evidence, comment, scored_at)
SELECT id, request_id, grid, criterion, score, evidence, comment, scored_at FROM former_score;
DROP TABLE former_score;
";

schema_step!(up: [UP], down: [DOWN]);
