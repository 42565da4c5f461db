//! Creates the files of candidates: civil status, path, pieces, ties (domain reference, 1.5, 1.6, 6.7).

use crate::schema_step;

const UP: &str = "
CREATE TABLE candidate (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    referential_id {uuid} REFERENCES referential (id),
    way text NOT NULL CHECK (way IN ('fc', 'contrat_pro', 'ca', 'fi', 'vae', 'candidat_libre')),
    state text NOT NULL CHECK (state IN ('enrolled', 'positioned', 'on_path', 'file_submitted', 'file_incomplete', 'admitted', 'summoned', 'present', 'absent_excused', 'absent', 'total', 'partial', 'refused', 'adjourned', 'under_review', 'notified', 'appealed', 'withdrawn', 'excluded', 'revoked')),
    birth_name text NOT NULL,
    has_no_birth_name boolean NOT NULL,
    usual_name text NOT NULL,
    first_names text NOT NULL,
    other_first_names text NOT NULL,
    has_no_first_name boolean NOT NULL,
    sex text NOT NULL CHECK (sex IN ('', 'M', 'F')),
    birth_date text NOT NULL,
    birth_country text NOT NULL,
    birth_commune text NOT NULL,
    birth_locality text NOT NULL,
    completeness integer NOT NULL CHECK (completeness BETWEEN 0 AND 100),
    identity_document text NOT NULL CHECK (identity_document IN ('', 'identity_card', 'passport', 'residence_permit', 'driving_licence', 'other')),
    identity_seen_on date,
    identity_seen_by text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    postal_address text NOT NULL,
    detained boolean NOT NULL,
    guardian text NOT NULL,
    contract text NOT NULL CHECK (contract IN ('cddi', 'cui', 'apprenticeship', 'professionalisation', 'other', 'none')),
    employer text NOT NULL,
    referent text NOT NULL,
    path_starts_on date,
    frozen_hash {bytes},
    file_revision integer NOT NULL CHECK (file_revision >= 0),
    first_enrolled_on date NOT NULL,
    decision text CHECK (decision IN ('total', 'partial', 'refused', 'adjourned', 'absent', 'absent_excused', 'fraud')),
    decided_on date,
    notified_at bigint,
    attempts integer NOT NULL CHECK (attempts >= 0),
    leaving text CHECK (leaving IN ('work', 'end_of_contract', 'health', 'other')),
    reason text,
    asked_again text,
    external_ref text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL
);
CREATE INDEX candidate_structure ON candidate (structure_id, state);
CREATE INDEX candidate_state ON candidate (state, id);
CREATE INDEX candidate_version ON candidate (certification_version_id, state);
CREATE INDEX candidate_birth ON candidate (birth_date);
CREATE UNIQUE INDEX candidate_external ON candidate (external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE candidate_stay (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    since date NOT NULL,
    until date,
    CHECK (until IS NULL OR until >= since)
);
CREATE UNIQUE INDEX candidate_stay_open ON candidate_stay (candidate_id) WHERE until IS NULL;
CREATE INDEX candidate_stay_structure ON candidate_stay (structure_id);
CREATE TABLE candidate_positioning (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    skill_id {uuid} NOT NULL REFERENCES skill (id),
    result text NOT NULL CHECK (result IN ('acquired', 'to_work_on', 'not_seen')),
    recorded_on date NOT NULL,
    UNIQUE (candidate_id, skill_id)
);
CREATE TABLE candidate_observation (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    skill_id {uuid} NOT NULL REFERENCES skill (id),
    observed_on date NOT NULL,
    situation text NOT NULL,
    assessor text NOT NULL,
    assessor_expert_id {uuid} REFERENCES expert (id),
    result text NOT NULL CHECK (result IN ('acquired', 'in_progress', 'not_acquired')),
    comment text NOT NULL,
    candidate_comment text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint,
    void_reason text
);
CREATE INDEX candidate_observation_candidate ON candidate_observation (candidate_id, observed_on);
CREATE INDEX candidate_observation_assessor ON candidate_observation (assessor_expert_id);
CREATE TABLE candidate_immersion (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    company text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    tutor text NOT NULL,
    evaluation text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint,
    void_reason text,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX candidate_immersion_candidate ON candidate_immersion (candidate_id);
CREATE TABLE candidate_piece (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    kind text NOT NULL CHECK (kind IN ('positioning_sheet', 'livret', 'immersion_agreement', 'tutor_evaluation', 'jury_file', 'consent', 'other')),
    document_id {uuid} NOT NULL REFERENCES document (id),
    file_name text NOT NULL,
    added_by {uuid} REFERENCES account (id),
    added_at bigint NOT NULL,
    removed_at bigint
);
CREATE INDEX candidate_piece_candidate ON candidate_piece (candidate_id);
CREATE TABLE candidate_adaptation (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    measure {bytes} NOT NULL,
    agreed_by {uuid} REFERENCES account (id),
    consented_on date NOT NULL,
    recorded_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX candidate_adaptation_candidate ON candidate_adaptation (candidate_id);
CREATE TABLE candidate_tie (
    id {uuid} NOT NULL PRIMARY KEY,
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    kind text NOT NULL CHECK (kind IN ('trained', 'supervised', 'accompanied', 'assessed', 'family', 'business', 'dispute')),
    since date NOT NULL,
    until date,
    source text NOT NULL CHECK (source IN ('observation', 'declared_by_expert', 'declared_by_candidate', 'declared_by_structure', 'recorded')),
    source_id {uuid},
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint,
    void_reason text,
    CHECK (until IS NULL OR until >= since)
);
CREATE INDEX candidate_tie_candidate ON candidate_tie (candidate_id);
CREATE INDEX candidate_tie_expert ON candidate_tie (expert_id);
";

const DOWN: &str = "
DROP TABLE candidate_tie;
DROP TABLE candidate_adaptation;
DROP TABLE candidate_piece;
DROP TABLE candidate_immersion;
DROP TABLE candidate_observation;
DROP TABLE candidate_positioning;
DROP TABLE candidate_stay;
DROP TABLE candidate;
";

schema_step!(up: [UP], down: [DOWN]);
