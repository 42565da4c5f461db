//! What a person answers before their habilitation is taken away; when and where a jury d’habilitation sits.

use crate::schema_step;

const UP: &str = "
ALTER TABLE habilitation ADD COLUMN withdrawal_answer text;
ALTER TABLE habilitation ADD COLUMN withdrawal_answered_at bigint;
ALTER TABLE habilitation ADD COLUMN jury_at bigint;
ALTER TABLE habilitation ADD COLUMN jury_place text;";

const DOWN: &str = "
ALTER TABLE habilitation DROP COLUMN jury_place;
ALTER TABLE habilitation DROP COLUMN jury_at;
ALTER TABLE habilitation DROP COLUMN withdrawal_answered_at;
ALTER TABLE habilitation DROP COLUMN withdrawal_answer;";

schema_step!(up: [UP], down: [DOWN]);
