//! Creates the claims of fees and expenses of missions, and their lines: one claim for a mission, corrected in place.

use crate::schema_step;

const UP: &str = "
CREATE TABLE expense_claim (
    id {uuid} NOT NULL PRIMARY KEY,
    mission_id {uuid} NOT NULL REFERENCES mission (id),
    state text NOT NULL CHECK (state IN ('submitted', 'returned', 'certified', 'paid')),
    fee_cents bigint NOT NULL,
    expenses_cents bigint NOT NULL,
    reason text,
    return_reason text,
    submitted_at bigint NOT NULL,
    certified_at bigint,
    certified_by {uuid} REFERENCES account (id),
    paid_on date,
    payment text,
    UNIQUE (mission_id),
    CHECK (fee_cents >= 0),
    CHECK (expenses_cents >= 0),
    CHECK (state NOT IN ('certified', 'paid') OR certified_at IS NOT NULL),
    CHECK (state <> 'paid' OR paid_on IS NOT NULL)
);
CREATE INDEX expense_claim_state ON expense_claim (state, certified_at);
CREATE TABLE expense_line (
    id {uuid} NOT NULL PRIMARY KEY,
    claim_id {uuid} NOT NULL REFERENCES expense_claim (id),
    position integer NOT NULL,
    spent_on date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('mileage', 'night', 'meal', 'transport', 'other')),
    quantity integer NOT NULL,
    amount_cents bigint NOT NULL,
    label text NOT NULL,
    UNIQUE (claim_id, position),
    CHECK (quantity > 0),
    CHECK (amount_cents >= 0)
);
";

const DOWN: &str = "
DROP TABLE expense_line;
DROP TABLE expense_claim;
";

schema_step!(up: [UP], down: [DOWN]);
