//! The mission of observation whose report a step of the path to an habilitation rests on; none for those of before, and
//! for a step that no mission was given for. A mission counts once in a file.

use crate::schema_step;

const UP: &str = "
ALTER TABLE habilitation_step ADD COLUMN mission_id {uuid} REFERENCES mission (id);
CREATE UNIQUE INDEX habilitation_step_mission ON habilitation_step (habilitation_id, mission_id);
";

const DOWN: &str = "
DROP INDEX habilitation_step_mission;
ALTER TABLE habilitation_step DROP COLUMN mission_id;
";

schema_step!(up: [UP], down: [DOWN]);
