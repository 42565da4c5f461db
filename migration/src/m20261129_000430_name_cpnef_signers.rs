//! The rules of a jury name the account that validates its lists for the joint body of the branch.

use crate::schema_step;

const UP: &str = "ALTER TABLE jury_rules ADD COLUMN cpnef_signer text;";

const DOWN: &str = "ALTER TABLE jury_rules DROP COLUMN cpnef_signer;";

schema_step!(up: [UP], down: [DOWN]);
