//! Two agreements on a site never share a day for a version and a service: one that covers both services meets those that
//! cover either. What waits for its signatures keeps days that a right in force still has: it takes its place once it is
//! signed, so it is weighed against what waits only.
//!
//! Of the agreements that overlapped, the earlier ends on the eve of the later.

use crate::schema_step;

const POSTGRES_UP: &str = "
UPDATE dated_right SET state = 'void' WHERE dated_right.kind = 'agreement' AND dated_right.state IN ('in_force', 'ended') AND EXISTS (
    SELECT 1 FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND split_part(later.scope, '|', 1) = split_part(dated_right.scope, '|', 1)
    AND (later.scope = dated_right.scope OR later.scope LIKE '%train\\_and\\_organise' OR dated_right.scope LIKE '%train\\_and\\_organise')
    AND later.starts_on = dated_right.starts_on AND later.id > dated_right.id);
UPDATE dated_right SET grace_until = NULL, ends_on = (SELECT min(later.starts_on) FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND split_part(later.scope, '|', 1) = split_part(dated_right.scope, '|', 1)
    AND (later.scope = dated_right.scope OR later.scope LIKE '%train\\_and\\_organise' OR dated_right.scope LIKE '%train\\_and\\_organise')
    AND later.starts_on > dated_right.starts_on AND later.starts_on <= coalesce(dated_right.ends_on, '9999-12-31')) - 1
WHERE dated_right.kind = 'agreement' AND dated_right.state IN ('in_force', 'ended') AND EXISTS (
    SELECT 1 FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND split_part(later.scope, '|', 1) = split_part(dated_right.scope, '|', 1)
    AND (later.scope = dated_right.scope OR later.scope LIKE '%train\\_and\\_organise' OR dated_right.scope LIKE '%train\\_and\\_organise')
    AND later.starts_on > dated_right.starts_on AND later.starts_on <= coalesce(dated_right.ends_on, '9999-12-31'));
UPDATE agreement SET ends_on = (
    SELECT max(kept.ends_on) FROM dated_right AS kept WHERE kept.source_kind = 'agreement' AND kept.source_id = agreement.id AND kept.state <> 'void')
WHERE ends_on > (
    SELECT max(kept.ends_on) FROM dated_right AS kept WHERE kept.source_kind = 'agreement' AND kept.source_id = agreement.id AND kept.state <> 'void');
