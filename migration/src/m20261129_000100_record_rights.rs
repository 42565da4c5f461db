//! The certifying body holds rights too (its Qualiopi certificate, its insurance), and some rights are recorded by hand,
//! without any other row that they stand for: `right_record` then keeps their number and who gave them. The insurance of
//! an expert is an insurance, no more a piece among others: it is told at the distances of insurances.
//!
//! SQLite cannot change a CHECK: the rights and their suspensions are put aside, the tables made again, the rows put back.

use crate::schema_step;

const POSTGRES_UP: &str = "
CREATE TABLE right_record (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    issuer text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL
);
ALTER TABLE dated_right DROP CONSTRAINT dated_right_holder_kind_check;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_holder_kind_check CHECK (holder_kind IN ('expert', 'structure', 'site', 'certification_version', 'certifier'));
ALTER TABLE dated_right DROP CONSTRAINT dated_right_source_kind_check;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_source_kind_check CHECK (source_kind IN ('habilitation', 'agreement', 'registration', 'request_piece', 'expert_piece', 'right_record'));
UPDATE dated_right SET kind = 'insurance', scope = '*' WHERE source_kind = 'expert_piece' AND kind = 'piece' AND scope = 'insurance';
";

const POSTGRES_DOWN: &str = "
UPDATE dated_right SET kind = 'piece', scope = 'insurance' WHERE source_kind = 'expert_piece' AND kind = 'insurance';
DELETE FROM right_suspension WHERE right_id IN (
    SELECT id FROM dated_right WHERE holder_kind = 'certifier' OR source_kind = 'right_record');
DELETE FROM dated_right WHERE holder_kind = 'certifier' OR source_kind = 'right_record';
DROP TABLE right_record;
ALTER TABLE dated_right DROP CONSTRAINT dated_right_holder_kind_check;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_holder_kind_check CHECK (holder_kind IN ('expert', 'structure', 'site', 'certification_version'));
ALTER TABLE dated_right DROP CONSTRAINT dated_right_source_kind_check;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_source_kind_check CHECK (source_kind IN ('habilitation', 'agreement', 'registration', 'request_piece', 'expert_piece'));
";

const SQLITE_UP: &str = "
CREATE TABLE right_record (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    issuer text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL
);
CREATE TABLE kept_right AS SELECT * FROM dated_right;
CREATE TABLE kept_suspension AS SELECT * FROM right_suspension;
DROP TABLE right_suspension;
DROP TABLE dated_right;
CREATE TABLE dated_right (
    id {uuid} NOT NULL PRIMARY KEY,
    holder_kind text NOT NULL CHECK (holder_kind IN ('expert', 'structure', 'site', 'certification_version', 'certifier')),
    holder_id {uuid} NOT NULL,
    kind text NOT NULL CHECK (kind IN ('habilitation', 'agreement', 'registration', 'piece', 'insurance', 'state_convention', 'qualiopi')),
    scope text NOT NULL,
    reference text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    grace_until date,
    state text NOT NULL CHECK (state IN ('pending', 'in_force', 'ended', 'void')),
    source_kind text NOT NULL CHECK (source_kind IN ('habilitation', 'agreement', 'registration', 'request_piece', 'expert_piece', 'right_record')),
    source_id {uuid} NOT NULL,
    alerted integer,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (grace_until IS NULL OR (ends_on IS NOT NULL AND grace_until > ends_on))
);
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version FROM kept_right;
DROP TABLE kept_right;
CREATE INDEX dated_right_holder ON dated_right (holder_kind, holder_id, kind, scope, starts_on);
CREATE INDEX dated_right_source ON dated_right (source_kind, source_id);
CREATE INDEX dated_right_kind ON dated_right (kind, starts_on);
CREATE INDEX dated_right_end ON dated_right (ends_on) WHERE state = 'in_force';
CREATE TRIGGER dated_right_overlap_insert BEFORE INSERT ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TRIGGER dated_right_overlap_update BEFORE UPDATE ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TABLE right_suspension (
    id {uuid} NOT NULL PRIMARY KEY,
    right_id {uuid} NOT NULL REFERENCES dated_right (id),
    starts_on date NOT NULL,
    ends_on date,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT id, right_id, starts_on, ends_on FROM kept_suspension;
DROP TABLE kept_suspension;
CREATE INDEX right_suspension_right ON right_suspension (right_id, starts_on);
CREATE UNIQUE INDEX right_suspension_one_open ON right_suspension (right_id) WHERE ends_on IS NULL;
UPDATE dated_right SET kind = 'insurance', scope = '*' WHERE source_kind = 'expert_piece' AND kind = 'piece' AND scope = 'insurance';
";

const SQLITE_DOWN: &str = "
UPDATE dated_right SET kind = 'piece', scope = 'insurance' WHERE source_kind = 'expert_piece' AND kind = 'insurance';
DELETE FROM right_suspension WHERE right_id IN (
    SELECT id FROM dated_right WHERE holder_kind = 'certifier' OR source_kind = 'right_record');
DELETE FROM dated_right WHERE holder_kind = 'certifier' OR source_kind = 'right_record';
DROP TABLE right_record;
CREATE TABLE kept_right AS SELECT * FROM dated_right;
CREATE TABLE kept_suspension AS SELECT * FROM right_suspension;
DROP TABLE right_suspension;
DROP TABLE dated_right;
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
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version FROM kept_right;
DROP TABLE kept_right;
CREATE INDEX dated_right_holder ON dated_right (holder_kind, holder_id, kind, scope, starts_on);
CREATE INDEX dated_right_source ON dated_right (source_kind, source_id);
CREATE INDEX dated_right_kind ON dated_right (kind, starts_on);
CREATE INDEX dated_right_end ON dated_right (ends_on) WHERE state = 'in_force';
CREATE TRIGGER dated_right_overlap_insert BEFORE INSERT ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TRIGGER dated_right_overlap_update BEFORE UPDATE ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TABLE right_suspension (
    id {uuid} NOT NULL PRIMARY KEY,
    right_id {uuid} NOT NULL REFERENCES dated_right (id),
    starts_on date NOT NULL,
    ends_on date,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT id, right_id, starts_on, ends_on FROM kept_suspension;
DROP TABLE kept_suspension;
CREATE INDEX right_suspension_right ON right_suspension (right_id, starts_on);
CREATE UNIQUE INDEX right_suspension_one_open ON right_suspension (right_id) WHERE ends_on IS NULL;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
