//! Creates the programmes of training: versioned sheets with every public field, their prices, modules and what they
//! cover of a referential (domain reference, 4.1, 4.2).
//!
//! A programme has one draft and one published version at most: the database says so.

use crate::schema_step;

const UP: &str = "
CREATE TABLE programme (
    id {uuid} NOT NULL PRIMARY KEY,
    code text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    title text NOT NULL,
    theme text NOT NULL CHECK (theme IN ('regulatory', 'health_safety', 'management', 'sector')),
    state text NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    trainer_right text NOT NULL CHECK (trainer_right IN ('none', 'epsp')),
    certification_id {uuid} REFERENCES certification (id),
    recycling_months integer CHECK (recycling_months > 0),
    retired_on date,
    external_ref text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL
);
CREATE INDEX programme_state ON programme (state, title, id);
CREATE INDEX programme_theme ON programme (theme, state);
CREATE UNIQUE INDEX programme_external ON programme (external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE programme_version (
    id {uuid} NOT NULL PRIMARY KEY,
    programme_id {uuid} NOT NULL REFERENCES programme (id),
    number integer NOT NULL CHECK (number >= 1),
    state text NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
    title text NOT NULL,
    goal text NOT NULL,
    audience text NOT NULL,
    prerequisites text NOT NULL,
    objectives text NOT NULL,
    duration_minutes integer CHECK (duration_minutes > 0),
    half_days integer CHECK (half_days > 0),
    rhythm text NOT NULL,
    modality text NOT NULL CHECK (modality IN ('on_site', 'remote', 'remote_async', 'mixed', 'afest')),
    places text NOT NULL,
    group_min integer CHECK (group_min >= 1),
    group_max integer CHECK (group_max >= 1),
    methods text NOT NULL,
    trainer_profile text NOT NULL,
    assessment_entry text NOT NULL,
    assessment_during text NOT NULL,
    assessment_end text NOT NULL,
    sanction text NOT NULL CHECK (sanction IN ('attestation', 'certification', 'none')),
    certification_version_id {uuid} REFERENCES certification_version (id),
    blocs text NOT NULL,
    equivalences text NOT NULL,
    bridges text NOT NULL,
    follow_ups text NOT NULL,
    outlets text NOT NULL,
    access_procedure text NOT NULL,
    access_delay text NOT NULL,
    vat text NOT NULL CHECK (vat IN ('exempt', 'standard')),
    funding_hints text NOT NULL,
    accessibility text NOT NULL,
    disability_contact text NOT NULL,
    contact text NOT NULL,
    remote_needs text NOT NULL,
    legal_notes text NOT NULL,
    nsf text NOT NULL,
    formacodes text NOT NULL,
    rome text NOT NULL,
    results_note text NOT NULL,
    updated_on date NOT NULL,
    published_by {uuid} REFERENCES account (id),
    published_at bigint,
    superseded_at bigint,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (programme_id, number),
    CHECK (group_max IS NULL OR group_min IS NULL OR group_max >= group_min),
    CHECK ((state = 'draft') = (published_at IS NULL))
);
CREATE UNIQUE INDEX programme_version_draft ON programme_version (programme_id) WHERE state = 'draft';
CREATE UNIQUE INDEX programme_version_published ON programme_version (programme_id) WHERE state = 'published';
CREATE INDEX programme_version_certification ON programme_version (certification_version_id);
CREATE TABLE programme_price (
    id {uuid} NOT NULL PRIMARY KEY,
    programme_version_id {uuid} NOT NULL REFERENCES programme_version (id),
    payer text NOT NULL CHECK (payer IN ('employer', 'opco', 'individual', 'member', 'public')),
    unit text NOT NULL CHECK (unit IN ('person', 'group', 'day', 'hour')),
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    note text NOT NULL,
    UNIQUE (programme_version_id, payer, unit)
);
CREATE TABLE programme_module (
    id {uuid} NOT NULL PRIMARY KEY,
    programme_version_id {uuid} NOT NULL REFERENCES programme_version (id),
    position integer NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    duration_minutes integer CHECK (duration_minutes > 0),
    UNIQUE (programme_version_id, position)
);
CREATE TABLE programme_skill (
    id {uuid} NOT NULL PRIMARY KEY,
    module_id {uuid} NOT NULL REFERENCES programme_module (id),
    skill_id {uuid} NOT NULL REFERENCES skill (id),
    UNIQUE (module_id, skill_id)
);
CREATE INDEX programme_skill_skill ON programme_skill (skill_id);
CREATE TABLE training_handbook (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('welcome_booklet', 'house_rules', 'terms')),
    number integer NOT NULL CHECK (number >= 1),
    document_id {uuid} NOT NULL REFERENCES document (id),
    in_force_on date NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    UNIQUE (kind, number)
);
CREATE INDEX training_handbook_force ON training_handbook (kind, in_force_on);
";

const DOWN: &str = "
DROP TABLE training_handbook;
DROP TABLE programme_skill;
DROP TABLE programme_module;
DROP TABLE programme_price;
DROP TABLE programme_version;
DROP TABLE programme;
";

schema_step!(up: [UP], down: [DOWN]);
