//! Creates the working meetings of experts. A person is invited once to a meeting.

use crate::schema_step;

const UP: &str = "
CREATE TABLE meeting (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('mandataires', 'controleurs', 'formateurs', 'mixed')),
    state text NOT NULL CHECK (state IN ('planned', 'invited', 'held', 'minutes_published', 'cancelled')),
    meets_on date NOT NULL,
    starts_at bigint NOT NULL,
    lasts_minutes integer NOT NULL CHECK (lasts_minutes BETWEEN 15 AND 600),
    zone text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('video', 'on_site')),
    place text NOT NULL,
    agenda text NOT NULL,
    minutes text NOT NULL,
    time_spent_minutes integer,
    sequence integer NOT NULL,
    created_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (number)
);
CREATE INDEX meeting_day ON meeting (meets_on);
CREATE TABLE meeting_guest (
    id {uuid} NOT NULL PRIMARY KEY,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    expert_id {uuid} NOT NULL REFERENCES expert (id),
    answer text NOT NULL CHECK (answer IN ('none', 'coming', 'away')),
    answered_at bigint,
    present boolean,
    UNIQUE (meeting_id, expert_id)
);
CREATE INDEX meeting_guest_expert ON meeting_guest (expert_id);
CREATE TABLE meeting_decision (
    id {uuid} NOT NULL PRIMARY KEY,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    position integer NOT NULL,
    text text NOT NULL
);
CREATE INDEX meeting_decision_of ON meeting_decision (meeting_id);
CREATE TABLE meeting_action (
    id {uuid} NOT NULL PRIMARY KEY,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    position integer NOT NULL,
    text text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    done_on date
);
CREATE INDEX meeting_action_of ON meeting_action (meeting_id);
";

const DOWN: &str = "
DROP TABLE meeting_action;
DROP TABLE meeting_decision;
DROP TABLE meeting_guest;
DROP TABLE meeting;
";

schema_step!(up: [UP], down: [DOWN]);
