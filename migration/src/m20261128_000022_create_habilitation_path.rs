//! An habilitation becomes the file of a whole path, from the application to its end; its days leave for `dated_right`.
//! Steps of the path, pieces of an expert, and what the file of an expert says of territory and languages.

use crate::schema_step;

const UP: &str = "
ALTER TABLE habilitation RENAME TO habilitation_before;
CREATE TABLE habilitation (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    duty text NOT NULL CHECK (duty IN ('mandataire', 'controleur', 'epsp')),
    state text NOT NULL CHECK (state IN ('applied', 'in_training', 'presented', 'active', 'suspended', 'refused', 'withdrawn', 'resigned', 'expired')),
    certification_id {uuid} REFERENCES certification (id),
    regions text NOT NULL,
    applied_on date,
    motivation text NOT NULL,
    senior_id {uuid} REFERENCES expert (id),
    action_plan text NOT NULL,
    charter_signed_at bigint,
    jury_on date,
    jury text NOT NULL,
    decided_at bigint,
    decision_text text NOT NULL,
    redo text NOT NULL,
    deferred_at bigint,
    withdrawal_reason text,
    withdrawal_asked_by {uuid} REFERENCES account (id),
    withdrawal_asked_at bigint,
    version integer NOT NULL,
    CHECK (senior_id IS NULL OR senior_id <> expert_id)
);
INSERT INTO habilitation (id, expert_id, duty, state, certification_id, regions, motivation, action_plan, jury, decision_text, redo, version)
SELECT id, expert_id, duty, state, certification_id, regions, '', '', '', '', '', 1 FROM habilitation_before;
DROP TABLE habilitation_before;
CREATE INDEX habilitation_expert ON habilitation (expert_id);
CREATE INDEX habilitation_duty ON habilitation (duty, state);
CREATE INDEX habilitation_senior ON habilitation (senior_id);
CREATE TABLE habilitation_step (
    id {uuid} NOT NULL PRIMARY KEY,
    habilitation_id {uuid} NOT NULL REFERENCES habilitation (id),
    kind text NOT NULL CHECK (kind IN ('interview', 'theory', 'observation', 'co_animation', 'supervised', 'accompaniment')),
    done_on date NOT NULL,
    place text NOT NULL,
    sheet text NOT NULL,
    logged_by {uuid} REFERENCES account (id),
    logged_at bigint NOT NULL
);
CREATE INDEX habilitation_step_of ON habilitation_step (habilitation_id, done_on);
CREATE TABLE expert_piece (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    code text NOT NULL CHECK (code IN ('cv', 'certificate', 'vigilance', 'insurance', 'employer_letter', 'other')),
    note text NOT NULL,
    proof_on date NOT NULL,
    valid_until date,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    CHECK (valid_until IS NULL OR valid_until >= proof_on)
);
CREATE INDEX expert_piece_of ON expert_piece (expert_id, code, proof_on);
ALTER TABLE expert ADD COLUMN territories text NOT NULL DEFAULT '';
ALTER TABLE expert ADD COLUMN travel_km integer;
ALTER TABLE expert ADD COLUMN languages text NOT NULL DEFAULT '';
";

const DOWN: &str = "
ALTER TABLE expert DROP COLUMN languages;
ALTER TABLE expert DROP COLUMN travel_km;
ALTER TABLE expert DROP COLUMN territories;
DROP TABLE expert_piece;
DROP TABLE habilitation_step;
ALTER TABLE habilitation RENAME TO habilitation_after;
CREATE TABLE habilitation (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    duty text NOT NULL CHECK (duty IN ('mandataire', 'controleur', 'epsp')),
    state text NOT NULL CHECK (state IN ('active', 'suspended', 'expired', 'resigned', 'withdrawn')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    certification_id {uuid} REFERENCES certification (id),
    regions text NOT NULL,
    CHECK (ends_on >= starts_on)
);
INSERT INTO habilitation (id, expert_id, duty, state, starts_on, ends_on, certification_id, regions)
SELECT h.id, h.expert_id, h.duty, h.state, min(r.starts_on), max(r.ends_on), h.certification_id, h.regions
FROM habilitation_after AS h JOIN dated_right AS r ON r.source_kind = 'habilitation' AND r.source_id = h.id
WHERE r.state <> 'void' AND h.state IN ('active', 'suspended', 'expired', 'resigned', 'withdrawn')
GROUP BY h.id, h.expert_id, h.duty, h.state, h.certification_id, h.regions;
DROP TABLE habilitation_after;
CREATE INDEX habilitation_expert ON habilitation (expert_id);
CREATE INDEX habilitation_duty ON habilitation (duty, state);
";

schema_step!(up: [UP], down: [DOWN]);
