//! The answer kept under an idempotency key may be a file: its body is bytes, with the type and the name of the file. On
//! the way down a file is no longer given again: whoever repeats the request is told that it was executed.

use crate::schema_step;

const SQLITE_UP: &str = "
ALTER TABLE idempotency_key ADD COLUMN content_type text;
ALTER TABLE idempotency_key ADD COLUMN disposition text;
ALTER TABLE idempotency_key ADD COLUMN bytes {bytes};
UPDATE idempotency_key SET bytes = CAST(body AS blob);
ALTER TABLE idempotency_key DROP COLUMN body;
ALTER TABLE idempotency_key RENAME COLUMN bytes TO body;
";

const SQLITE_DOWN: &str = "
UPDATE idempotency_key SET status = NULL, body = NULL WHERE content_type NOT LIKE 'application/json%';
ALTER TABLE idempotency_key ADD COLUMN words text;
UPDATE idempotency_key SET words = CAST(body AS text);
ALTER TABLE idempotency_key DROP COLUMN body;
ALTER TABLE idempotency_key RENAME COLUMN words TO body;
ALTER TABLE idempotency_key DROP COLUMN disposition;
ALTER TABLE idempotency_key DROP COLUMN content_type;
";

const POSTGRES_UP: &str = "
ALTER TABLE idempotency_key ADD COLUMN content_type text;
ALTER TABLE idempotency_key ADD COLUMN disposition text;
ALTER TABLE idempotency_key ALTER COLUMN body TYPE {bytes} USING convert_to(body, 'UTF8');
";

const POSTGRES_DOWN: &str = "
UPDATE idempotency_key SET status = NULL, body = NULL WHERE content_type NOT LIKE 'application/json%';
ALTER TABLE idempotency_key ALTER COLUMN body TYPE text USING convert_from(body, 'UTF8');
ALTER TABLE idempotency_key DROP COLUMN disposition;
ALTER TABLE idempotency_key DROP COLUMN content_type;
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
