//! The database itself refuses to change or delete what an issued invoice says, its lines, and a sum that was recorded.
//!
//! What follows an invoice (its state, what was paid, its document, reminders) still changes. A copy puts rows back in the order
//! of their tables, so that adding a line to an issued invoice is refused by its fingerprint and not here.

use crate::schema_step;

const SQLITE_UP: &str = "
CREATE TRIGGER invoice_frozen BEFORE UPDATE ON invoice
WHEN OLD.number IS NOT NULL AND (
      NEW.id IS NOT OLD.id OR
      NEW.number IS NOT OLD.number OR
      NEW.kind IS NOT OLD.kind OR
      NEW.party IS NOT OLD.party OR
      NEW.session_id IS NOT OLD.session_id OR
      NEW.buyer_id IS NOT OLD.buyer_id OR
      NEW.funding_id IS NOT OLD.funding_id OR
      NEW.credits_id IS NOT OLD.credits_id OR
      NEW.party_name IS NOT OLD.party_name OR
      NEW.party_siret IS NOT OLD.party_siret OR
      NEW.party_address IS NOT OLD.party_address OR
      NEW.party_reference IS NOT OLD.party_reference OR
      NEW.party_email IS NOT OLD.party_email OR
      NEW.subject IS NOT OLD.subject OR
      NEW.seller IS NOT OLD.seller OR
      NEW.issued_on IS NOT OLD.issued_on OR
      NEW.due_on IS NOT OLD.due_on OR
      NEW.mentions IS NOT OLD.mentions OR
      NEW.net_cents IS NOT OLD.net_cents OR
      NEW.vat_cents IS NOT OLD.vat_cents OR
      NEW.total_cents IS NOT OLD.total_cents OR
      NEW.reason IS NOT OLD.reason OR
      NEW.content_hash IS NOT OLD.content_hash OR
      NEW.issued_by IS NOT OLD.issued_by OR
      NEW.created_by IS NOT OLD.created_by OR
      NEW.created_at IS NOT OLD.created_at
)
BEGIN SELECT RAISE(ABORT, 'invoice is issued'); END;
CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'invoice is issued'); END;
CREATE TRIGGER invoice_line_frozen BEFORE UPDATE ON invoice_line
WHEN EXISTS (SELECT 1 FROM invoice AS i WHERE i.id IN (OLD.invoice_id, NEW.invoice_id) AND i.number IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'invoice is issued'); END;
CREATE TRIGGER invoice_line_kept BEFORE DELETE ON invoice_line
WHEN EXISTS (SELECT 1 FROM invoice AS i WHERE i.id = OLD.invoice_id AND i.number IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'invoice is issued'); END;
CREATE TRIGGER invoice_payment_frozen BEFORE UPDATE ON invoice_payment
WHEN NEW.id IS NOT OLD.id OR NEW.invoice_id IS NOT OLD.invoice_id OR NEW.amount_cents IS NOT OLD.amount_cents
  OR NEW.received_on IS NOT OLD.received_on OR NEW.way IS NOT OLD.way OR OLD.voided_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment is recorded'); END;
CREATE TRIGGER invoice_payment_kept BEFORE DELETE ON invoice_payment
BEGIN SELECT RAISE(ABORT, 'payment is recorded'); END;
";

const SQLITE_DOWN: &str = "
DROP TRIGGER invoice_payment_kept;
DROP TRIGGER invoice_payment_frozen;
DROP TRIGGER invoice_line_kept;
DROP TRIGGER invoice_line_frozen;
DROP TRIGGER invoice_kept;
DROP TRIGGER invoice_frozen;
";

const POSTGRES_UP: &str = "
CREATE FUNCTION refuse_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'invoice is issued'; END IF;
    IF ROW(NEW.id, NEW.number, NEW.kind, NEW.party, NEW.session_id, NEW.buyer_id, NEW.funding_id, NEW.credits_id, NEW.party_name, NEW.party_siret, NEW.party_address, NEW.party_reference, NEW.party_email, NEW.subject, NEW.seller, NEW.issued_on, NEW.due_on, NEW.mentions, NEW.net_cents, NEW.vat_cents, NEW.total_cents, NEW.reason, NEW.content_hash, NEW.issued_by, NEW.created_by, NEW.created_at)
        IS DISTINCT FROM ROW(OLD.id, OLD.number, OLD.kind, OLD.party, OLD.session_id, OLD.buyer_id, OLD.funding_id, OLD.credits_id, OLD.party_name, OLD.party_siret, OLD.party_address, OLD.party_reference, OLD.party_email, OLD.subject, OLD.seller, OLD.issued_on, OLD.due_on, OLD.mentions, OLD.net_cents, OLD.vat_cents, OLD.total_cents, OLD.reason, OLD.content_hash, OLD.issued_by, OLD.created_by, OLD.created_at)
    THEN RAISE EXCEPTION 'invoice is issued'; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_issued_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM invoice i WHERE i.id = OLD.invoice_id AND i.number IS NOT NULL) THEN
        RAISE EXCEPTION 'invoice is issued';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.invoice_id AND i.number IS NOT NULL) THEN
        RAISE EXCEPTION 'invoice is issued';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_recorded_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'payment is recorded'; END IF;
    IF OLD.voided_at IS NOT NULL
        OR ROW(NEW.id, NEW.invoice_id, NEW.amount_cents, NEW.received_on, NEW.way)
        IS DISTINCT FROM ROW(OLD.id, OLD.invoice_id, OLD.amount_cents, OLD.received_on, OLD.way)
    THEN RAISE EXCEPTION 'payment is recorded'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_frozen BEFORE UPDATE OR DELETE ON invoice
FOR EACH ROW EXECUTE FUNCTION refuse_issued_invoice();
CREATE TRIGGER invoice_line_frozen BEFORE UPDATE OR DELETE ON invoice_line
FOR EACH ROW EXECUTE FUNCTION refuse_issued_line();
CREATE TRIGGER invoice_payment_frozen BEFORE UPDATE OR DELETE ON invoice_payment
FOR EACH ROW EXECUTE FUNCTION refuse_recorded_payment();
";

const POSTGRES_DOWN: &str = "
DROP TRIGGER invoice_payment_frozen ON invoice_payment;
DROP TRIGGER invoice_line_frozen ON invoice_line;
DROP TRIGGER invoice_frozen ON invoice;
DROP FUNCTION refuse_recorded_payment();
DROP FUNCTION refuse_issued_line();
DROP FUNCTION refuse_issued_invoice();
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
