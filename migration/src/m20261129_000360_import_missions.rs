//! A mission of the years before Parchemin comes from a file, under the reference that it has there: loaded again, the
//! file adds nothing. Those of the program have none.

use crate::schema_step;

const UP: &str = "
ALTER TABLE mission ADD COLUMN external_ref text;
CREATE UNIQUE INDEX mission_external_ref ON mission (external_ref) WHERE external_ref IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX mission_external_ref;
ALTER TABLE mission DROP COLUMN external_ref;
";

schema_step!(up: [UP], down: [DOWN]);
