//! The end of the State convention of a structure leaves its row: the right says it. A structure of which no right said it
//! keeps what it had declared, as a right from the day on which it was recorded, under its SIREN until its paper is known.

use crate::schema_step;

const POSTGRES_UP: &str = "
INSERT INTO right_record (id, number, issuer, recorded_by, recorded_at)
SELECT s.id, s.siren, '', NULL, s.created_at FROM structure AS s
WHERE s.state_agreement_until IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM dated_right AS d
    WHERE d.holder_kind = 'structure' AND d.holder_id = s.id AND d.kind = 'state_convention' AND d.state <> 'void');
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT s.id, 'structure', s.id, 'state_convention', '*', s.siren,
    least((to_timestamp(s.created_at / 1000.0) AT TIME ZONE 'UTC')::date, s.state_agreement_until), s.state_agreement_until, NULL,
    'in_force', 'right_record', s.id, NULL, s.created_at, 1
FROM structure AS s JOIN right_record AS r ON r.id = s.id;
ALTER TABLE structure DROP COLUMN state_agreement_until;
";

const SQLITE_UP: &str = "
INSERT INTO right_record (id, number, issuer, recorded_by, recorded_at)
SELECT s.id, s.siren, '', NULL, s.created_at FROM structure AS s
WHERE s.state_agreement_until IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM dated_right AS d
    WHERE d.holder_kind = 'structure' AND d.holder_id = s.id AND d.kind = 'state_convention' AND d.state <> 'void');
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT s.id, 'structure', s.id, 'state_convention', '*', s.siren,
    min(date(s.created_at / 1000, 'unixepoch'), s.state_agreement_until), s.state_agreement_until, NULL,
    'in_force', 'right_record', s.id, NULL, s.created_at, 1
FROM structure AS s JOIN right_record AS r ON r.id = s.id;
ALTER TABLE structure DROP COLUMN state_agreement_until;
";

const DOWN: &str = "
ALTER TABLE structure ADD COLUMN state_agreement_until date;
UPDATE structure SET state_agreement_until = (
    SELECT max(d.ends_on) FROM dated_right AS d
    WHERE d.holder_kind = 'structure' AND d.holder_id = structure.id AND d.kind = 'state_convention' AND d.state <> 'void');
DELETE FROM right_suspension WHERE right_id IN (SELECT id FROM structure);
DELETE FROM dated_right WHERE source_kind = 'right_record' AND id IN (SELECT id FROM structure);
DELETE FROM right_record WHERE id IN (SELECT id FROM structure);
";

schema_step!(sqlite: [SQLITE_UP, DOWN], postgres: [POSTGRES_UP, DOWN]);
