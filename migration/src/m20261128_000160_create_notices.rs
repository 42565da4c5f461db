//! Creates what each person wishes of messages, and what each message became for each person.

use crate::schema_step;

const UP: &str = "
CREATE TABLE notice_preference (
    account_id {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
    work text NOT NULL CHECK (work IN ('at_once', 'digest', 'never')),
    reminder text NOT NULL CHECK (reminder IN ('at_once', 'digest', 'never')),
    quiet_from integer CHECK (quiet_from BETWEEN 0 AND 23),
    quiet_until integer CHECK (quiet_until BETWEEN 0 AND 23),
    work_waits boolean,
    weekends boolean,
    digest_at integer CHECK (digest_at BETWEEN 0 AND 23),
    zone text,
    version integer NOT NULL
);
CREATE TABLE notice (
    id {uuid} NOT NULL PRIMARY KEY,
    mail_id {uuid} NOT NULL REFERENCES mail (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    way text NOT NULL CHECK (way IN ('mail', 'digest', 'silent')),
    at bigint NOT NULL,
    digested_at bigint,
    read_at bigint,
    UNIQUE (mail_id, account_id)
);
CREATE INDEX notice_account ON notice (account_id, id);
CREATE INDEX notice_unread ON notice (account_id) WHERE read_at IS NULL;
CREATE INDEX notice_held ON notice (account_id) WHERE way = 'digest' AND digested_at IS NULL;
";

const DOWN: &str = "
DROP TABLE notice;
DROP TABLE notice_preference;
";

schema_step!(up: [UP], down: [DOWN]);
