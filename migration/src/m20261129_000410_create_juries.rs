//! Creates jury sessions: members, passages, the day, minutes and signatures (domain reference, 1.7 to 1.9).
//!
//! A candidate sits in one live session, a session has one president, a room holds one session on a half-day: the
//! database says so. The half-days of people are those of their missions (`engagement_half_day`).

use crate::schema_step;

const UP: &str = "
CREATE TABLE college_seat (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    college text NOT NULL CHECK (college IN ('employers', 'employees', 'other')),
    quality text NOT NULL,
    appointed_by text NOT NULL,
    since date NOT NULL,
    until date,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    version integer NOT NULL,
    CHECK (until IS NULL OR until >= since)
);
CREATE INDEX college_seat_expert ON college_seat (expert_id);
CREATE UNIQUE INDEX college_seat_open ON college_seat (expert_id, college) WHERE until IS NULL;
CREATE TABLE jury_session (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    structure_id {uuid} NOT NULL REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    referential_id {uuid} REFERENCES referential (id),
    state text NOT NULL CHECK (state IN ('requested', 'rejected', 'planned', 'confirmed', 'summoned', 'postponed', 'cancelled', 'open', 'no_quorum', 'deliberating', 'to_sign', 'signed', 'to_rectify', 'checked', 'validated', 'closed')),
    expected integer NOT NULL CHECK (expected >= 1),
    mode text NOT NULL CHECK (mode IN ('on_site', 'remote', 'mixed')),
    place text NOT NULL,
    room text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    starts_at bigint,
    ends_at bigint,
    accessibility text NOT NULL,
    request_note text NOT NULL,
    reason text,
    requested_by {uuid} REFERENCES account (id),
    requested_at bigint NOT NULL,
    confirmed_at bigint,
    summoned_at bigint,
    files_sent_at bigint,
    opened_at bigint,
    heard_at bigint,
    frozen_at bigint,
    signed_at bigint,
    checked_by {uuid} REFERENCES account (id),
    validated_by {uuid} REFERENCES account (id),
    delivered_on date,
    closed_at bigint,
    remarks text NOT NULL,
    sequence integer NOT NULL,
    deadline_at bigint,
    external_ref text,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CHECK (ends_at IS NULL OR ends_at > starts_at)
);
CREATE INDEX jury_session_state ON jury_session (state, starts_at);
CREATE INDEX jury_session_structure ON jury_session (structure_id, starts_at);
CREATE INDEX jury_session_starts ON jury_session (starts_at, id);
CREATE INDEX jury_session_listed ON jury_session ((COALESCE(starts_at, CASE WHEN state IN ('rejected', 'cancelled') THEN requested_at ELSE 9223372036854775807 END)), id);
CREATE INDEX jury_session_deadline ON jury_session (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE UNIQUE INDEX jury_session_external ON jury_session (external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE jury_wish (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    position integer NOT NULL,
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    UNIQUE (session_id, position)
);
CREATE TABLE jury_room (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    site_id {uuid} NOT NULL REFERENCES site (id),
    room text NOT NULL,
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL
);
CREATE UNIQUE INDEX jury_room_once ON jury_room (site_id, room, day, half) WHERE held;
CREATE INDEX jury_room_session ON jury_room (session_id);
CREATE TABLE jury_member (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    seat text NOT NULL CHECK (seat IN ('president', 'employers', 'employees', 'other', 'observer')),
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'removed')),
    mission_id {uuid} REFERENCES mission (id),
    override_reason text,
    reason text,
    remote boolean NOT NULL,
    identity_checked_at bigint,
    impartial_at bigint,
    position integer NOT NULL,
    added_by {uuid} REFERENCES account (id),
    added_at bigint NOT NULL
);
CREATE UNIQUE INDEX jury_member_once ON jury_member (session_id, expert_id) WHERE state IN ('proposed', 'accepted');
CREATE UNIQUE INDEX jury_member_president ON jury_member (session_id) WHERE seat = 'president' AND state IN ('proposed', 'accepted');
CREATE INDEX jury_member_expert ON jury_member (expert_id, state);
CREATE INDEX jury_member_mission ON jury_member (mission_id);
CREATE TABLE jury_passage (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    position integer NOT NULL,
    live boolean NOT NULL,
    attempt integer NOT NULL CHECK (attempt >= 1),
    starts_at bigint,
    presence text NOT NULL CHECK (presence IN ('expected', 'present', 'absent', 'absent_excused')),
    presence_reason text,
    identity_document text NOT NULL CHECK (identity_document IN ('', 'identity_card', 'passport', 'residence_permit', 'driving_licence', 'other')),
    heard_at bigint,
    proposal text CHECK (proposal IN ('total', 'partial', 'refused', 'adjourned', 'absent', 'absent_excused', 'fraud')),
    decision text CHECK (decision IN ('total', 'partial', 'refused', 'adjourned', 'absent', 'absent_excused', 'fraud')),
    decision_reason text,
    recommendations text NOT NULL,
    observations text NOT NULL,
    decided_at bigint,
    version integer NOT NULL,
    UNIQUE (session_id, candidate_id)
);
CREATE UNIQUE INDEX jury_passage_live ON jury_passage (candidate_id) WHERE live;
CREATE INDEX jury_passage_candidate ON jury_passage (candidate_id);
CREATE TABLE jury_mark (
    id {uuid} NOT NULL PRIMARY KEY,
    passage_id {uuid} NOT NULL REFERENCES jury_passage (id),
    epreuve_id {uuid} NOT NULL REFERENCES epreuve (id),
    value integer NOT NULL,
    comment text NOT NULL,
    entered_by {uuid} REFERENCES account (id),
    entered_at bigint NOT NULL,
    UNIQUE (passage_id, epreuve_id)
);
CREATE TABLE jury_ruling (
    id {uuid} NOT NULL PRIMARY KEY,
    passage_id {uuid} NOT NULL REFERENCES jury_passage (id),
    unit text NOT NULL,
    acquired boolean NOT NULL,
    comment text NOT NULL,
    UNIQUE (passage_id, unit)
);
CREATE TABLE jury_vote (
    id {uuid} NOT NULL PRIMARY KEY,
    passage_id {uuid} NOT NULL REFERENCES jury_passage (id),
    member_id {uuid} NOT NULL REFERENCES jury_member (id),
    vote text NOT NULL CHECK (vote IN ('yes', 'no', 'blank')),
    UNIQUE (passage_id, member_id)
);
CREATE TABLE jury_abstention (
    id {uuid} NOT NULL PRIMARY KEY,
    passage_id {uuid} NOT NULL REFERENCES jury_passage (id),
    member_id {uuid} NOT NULL REFERENCES jury_member (id),
    reason text NOT NULL,
    declared_at bigint NOT NULL,
    UNIQUE (passage_id, member_id)
);
CREATE TABLE jury_incident (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    passage_id {uuid} REFERENCES jury_passage (id),
    kind text NOT NULL CHECK (kind IN ('fraud', 'identity', 'health', 'material', 'disruption', 'delay', 'other')),
    happened_at bigint NOT NULL,
    description text NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_reason text
);
CREATE INDEX jury_incident_session ON jury_incident (session_id);
CREATE TABLE jury_change (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    passage_id {uuid} REFERENCES jury_passage (id),
    field text NOT NULL,
    value text NOT NULL,
    seen integer NOT NULL,
    version integer NOT NULL,
    device {uuid},
    typed_at bigint NOT NULL,
    received_at bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('applied', 'conflict', 'refused')),
    message text NOT NULL,
    sent_by {uuid} REFERENCES account (id)
);
CREATE INDEX jury_change_session ON jury_change (session_id, received_at);
CREATE INDEX jury_change_passage ON jury_change (passage_id, field, version);
CREATE TABLE jury_minutes (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES jury_session (id),
    revision integer NOT NULL CHECK (revision >= 1),
    kind text NOT NULL CHECK (kind IN ('minutes', 'no_quorum')),
    state text NOT NULL CHECK (state IN ('to_sign', 'signed', 'checked', 'replaced')),
    content text NOT NULL,
    content_hash {bytes} NOT NULL,
    document_id {uuid} REFERENCES document (id),
    signed_document_id {uuid} REFERENCES document (id),
    rectifies_id {uuid} REFERENCES jury_minutes (id),
    rectifies_why text,
    frozen_at bigint NOT NULL,
    validated_on date,
    validated_list text,
    UNIQUE (session_id, revision)
);
CREATE TABLE jury_signature (
    id {uuid} NOT NULL PRIMARY KEY,
    minutes_id {uuid} NOT NULL REFERENCES jury_minutes (id),
    member_id {uuid} NOT NULL REFERENCES jury_member (id),
    kind text NOT NULL CHECK (kind IN ('drawn', 'code', 'account', 'refused')),
    drawing text NOT NULL,
    reason text,
    content_hash {bytes} NOT NULL,
    account_id {uuid} REFERENCES account (id),
    signed_at bigint NOT NULL,
    UNIQUE (minutes_id, member_id)
);
CREATE TABLE jury_code (
    id {uuid} NOT NULL PRIMARY KEY,
    minutes_id {uuid} NOT NULL REFERENCES jury_minutes (id),
    member_id {uuid} NOT NULL REFERENCES jury_member (id),
    code_hash {bytes} NOT NULL,
    tries integer NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX jury_code_member ON jury_code (minutes_id, member_id);
CREATE TABLE jury_check (
    id {uuid} NOT NULL PRIMARY KEY,
    minutes_id {uuid} NOT NULL REFERENCES jury_minutes (id),
    points text NOT NULL,
    conform boolean NOT NULL,
    findings text NOT NULL,
    checked_by {uuid} NOT NULL REFERENCES account (id),
    checked_at bigint NOT NULL
);
CREATE INDEX jury_check_minutes ON jury_check (minutes_id);
CREATE TABLE candidate_appeal (
    id {uuid} NOT NULL PRIMARY KEY,
    passage_id {uuid} NOT NULL REFERENCES jury_passage (id),
    candidate_id {uuid} NOT NULL REFERENCES candidate (id),
    grounds text NOT NULL,
    lodged_at bigint NOT NULL,
    acknowledged_at bigint,
    answer_due_at bigint NOT NULL,
    outcome text CHECK (outcome IN ('upheld', 'corrected', 'annulled')),
    answer text,
    settled_by {uuid} REFERENCES account (id),
    settled_at bigint
);
CREATE INDEX candidate_appeal_candidate ON candidate_appeal (candidate_id);
CREATE UNIQUE INDEX candidate_appeal_open ON candidate_appeal (candidate_id) WHERE settled_at IS NULL;
";

const DOWN: &str = "
DROP TABLE candidate_appeal;
DROP TABLE jury_check;
DROP TABLE jury_code;
DROP TABLE jury_signature;
DROP TABLE jury_minutes;
DROP TABLE jury_change;
DROP TABLE jury_incident;
DROP TABLE jury_abstention;
DROP TABLE jury_vote;
DROP TABLE jury_ruling;
DROP TABLE jury_mark;
DROP TABLE jury_passage;
DROP TABLE jury_member;
DROP TABLE jury_room;
DROP TABLE jury_wish;
DROP TABLE jury_session;
DROP TABLE college_seat;
";

schema_step!(up: [UP], down: [DOWN]);
