//! The half-days that missions take move to a table that the visits of requests share: a person has one engagement on
//! a half-day, whatever it is, and the database says so.
//!
//! The half-days of the visits that had a date before are taken by the agreement desk, since a day depends on the zone
//! of the place and no SQL common to both databases knows zones. The way down keeps those of missions only.

use crate::schema_step;

const UP: &str = "
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
INSERT INTO engagement_half_day (id, mission_id, request_id, expert_id, day, half, held)
SELECT id, mission_id, NULL, expert_id, day, half, held FROM mission_half_day;
DROP TABLE mission_half_day;
CREATE UNIQUE INDEX engagement_half_day_once ON engagement_half_day (expert_id, day, half) WHERE held;
CREATE INDEX engagement_half_day_mission ON engagement_half_day (mission_id);
CREATE INDEX engagement_half_day_request ON engagement_half_day (request_id);
";

const DOWN: &str = "
CREATE TABLE mission_half_day (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} NOT NULL REFERENCES mission (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    day date NOT NULL,
    half text NOT NULL CHECK (half IN ('morning', 'afternoon')),
    held boolean NOT NULL
);
INSERT INTO mission_half_day (id, mission_id, expert_id, day, half, held)
SELECT id, mission_id, expert_id, day, half, held FROM engagement_half_day WHERE mission_id IS NOT NULL;
DROP TABLE engagement_half_day;
CREATE UNIQUE INDEX mission_half_day_once ON mission_half_day (expert_id, day, half) WHERE held;
CREATE INDEX mission_half_day_mission ON mission_half_day (mission_id);
";

schema_step!(up: [UP], down: [DOWN]);
