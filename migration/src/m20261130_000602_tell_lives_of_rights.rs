//! Creates the acts on the right of a structure, what they stand on, and what structures declare (domain reference, 2.5).

use crate::schema_step;

const UP: &str = "
CREATE TABLE right_act (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    number integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('suspension', 'reinstatement', 'withdrawal', 'renouncement')),
    state text NOT NULL CHECK (state IN ('notified', 'asked', 'done', 'dropped', 'undone')),
    cause text NOT NULL CHECK (cause IN ('breach', 'overdue_reserves', 'overdue_actions', 'refused_inspection', 'fraud', 'danger', 'actions_verified', 'reserves_lifted', 'own_wish')),
    reasons text NOT NULL,
    urgency_reason text,
    plan text,
    inspection_id {uuid} REFERENCES inspection (id),
    before_state text CHECK (before_state IN ('pending', 'active', 'active_with_reserves', 'suspended', 'withdrawn', 'renounced', 'expired')),
    asked_by {uuid} NOT NULL REFERENCES account (id),
    asked_at bigint NOT NULL,
    comments_due_at bigint,
    comments text,
    commented_by {uuid} REFERENCES account (id),
    commented_at bigint,
    preview text,
    confirmed_by {uuid} REFERENCES account (id),
    done_at bigint,
    effective_on date,
    letter_number text,
    letter_sent_on date,
    undo_until bigint,
    closed_at bigint,
    closed_by {uuid} REFERENCES account (id),
    close_reason text,
    version integer NOT NULL,
    UNIQUE (agreement_id, number),
    CHECK (kind <> 'withdrawal' OR confirmed_by IS NULL OR confirmed_by <> asked_by),
    CHECK (state NOT IN ('done', 'undone') OR (done_at IS NOT NULL AND confirmed_by IS NOT NULL AND before_state IS NOT NULL AND effective_on IS NOT NULL)),
    CHECK (urgency_reason IS NULL OR cause IN ('fraud', 'danger')),
    CHECK (kind <> 'suspension' OR state <> 'done' OR comments_due_at IS NOT NULL OR urgency_reason IS NOT NULL OR cause = 'overdue_reserves'),
    CHECK (reasons <> '' OR kind = 'renouncement')
);
CREATE UNIQUE INDEX right_act_one_open ON right_act (agreement_id) WHERE state IN ('notified', 'asked');
CREATE INDEX right_act_state ON right_act (state, id);
CREATE INDEX right_act_heard ON right_act (comments_due_at) WHERE state = 'notified';
CREATE INDEX right_act_inspection ON right_act (inspection_id);
CREATE TABLE sanction_ground (
    id {uuid} NOT NULL PRIMARY KEY,
    act_id {uuid} NOT NULL REFERENCES right_act (id),
    kind text NOT NULL CHECK (kind IN ('nonconformity', 'overdue_actions', 'reserve', 'refused_inspection', 'incident')),
    nonconformity_id {uuid} REFERENCES nonconformity (id),
    reserve_id {uuid} REFERENCES reserve (id),
    inspection_id {uuid} REFERENCES inspection (id),
    words text NOT NULL,
    CHECK ((kind = 'nonconformity') = (nonconformity_id IS NOT NULL)),
    CHECK ((kind = 'reserve') = (reserve_id IS NOT NULL)),
    CHECK ((kind IN ('overdue_actions', 'refused_inspection')) = (inspection_id IS NOT NULL)),
    CHECK (words <> '')
);
CREATE INDEX sanction_ground_act ON sanction_ground (act_id);
CREATE INDEX sanction_ground_nonconformity ON sanction_ground (nonconformity_id);
CREATE TABLE right_change (
    id {uuid} NOT NULL PRIMARY KEY,
    agreement_id {uuid} NOT NULL REFERENCES agreement (id),
    topic text NOT NULL CHECK (topic IN ('site', 'referent', 'team', 'legal_form', 'other')),
    happened_on date NOT NULL,
    text text NOT NULL,
    document_id {uuid} REFERENCES document (id),
    state text NOT NULL CHECK (state IN ('declared', 'reviewed')),
    declared_by {uuid} REFERENCES account (id),
    declared_at bigint NOT NULL,
    review_due_on date NOT NULL,
    reviewed_by {uuid} REFERENCES account (id),
    reviewed_at bigint,
    review text CHECK (review IN ('noted', 'amendment', 'inspection')),
    answer text,
    inspection_id {uuid} REFERENCES inspection (id),
    version integer NOT NULL,
    CHECK ((state = 'reviewed') = (reviewed_at IS NOT NULL AND review IS NOT NULL))
);
CREATE INDEX right_change_agreement ON right_change (agreement_id, id);
CREATE INDEX right_change_due ON right_change (review_due_on) WHERE state = 'declared';
CREATE TABLE jury_kept (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    act_id {uuid} NOT NULL REFERENCES right_act (id),
    reason text NOT NULL,
    kept_by {uuid} NOT NULL REFERENCES account (id),
    kept_at bigint NOT NULL,
    UNIQUE (session_id, act_id)
);
CREATE INDEX jury_kept_act ON jury_kept (act_id);
";

const DOWN: &str = "
DROP TABLE jury_kept;
DROP TABLE right_change;
DROP TABLE sanction_ground;
DROP TABLE right_act;
";

schema_step!(up: [UP], down: [DOWN]);
