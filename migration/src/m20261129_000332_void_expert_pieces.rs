//! A piece of an expert that was recorded by mistake is taken back, with a reason. On the way down it
//! goes: its right is void already.

use crate::schema_step;

const UP: &str = "
ALTER TABLE expert_piece ADD COLUMN voided_at bigint;
ALTER TABLE expert_piece ADD COLUMN void_reason text;
";

const DOWN: &str = "
DELETE FROM expert_piece WHERE voided_at IS NOT NULL;
ALTER TABLE expert_piece DROP COLUMN void_reason;
ALTER TABLE expert_piece DROP COLUMN voided_at;
";

schema_step!(up: [UP], down: [DOWN]);
