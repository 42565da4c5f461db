//! Creates attendance by half-day, its proofs and the trail of its corrections (domain reference, 4.4).
//!
//! A person has one line on a slot: the database says so. A line is corrected by a new row beside it.

use crate::schema_step;

const UP: &str = "
CREATE TABLE attendance (
    id {uuid} NOT NULL PRIMARY KEY,
    slot_id {uuid} NOT NULL REFERENCES training_slot (id),
    enrolment_id {uuid} NOT NULL REFERENCES enrolment (id),
    presence text NOT NULL CHECK (presence IN ('present', 'partial', 'absent', 'absent_excused')),
    minutes integer NOT NULL CHECK (minutes >= 0),
    proof text NOT NULL CHECK (proof IN ('none', 'qr', 'pin', 'link', 'account', 'paper', 'remote')),
    signature text NOT NULL,
    signed_at bigint,
    client_id {uuid},
    countersigned_by {uuid} REFERENCES expert (id),
    countersigned_at bigint,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    version integer NOT NULL,
    UNIQUE (slot_id, enrolment_id),
    CHECK (presence NOT IN ('absent', 'absent_excused') OR minutes = 0),
    CHECK ((countersigned_by IS NULL) = (countersigned_at IS NULL))
);
CREATE INDEX attendance_enrolment ON attendance (enrolment_id);
CREATE INDEX attendance_waiting ON attendance (slot_id) WHERE countersigned_at IS NULL;
CREATE UNIQUE INDEX attendance_client ON attendance (client_id) WHERE client_id IS NOT NULL;
CREATE TABLE attendance_change (
    id {uuid} NOT NULL PRIMARY KEY,
    attendance_id {uuid} NOT NULL REFERENCES attendance (id),
    was text NOT NULL CHECK (was IN ('present', 'partial', 'absent', 'absent_excused')),
    became text NOT NULL CHECK (became IN ('present', 'partial', 'absent', 'absent_excused')),
    was_minutes integer NOT NULL,
    became_minutes integer NOT NULL,
    reason text NOT NULL,
    changed_by {uuid} REFERENCES account (id),
    changed_at bigint NOT NULL
);
CREATE INDEX attendance_change_attendance ON attendance_change (attendance_id, changed_at);
CREATE TABLE attendance_proof (
    id {uuid} NOT NULL PRIMARY KEY,
    attendance_id {uuid} NOT NULL REFERENCES attendance (id),
    kind text NOT NULL CHECK (kind IN ('log', 'work', 'evaluation', 'assistance', 'afest_phase', 'other')),
    document_id {uuid} REFERENCES document (id),
    note text NOT NULL,
    dated_on date NOT NULL,
    recorded_by {uuid} REFERENCES account (id),
    recorded_at bigint NOT NULL,
    voided_at bigint
);
CREATE INDEX attendance_proof_attendance ON attendance_proof (attendance_id);
";

const DOWN: &str = "
DROP TABLE attendance_proof;
DROP TABLE attendance_change;
DROP TABLE attendance;
";

schema_step!(up: [UP], down: [DOWN]);
