//! Creates documents, journal and seals.

use crate::schema_step;

const UP: &str = "
CREATE TABLE document (
    id {uuid} NOT NULL PRIMARY KEY,
    sha256 {bytes} NOT NULL,
    size bigint NOT NULL,
    media_type text NOT NULL,
    file_name text NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id {uuid} NOT NULL,
    title text NOT NULL,
    generated boolean NOT NULL,
    template text NOT NULL,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL
);
CREATE INDEX document_subject ON document (subject_kind, subject_id);
CREATE TABLE audit_event (
    id {uuid} NOT NULL PRIMARY KEY,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id {uuid},
    role text NOT NULL,
    channel text NOT NULL,
    permission text NOT NULL,
    name text NOT NULL,
    code text NOT NULL,
    subject_kind text NOT NULL,
    subject_id {uuid} NOT NULL,
    subject_label text NOT NULL,
    state_before text,
    state_after text,
    reason text,
    payload text NOT NULL,
    documents text NOT NULL,
    mails text NOT NULL,
    request_id text,
    hash {bytes} NOT NULL
);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, id);
CREATE INDEX audit_event_at ON audit_event (at);
CREATE INDEX audit_event_name ON audit_event (name, id);
CREATE INDEX audit_event_label ON audit_event (subject_label, id);
CREATE INDEX audit_event_actor ON audit_event (actor_id, id);
CREATE TABLE audit_pending (
    event_id {uuid} NOT NULL PRIMARY KEY
);
CREATE TABLE audit_personal (
    id {uuid} NOT NULL PRIMARY KEY,
    event_id {uuid} NOT NULL REFERENCES audit_event (id),
    field text NOT NULL,
    salt {bytes} NOT NULL,
    value text,
    erased_at bigint
);
CREATE INDEX audit_personal_event ON audit_personal (event_id);
CREATE TABLE audit_leaf (
    seq bigint NOT NULL PRIMARY KEY,
    event_id {uuid} NOT NULL REFERENCES audit_event (id),
    hash {bytes} NOT NULL,
    UNIQUE (event_id)
);
CREATE TABLE audit_seal (
    tree_size bigint NOT NULL PRIMARY KEY,
    root {bytes} NOT NULL,
    frontier text NOT NULL,
    signed_at bigint NOT NULL,
    key_id text NOT NULL,
    signature {bytes} NOT NULL
);
CREATE TABLE audit_key (
    key_id text NOT NULL PRIMARY KEY,
    public_key {bytes} NOT NULL,
    created_at bigint NOT NULL,
    retired_at bigint
);
CREATE TABLE lease (
    name text NOT NULL PRIMARY KEY,
    holder {uuid} NOT NULL,
    until_at bigint NOT NULL
);
";

const DOWN: &str = "
DROP TABLE lease;
DROP TABLE audit_key;
DROP TABLE audit_seal;
DROP TABLE audit_leaf;
DROP TABLE audit_personal;
DROP TABLE audit_pending;
DROP TABLE audit_event;
DROP TABLE document;
";

schema_step!(up: [UP], down: [DOWN]);
