//! Indexes that answer by themselves: what the network counts, and what the conditions of renewals look at.

use crate::schema_step;

const UP: &str = "
CREATE INDEX mission_done ON mission (
    expert_id, done_at, object, duty, structure_id, starts_at, reported_at, zone, satisfaction, external_ref
);
DROP INDEX mission_state;
CREATE INDEX mission_state ON mission (state, starts_at, region, expert_id, duty);
DROP INDEX agreement_request_controller;
CREATE INDEX agreement_request_controller ON agreement_request (controller_id, visited_at);
DROP INDEX meeting_guest_expert;
CREATE INDEX meeting_guest_expert ON meeting_guest (expert_id, present, meeting_id);
";

const DOWN: &str = "
DROP INDEX meeting_guest_expert;
CREATE INDEX meeting_guest_expert ON meeting_guest (expert_id);
DROP INDEX agreement_request_controller;
CREATE INDEX agreement_request_controller ON agreement_request (controller_id);
DROP INDEX mission_state;
CREATE INDEX mission_state ON mission (state, starts_at);
DROP INDEX mission_done;
";

schema_step!(up: [UP], down: [DOWN]);
