//! Links that answer the invitation to a meeting without an account, as those of missions and of visits: only the hash of a
//! token is kept. Meetings are listed by when they begin.

use crate::schema_step;

const UP: &str = "
CREATE TABLE meeting_link (
    id {uuid} NOT NULL PRIMARY KEY,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    token_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    UNIQUE (token_hash)
);
CREATE INDEX meeting_link_meeting ON meeting_link (meeting_id);
CREATE INDEX meeting_start ON meeting (starts_at, id);
";

const DOWN: &str = "
DROP INDEX meeting_start;
DROP TABLE meeting_link;
";

schema_step!(up: [UP], down: [DOWN]);
