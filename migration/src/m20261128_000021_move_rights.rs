//! The rights that existed move into `dated_right`, which then refuses two that share a day for the same holder, kind
//! and scope: an exclusion constraint on PostgreSQL, triggers on SQLite. The periods of agreements leave their table.
//!
//! A right takes the key of the row it came from. Of the accepted pieces of one structure and code, the one that ends
//! last is kept.

use crate::schema_step;

const POSTGRES_UP: &str = "
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'site', p.site_id, 'agreement', p.certification_version_id::text || '|' || p.role, a.number, p.starts_on, p.ends_on, NULL,
    CASE WHEN a.state = 'pending' THEN 'pending'
         WHEN a.state = 'expired' AND a.activated_at IS NULL THEN 'void'
         WHEN a.state IN ('withdrawn', 'renounced', 'expired') THEN 'ended'
         ELSE 'in_force' END,
    'agreement', a.id, NULL, coalesce(a.convention_sent_at, 0), 1
FROM agreement_period AS p JOIN agreement AS a ON a.id = p.agreement_id;
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT p.id, p.id, p.starts_on, NULL FROM agreement_period AS p JOIN agreement AS a ON a.id = p.agreement_id WHERE a.state = 'suspended';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT h.id, 'expert', h.expert_id, 'habilitation', h.duty || '|' || coalesce(h.certification_id::text, '*'), e.number, h.starts_on, h.ends_on, NULL,
    CASE WHEN h.state IN ('active', 'suspended') THEN 'in_force' ELSE 'ended' END,
    'habilitation', h.id, NULL, e.created_at, 1
FROM habilitation AS h JOIN expert AS e ON e.id = h.expert_id;
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT h.id, h.id, h.starts_on, NULL FROM habilitation AS h WHERE h.state = 'suspended';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT r.id, 'certification_version', r.certification_version_id, 'registration', '*', coalesce(r.number, upper(r.register)), r.starts_on, r.ends_on, NULL,
    'in_force', 'registration', r.id, NULL, 0, 1
FROM registration AS r WHERE r.register <> 'none';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'structure', q.structure_id,
    CASE p.code WHEN 'P02' THEN 'state_convention' WHEN 'P10' THEN 'qualiopi' WHEN 'P12' THEN 'insurance' ELSE 'piece' END,
    CASE WHEN p.code IN ('P02', 'P10', 'P12') THEN '*' ELSE p.code END,
    coalesce(q.number, q.draft_number) || ' ' || p.code, least(coalesce(p.proof_on, (to_timestamp(p.created_at / 1000.0) AT TIME ZONE 'UTC')::date), p.valid_until), p.valid_until, NULL,
    'in_force', 'request_piece', p.id, NULL, p.created_at, 1
FROM request_piece AS p JOIN agreement_request AS q ON q.id = p.request_id
WHERE p.state = 'accepted' AND p.valid_until IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM request_piece AS later JOIN agreement_request AS other ON other.id = later.request_id
    WHERE other.structure_id = q.structure_id AND later.code = p.code AND later.state = 'accepted' AND later.valid_until IS NOT NULL
      AND (later.valid_until > p.valid_until OR (later.valid_until = p.valid_until AND later.id > p.id)));
