//! Creates invoices, credit notes, their lines and what was paid (domain reference, 4.6, 4.10).
//!
//! Numbers come from `number_series`, when an invoice is issued and in the same transaction: none is skipped. An invoice
//! that has its number is credited, never deleted.

use crate::schema_step;

const UP: &str = "
CREATE TABLE invoice (
    id {uuid} NOT NULL PRIMARY KEY,
    number text UNIQUE,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    state text NOT NULL CHECK (state IN ('draft', 'issued', 'part_paid', 'paid', 'credited', 'discarded')),
    party text NOT NULL CHECK (party IN ('company', 'funder', 'person')),
    session_id {uuid} REFERENCES training_session (id),
    buyer_id {uuid} REFERENCES training_buyer (id),
    funding_id {uuid} REFERENCES funding (id),
    structure_id {uuid} REFERENCES structure (id),
    account_id {uuid} REFERENCES account (id),
    credits_id {uuid} REFERENCES invoice (id),
    party_name text NOT NULL,
    party_siret text NOT NULL,
    party_address text NOT NULL,
    party_reference text NOT NULL,
    party_email text NOT NULL,
    subject text NOT NULL,
    seller text NOT NULL,
    issued_on date,
    due_on date,
    mentions text NOT NULL,
    net_cents bigint NOT NULL,
    vat_cents bigint NOT NULL,
    total_cents bigint NOT NULL,
    paid_cents bigint NOT NULL,
    reason text,
    content_hash {bytes},
    document_id {uuid} REFERENCES document (id),
    reminders integer NOT NULL CHECK (reminders >= 0),
    deadline_at bigint,
    issued_by {uuid} REFERENCES account (id),
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK ((state IN ('draft', 'discarded')) = (number IS NULL)),
    CHECK ((number IS NULL) = (issued_on IS NULL)),
    CHECK ((kind = 'credit_note') = (credits_id IS NOT NULL)),
    CHECK (total_cents = net_cents + vat_cents)
);
CREATE INDEX invoice_state ON invoice (state, id);
CREATE INDEX invoice_issued ON invoice (issued_on, id);
CREATE INDEX invoice_session ON invoice (session_id);
CREATE INDEX invoice_buyer ON invoice (buyer_id);
CREATE INDEX invoice_funding ON invoice (funding_id);
CREATE INDEX invoice_structure ON invoice (structure_id, issued_on);
CREATE INDEX invoice_account ON invoice (account_id);
CREATE UNIQUE INDEX invoice_credits ON invoice (credits_id);
CREATE INDEX invoice_due ON invoice (state, due_on);
CREATE INDEX invoice_deadline ON invoice (deadline_at);
CREATE TABLE invoice_line (
    id {uuid} NOT NULL PRIMARY KEY,
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    position integer NOT NULL,
    enrolment_id {uuid} REFERENCES enrolment (id),
    kind text NOT NULL CHECK (kind IN ('training', 'forfeit', 'other')),
    label text NOT NULL,
    bpf_origin text NOT NULL CHECK (bpf_origin IN ('companies', 'apprenticeship', 'professionalisation', 'promotion', 'transition', 'cpf', 'job_seekers', 'self_employed', 'skills_plan', 'public_agents', 'european', 'state', 'regions', 'france_travail', 'other_public', 'individuals', 'organisations', 'other_products', 'none')),
    minutes integer CHECK (minutes >= 0),
    quantity integer NOT NULL,
    unit_cents bigint NOT NULL,
    vat_basis_points integer NOT NULL CHECK (vat_basis_points BETWEEN 0 AND 10000),
    net_cents bigint NOT NULL,
    vat_cents bigint NOT NULL,
    UNIQUE (invoice_id, position),
    CHECK (kind <> 'forfeit' OR bpf_origin IN ('other_products', 'none'))
);
CREATE INDEX invoice_line_enrolment ON invoice_line (enrolment_id);
CREATE INDEX invoice_line_origin ON invoice_line (bpf_origin);
CREATE TABLE invoice_payment (
    id {uuid} NOT NULL PRIMARY KEY,
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
    received_on date NOT NULL,
    way text NOT NULL CHECK (way IN ('transfer', 'cheque', 'direct_debit', 'cash', 'other')),
    payer text NOT NULL CHECK (payer IN ('buyer', 'funder')),
    reference text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint,
    void_reason text
);
CREATE INDEX invoice_payment_invoice ON invoice_payment (invoice_id);
CREATE INDEX invoice_payment_received ON invoice_payment (received_on);
";

const DOWN: &str = "
DROP TABLE invoice_payment;
DROP TABLE invoice_line;
DROP TABLE invoice;
";

schema_step!(up: [UP], down: [DOWN]);
