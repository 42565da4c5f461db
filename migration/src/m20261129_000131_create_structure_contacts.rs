//! Creates the other contacts of a structure, each for one matter; the one who receives the mails stays in `structure`.

use crate::schema_step;

const UP: &str = "
CREATE TABLE structure_contact (
    id {uuid} NOT NULL PRIMARY KEY,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    duty text NOT NULL CHECK (duty IN ('management', 'cqp_referent', 'disability_referent', 'billing', 'other')),
    name text NOT NULL,
    title text NOT NULL,
    email text NOT NULL,
    phone text
);
CREATE INDEX structure_contact_of ON structure_contact (structure_id);
";

const DOWN: &str = "DROP TABLE structure_contact;";

schema_step!(up: [UP], down: [DOWN]);
