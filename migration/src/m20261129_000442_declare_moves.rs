//! When a structure declared another address of an agreed site, until the team has looked at it.

use crate::schema_step;

const UP: &str = "
ALTER TABLE site ADD COLUMN moved_at bigint;
CREATE INDEX site_moved ON site (moved_at) WHERE moved_at IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX site_moved;
ALTER TABLE site DROP COLUMN moved_at;
";

schema_step!(up: [UP], down: [DOWN]);
