//! On SQLite, indexes in the order of the lists that hold what their searches compare, so that a search that finds
//! little reads the index and not the rows. `docs/performance.md` has the plans that called for them.
//!
//! PostgreSQL does without: it tests a pattern on the row whatever the index, sorts ten thousand names in memory, and
//! refuses an index entry of more than 2.7 kB, which the search text of a structure with many sites would be.

use crate::schema_step;

const SQLITE_UP: &str = "
CREATE INDEX structure_search ON structure (search, id);
CREATE INDEX agreement_request_search ON agreement_request (id, search);
";

const SQLITE_DOWN: &str = "
DROP INDEX agreement_request_search;
DROP INDEX structure_search;
";

const NOTHING: &str = "SELECT 1;";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [NOTHING, NOTHING]);
