//! The yearly declarations of interests leave the pieces of experts for their own table, with their notes.
//!
//! Of several made in one year, the last is kept. A declaration no longer is a right with days of its own: until when
//! it counts follows from the settings, so its dated right goes, and so does the setting of its months.

use crate::schema_step;

const POSTGRES_UP: &str = "
INSERT INTO interest_declaration (id, expert_id, year, declared_on, none_to_tell, note)
SELECT p.id, p.expert_id, extract(year FROM p.proof_on)::integer, p.proof_on,
    NOT EXISTS (SELECT 1 FROM declared_interest AS d WHERE d.expert_id = p.expert_id), p.note
FROM expert_piece AS p
WHERE p.code = 'interests' AND NOT EXISTS (
    SELECT 1 FROM expert_piece AS later
    WHERE later.expert_id = p.expert_id AND later.code = 'interests'
      AND extract(year FROM later.proof_on) = extract(year FROM p.proof_on)
      AND (later.proof_on > p.proof_on OR (later.proof_on = p.proof_on AND later.id > p.id)));
DELETE FROM right_suspension WHERE right_id IN (
    SELECT r.id FROM dated_right AS r JOIN expert_piece AS p ON p.id = r.source_id
    WHERE r.source_kind = 'expert_piece' AND p.code = 'interests');
DELETE FROM dated_right WHERE source_kind = 'expert_piece'
    AND source_id IN (SELECT id FROM expert_piece WHERE code = 'interests');
DELETE FROM expert_piece WHERE code = 'interests';
UPDATE setting SET value = value - 'declaration_months' WHERE key = 'experts.renewal';
";

const SQLITE_UP: &str = "
INSERT INTO interest_declaration (id, expert_id, year, declared_on, none_to_tell, note)
SELECT p.id, p.expert_id, CAST(substr(p.proof_on, 1, 4) AS integer), p.proof_on,
    NOT EXISTS (SELECT 1 FROM declared_interest AS d WHERE d.expert_id = p.expert_id), p.note
FROM expert_piece AS p
WHERE p.code = 'interests' AND NOT EXISTS (
    SELECT 1 FROM expert_piece AS later
    WHERE later.expert_id = p.expert_id AND later.code = 'interests'
      AND substr(later.proof_on, 1, 4) = substr(p.proof_on, 1, 4)
      AND (later.proof_on > p.proof_on OR (later.proof_on = p.proof_on AND later.id > p.id)));
DELETE FROM right_suspension WHERE right_id IN (
    SELECT r.id FROM dated_right AS r JOIN expert_piece AS p ON p.id = r.source_id
    WHERE r.source_kind = 'expert_piece' AND p.code = 'interests');
DELETE FROM dated_right WHERE source_kind = 'expert_piece'
    AND source_id IN (SELECT id FROM expert_piece WHERE code = 'interests');
DELETE FROM expert_piece WHERE code = 'interests';
UPDATE setting SET value = json_remove(value, '$.declaration_months') WHERE key = 'experts.renewal';
";

const POSTGRES_DOWN: &str = "
INSERT INTO expert_piece (id, expert_id, code, note, proof_on, valid_until, recorded_by, recorded_at)
SELECT i.id, i.expert_id, 'interests', i.note, i.declared_on, (i.declared_on + interval '1 year' - interval '1 day')::date, NULL,
    (extract(epoch FROM i.declared_on::timestamp AT TIME ZONE 'UTC') * 1000)::bigint
FROM interest_declaration AS i;
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'expert', p.expert_id, 'piece', 'interests', e.number, p.proof_on,
    least(p.valid_until, (SELECT min(later.proof_on) FROM expert_piece AS later
        WHERE later.expert_id = p.expert_id AND later.code = 'interests' AND later.proof_on > p.proof_on) - 1),
    NULL, 'in_force', 'expert_piece', p.id, NULL, p.recorded_at, 1
FROM expert_piece AS p JOIN expert AS e ON e.id = p.expert_id WHERE p.code = 'interests';
DELETE FROM interest_declaration;
";

const SQLITE_DOWN: &str = "
INSERT INTO expert_piece (id, expert_id, code, note, proof_on, valid_until, recorded_by, recorded_at)
SELECT i.id, i.expert_id, 'interests', i.note, i.declared_on, date(i.declared_on, '+1 year', '-1 day'), NULL,
    CAST(strftime('%s', i.declared_on) AS integer) * 1000
FROM interest_declaration AS i;
INSERT INTO dated_right (id, holder_kind, holder_id, kind, scope, reference, starts_on, ends_on, grace_until, state, source_kind, source_id, alerted, created_at, version)
SELECT p.id, 'expert', p.expert_id, 'piece', 'interests', e.number, p.proof_on,
    min(p.valid_until, coalesce((SELECT date(min(later.proof_on), '-1 day') FROM expert_piece AS later
        WHERE later.expert_id = p.expert_id AND later.code = 'interests' AND later.proof_on > p.proof_on), p.valid_until)),
    NULL, 'in_force', 'expert_piece', p.id, NULL, p.recorded_at, 1
FROM expert_piece AS p JOIN expert AS e ON e.id = p.expert_id WHERE p.code = 'interests';
DELETE FROM interest_declaration;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
