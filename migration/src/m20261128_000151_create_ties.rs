//! Creates employments, groups of structures, yearly declarations of interests and alerts about duties held.

use crate::schema_step;

const UP: &str = "
CREATE TABLE employment (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    since date,
    until date,
    CHECK (until IS NULL OR since IS NULL OR until >= since)
);
CREATE INDEX employment_expert ON employment (expert_id);
CREATE INDEX employment_structure ON employment (structure_id);
CREATE UNIQUE INDEX employment_running ON employment (expert_id, structure_id) WHERE until IS NULL;
CREATE TABLE structure_group (
    structure_id {uuid} NOT NULL PRIMARY KEY REFERENCES structure (id),
    name text NOT NULL,
    folded text NOT NULL,
    grouped_at bigint NOT NULL
);
CREATE INDEX structure_group_folded ON structure_group (folded);
CREATE TABLE interest_declaration (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    year integer NOT NULL,
    declared_on date NOT NULL,
    none_to_tell boolean NOT NULL,
    note text NOT NULL,
    UNIQUE (expert_id, year)
);
CREATE TABLE tie_alert (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    duty text NOT NULL CHECK (duty IN ('jury_president', 'controller', 'support_expert', 'team_trainer')),
    object_kind text NOT NULL,
    object_id {uuid} NOT NULL,
    reference text NOT NULL,
    due_on date,
    blocking boolean NOT NULL,
    reasons {json} NOT NULL,
    fingerprint text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'kept', 'gone')),
    raised_at bigint NOT NULL,
    settled_at bigint,
    settled_by {uuid} REFERENCES account (id),
    reason text,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK (state <> 'kept' OR reason IS NOT NULL)
);
CREATE INDEX tie_alert_expert ON tie_alert (expert_id);
CREATE UNIQUE INDEX tie_alert_open ON tie_alert (object_kind, object_id, expert_id) WHERE state = 'open';
";

const DOWN: &str = "
DROP TABLE tie_alert;
DROP TABLE interest_declaration;
DROP TABLE structure_group;
DROP TABLE employment;
";

schema_step!(up: [UP], down: [DOWN]);
