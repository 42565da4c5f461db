//! Creates training sessions: rooms, slots, trainers, sub-contracts and the tally of seats (domain reference, 4.3, 4.7).
//!
//! The tally is the one row that every enrolment of a session takes in turn: the database refuses more seats held than
//! there are. A room holds one session on a half-day, a session has one slot on a half-day: it says so too.

use crate::schema_step;

const UP: &str = "
CREATE TABLE training_room (
    id {uuid} NOT NULL PRIMARY KEY,
    structure_id {uuid} REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    name text NOT NULL,
    address text NOT NULL,
    postal_code text NOT NULL,
    commune text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    capacity integer NOT NULL CHECK (capacity >= 1),
    access text NOT NULL,
    accessibility text NOT NULL,
    equipment text NOT NULL,
    retired_on date,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL
);
CREATE INDEX training_room_region ON training_room (region, name);
CREATE INDEX training_room_structure ON training_room (structure_id);
CREATE INDEX training_room_site ON training_room (site_id);
CREATE TABLE training_session (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    programme_id {uuid} NOT NULL REFERENCES programme (id),
    programme_version_id {uuid} NOT NULL REFERENCES programme_version (id),
    title text NOT NULL,
    theme text NOT NULL CHECK (theme IN ('regulatory', 'health_safety', 'management', 'sector')),
    kind text NOT NULL CHECK (kind IN ('inter', 'intra', 'on_site')),
    delivery text NOT NULL CHECK (delivery IN ('own', 'entrusted', 'received')),
    state text NOT NULL CHECK (state IN ('project', 'open', 'confirmed', 'in_progress', 'ended', 'closed', 'postponed', 'cancelled')),
    public boolean NOT NULL,
    structure_id {uuid} REFERENCES structure (id),
    room_id {uuid} REFERENCES training_room (id),
    modality text NOT NULL CHECK (modality IN ('on_site', 'remote', 'remote_async', 'mixed', 'afest')),
    place text NOT NULL,
    commune text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    access text NOT NULL,
    accessibility text NOT NULL,
    remote_url text NOT NULL,
    to_bring text NOT NULL,
    starts_on date,
    ends_on date,
    starts_at bigint,
    ends_at bigint,
    enrol_until date,
    duration_minutes integer NOT NULL CHECK (duration_minutes >= 0),
    seats_min integer NOT NULL CHECK (seats_min >= 1),
    seats_max integer NOT NULL CHECK (seats_max >= 1),
    price_cents bigint CHECK (price_cents >= 0),
    price_note text NOT NULL,
    funding_note text NOT NULL,
    eu_funded boolean NOT NULL,
    welcome_id {uuid} REFERENCES training_handbook (id),
    rules_id {uuid} REFERENCES training_handbook (id),
    contact text NOT NULL,
    officer_id {uuid} REFERENCES account (id),
    series_id {uuid},
    postponed_from_id {uuid} REFERENCES training_session (id),
    cause text CHECK (cause IN ('too_few', 'trainer', 'room', 'client', 'force_majeure', 'other')),
    reason text,
    opened_at bigint,
    confirmed_at bigint,
    summoned_at bigint,
    started_at bigint,
    ended_at bigint,
    closed_at bigint,
    cancelled_at bigint,
    sequence integer NOT NULL,
    deadline_at bigint,
    external_ref text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK (seats_max >= seats_min),
    CHECK ((starts_on IS NULL) = (ends_on IS NULL)),
    CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CHECK ((starts_on IS NULL) = (starts_at IS NULL)),
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (ends_at IS NULL OR ends_at > starts_at)
);
CREATE INDEX training_session_public ON training_session (public, state, starts_on, id);
CREATE INDEX training_session_region ON training_session (region, starts_on, id);
CREATE INDEX training_session_theme ON training_session (theme, starts_on, id);
CREATE INDEX training_session_listed ON training_session ((COALESCE(starts_at, CASE WHEN state = 'cancelled' THEN created_at ELSE 9223372036854775807 END)), id, search);
CREATE INDEX training_session_state ON training_session (state, starts_at, id);
CREATE INDEX training_session_programme ON training_session (programme_id, starts_on);
CREATE INDEX training_session_version ON training_session (programme_version_id);
CREATE INDEX training_session_structure ON training_session (structure_id, starts_at);
CREATE INDEX training_session_room ON training_session (room_id);
CREATE INDEX training_session_series ON training_session (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX training_session_ended ON training_session (ends_on, state);
CREATE INDEX training_session_ends ON training_session (ends_at, state);
CREATE INDEX training_session_deadline ON training_session (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE UNIQUE INDEX training_session_external ON training_session (external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE training_tally (
    session_id {uuid} NOT NULL PRIMARY KEY REFERENCES training_session (id),
    seats integer NOT NULL CHECK (seats >= 0),
    held integer NOT NULL CHECK (held >= 0),
    waiting integer NOT NULL CHECK (waiting >= 0),
    last_seq integer NOT NULL CHECK (last_seq >= 0),
    CHECK (held <= seats)
);
CREATE TABLE training_slot (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    zone text NOT NULL,
    minutes integer NOT NULL CHECK (minutes > 0),
    modality text NOT NULL CHECK (modality IN ('on_site', 'remote', 'remote_async', 'mixed', 'afest')),
    room_id {uuid} REFERENCES training_room (id),
    subject text NOT NULL,
    pin_hash {bytes},
    pin_until bigint,
    sheet_id {uuid} REFERENCES document (id),
    dropped_at bigint,
    version integer NOT NULL,
    CHECK (ends_at > starts_at)
);
CREATE UNIQUE INDEX training_slot_once ON training_slot (session_id, day, half) WHERE dropped_at IS NULL;
CREATE INDEX training_slot_session ON training_slot (session_id, starts_at);
CREATE INDEX training_slot_day ON training_slot (day);
CREATE INDEX training_slot_starts ON training_slot (starts_at);
CREATE INDEX training_slot_room ON training_slot (room_id);
CREATE TABLE training_trainer (
    id {uuid} NOT NULL PRIMARY KEY,
    slot_id {uuid} NOT NULL REFERENCES training_slot (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    standing text NOT NULL CHECK (standing IN ('own_staff', 'external')),
    signature text NOT NULL,
    signed_at bigint,
    removed_at bigint
);
CREATE UNIQUE INDEX training_trainer_once ON training_trainer (slot_id, expert_id) WHERE removed_at IS NULL;
CREATE INDEX training_trainer_expert ON training_trainer (expert_id);
CREATE INDEX training_trainer_unsigned ON training_trainer (slot_id) WHERE signed_at IS NULL AND removed_at IS NULL;
CREATE TABLE training_room_half_day (
    id {uuid} NOT NULL PRIMARY KEY,
    room_id {uuid} NOT NULL REFERENCES training_room (id),
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL
);
CREATE UNIQUE INDEX training_room_half_day_once ON training_room_half_day (room_id, day, half) WHERE held;
CREATE INDEX training_room_half_day_session ON training_room_half_day (session_id);
CREATE TABLE training_subcontract (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    structure_id {uuid} REFERENCES structure (id),
    party text NOT NULL,
    siret text NOT NULL,
    nda text NOT NULL,
    contact text NOT NULL,
    missions text NOT NULL,
    means text NOT NULL,
    follow_up text NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    qualiopi_until date,
    checked_on date,
    ended_at bigint,
    created_at bigint NOT NULL,
    version integer NOT NULL
);
CREATE UNIQUE INDEX training_subcontract_live ON training_subcontract (session_id) WHERE ended_at IS NULL;
CREATE INDEX training_subcontract_structure ON training_subcontract (structure_id);
";

const DOWN: &str = "
DROP TABLE training_subcontract;
DROP TABLE training_room_half_day;
DROP TABLE training_trainer;
DROP TABLE training_slot;
DROP TABLE training_tally;
DROP TABLE training_session;
DROP TABLE training_room;
";

schema_step!(up: [UP], down: [DOWN]);
