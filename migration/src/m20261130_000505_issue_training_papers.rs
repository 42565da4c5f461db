//! Creates the papers of training, their required signatories and the funding of enrolments (domain reference, 4.4, 4.5).
//!
//! A paper is fully signed when no required signatory lacks: it is computed, never stored.

use crate::schema_step;

const UP: &str = "
CREATE TABLE training_document (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    seq integer NOT NULL CHECK (seq >= 1),
    enrolment_id {uuid} REFERENCES enrolment (id),
    buyer_id {uuid} REFERENCES training_buyer (id),
    structure_id {uuid} REFERENCES structure (id),
    account_id {uuid} REFERENCES account (id),
    slot_id {uuid} REFERENCES training_slot (id),
    subcontract_id {uuid} REFERENCES training_subcontract (id),
    handbook_id {uuid} REFERENCES training_handbook (id),
    kind text NOT NULL CHECK (kind IN ('needs_analysis', 'positioning', 'proposal', 'convention', 'tripartite_convention', 'contract', 'information', 'guardian_notice', 'summons', 'welcome_booklet', 'house_rules', 'attendance_sheet', 'completion_certificate', 'assiduity_certificate', 'end_attestation', 'subcontract', 'evaluation_sheet', 'other')),
    revision integer NOT NULL CHECK (revision >= 1),
    state text NOT NULL CHECK (state IN ('to_typeset', 'issued', 'to_sign', 'replaced', 'voided')),
    template text NOT NULL,
    content text NOT NULL,
    content_hash {bytes} NOT NULL,
    document_id {uuid} REFERENCES document (id),
    signed_document_id {uuid} REFERENCES document (id),
    sign_until bigint,
    sent_at bigint,
    issued_by {uuid} REFERENCES account (id),
    issued_at bigint NOT NULL,
    ended_at bigint,
    deadline_at bigint,
    version integer NOT NULL,
    UNIQUE (session_id, seq)
);
CREATE INDEX training_document_state ON training_document (state, id);
CREATE INDEX training_document_kind ON training_document (kind, id);
CREATE INDEX training_document_structure ON training_document (structure_id, id);
CREATE INDEX training_document_account ON training_document (account_id, id);
CREATE INDEX training_document_session ON training_document (session_id, kind, issued_at);
CREATE INDEX training_document_enrolment ON training_document (enrolment_id, kind);
CREATE INDEX training_document_buyer ON training_document (buyer_id, kind);
CREATE INDEX training_document_slot ON training_document (slot_id);
CREATE INDEX training_document_deadline ON training_document (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE training_signature (
    id {uuid} NOT NULL PRIMARY KEY,
    training_document_id {uuid} NOT NULL REFERENCES training_document (id),
    party text NOT NULL CHECK (party IN ('provider', 'buyer', 'trainee', 'guardian', 'trainer', 'subcontractor')),
    name text NOT NULL,
    email text NOT NULL,
    required boolean NOT NULL,
    kind text CHECK (kind IN ('drawn', 'link', 'account', 'paper', 'refused')),
    drawing text NOT NULL,
    reason text NOT NULL,
    content_hash {bytes},
    account_id {uuid} REFERENCES account (id),
    reminded_at bigint,
    signed_at bigint,
    UNIQUE (training_document_id, party),
    CHECK ((kind IS NULL) = (signed_at IS NULL))
);
CREATE TABLE funding (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    seq integer NOT NULL CHECK (seq >= 1),
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    structure_id {uuid} REFERENCES structure (id),
    scheme text NOT NULL CHECK (scheme IN ('skills_plan', 'pic_iae', 'apprenticeship', 'professionalisation', 'pro_a', 'transition', 'cpf', 'fne', 'poec', 'poei', 'france_travail', 'fse', 'region', 'agefiph', 'asp', 'state', 'employer', 'public_employer', 'individual', 'volunteers')),
    funder text NOT NULL,
    state text NOT NULL CHECK (state IN ('to_request', 'requested', 'agreed', 'refused', 'settled', 'ended')),
    agreement_number text NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    agreed_minutes integer NOT NULL CHECK (agreed_minutes >= 0),
    subrogation boolean NOT NULL,
    eu_funded boolean NOT NULL,
    requested_on date,
    agreed_on date,
    paid_cents bigint NOT NULL CHECK (paid_cents >= 0),
    reason text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (enrolment_id, seq)
);
CREATE INDEX funding_session ON funding (session_id, state);
CREATE INDEX funding_structure ON funding (structure_id, id);
CREATE INDEX funding_state ON funding (state, id);
CREATE INDEX funding_scheme ON funding (scheme, id);
CREATE TABLE funding_piece (
    id {uuid} NOT NULL PRIMARY KEY,
    funding_id {uuid} NOT NULL REFERENCES funding (id),
    kind text NOT NULL CHECK (kind IN ('programme', 'convention', 'proposal', 'agreement', 'invoice', 'completion_certificate', 'expenses', 'other')),
    note text NOT NULL,
    document_id {uuid} REFERENCES document (id),
    sent_on date NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint
);
CREATE INDEX funding_piece_funding ON funding_piece (funding_id);
";

const DOWN: &str = "
DROP TABLE funding_piece;
DROP TABLE funding;
DROP TABLE training_signature;
DROP TABLE training_document;
";

schema_step!(up: [UP], down: [DOWN]);
