//! Links that answer a visit without an account, as those of the offers of missions. Only the hash of a token is kept.

use crate::schema_step;

const UP: &str = "
CREATE TABLE visit_link (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    controller_id {uuid} NOT NULL REFERENCES expert (id),
    token_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    UNIQUE (token_hash)
);
CREATE INDEX visit_link_request ON visit_link (request_id);
";

const DOWN: &str = "DROP TABLE visit_link;";

schema_step!(up: [UP], down: [DOWN]);
