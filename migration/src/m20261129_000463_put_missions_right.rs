//! The ways back of missions: the cancelled mission that another resumes, what was put right after a claim was paid, each
//! time a line more, and the employer to whom a claim is to be paid, when it is not the person.

use crate::schema_step;

const UP: &str = "
ALTER TABLE mission ADD COLUMN resumes_id {uuid} REFERENCES mission (id);
CREATE INDEX mission_resumes ON mission (resumes_id);
ALTER TABLE expense_claim ADD COLUMN employer_name text;
ALTER TABLE expense_claim ADD COLUMN employer_siret text;
CREATE TABLE claim_correction (
    id {uuid} NOT NULL PRIMARY KEY,
    claim_id {uuid} NOT NULL REFERENCES expense_claim (id),
    amount_cents bigint NOT NULL,
    reason text NOT NULL,
    paid_on date NOT NULL,
    payment text NOT NULL,
    corrected_at bigint NOT NULL,
    corrected_by {uuid} REFERENCES account (id),
    CHECK (amount_cents <> 0)
);
CREATE INDEX claim_correction_claim ON claim_correction (claim_id);
";

const DOWN: &str = "
DROP TABLE claim_correction;
ALTER TABLE expense_claim DROP COLUMN employer_siret;
ALTER TABLE expense_claim DROP COLUMN employer_name;
DROP INDEX mission_resumes;
ALTER TABLE mission DROP COLUMN resumes_id;
";

schema_step!(up: [UP], down: [DOWN]);
