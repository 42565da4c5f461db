//! Creates the secret addresses under which calendars read the agenda of an expert: one in force per person.

use crate::schema_step;

const UP: &str = "
CREATE TABLE agenda_feed (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    token_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    revoked_at bigint,
    UNIQUE (token_hash)
);
CREATE UNIQUE INDEX agenda_feed_one ON agenda_feed (expert_id) WHERE revoked_at IS NULL;
";

const DOWN: &str = "
DROP TABLE agenda_feed;
";

schema_step!(up: [UP], down: [DOWN]);
