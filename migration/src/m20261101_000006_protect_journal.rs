//! The database itself refuses to change or delete what the journal says, and lists the events not yet sealed.

use crate::schema_step;

const SQLITE_UP: &str = "
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_leaf_no_update BEFORE UPDATE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'audit_leaf is append-only'); END;
CREATE TRIGGER audit_leaf_no_delete BEFORE DELETE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'audit_leaf is append-only'); END;
CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'audit_seal is append-only'); END;
CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'audit_seal is append-only'); END;
CREATE TRIGGER audit_event_pending AFTER INSERT ON audit_event
BEGIN INSERT OR IGNORE INTO audit_pending (event_id) VALUES (NEW.id); END;
CREATE TRIGGER audit_leaf_placed AFTER INSERT ON audit_leaf
BEGIN DELETE FROM audit_pending WHERE event_id = NEW.event_id; END;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
";

const SQLITE_DOWN: &str = "
DROP TRIGGER decision_no_delete;
DROP TRIGGER decision_no_update;
DROP TRIGGER audit_leaf_placed;
DROP TRIGGER audit_event_pending;
DROP TRIGGER audit_seal_no_delete;
DROP TRIGGER audit_seal_no_update;
DROP TRIGGER audit_leaf_no_delete;
DROP TRIGGER audit_leaf_no_update;
DROP TRIGGER audit_event_no_delete;
DROP TRIGGER audit_event_no_update;
";

const POSTGRES_UP: &str = "
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION list_pending_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit_pending (event_id) VALUES (NEW.id) ON CONFLICT DO NOTHING; RETURN NULL; END $$;
CREATE TRIGGER audit_event_pending AFTER INSERT ON audit_event
FOR EACH ROW EXECUTE FUNCTION list_pending_event();
CREATE FUNCTION place_pending_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN DELETE FROM audit_pending WHERE event_id = NEW.event_id; RETURN NULL; END $$;
CREATE TRIGGER audit_leaf_placed AFTER INSERT ON audit_leaf
FOR EACH ROW EXECUTE FUNCTION place_pending_event();
CREATE TRIGGER audit_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
";

const POSTGRES_DOWN: &str = "
DROP TRIGGER decision_append_only ON decision;
DROP TRIGGER audit_seal_append_only ON audit_seal;
DROP TRIGGER audit_leaf_append_only ON audit_leaf;
DROP TRIGGER audit_leaf_placed ON audit_leaf;
DROP FUNCTION place_pending_event();
DROP TRIGGER audit_event_pending ON audit_event;
DROP FUNCTION list_pending_event();
DROP TRIGGER audit_event_append_only ON audit_event;
DROP FUNCTION refuse_change();
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
