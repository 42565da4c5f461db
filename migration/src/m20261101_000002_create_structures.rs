//! Creates structures, certifications and experts.

use crate::schema_step;

const UP: &str = "
CREATE TABLE structure (
    id {uuid} NOT NULL PRIMARY KEY,
    siren text NOT NULL,
    name text NOT NULL,
    search text NOT NULL,
    legal_form text NOT NULL,
    rna text,
    idcc text,
    nda text,
    activities text NOT NULL,
    headcount integer,
    insertion_posts integer,
    contact_name text NOT NULL,
    contact_title text NOT NULL,
    contact_email text NOT NULL,
    contact_phone text,
    address text NOT NULL,
    postal_code text NOT NULL,
    commune text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    state_agreement_until date,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (siren)
);
CREATE INDEX structure_name ON structure (name);
CREATE INDEX structure_region ON structure (region);
CREATE TABLE site (
    id {uuid} NOT NULL PRIMARY KEY,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    siret text NOT NULL,
    label text NOT NULL,
    address text NOT NULL,
    postal_code text NOT NULL,
    commune text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    is_seat boolean NOT NULL,
    closed_on date,
    UNIQUE (siret)
);
CREATE INDEX site_structure ON site (structure_id);
CREATE TABLE certification (
    id {uuid} NOT NULL PRIMARY KEY,
    code text NOT NULL,
    short_title text NOT NULL,
    title text NOT NULL,
    UNIQUE (code)
);
CREATE TABLE certification_version (
    id {uuid} NOT NULL PRIMARY KEY,
    certification_id {uuid} NOT NULL REFERENCES certification (id),
    label text NOT NULL,
    title text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    last_delivery_on date,
    version integer NOT NULL
);
CREATE INDEX certification_version_of ON certification_version (certification_id);
CREATE TABLE registration (
    id {uuid} NOT NULL PRIMARY KEY,
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    register text NOT NULL CHECK (register IN ('none', 'rs', 'rncp')),
    number text,
    decided_on date,
    starts_on date NOT NULL,
    ends_on date,
    level text
);
CREATE INDEX registration_of ON registration (certification_version_id);
CREATE TABLE legal_certifier (
    id {uuid} NOT NULL PRIMARY KEY,
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    name text NOT NULL,
    siret text,
    starts_on date NOT NULL,
    ends_on date
);
CREATE INDEX legal_certifier_of ON legal_certifier (certification_version_id);
CREATE TABLE expert (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    family_name text NOT NULL,
    first_names text NOT NULL,
    search text NOT NULL,
    email text NOT NULL,
    phone text,
    employer text,
    status text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (number)
);
CREATE INDEX expert_name ON expert (family_name);
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
CREATE INDEX habilitation_expert ON habilitation (expert_id);
CREATE INDEX habilitation_duty ON habilitation (duty, state);
CREATE TABLE declared_interest (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    tie text NOT NULL CHECK (tie IN ('employee_board_or_provider', 'support_expert', 'epsp_trainer_of_team', 'jury_president')),
    since date,
    until date,
    detail text NOT NULL,
    declared_on date NOT NULL
);
CREATE INDEX declared_interest_expert ON declared_interest (expert_id);
CREATE INDEX declared_interest_structure ON declared_interest (structure_id);
";

const DOWN: &str = "
DROP TABLE declared_interest;
DROP TABLE habilitation;
DROP TABLE expert;
DROP TABLE legal_certifier;
DROP TABLE registration;
DROP TABLE certification_version;
DROP TABLE certification;
DROP TABLE site;
DROP TABLE structure;
";

schema_step!(up: [UP], down: [DOWN]);
