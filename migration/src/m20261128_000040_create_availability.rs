//! Creates what experts declare of their time, and the school holidays that staff import.
//!
//! Two absences of one expert may overlap: a person declares again rather than corrects. A half-day of a date is
//! declared once.

use crate::schema_step;

const UP: &str = "
CREATE TABLE availability (
    expert_id {uuid} NOT NULL PRIMARY KEY REFERENCES expert (id),
    declared_at bigint NOT NULL,
    version integer NOT NULL
);
CREATE TABLE availability_day (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    day date NOT NULL,
    half_day text NOT NULL CHECK (half_day IN ('morning', 'afternoon')),
    available boolean NOT NULL,
    UNIQUE (expert_id, day, half_day)
);
CREATE TABLE recurring_half_day (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    half_day text NOT NULL CHECK (half_day IN ('morning', 'afternoon')),
    starts_on date NOT NULL,
    ends_on date,
    every_weeks integer NOT NULL CHECK (every_weeks IN (1, 2)),
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX recurring_half_day_expert ON recurring_half_day (expert_id);
CREATE TABLE absence (
    id {uuid} NOT NULL PRIMARY KEY,
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    reason text CHECK (reason IN ('leave', 'training', 'health', 'family', 'work', 'other')),
    CHECK (ends_on >= starts_on)
);
CREATE INDEX absence_expert ON absence (expert_id, starts_on);
CREATE TABLE school_holiday (
    id {uuid} NOT NULL PRIMARY KEY,
    zone text NOT NULL,
    name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    source text NOT NULL,
    UNIQUE (zone, starts_on),
    CHECK (ends_on >= starts_on)
);
";

const DOWN: &str = "
DROP TABLE school_holiday;
DROP TABLE absence;
DROP TABLE recurring_half_day;
DROP TABLE availability_day;
DROP TABLE availability;
";

schema_step!(up: [UP], down: [DOWN]);
