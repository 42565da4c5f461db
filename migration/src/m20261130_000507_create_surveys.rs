//! Creates surveys: what is asked of whom, who was asked, and answers (domain reference, 4.4).
//!
//! An answer does not say who gave it: the invitation knows that it was used, and nothing more.

use crate::schema_step;

const UP: &str = "
CREATE TABLE survey (
    id {uuid} NOT NULL PRIMARY KEY,
    session_id {uuid} REFERENCES training_session (id),
    programme_id {uuid} REFERENCES programme (id),
    kind text NOT NULL CHECK (kind IN ('hot', 'cold', 'trainers', 'funders', 'companies')),
    state text NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
    questions {json} NOT NULL,
    opens_at bigint NOT NULL,
    closes_at bigint NOT NULL,
    invited integer NOT NULL CHECK (invited >= 0),
    answered integer NOT NULL CHECK (answered >= 0),
    deadline_at bigint,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    CHECK (closes_at > opens_at),
    CHECK (answered <= invited)
);
CREATE UNIQUE INDEX survey_once ON survey (session_id, kind) WHERE session_id IS NOT NULL;
CREATE INDEX survey_programme ON survey (programme_id, kind, opens_at);
CREATE INDEX survey_state ON survey (state, id);
CREATE INDEX survey_kind ON survey (kind, id);
CREATE INDEX survey_deadline ON survey (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE TABLE survey_invitation (
    id {uuid} NOT NULL PRIMARY KEY,
    survey_id {uuid} NOT NULL REFERENCES survey (id),
    enrolment_id {uuid} REFERENCES enrolment (id),
    buyer_id {uuid} REFERENCES training_buyer (id),
    funding_id {uuid} REFERENCES funding (id),
    expert_id {uuid} REFERENCES expert (id),
    email text NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    sent_at bigint,
    reminded_at bigint,
    reminders integer NOT NULL CHECK (reminders >= 0),
    answered boolean NOT NULL,
    declined_at bigint
);
CREATE INDEX survey_invitation_survey ON survey_invitation (survey_id, answered);
CREATE INDEX survey_invitation_enrolment ON survey_invitation (enrolment_id);
CREATE TABLE survey_answer (
    id {uuid} NOT NULL PRIMARY KEY,
    survey_id {uuid} NOT NULL REFERENCES survey (id),
    answers {json} NOT NULL,
    score integer CHECK (score BETWEEN 0 AND 100),
    answered_on date NOT NULL
);
CREATE INDEX survey_answer_survey ON survey_answer (survey_id);
";

const DOWN: &str = "
DROP TABLE survey_answer;
DROP TABLE survey_invitation;
DROP TABLE survey;
";

schema_step!(up: [UP], down: [DOWN]);
