//! Creates draws that can be done again, of structures to inspect and of files to read.

use crate::schema_step;

const UP: &str = "
CREATE TABLE draw (
    id {uuid} NOT NULL PRIMARY KEY,
    number text NOT NULL UNIQUE,
    subject text NOT NULL CHECK (subject IN ('structures', 'candidate_files')),
    inspection_id {uuid} REFERENCES inspection (id),
    title text NOT NULL,
    state text NOT NULL CHECK (state IN ('prepared', 'published', 'drawn', 'cancelled')),
    algorithm text NOT NULL,
    size integer NOT NULL,
    rules text NOT NULL,
    population_on date NOT NULL,
    seed text,
    seed_source text NOT NULL,
    published_at bigint,
    published_by {uuid} REFERENCES account (id),
    inputs text,
    inputs_hash text,
    result text,
    result_hash text,
    drawn_at bigint,
    drawn_by {uuid} REFERENCES account (id),
    document_id {uuid} REFERENCES document (id),
    closing text,
    created_by {uuid} REFERENCES account (id),
    created_at bigint NOT NULL,
    version integer NOT NULL,
    search text NOT NULL,
    CHECK (state NOT IN ('published', 'drawn') OR (seed IS NOT NULL AND published_at IS NOT NULL)),
    CHECK (state <> 'drawn' OR (inputs_hash IS NOT NULL AND result IS NOT NULL AND drawn_at > published_at)),
    CHECK ((subject = 'candidate_files') = (inspection_id IS NOT NULL)),
    CHECK (size > 0)
);
CREATE INDEX draw_state ON draw (state, id);
CREATE INDEX draw_inspection ON draw (inspection_id);
CREATE TABLE draw_pick (
    id {uuid} NOT NULL PRIMARY KEY,
    draw_id {uuid} NOT NULL REFERENCES draw (id),
    position integer NOT NULL,
    subject_id {uuid} NOT NULL,
    label text NOT NULL,
    stratum text NOT NULL,
    ticket text NOT NULL,
    inspection_id {uuid} REFERENCES inspection (id),
    UNIQUE (draw_id, position),
    UNIQUE (draw_id, subject_id)
);
CREATE INDEX draw_pick_subject ON draw_pick (subject_id);
CREATE INDEX draw_pick_inspection ON draw_pick (inspection_id);
";

const DOWN: &str = "
DROP TABLE draw_pick;
DROP TABLE draw;
";

schema_step!(up: [UP], down: [DOWN]);
