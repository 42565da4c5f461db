//! Two periods of one site, version and role never overlap: an exclusion constraint on PostgreSQL, triggers on SQLite.
//!
//! A site belongs to one structure, so the site stands for the structure as well.

use crate::schema_step;

const POSTGRES_UP: &str = "
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE agreement_period ADD CONSTRAINT agreement_period_overlap EXCLUDE USING gist (
    site_id WITH =,
    certification_version_id WITH =,
    role WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
);
";

const POSTGRES_DOWN: &str = "
ALTER TABLE agreement_period DROP CONSTRAINT agreement_period_overlap;
";

const SQLITE_UP: &str = "
CREATE TRIGGER agreement_period_overlap_insert BEFORE INSERT ON agreement_period
WHEN EXISTS (
    SELECT 1 FROM agreement_period AS other
    WHERE other.site_id = NEW.site_id
      AND other.certification_version_id = NEW.certification_version_id
      AND other.role = NEW.role
      AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'agreement_period_overlap'); END;
CREATE TRIGGER agreement_period_overlap_update BEFORE UPDATE ON agreement_period
WHEN EXISTS (
    SELECT 1 FROM agreement_period AS other
    WHERE other.id <> NEW.id
      AND other.site_id = NEW.site_id
      AND other.certification_version_id = NEW.certification_version_id
      AND other.role = NEW.role
      AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'agreement_period_overlap'); END;
";

const SQLITE_DOWN: &str = "
DROP TRIGGER agreement_period_overlap_update;
DROP TRIGGER agreement_period_overlap_insert;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
