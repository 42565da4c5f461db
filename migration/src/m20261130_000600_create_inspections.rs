//! Creates inspections in the life of agreements: grid, photos, what tablets send, comments, gaps and what is done about them
//! (domain reference, 2.6). A mission of an inspection is quiet: the structure is told by the inspection, never by the mission.

use crate::schema_step;

const UP: &str = "
ALTER TABLE mission ADD COLUMN quiet boolean NOT NULL DEFAULT false;
CREATE TABLE inspection (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    origin text NOT NULL CHECK (origin IN ('initial', 'periodic', 'unannounced', 'alert', 'follow_up', 'renewal')),
    reason text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('on_site', 'video', 'documents')),
    state text NOT NULL CHECK (state IN ('planned', 'notified', 'performed', 'refused_by_structure', 'adversarial', 'actions_requested', 'actions_submitted', 'overdue', 'closed_conforming', 'closed', 'cancelled')),
    follows_id {uuid} REFERENCES inspection (id),
    due_on date,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    controller_id {uuid} REFERENCES expert (id),
    mission_id {uuid} REFERENCES mission (id),
    tie_override text,
    assigned_at bigint,
    starts_at bigint,
    ends_at bigint,
    zone text NOT NULL,
    place text NOT NULL,
    accepted_by text,
    accepted_on date,
    moved_by_structure boolean NOT NULL,
    first_starts_at bigint,
    sequence integer NOT NULL,
    notified_at bigint,
    pieces_asked text NOT NULL,
    sample_rule text NOT NULL,
    grid text,
    performed_at bigint,
    persons_met text,
    rating text CHECK (rating IN ('conforming', 'under_reserve', 'unfavourable')),
    refusal text,
    refused_at bigint,
    report text,
    report_sent_at bigint,
    comments_due_at bigint,
    proposal text CHECK (proposal IN ('close_conforming', 'request_actions')),
    proposed_at bigint,
    conclusion text,
    validated_by {uuid} REFERENCES account (id),
    concluded_at bigint,
    escalated_at bigint,
    closed_at bigint,
    closing text,
    deadline_at bigint,
    warned integer NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK (state NOT IN ('notified') OR (starts_at IS NOT NULL AND notified_at IS NOT NULL)),
    CHECK (state NOT IN ('performed', 'adversarial', 'actions_requested', 'actions_submitted', 'overdue', 'closed_conforming', 'closed') OR performed_at IS NOT NULL),
    CHECK ((state = 'refused_by_structure') = (refused_at IS NOT NULL)),
    CHECK (ends_at IS NULL OR ends_at > starts_at)
);
CREATE INDEX inspection_state ON inspection (state, id);
CREATE INDEX inspection_structure ON inspection (structure_id, id);
CREATE INDEX inspection_agreement ON inspection (agreement_id, id);
CREATE INDEX inspection_controller ON inspection (controller_id, state);
CREATE INDEX inspection_mission ON inspection (mission_id);
CREATE INDEX inspection_performed ON inspection (performed_at);
CREATE INDEX inspection_start ON inspection (starts_at, id);
CREATE INDEX inspection_due ON inspection (due_on) WHERE state IN ('planned', 'notified');
CREATE INDEX inspection_deadline ON inspection (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE UNIQUE INDEX inspection_one_periodic ON inspection (agreement_id) WHERE origin = 'periodic' AND state <> 'cancelled';
CREATE TABLE inspection_answer (
    id {uuid} NOT NULL PRIMARY KEY,
    inspection_id {uuid} NOT NULL REFERENCES inspection (id),
    criterion text NOT NULL,
    score text NOT NULL CHECK (score IN ('conforming', 'minor', 'major', 'not_applicable')),
    evidence text NOT NULL,
    comment text NOT NULL,
    version integer NOT NULL,
    answered_by {uuid} REFERENCES account (id),
    answered_at bigint NOT NULL,
    UNIQUE (inspection_id, criterion)
);
CREATE TABLE inspection_change (
    id {uuid} NOT NULL PRIMARY KEY,
    inspection_id {uuid} NOT NULL REFERENCES inspection (id),
    key {uuid} NOT NULL,
    device {uuid},
    kind text NOT NULL CHECK (kind IN ('answer', 'photo', 'note')),
    criterion text NOT NULL,
    value text NOT NULL,
    seen integer NOT NULL,
    version integer NOT NULL,
    typed_at bigint NOT NULL,
    received_at bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('applied', 'conflict', 'refused', 'aside')),
    message text NOT NULL,
    sent_by {uuid} REFERENCES account (id),
    settled_at bigint,
    settled_by {uuid} REFERENCES account (id),
    kept boolean,
    UNIQUE (inspection_id, key)
);
CREATE INDEX inspection_change_waiting ON inspection_change (received_at) WHERE outcome IN ('conflict', 'aside') AND settled_at IS NULL;
CREATE INDEX inspection_change_criterion ON inspection_change (inspection_id, criterion);
CREATE TABLE inspection_photo (
    id {uuid} NOT NULL PRIMARY KEY,
    inspection_id {uuid} NOT NULL REFERENCES inspection (id),
    criterion text NOT NULL,
    document_id {uuid} NOT NULL REFERENCES document (id),
    file_name text NOT NULL,
    caption text NOT NULL,
    taken_at bigint NOT NULL,
    change_id {uuid} REFERENCES inspection_change (id),
    added_by {uuid} REFERENCES account (id),
    added_at bigint NOT NULL,
    removed_at bigint
);
CREATE INDEX inspection_photo_inspection ON inspection_photo (inspection_id, id);
CREATE UNIQUE INDEX inspection_photo_change ON inspection_photo (change_id) WHERE change_id IS NOT NULL;
CREATE TABLE inspection_comment (
    id {uuid} NOT NULL PRIMARY KEY,
    inspection_id {uuid} NOT NULL REFERENCES inspection (id),
    text text NOT NULL,
    document_id {uuid} REFERENCES document (id),
    commented_by {uuid} REFERENCES account (id),
    commented_at bigint NOT NULL
);
CREATE INDEX inspection_comment_inspection ON inspection_comment (inspection_id, id);
CREATE TABLE nonconformity (
    id {uuid} NOT NULL PRIMARY KEY,
    inspection_id {uuid} NOT NULL REFERENCES inspection (id),
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    position integer NOT NULL,
    criterion text NOT NULL,
    finding text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('minor', 'major')),
    state text NOT NULL CHECK (state IN ('found', 'actions_requested', 'answered', 'insufficient', 'overdue', 'closed', 'dropped')),
    due_on date,
    extended boolean NOT NULL,
    reserve_id {uuid} REFERENCES reserve (id),
    drop_reason text,
    closed_at bigint,
    warned integer NOT NULL,
    version integer NOT NULL,
    UNIQUE (inspection_id, criterion),
    CHECK (state IN ('found', 'dropped') OR due_on IS NOT NULL),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX nonconformity_agreement ON nonconformity (agreement_id, state);