ALTER TABLE dated_right DROP CONSTRAINT dated_right_overlap;
ALTER TABLE dated_right ADD CONSTRAINT dated_right_overlap EXCLUDE USING gist (
    holder_kind WITH =,
    holder_id WITH =,
    kind WITH =,
    (CASE WHEN kind = 'agreement' THEN split_part(scope, '|', 1) ELSE scope END) WITH =,
    (CASE WHEN kind <> 'agreement' THEN int4range(1, 3)
          WHEN split_part(scope, '|', 2) = 'train' THEN int4range(1, 2)
          WHEN split_part(scope, '|', 2) = 'organise' THEN int4range(2, 3)
          ELSE int4range(1, 3) END) WITH &&,
    (CASE WHEN state = 'pending' THEN 1 ELSE 0 END) WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (state <> 'void');
";

const POSTGRES_DOWN: &str = "
ALTER TABLE dated_right DROP CONSTRAINT dated_right_overlap;
UPDATE dated_right SET state = 'void' WHERE state = 'pending' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> dated_right.id AND other.state IN ('in_force', 'ended') AND other.holder_kind = dated_right.holder_kind
      AND other.holder_id = dated_right.holder_id AND other.kind = dated_right.kind AND other.scope = dated_right.scope
      AND other.starts_on <= coalesce(dated_right.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= dated_right.starts_on);
ALTER TABLE dated_right ADD CONSTRAINT dated_right_overlap EXCLUDE USING gist (
    holder_kind WITH =,
    holder_id WITH =,
    kind WITH =,
    scope WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (state <> 'void');
";

const SQLITE_UP: &str = "
DROP TRIGGER dated_right_overlap_update;
DROP TRIGGER dated_right_overlap_insert;
UPDATE dated_right SET state = 'void' WHERE dated_right.kind = 'agreement' AND dated_right.state IN ('in_force', 'ended') AND EXISTS (
    SELECT 1 FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND substr(later.scope, 1, instr(later.scope, '|')) = substr(dated_right.scope, 1, instr(dated_right.scope, '|'))
    AND (later.scope = dated_right.scope OR substr(later.scope, instr(later.scope, '|')) = '|train_and_organise' OR substr(dated_right.scope, instr(dated_right.scope, '|')) = '|train_and_organise')
    AND later.starts_on = dated_right.starts_on AND later.id > dated_right.id);
UPDATE dated_right SET grace_until = NULL, ends_on = date((SELECT min(later.starts_on) FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND substr(later.scope, 1, instr(later.scope, '|')) = substr(dated_right.scope, 1, instr(dated_right.scope, '|'))
    AND (later.scope = dated_right.scope OR substr(later.scope, instr(later.scope, '|')) = '|train_and_organise' OR substr(dated_right.scope, instr(dated_right.scope, '|')) = '|train_and_organise')
    AND later.starts_on > dated_right.starts_on AND later.starts_on <= coalesce(dated_right.ends_on, '9999-12-31')), '-1 day')
WHERE dated_right.kind = 'agreement' AND dated_right.state IN ('in_force', 'ended') AND EXISTS (
    SELECT 1 FROM dated_right AS later WHERE later.kind = 'agreement' AND later.state IN ('in_force', 'ended') AND later.holder_kind = dated_right.holder_kind AND later.holder_id = dated_right.holder_id
    AND substr(later.scope, 1, instr(later.scope, '|')) = substr(dated_right.scope, 1, instr(dated_right.scope, '|'))
    AND (later.scope = dated_right.scope OR substr(later.scope, instr(later.scope, '|')) = '|train_and_organise' OR substr(dated_right.scope, instr(dated_right.scope, '|')) = '|train_and_organise')
    AND later.starts_on > dated_right.starts_on AND later.starts_on <= coalesce(dated_right.ends_on, '9999-12-31'));
UPDATE agreement SET ends_on = (
    SELECT max(kept.ends_on) FROM dated_right AS kept WHERE kept.source_kind = 'agreement' AND kept.source_id = agreement.id AND kept.state <> 'void')
WHERE ends_on > (
    SELECT max(kept.ends_on) FROM dated_right AS kept WHERE kept.source_kind = 'agreement' AND kept.source_id = agreement.id AND kept.state <> 'void');
CREATE TRIGGER dated_right_overlap_insert BEFORE INSERT ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND (other.state = 'pending') = (NEW.state = 'pending')
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND (other.scope = NEW.scope OR (other.kind = 'agreement'
        AND substr(other.scope, 1, instr(other.scope, '|')) = substr(NEW.scope, 1, instr(NEW.scope, '|'))
        AND (substr(other.scope, instr(other.scope, '|')) = '|train_and_organise' OR substr(NEW.scope, instr(NEW.scope, '|')) = '|train_and_organise')))
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TRIGGER dated_right_overlap_update BEFORE UPDATE ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND (other.state = 'pending') = (NEW.state = 'pending')
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND (other.scope = NEW.scope OR (other.kind = 'agreement'
        AND substr(other.scope, 1, instr(other.scope, '|')) = substr(NEW.scope, 1, instr(NEW.scope, '|'))
        AND (substr(other.scope, instr(other.scope, '|')) = '|train_and_organise' OR substr(NEW.scope, instr(NEW.scope, '|')) = '|train_and_organise')))
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
";

const SQLITE_DOWN: &str = "
DROP TRIGGER dated_right_overlap_update;
DROP TRIGGER dated_right_overlap_insert;
UPDATE dated_right SET state = 'void' WHERE state = 'pending' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> dated_right.id AND other.state IN ('in_force', 'ended') AND other.holder_kind = dated_right.holder_kind
      AND other.holder_id = dated_right.holder_id AND other.kind = dated_right.kind AND other.scope = dated_right.scope
      AND other.starts_on <= coalesce(dated_right.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= dated_right.starts_on);
CREATE TRIGGER dated_right_overlap_insert BEFORE INSERT ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
CREATE TRIGGER dated_right_overlap_update BEFORE UPDATE ON dated_right
WHEN NEW.state <> 'void' AND EXISTS (
    SELECT 1 FROM dated_right AS other
    WHERE other.id <> NEW.id AND other.state <> 'void'
      AND other.holder_kind = NEW.holder_kind AND other.holder_id = NEW.holder_id
      AND other.kind = NEW.kind AND other.scope = NEW.scope
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'dated_right_overlap'); END;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
