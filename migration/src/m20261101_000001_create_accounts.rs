//! Creates accounts, their roles, sessions and tokens.

use crate::schema_step;

const UP: &str = "
CREATE TABLE account (
    id {uuid} NOT NULL PRIMARY KEY,
    email text NOT NULL,
    email_folded text NOT NULL,
    name text NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'disabled')),
    password_hash text,
    totp_secret {bytes},
    totp_confirmed_at bigint,
    totp_last_step bigint,
    theme text NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
    shortcuts boolean NOT NULL,
    expert_id {uuid},
    created_at bigint NOT NULL,
    last_sign_in_at bigint,
    version integer NOT NULL,
    UNIQUE (email_folded)
);
CREATE TABLE account_role (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'officer', 'expert', 'structure', 'trainee', 'auditor')),
    structure_id {uuid},
    structure_admin boolean NOT NULL,
    certification_id {uuid},
    regions text NOT NULL,
    granted_at bigint NOT NULL,
    CHECK ((role = 'structure') = (structure_id IS NOT NULL))
);
CREATE UNIQUE INDEX account_role_staff_once ON account_role (account_id, role) WHERE structure_id IS NULL;
CREATE UNIQUE INDEX account_role_structure_once ON account_role (account_id, role, structure_id) WHERE structure_id IS NOT NULL;
CREATE INDEX account_role_structure ON account_role (structure_id);
CREATE INDEX account_role_role ON account_role (role);
CREATE TABLE sign_in_link (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    token_hash {bytes} NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'invitation')),
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    UNIQUE (token_hash)
);
CREATE INDEX sign_in_link_account ON sign_in_link (account_id);
CREATE TABLE web_session (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    token_hash {bytes} NOT NULL,
    csrf text NOT NULL,
    second_factor boolean NOT NULL,
    agent text NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint,
    UNIQUE (token_hash)
);
CREATE INDEX web_session_account ON web_session (account_id);
CREATE TABLE api_token (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    name text NOT NULL,
    token_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    last_used_at bigint,
    revoked_at bigint,
    UNIQUE (token_hash)
);
CREATE INDEX api_token_account ON api_token (account_id);
CREATE TABLE recovery_code (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    code_hash {bytes} NOT NULL,
    used_at bigint
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);
CREATE TABLE idempotency_key (
    id {uuid} NOT NULL PRIMARY KEY,
    request_hash {bytes} NOT NULL,
    status integer,
    body text,
    location text,
    etag text,
    created_at bigint NOT NULL
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);
";

const DOWN: &str = "
DROP TABLE idempotency_key;
DROP TABLE recovery_code;
DROP TABLE api_token;
DROP TABLE web_session;
DROP TABLE sign_in_link;
DROP TABLE account_role;
DROP TABLE account;
";

schema_step!(up: [UP], down: [DOWN]);
