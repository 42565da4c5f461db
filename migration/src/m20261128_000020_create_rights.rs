//! Creates dated rights and their suspensions: one notion for habilitations, agreements, registrations and pieces.

use crate::schema_step;

const UP: &str = "
CREATE TABLE dated_right (
    id {uuid} NOT NULL PRIMARY KEY,
    holder_kind text NOT NULL CHECK (holder_kind IN ('expert', 'structure', 'site', 'certification_version')),
    holder_id {uuid} NOT NULL,
    kind text NOT NULL CHECK (kind IN ('habilitation', 'agreement', 'registration', 'piece', 'insurance', 'state_convention', 'qualiopi')),
    scope text NOT NULL,
    reference text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    grace_until date,
    state text NOT NULL CHECK (state IN ('pending', 'in_force', 'ended', 'void')),
    source_kind text NOT NULL CHECK (source_kind IN ('habilitation', 'agreement', 'registration', 'request_piece', 'expert_piece')),
    source_id {uuid} NOT NULL,
    alerted integer,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (grace_until IS NULL OR (ends_on IS NOT NULL AND grace_until > ends_on))
);
CREATE INDEX dated_right_holder ON dated_right (holder_kind, holder_id, kind, scope, starts_on);
CREATE INDEX dated_right_source ON dated_right (source_kind, source_id);
CREATE INDEX dated_right_kind ON dated_right (kind, starts_on);
CREATE INDEX dated_right_end ON dated_right (ends_on) WHERE state = 'in_force';
CREATE TABLE right_suspension (
    id {uuid} NOT NULL PRIMARY KEY,
    right_id {uuid} NOT NULL REFERENCES dated_right (id),
    starts_on date NOT NULL,
    ends_on date,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX right_suspension_right ON right_suspension (right_id, starts_on);
CREATE UNIQUE INDEX right_suspension_one_open ON right_suspension (right_id) WHERE ends_on IS NULL;
";

const DOWN: &str = "
DROP TABLE right_suspension;
DROP TABLE dated_right;
";

schema_step!(up: [UP], down: [DOWN]);
