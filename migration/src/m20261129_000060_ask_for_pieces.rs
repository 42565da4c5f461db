//! A request keeps the pieces that the settings asked for when it was opened, so that a later setting changes nothing of
//! it; a mail keeps the version of the template that it was written with.

use crate::schema_step;

const UP: &str = "
ALTER TABLE agreement_request ADD COLUMN pieces_required text NOT NULL DEFAULT '';
ALTER TABLE mail ADD COLUMN template_version text NOT NULL DEFAULT '';
";

const DOWN: &str = "
ALTER TABLE mail DROP COLUMN template_version;
ALTER TABLE agreement_request DROP COLUMN pieces_required;
";

schema_step!(up: [UP], down: [DOWN]);
