//! Creates teaching support (domain reference, 2.7).

use crate::schema_step;

const UP: &str = "
CREATE TABLE teaching_support (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    agreement_id {uuid} REFERENCES agreement (id),
    certification_version_id {uuid} REFERENCES certification_version (id),
    origin text NOT NULL CHECK (origin IN ('asked', 'recommended', 'imposed')),
    inspection_id {uuid} REFERENCES inspection (id),
    state text NOT NULL CHECK (state IN ('requested', 'accepted', 'refused', 'scheduled', 'performed', 'reported', 'closed', 'cancelled')),
    need text NOT NULL,
    objectives text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('on_site', 'video', 'documents')),
    half_days integer,
    cost_cents bigint,
    payer text CHECK (payer IN ('certifier', 'structure', 'opco', 'other')),
    quote_document_id {uuid} REFERENCES document (id),
    requested_by {uuid} REFERENCES account (id),
    requested_at bigint NOT NULL,
    settled_by {uuid} REFERENCES account (id),
    settled_at bigint,
    reason text,
    expert_id {uuid} REFERENCES expert (id),
    mission_id {uuid} REFERENCES mission (id),
    tie_override text,
    starts_at bigint,
    ends_at bigint,
    zone text NOT NULL,
    place text NOT NULL,
    sequence integer NOT NULL,
    performed_at bigint,
    minutes_given integer,
    persons text,
    attendance_document_id {uuid} REFERENCES document (id),
    report text,
    actions text,
    reported_at bigint,
    survey_sent_at bigint,
    satisfaction integer,
    satisfaction_text text,
    satisfied_at bigint,
    closed_by {uuid} REFERENCES account (id),
    closed_at bigint,
    deadline_at bigint,
    warned integer NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK (satisfaction BETWEEN 1 AND 5),
    CHECK (cost_cents >= 0),
    CHECK (state IN ('requested', 'refused', 'cancelled') OR payer IS NOT NULL),
    CHECK (ends_at IS NULL OR ends_at > starts_at),
    CHECK (state NOT IN ('performed', 'reported', 'closed') OR performed_at IS NOT NULL)
);
CREATE INDEX teaching_support_state ON teaching_support (state, id);
CREATE INDEX teaching_support_structure ON teaching_support (structure_id, id);
CREATE INDEX teaching_support_expert ON teaching_support (expert_id, state);
CREATE INDEX teaching_support_mission ON teaching_support (mission_id);
CREATE INDEX teaching_support_inspection ON teaching_support (inspection_id);
CREATE INDEX teaching_support_performed ON teaching_support (performed_at);
CREATE INDEX teaching_support_deadline ON teaching_support (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE support_nonconformity (
    id {uuid} NOT NULL PRIMARY KEY,
    support_id {uuid} NOT NULL REFERENCES teaching_support (id),
    nonconformity_id {uuid} NOT NULL REFERENCES nonconformity (id),
    UNIQUE (support_id, nonconformity_id)
);
CREATE INDEX support_nonconformity_gap ON support_nonconformity (nonconformity_id);
";

const DOWN: &str = "
DROP TABLE support_nonconformity;
DROP TABLE teaching_support;
";

schema_step!(up: [UP], down: [DOWN]);
