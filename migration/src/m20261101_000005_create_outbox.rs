//! Creates mails, jobs, settings and figures.

use crate::schema_step;

const UP: &str = "
CREATE TABLE mail (
    id {uuid} NOT NULL PRIMARY KEY,
    event_id {uuid} NOT NULL REFERENCES audit_event (id),
    template text NOT NULL,
    recipient {json} NOT NULL,
    reason text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    calendar text,
    calendar_method text,
    applies {json},
    subject_kind text NOT NULL,
    subject_id {uuid} NOT NULL,
    dedupe text,
    state text NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'skipped', 'failed')),
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    lease_until bigint,
    answer text,
    created_at bigint NOT NULL,
    sent_at bigint,
    UNIQUE (dedupe)
);
CREATE INDEX mail_due ON mail (due_at) WHERE state IN ('pending','sending');
CREATE INDEX mail_subject ON mail (subject_kind, subject_id);
CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX mail_event ON mail (event_id);
CREATE TABLE mail_delivery (
    id {uuid} NOT NULL PRIMARY KEY,
    mail_id {uuid} NOT NULL REFERENCES mail (id),
    address text NOT NULL,
    message_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('accepted', 'deferred', 'refused')),
    answer text,
    at bigint NOT NULL,
    UNIQUE (mail_id, address)
);
CREATE TABLE job (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    payload {json} NOT NULL,
    dedupe text,
    state text NOT NULL CHECK (state IN ('pending', 'running', 'done', 'failed')),
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    lease_until bigint,
    error text,
    created_at bigint NOT NULL,
    done_at bigint,
    UNIQUE (dedupe)
);
CREATE INDEX job_due ON job (due_at) WHERE state IN ('pending','running');
CREATE TABLE setting (
    key text NOT NULL PRIMARY KEY,
    value {json} NOT NULL,
    version integer NOT NULL,
    changed_at bigint NOT NULL,
    changed_by {uuid} REFERENCES account (id)
);
CREATE TABLE number_series (
    id text NOT NULL PRIMARY KEY,
    last integer NOT NULL
);
CREATE TABLE yearly_figure (
    id text NOT NULL PRIMARY KEY,
    year integer NOT NULL,
    measure text NOT NULL,
    value integer
);
";

const DOWN: &str = "
DROP TABLE yearly_figure;
DROP TABLE number_series;
DROP TABLE setting;
DROP TABLE job;
DROP TABLE mail_delivery;
DROP TABLE mail;
";

schema_step!(up: [UP], down: [DOWN]);
