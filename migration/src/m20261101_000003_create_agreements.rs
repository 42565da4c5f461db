//! Creates agreement requests, committees, decisions and agreements.

use crate::schema_step;

const UP: &str = "
CREATE TABLE committee (
    id {uuid} NOT NULL PRIMARY KEY,
    meets_on date NOT NULL,
    zone text NOT NULL,
    place text NOT NULL,
    state text NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    created_by {uuid} NOT NULL REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (meets_on)
);
CREATE TABLE agreement_request (
    id {uuid} NOT NULL PRIMARY KEY,
    draft_number text NOT NULL,
    number text,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    kind text NOT NULL CHECK (kind IN ('first', 'renewal')),
    role text NOT NULL CHECK (role IN ('train', 'organise', 'train_and_organise')),
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'incomplete', 'complete', 'visit_to_schedule', 'visit_scheduled', 'visit_done', 'adversarial', 'opinion_given', 'in_committee', 'granted', 'granted_with_reserves', 'adjourned', 'refused', 'appeal', 'withdrawn', 'abandoned', 'closed_idle', 'refused_final')),
    version integer NOT NULL,
    contact_name text NOT NULL,
    contact_email text NOT NULL,
    contact_phone text,
    project text NOT NULL,
    signatory_name text NOT NULL,
    signatory_title text NOT NULL,
    commitment_accepted boolean NOT NULL,
    is_training_body boolean NOT NULL,
    has_subcontracting boolean NOT NULL,
    officer_id {uuid} REFERENCES account (id),
    created_by {uuid} NOT NULL REFERENCES account (id),
    created_at bigint NOT NULL,
    touched_at bigint NOT NULL,
    submission_count integer NOT NULL,
    submitted_at bigint,
    return_reason text,
    return_due_at bigint,
    completed_at bigint,
    decision_expected_on date,
    controller_id {uuid} REFERENCES expert (id),
    mission_number text,
    assigned_at bigint,
    tie_override text,
    visit_at bigint,
    visit_zone text,
    visit_place text,
    visit_mode text CHECK (visit_mode IN ('on_site', 'video', 'documents')),
    visit_sequence integer NOT NULL,
    visit_moved_by_structure boolean NOT NULL,
    visit_waived_reason text,
    visited_at bigint,
    persons_met text,
    visit_refused boolean NOT NULL,
    report_sent_at bigint,
    comments_due_at bigint,
    comments text,
    commented_at bigint,
    opinion text CHECK (opinion IN ('favourable', 'favourable_with_reserve', 'unfavourable')),
    opinion_text text,
    opinion_at bigint,
    committee_id {uuid} REFERENCES committee (id),
    agenda_at bigint,
    decided_at bigint,
    adjourned_until date,
    missing_text text,
    appeal_until bigint,
    closed_at bigint,
    deadline_at bigint,
    warned integer NOT NULL,
    search text NOT NULL,
    UNIQUE (draft_number),
    UNIQUE (number),
    CHECK ((state IN ('draft','abandoned','withdrawn')) OR (number IS NOT NULL)),
    CHECK (state NOT IN ('visit_scheduled') OR visit_at IS NOT NULL),
    CHECK (state NOT IN ('granted','granted_with_reserves','refused','refused_final') OR decided_at IS NOT NULL)
);
CREATE UNIQUE INDEX agreement_request_one_draft ON agreement_request (structure_id, certification_version_id) WHERE state = 'draft';
CREATE INDEX agreement_request_state ON agreement_request (state, id);
CREATE INDEX agreement_request_structure ON agreement_request (structure_id, id);
CREATE INDEX agreement_request_deadline ON agreement_request (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX agreement_request_committee ON agreement_request (committee_id);
CREATE INDEX agreement_request_controller ON agreement_request (controller_id);
CREATE INDEX agreement_request_officer ON agreement_request (officer_id, state);
CREATE INDEX agreement_request_submitted ON agreement_request (submitted_at);
CREATE TABLE request_site (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    site_id {uuid} NOT NULL REFERENCES site (id),
    UNIQUE (request_id, site_id)
);
CREATE TABLE request_piece (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    code text NOT NULL,
    revision integer NOT NULL,
    document_id {uuid} NOT NULL,
    proof_on date,
    valid_until date,
    state text NOT NULL CHECK (state IN ('received', 'accepted', 'rejected')),
    reason text,
    reviewed_by {uuid} REFERENCES account (id),
    reviewed_at bigint,
    created_by {uuid} NOT NULL REFERENCES account (id),
    created_at bigint NOT NULL,
    UNIQUE (request_id, code, revision)
);
CREATE TABLE missing_piece (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    code text NOT NULL,
    reason text NOT NULL,
    asked_at bigint NOT NULL,
    answered_at bigint
);
CREATE INDEX missing_piece_request ON missing_piece (request_id);
CREATE TABLE grid_score (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    grid text NOT NULL,
    criterion text NOT NULL,
    score text NOT NULL CHECK (score IN ('conforming', 'minor', 'major', 'not_applicable')),
    evidence text NOT NULL,
    comment text NOT NULL,
    scored_at bigint NOT NULL,
    UNIQUE (request_id, criterion)
);
CREATE TABLE decision (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    committee_id {uuid} REFERENCES committee (id),
    outcome text NOT NULL CHECK (outcome IN ('grant', 'grant_with_reserves', 'adjourn', 'refuse')),
    text text NOT NULL,
    starts_on date,
    ends_on date,
    due_on date,
    decided_by {uuid} NOT NULL REFERENCES account (id),
    decided_at bigint NOT NULL
);
CREATE INDEX decision_request ON decision (request_id);
CREATE TABLE agreement (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    role text NOT NULL CHECK (role IN ('train', 'organise', 'train_and_organise')),
    state text NOT NULL CHECK (state IN ('pending', 'active', 'active_with_reserves', 'suspended', 'withdrawn', 'renounced', 'expired')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    convention_sent_at bigint,
    signed_by_structure_at bigint,
    signed_by_structure text,
    signed_by_certifier_at bigint,
    signed_by_certifier text,
    activated_at bigint,
    ended_at bigint,
    deadline_at bigint,
    warned integer NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    UNIQUE (number),
    UNIQUE (request_id),
    CHECK (ends_on >= starts_on)
);
CREATE INDEX agreement_structure ON agreement (structure_id, id);
CREATE INDEX agreement_state ON agreement (state, id);
CREATE INDEX agreement_deadline ON agreement (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE reserve (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    agreement_id {uuid} REFERENCES agreement (id),
    position integer NOT NULL,
    text text NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    closed_at bigint,
    evidence text,
    warned integer NOT NULL
);
CREATE INDEX reserve_request ON reserve (request_id);
CREATE INDEX reserve_agreement ON reserve (agreement_id);
CREATE INDEX reserve_due ON reserve (due_on) WHERE state = 'open';
CREATE TABLE appeal (
    id {uuid} NOT NULL PRIMARY KEY,
    request_id {uuid} NOT NULL REFERENCES agreement_request (id),
    text text NOT NULL,
    lodged_by {uuid} NOT NULL REFERENCES account (id),
    lodged_at bigint NOT NULL,
    outcome text CHECK (outcome IN ('upheld', 'overturned')),
    reasons text,
    settled_by {uuid} REFERENCES account (id),
    settled_at bigint
);
CREATE INDEX appeal_request ON appeal (request_id);
CREATE TABLE agreement_period (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} NOT NULL REFERENCES site (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    role text NOT NULL CHECK (role IN ('train', 'organise', 'train_and_organise')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX agreement_period_agreement ON agreement_period (agreement_id);
CREATE INDEX agreement_period_key ON agreement_period (site_id, certification_version_id, role, starts_on);
CREATE TABLE partner_update (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    reason text NOT NULL,
    changed_at bigint NOT NULL,
    due_on date NOT NULL,
    done_at bigint,
    done_by {uuid} REFERENCES account (id)
);
CREATE INDEX partner_update_due ON partner_update (due_on) WHERE done_at IS NULL;
CREATE INDEX partner_update_agreement ON partner_update (agreement_id);
";

const DOWN: &str = "
DROP TABLE partner_update;
DROP TABLE agreement_period;
DROP TABLE appeal;
DROP TABLE reserve;
DROP TABLE agreement;
DROP TABLE decision;
DROP TABLE grid_score;
DROP TABLE missing_piece;
DROP TABLE request_piece;
DROP TABLE request_site;
DROP TABLE agreement_request;
DROP TABLE committee;
";

schema_step!(up: [UP], down: [DOWN]);