CREATE INDEX nonconformity_due ON nonconformity (due_on) WHERE state IN ('actions_requested', 'insufficient');
CREATE INDEX nonconformity_criterion ON nonconformity (criterion, severity);
CREATE TABLE corrective_action (
    id {uuid} NOT NULL PRIMARY KEY,
    nonconformity_id {uuid} NOT NULL REFERENCES nonconformity (id),
    round integer NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'insufficient', 'closed')),
    cause text NOT NULL,
    correction text NOT NULL,
    owner text NOT NULL,
    written_by {uuid} REFERENCES account (id),
    written_at bigint NOT NULL,
    submitted_at bigint,
    verified_by {uuid} REFERENCES account (id),
    verified_at bigint,
    verified_on text CHECK (verified_on IN ('documents', 'follow_up')),
    follow_up_id {uuid} REFERENCES inspection (id),
    verification text,
    version integer NOT NULL,
    UNIQUE (nonconformity_id, round),
    CHECK (state = 'draft' OR (submitted_at IS NOT NULL AND cause <> '' AND correction <> '')),
    CHECK ((state IN ('insufficient', 'closed')) = (verified_at IS NOT NULL))
);
CREATE UNIQUE INDEX corrective_action_one_open ON corrective_action (nonconformity_id) WHERE state IN ('draft', 'submitted');
CREATE TABLE corrective_evidence (
    id {uuid} NOT NULL PRIMARY KEY,
    action_id {uuid} NOT NULL REFERENCES corrective_action (id),
    document_id {uuid} NOT NULL REFERENCES document (id),
    file_name text NOT NULL,
    note text NOT NULL,
    proof_on date,
    added_by {uuid} REFERENCES account (id),
    added_at bigint NOT NULL,
    removed_at bigint
);
CREATE INDEX corrective_evidence_action ON corrective_evidence (action_id, id);
";

const DOWN: &str = "
DROP TABLE corrective_evidence;
DROP TABLE corrective_action;
DROP TABLE nonconformity;
DROP TABLE inspection_comment;
DROP TABLE inspection_photo;
DROP TABLE inspection_change;
DROP TABLE inspection_answer;
DROP TABLE inspection;
ALTER TABLE mission DROP COLUMN quiet;
";

schema_step!(up: [UP], down: [DOWN]);