DROP TABLE agreement_period;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_overlap EXCLUDE USING gist (
    holder_kind WITH =,
    holder_id WITH =,
    kind WITH =,
    scope WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (state <> 'void');
";

const POSTGRES_DOWN: &str = "
ALTER TABLE dated_right DROP CONSTRAINT dated_right_overlap;
CREATE TABLE agreement_period (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} NOT NULL REFERENCES site (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    role text NOT NULL CHECK (role IN ('train', 'organise', 'train_and_organise')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX agreement_period_agreement ON agreement_period (agreement_id);
CREATE INDEX agreement_period_key ON agreement_period (site_id, certification_version_id, role, starts_on);
INSERT INTO agreement_period (id, agreement_id, structure_id, site_id, certification_version_id, role, starts_on, ends_on)
SELECT r.id, a.id, a.structure_id, r.holder_id, a.certification_version_id, a.role, r.starts_on, coalesce(r.ends_on, a.ends_on)
FROM dated_right AS r JOIN agreement AS a ON a.id = r.source_id WHERE r.source_kind = 'agreement' AND r.state <> 'void';
DELETE FROM right_suspension;
DELETE FROM dated_right;
ALTER TABLE agreement_period ADD CONSTRAINT agreement_period_overlap EXCLUDE USING gist (
    site_id WITH =,
    certification_version_id WITH =,
    role WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
);
";

const SQLITE_UP: &str = "
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'site', p.site_id, 'agreement', lower(substr(hex(p.certification_version_id), 1, 8) || '-' || substr(hex(p.certification_version_id), 9, 4) || '-' || substr(hex(p.certification_version_id), 13, 4) || '-' || substr(hex(p.certification_version_id), 17, 4) || '-' || substr(hex(p.certification_version_id), 21)) || '|' || p.role, a.number, p.starts_on, p.ends_on, NULL,
    CASE WHEN a.state = 'pending' THEN 'pending'
         WHEN a.state = 'expired' AND a.activated_at IS NULL THEN 'void'
         WHEN a.state IN ('withdrawn', 'renounced', 'expired') THEN 'ended'
         ELSE 'in_force' END,
    'agreement', a.id, NULL, coalesce(a.convention_sent_at, 0), 1
FROM agreement_period AS p JOIN agreement AS a ON a.id = p.agreement_id;
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT p.id, p.id, p.starts_on, NULL FROM agreement_period AS p JOIN agreement AS a ON a.id = p.agreement_id WHERE a.state = 'suspended';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT h.id, 'expert', h.expert_id, 'habilitation', h.duty || '|' || coalesce(lower(substr(hex(h.certification_id), 1, 8) || '-' || substr(hex(h.certification_id), 9, 4) || '-' || substr(hex(h.certification_id), 13, 4) || '-' || substr(hex(h.certification_id), 17, 4) || '-' || substr(hex(h.certification_id), 21)), '*'), e.number, h.starts_on, h.ends_on, NULL,
    CASE WHEN h.state IN ('active', 'suspended') THEN 'in_force' ELSE 'ended' END,
    'habilitation', h.id, NULL, e.created_at, 1
FROM habilitation AS h JOIN expert AS e ON e.id = h.expert_id;
INSERT INTO right_suspension (id, right_id, starts_on, ends_on)
SELECT h.id, h.id, h.starts_on, NULL FROM habilitation AS h WHERE h.state = 'suspended';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT r.id, 'certification_version', r.certification_version_id, 'registration', '*', coalesce(r.number, upper(r.register)), r.starts_on, r.ends_on, NULL,
    'in_force', 'registration', r.id, NULL, 0, 1
FROM registration AS r WHERE r.register <> 'none';
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'structure', q.structure_id,
    CASE p.code WHEN 'P02' THEN 'state_convention' WHEN 'P10' THEN 'qualiopi' WHEN 'P12' THEN 'insurance' ELSE 'piece' END,
    CASE WHEN p.code IN ('P02', 'P10', 'P12') THEN '*' ELSE p.code END,
    coalesce(q.number, q.draft_number) || ' ' || p.code, min(coalesce(p.proof_on, date(p.created_at / 1000, 'unixepoch')), p.valid_until), p.valid_until, NULL,
    'in_force', 'request_piece', p.id, NULL, p.created_at, 1
FROM request_piece AS p JOIN agreement_request AS q ON q.id = p.request_id
WHERE p.state = 'accepted' AND p.valid_until IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM request_piece AS later JOIN agreement_request AS other ON other.id = later.request_id
    WHERE other.structure_id = q.structure_id AND later.code = p.code AND later.state = 'accepted' AND later.valid_until IS NOT NULL
      AND (later.valid_until > p.valid_until OR (later.valid_until = p.valid_until AND later.id > p.id)));
DROP TABLE agreement_period;
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
";

const SQLITE_DOWN: &str = "
DROP TRIGGER dated_right_overlap_update;
DROP TRIGGER dated_right_overlap_insert;
CREATE TABLE agreement_period (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} NOT NULL REFERENCES site (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    role text NOT NULL CHECK (role IN ('train', 'organise', 'train_and_organise')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX agreement_period_agreement ON agreement_period (agreement_id);
CREATE INDEX agreement_period_key ON agreement_period (site_id, certification_version_id, role, starts_on);
INSERT INTO agreement_period (id, agreement_id, structure_id, site_id, certification_version_id, role, starts_on, ends_on)
SELECT r.id, a.id, a.structure_id, r.holder_id, a.certification_version_id, a.role, r.starts_on, coalesce(r.ends_on, a.ends_on)
FROM dated_right AS r JOIN agreement AS a ON a.id = r.source_id WHERE r.source_kind = 'agreement' AND r.state <> 'void';
DELETE FROM right_suspension;
DELETE FROM dated_right;
CREATE TRIGGER agreement_period_overlap_insert BEFORE INSERT ON agreement_period
WHEN EXISTS (
    SELECT 1 FROM agreement_period AS other
    WHERE other.site_id = NEW.site_id
      AND other.certification_version_id = NEW.certification_version_id
      AND other.role = NEW.role
      AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'agreement_period_overlap'); END;
CREATE TRIGGER agreement_period_overlap_update BEFORE UPDATE ON agreement_period
WHEN EXISTS (
    SELECT 1 FROM agreement_period AS other
    WHERE other.id <> NEW.id
      AND other.site_id = NEW.site_id
      AND other.certification_version_id = NEW.certification_version_id
      AND other.role = NEW.role
      AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'agreement_period_overlap'); END;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
