//! The other certifications that a mission is for, beside the first one, which stays in its row.

use crate::schema_step;

const UP: &str = "
CREATE TABLE mission_certification (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} NOT NULL REFERENCES mission (id),
    certification_id {uuid} NOT NULL REFERENCES certification (id)
);
CREATE UNIQUE INDEX mission_certification_once ON mission_certification (mission_id, certification_id);
";

const DOWN: &str = "DROP TABLE mission_certification;";

schema_step!(up: [UP], down: [DOWN]);
