//! A visit names the sites of its request where it goes; those fixed before name none.

use crate::schema_step;

const UP: &str = "ALTER TABLE request_site ADD COLUMN visited boolean NOT NULL DEFAULT false;";

const DOWN: &str = "ALTER TABLE request_site DROP COLUMN visited;";

schema_step!(up: [UP], down: [DOWN]);
