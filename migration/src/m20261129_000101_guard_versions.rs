//! Two entries in a register of one version never share a day, whichever the register or none; nor do two bodies
//! in charge: an exclusion constraint on PostgreSQL, triggers on SQLite.

use crate::schema_step;

const POSTGRES_UP: &str = "
ALTER TABLE registration ADD CONSTRAINT registration_overlap EXCLUDE USING gist (
    certification_version_id WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
);
ALTER TABLE legal_certifier ADD CONSTRAINT legal_certifier_overlap EXCLUDE USING gist (
    certification_version_id WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
);
";

const POSTGRES_DOWN: &str = "
ALTER TABLE legal_certifier DROP CONSTRAINT legal_certifier_overlap;
ALTER TABLE registration DROP CONSTRAINT registration_overlap;
";

const SQLITE_UP: &str = "
CREATE TRIGGER registration_overlap_insert BEFORE INSERT ON registration
WHEN EXISTS (
    SELECT 1 FROM registration AS other
    WHERE other.id <> NEW.id AND other.certification_version_id = NEW.certification_version_id
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'registration_overlap'); END;
CREATE TRIGGER registration_overlap_update BEFORE UPDATE ON registration
WHEN EXISTS (
    SELECT 1 FROM registration AS other
    WHERE other.id <> NEW.id AND other.certification_version_id = NEW.certification_version_id
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'registration_overlap'); END;
CREATE TRIGGER legal_certifier_overlap_insert BEFORE INSERT ON legal_certifier
WHEN EXISTS (
    SELECT 1 FROM legal_certifier AS other
    WHERE other.id <> NEW.id AND other.certification_version_id = NEW.certification_version_id
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'legal_certifier_overlap'); END;
CREATE TRIGGER legal_certifier_overlap_update BEFORE UPDATE ON legal_certifier
WHEN EXISTS (
    SELECT 1 FROM legal_certifier AS other
    WHERE other.id <> NEW.id AND other.certification_version_id = NEW.certification_version_id
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'legal_certifier_overlap'); END;
";

const SQLITE_DOWN: &str = "
DROP TRIGGER legal_certifier_overlap_update;
DROP TRIGGER legal_certifier_overlap_insert;
DROP TRIGGER registration_overlap_update;
DROP TRIGGER registration_overlap_insert;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
