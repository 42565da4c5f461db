//! A declared tie that was recorded by mistake is voided, with a reason. On the way down it goes: it never was.

use crate::schema_step;

const UP: &str = "
ALTER TABLE declared_interest ADD COLUMN voided_at bigint;
ALTER TABLE declared_interest ADD COLUMN void_reason text;
";

const DOWN: &str = "
DELETE FROM declared_interest WHERE voided_at IS NOT NULL;
ALTER TABLE declared_interest DROP COLUMN void_reason;
ALTER TABLE declared_interest DROP COLUMN voided_at;
";

schema_step!(up: [UP], down: [DOWN]);
