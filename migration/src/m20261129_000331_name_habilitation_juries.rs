//! The jury of an habilitation keeps its name in calendars when it moves: the version of the file when it was presented.
//! Those that are presented now had that of their last version.

use crate::schema_step;

const UP: &str = "
ALTER TABLE habilitation ADD COLUMN jury_version integer;
UPDATE habilitation SET jury_version = version WHERE state = 'presented';
";

const DOWN: &str = "
ALTER TABLE habilitation DROP COLUMN jury_version;
";

schema_step!(up: [UP], down: [DOWN]);
