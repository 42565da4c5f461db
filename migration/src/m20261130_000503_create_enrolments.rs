//! Creates enrolments: who pays, who learns, their need, their adaptations and the offers of the waiting list (domain
//! reference, 4.3, 4.8).
//!
//! A person is enrolled once in a session and has one open offer; ranks are unique in it, and only who waits has one: the
//! database says so. Seats are counted by `training_tally`.

use crate::schema_step;

const UP: &str = "
CREATE TABLE training_buyer (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    kind text NOT NULL CHECK (kind IN ('individual', 'employer')),
    structure_id {uuid} REFERENCES structure (id),
    name text NOT NULL,
    siret text NOT NULL,
    address text NOT NULL,
    contact_name text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    created_at bigint NOT NULL,
    erased_at bigint,
    version integer NOT NULL
);
CREATE INDEX training_buyer_session ON training_buyer (session_id);
CREATE UNIQUE INDEX training_buyer_employer ON training_buyer (session_id, siret) WHERE kind = 'employer' AND siret <> '';
CREATE INDEX training_buyer_structure ON training_buyer (structure_id);
CREATE TABLE enrolment (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES training_session (id),
    seq integer NOT NULL CHECK (seq >= 1),
    state text NOT NULL CHECK (state IN ('requested', 'waitlisted', 'offered', 'held', 'contracted', 'confirmed', 'present', 'absent', 'completed', 'dropped_out', 'expired', 'cancelled_by_client', 'cancelled_by_provider', 'postponed')),
    way text NOT NULL CHECK (way IN ('public', 'structure', 'staff', 'api', 'import')),
    buyer_id {uuid} NOT NULL REFERENCES training_buyer (id),
    structure_id {uuid} REFERENCES structure (id),
    account_id {uuid} REFERENCES account (id),
    family_name text NOT NULL,
    first_names text NOT NULL,
    birth_date text NOT NULL,
    person_key text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    postal_address text NOT NULL,
    job text NOT NULL,
    status text NOT NULL CHECK (status IN ('private_employee', 'apprentice', 'job_seeker', 'individual', 'other')),
    guardian_name text NOT NULL,
    guardian_email text NOT NULL,
    guardian_phone text NOT NULL,
    adaptation_asked boolean NOT NULL,
    consented_at bigint NOT NULL,
    rank integer CHECK (rank <> 0),
    waiting_since bigint,
    held_until bigint,
    email_confirmed_at bigint,
    positioned_at bigint,
    contracted_at bigint,
    remote_contract boolean NOT NULL,
    withdrawal_until date,
    confirmed_at bigint,
    summoned_at bigint,
    ended_at bigint,
    cause text CHECK (cause IN ('work', 'health', 'personal', 'employer', 'funding', 'prerequisites', 'no_answer', 'withdrawal', 'force_majeure', 'provider', 'other')),
    reason text,
    price_cents bigint CHECK (price_cents >= 0),
    fee_cents bigint CHECK (fee_cents >= 0),
    replaces_id {uuid} REFERENCES enrolment (id),
    moved_from_id {uuid} REFERENCES enrolment (id),
    deadline_at bigint,
    external_ref text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    erased_at bigint,
    version integer NOT NULL,
    search text NOT NULL,
    UNIQUE (session_id, seq),
    CHECK ((state = 'waitlisted') = (rank IS NOT NULL)),
    CHECK (state <> 'held' OR held_until IS NOT NULL)
);
CREATE UNIQUE INDEX enrolment_person_once ON enrolment (session_id, person_key) WHERE state IN ('requested', 'waitlisted', 'offered', 'held', 'contracted', 'confirmed', 'present', 'absent', 'completed', 'dropped_out');
CREATE UNIQUE INDEX enrolment_rank ON enrolment (session_id, rank) WHERE rank IS NOT NULL;
CREATE INDEX enrolment_replaces ON enrolment (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX enrolment_moved ON enrolment (moved_from_id) WHERE moved_from_id IS NOT NULL;
CREATE UNIQUE INDEX enrolment_external ON enrolment (external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX enrolment_session ON enrolment (session_id, state, seq);
CREATE INDEX enrolment_listed ON enrolment (id, session_id, search);
CREATE INDEX enrolment_state ON enrolment (state, id, session_id);
CREATE INDEX enrolment_email ON enrolment (email);
CREATE INDEX enrolment_structure ON enrolment (structure_id, state, id);
CREATE INDEX enrolment_buyer ON enrolment (buyer_id);
CREATE INDEX enrolment_account ON enrolment (account_id);
CREATE INDEX enrolment_person ON enrolment (person_key);
CREATE INDEX enrolment_deadline ON enrolment (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE enrolment_offer (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    state text NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
    offered_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    answered_at bigint,
    CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX enrolment_offer_open ON enrolment_offer (enrolment_id) WHERE state = 'open';
CREATE INDEX enrolment_offer_enrolment ON enrolment_offer (enrolment_id, offered_at);
CREATE TABLE enrolment_link (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    purpose text NOT NULL CHECK (purpose IN ('confirm', 'offer', 'follow', 'sign', 'guardian')),
    token_hash {bytes} NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX enrolment_link_enrolment ON enrolment_link (enrolment_id);
CREATE TABLE enrolment_need (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL UNIQUE REFERENCES enrolment (id),
    expectations text NOT NULL,
    employer_view text NOT NULL,
    funder_view text NOT NULL,
    basis text NOT NULL,
    prerequisites text NOT NULL CHECK (prerequisites IN ('none_asked', 'met', 'not_met', 'to_check')),
    positioning text NOT NULL CHECK (positioning IN ('none', 'test', 'interview', 'self_assessed')),
    positioning_result text NOT NULL,
    filled_by text NOT NULL CHECK (filled_by IN ('trainee', 'employer', 'staff')),
    signed_on date,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    version integer NOT NULL
);
CREATE TABLE enrolment_adaptation (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    measure {bytes} NOT NULL,
    agreed_by {uuid} REFERENCES account (id),
    consented_on date NOT NULL,
    recorded_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX enrolment_adaptation_enrolment ON enrolment_adaptation (enrolment_id);
CREATE TABLE enrolment_assessment (
    id {uuid} NOT NULL PRIMARY KEY,
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    moment text NOT NULL CHECK (moment IN ('entry', 'during', 'end')),
    position integer NOT NULL,
    objective text NOT NULL,
    skill_id {uuid} REFERENCES skill (id),
    result text NOT NULL CHECK (result IN ('acquired', 'in_progress', 'not_acquired')),
    comment text NOT NULL,
    assessor_id {uuid} REFERENCES expert (id),
    assessed_on date NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    UNIQUE (enrolment_id, moment, position)
);
";

const DOWN: &str = "
DROP TABLE enrolment_assessment;
DROP TABLE enrolment_adaptation;
DROP TABLE enrolment_need;
DROP TABLE enrolment_link;
DROP TABLE enrolment_offer;
DROP TABLE enrolment;
DROP TABLE training_buyer;
";

schema_step!(up: [UP], down: [DOWN]);
