//! Creates the requests of structures that are not known yet: who asks for an account, and what the team answered.

use crate::schema_step;

const UP: &str = "
CREATE TABLE access_request (
    id {uuid} NOT NULL PRIMARY KEY,
    number text UNIQUE,
    state text NOT NULL CHECK (state IN ('unconfirmed', 'pending', 'accepted', 'refused')),
    siret text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    postal_code text NOT NULL,
    commune text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    contact_name text NOT NULL,
    contact_title text NOT NULL,
    contact_email text NOT NULL,
    contact_key text NOT NULL,
    contact_phone text,
    token_hash {bytes} NOT NULL UNIQUE,
    link_until bigint NOT NULL,
    created_at bigint NOT NULL,
    confirmed_at bigint,
    settled_at bigint,
    reason text,
    structure_id {uuid} REFERENCES structure (id),
    version integer NOT NULL,
    CHECK (state = 'unconfirmed' OR number IS NOT NULL),
    CHECK (state NOT IN ('accepted', 'refused') OR settled_at IS NOT NULL),
    CHECK (state <> 'accepted' OR structure_id IS NOT NULL)
);
CREATE INDEX access_request_contact ON access_request (contact_key, created_at);
CREATE INDEX access_request_state ON access_request (state, id);
";

const DOWN: &str = "DROP TABLE access_request;";

schema_step!(up: [UP], down: [DOWN]);
