//! The date of a visit is one that the structure accepted: who accepted it for the structure, and on which day. Nothing is
//! known of the visits of before.

use crate::schema_step;

const UP: &str = "
ALTER TABLE agreement_request ADD COLUMN visit_accepted_by text;
ALTER TABLE agreement_request ADD COLUMN visit_accepted_on date;
";

const DOWN: &str = "
ALTER TABLE agreement_request DROP COLUMN visit_accepted_on;
ALTER TABLE agreement_request DROP COLUMN visit_accepted_by;
";

schema_step!(up: [UP], down: [DOWN]);
