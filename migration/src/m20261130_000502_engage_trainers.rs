//! The half-days that training sessions take from those who teach go beside those of missions and visits: a person has one
//! engagement on a half-day, whatever it is.
//!
//! The way down keeps those of missions and visits only.

use crate::schema_step;

const UP: &str = "
CREATE TABLE engagement_kept (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} REFERENCES mission (id),
    request_id {uuid} REFERENCES agreement_request (id),
    training_session_id {uuid} REFERENCES training_session (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL,
    CHECK (
        (CASE WHEN mission_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN training_session_id IS NULL THEN 0 ELSE 1 END) = 1
    )
);
INSERT INTO engagement_kept (id, mission_id, request_id, training_session_id, expert_id, day, half, held)
SELECT id, mission_id, request_id, NULL, expert_id, day, half, held FROM engagement_half_day;
DROP TABLE engagement_half_day;
ALTER TABLE engagement_kept RENAME TO engagement_half_day;
CREATE UNIQUE INDEX engagement_half_day_once ON engagement_half_day (expert_id, day, half) WHERE held;
CREATE INDEX engagement_half_day_mission ON engagement_half_day (mission_id);
CREATE INDEX engagement_half_day_request ON engagement_half_day (request_id);
CREATE INDEX engagement_half_day_session ON engagement_half_day (training_session_id);
";

const DOWN: &str = "
CREATE TABLE engagement_kept (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} REFERENCES mission (id),
    request_id {uuid} REFERENCES agreement_request (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL,
    CHECK ((mission_id IS NULL) <> (request_id IS NULL))
);
INSERT INTO engagement_kept (id, mission_id, request_id, expert_id, day, half, held)
SELECT id, mission_id, request_id, expert_id, day, half, held FROM engagement_half_day
WHERE training_session_id IS NULL;
DROP TABLE engagement_half_day;
ALTER TABLE engagement_kept RENAME TO engagement_half_day;
CREATE UNIQUE INDEX engagement_half_day_once ON engagement_half_day (expert_id, day, half) WHERE held;
CREATE INDEX engagement_half_day_mission ON engagement_half_day (mission_id);
CREATE INDEX engagement_half_day_request ON engagement_half_day (request_id);
";

schema_step!(up: [UP], down: [DOWN]);
