//! The text of a convention is kept as it is offered for signature, with its fingerprint, and each signature with the
//! quality of whoever signed. A convention of before has no text kept: its documents say what they said.

use crate::schema_step;

const UP: &str = "
ALTER TABLE agreement ADD COLUMN convention_text text;
ALTER TABLE agreement ADD COLUMN convention_hash text;
ALTER TABLE agreement ADD COLUMN signed_by_structure_quality text;
ALTER TABLE agreement ADD COLUMN signed_by_certifier_quality text;
";

const DOWN: &str = "
ALTER TABLE agreement DROP COLUMN signed_by_certifier_quality;
ALTER TABLE agreement DROP COLUMN signed_by_structure_quality;
ALTER TABLE agreement DROP COLUMN convention_hash;
ALTER TABLE agreement DROP COLUMN convention_text;
";

schema_step!(up: [UP], down: [DOWN]);
