//! A piece that the structure takes back leaves the file; its versions stay, marked, as those that were replaced.

use crate::schema_step;

const UP: &str = "ALTER TABLE request_piece ADD COLUMN removed_at bigint;";

const DOWN: &str = "ALTER TABLE request_piece DROP COLUMN removed_at;";

schema_step!(up: [UP], down: [DOWN]);
