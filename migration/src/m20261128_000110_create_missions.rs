//! Creates missions, the half-days that engagements take, the offers of missions and the links of these offers.
//!
//! A person has one engagement on a half-day, be it a mission or the visit of a request, and a mission has one offer
//! under way: the database says so. The half-days of the visits that had a date before are taken by the agreement desk,
//! since a day depends on the zone of the place and no SQL common to both databases knows zones. The CHECK of the
//! states knows the two that follow the report (domain reference, 3.6), because SQLite does not change a CHECK; nothing
//! reaches them yet.

use crate::schema_step;

const UP: &str = "
CREATE TABLE mission (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    object text NOT NULL CHECK (object IN ('jury', 'inspection', 'support', 'session', 'meeting', 'observation')),
    title text NOT NULL,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    duty text CHECK (duty IN ('mandataire', 'controleur', 'epsp')),
    structure_id {uuid} REFERENCES structure (id),
    site_id {uuid} REFERENCES site (id),
    certification_id {uuid} REFERENCES certification (id),
    place text NOT NULL,
    department text NOT NULL,
    region text NOT NULL,
    zone text NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    persons text NOT NULL,
    instructions text NOT NULL,
    fee_cents bigint NOT NULL,
    expenses_ceiling_cents bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'expired', 'withdrawn', 'in_progress', 'done', 'report_received', 'expenses_claimed', 'settled', 'cancelled')),
    tie_override text,
    reason text,
    report text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    accepted_at bigint,
    done_at bigint,
    reported_at bigint,
    sequence integer NOT NULL,
    deadline_at bigint,
    version integer NOT NULL,
    search text NOT NULL,
    UNIQUE (number),
    CHECK (ends_at > starts_at),
    CHECK (fee_cents >= 0),
    CHECK (expenses_ceiling_cents >= 0)
);
CREATE INDEX mission_expert ON mission (expert_id, starts_at);
CREATE INDEX mission_state ON mission (state, starts_at);
CREATE INDEX mission_structure ON mission (structure_id);
CREATE INDEX mission_starts ON mission (starts_at, id);
CREATE INDEX mission_deadline ON mission (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE engagement_half_day (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} REFERENCES mission (id),
    request_id {uuid} REFERENCES agreement_request (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL,
    CHECK ((mission_id IS NULL) <> (request_id IS NULL))
);
CREATE UNIQUE INDEX engagement_half_day_once ON engagement_half_day (expert_id, day, half) WHERE held;
CREATE INDEX engagement_half_day_mission ON engagement_half_day (mission_id);
CREATE INDEX engagement_half_day_request ON engagement_half_day (request_id);
CREATE TABLE mission_offer (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} NOT NULL REFERENCES mission (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    position integer NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'accepted', 'declined', 'expired', 'withdrawn', 'dropped_out')),
    tie_override text,
    answer_hours integer,
    sent_at bigint,
    due_at bigint,
    reminded integer NOT NULL,
    answered_at bigint,
    decline_reason text CHECK (decline_reason IN ('unavailable', 'too_far', 'tie', 'workload', 'health', 'other')),
    note text,
    UNIQUE (mission_id, position)
);
CREATE UNIQUE INDEX mission_offer_one_open ON mission_offer (mission_id) WHERE state IN ('sent', 'accepted');
CREATE INDEX mission_offer_expert ON mission_offer (expert_id, state);
CREATE TABLE mission_link (
    id {uuid} NOT NULL PRIMARY KEY,
    offer_id {uuid} NOT NULL REFERENCES mission_offer (id),
    token_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    UNIQUE (token_hash)
);
CREATE INDEX mission_link_offer ON mission_link (offer_id);
";

const DOWN: &str = "
DROP TABLE mission_link;
DROP TABLE mission_offer;
DROP TABLE engagement_half_day;
DROP TABLE mission;
";

schema_step!(up: [UP], down: [DOWN]);
