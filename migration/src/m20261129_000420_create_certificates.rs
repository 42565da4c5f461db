//! Creates certificates: what was delivered, frozen, and each later change as a new row (domain reference, 1.10, 8.6).

use crate::schema_step;

const UP: &str = "
CREATE TABLE certificate_batch (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    total integer NOT NULL,
    done integer NOT NULL,
    archive_id {uuid} REFERENCES document (id),
    failure text,
    asked_by {uuid} REFERENCES account (id),
    asked_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX certificate_batch_session ON certificate_batch (session_id);
CREATE INDEX certificate_batch_state ON certificate_batch (state, id);
CREATE TABLE certificate (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('full', 'blocs')),
    candidate_id {uuid} REFERENCES candidate (id),
    passage_id {uuid} REFERENCES jury_passage (id),
    session_id {uuid} REFERENCES jury_session (id),
    batch_id {uuid} REFERENCES certificate_batch (id),
    certification_id {uuid} NOT NULL REFERENCES certification (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    structure_id {uuid} REFERENCES structure (id),
    state text NOT NULL CHECK (state IN ('valid', 'suspended', 'revoked', 'superseded')),
    holder_name text NOT NULL,
    initials text NOT NULL,
    content text NOT NULL,
    content_hash {bytes} NOT NULL,
    signature {bytes} NOT NULL,
    key_id text NOT NULL,
    decided_on date NOT NULL,
    delivered_on date NOT NULL,
    document_id {uuid} REFERENCES document (id),
    supersedes_id {uuid} REFERENCES certificate (id),
    public boolean NOT NULL,
    badge_index integer,
    external_ref text,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL
);
CREATE UNIQUE INDEX certificate_passage ON certificate (passage_id, kind) WHERE supersedes_id IS NULL AND passage_id IS NOT NULL;
CREATE UNIQUE INDEX certificate_superseded_once ON certificate (supersedes_id) WHERE supersedes_id IS NOT NULL;
CREATE UNIQUE INDEX certificate_badge ON certificate (badge_index) WHERE badge_index IS NOT NULL;
CREATE UNIQUE INDEX certificate_external ON certificate (external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX certificate_candidate ON certificate (candidate_id);
CREATE INDEX certificate_session ON certificate (session_id);
CREATE INDEX certificate_delivered ON certificate (delivered_on, id);
CREATE INDEX certificate_structure ON certificate (structure_id, delivered_on);
CREATE TABLE certificate_change (
    id {uuid} NOT NULL PRIMARY KEY,
    certificate_id {uuid} NOT NULL REFERENCES certificate (id),
    was text NOT NULL CHECK (was IN ('valid', 'suspended', 'revoked', 'superseded')),
    became text NOT NULL CHECK (became IN ('valid', 'suspended', 'revoked', 'superseded')),
    cause text NOT NULL CHECK (cause IN ('fraud', 'material_error', 'civil_status', 'appeal', 'inquiry', 'inquiry_closed', 'other')),
    reason text NOT NULL,
    asked_by {uuid} REFERENCES account (id),
    confirmed_by {uuid} REFERENCES account (id),
    changed_at bigint NOT NULL
);
CREATE INDEX certificate_change_certificate ON certificate_change (certificate_id, changed_at);
CREATE TABLE certificate_revocation (
    id {uuid} NOT NULL PRIMARY KEY,
    certificate_id {uuid} NOT NULL REFERENCES certificate (id),
    cause text NOT NULL CHECK (cause IN ('fraud', 'material_error', 'appeal', 'other')),
    reason text NOT NULL,
    asked_by {uuid} NOT NULL REFERENCES account (id),
    asked_at bigint NOT NULL,
    settled_by {uuid} REFERENCES account (id),
    settled_at bigint,
    agreed boolean
);
CREATE UNIQUE INDEX certificate_revocation_open ON certificate_revocation (certificate_id) WHERE settled_at IS NULL;
CREATE INDEX document_content ON document (sha256);
";

const DOWN: &str = "
DROP INDEX document_content;
DROP TABLE certificate_revocation;
DROP TABLE certificate_change;
DROP TABLE certificate;
DROP TABLE certificate_batch;
";

schema_step!(up: [UP], down: [DOWN]);
