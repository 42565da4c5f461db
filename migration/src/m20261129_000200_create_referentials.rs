//! Creates the referential of a certification version: what is attested, how it is assessed, by which jury.
//!
//! A version has one draft at most; what was published is frozen by the database itself, down to its last skill.
//! Rows may still be inserted under a published referential: a restored copy does so.

use crate::schema_step;

macro_rules! tables {
    ($triggers:literal) => {
        concat!(
            "
CREATE TABLE referential (
    id {uuid} NOT NULL PRIMARY KEY,
    certification_version_id {uuid} NOT NULL REFERENCES certification_version (id),
    revision integer NOT NULL CHECK (revision > 0),
    state text NOT NULL CHECK (state IN ('draft', 'published')),
    families text NOT NULL,
    created_at bigint NOT NULL,
    published_at bigint,
    version integer NOT NULL,
    UNIQUE (certification_version_id, revision),
    CHECK ((state = 'published') = (published_at IS NOT NULL))
);
CREATE UNIQUE INDEX referential_one_draft ON referential (certification_version_id) WHERE state = 'draft';
CREATE TABLE bloc (
    id {uuid} NOT NULL PRIMARY KEY,
    referential_id {uuid} NOT NULL REFERENCES referential (id),
    position integer NOT NULL,
    code text NOT NULL CHECK (code <> ''),
    title text NOT NULL,
    optional boolean NOT NULL,
    UNIQUE (referential_id, code),
    UNIQUE (referential_id, position)
);
CREATE TABLE skill (
    id {uuid} NOT NULL PRIMARY KEY,
    referential_id {uuid} NOT NULL REFERENCES referential (id),
    bloc_id {uuid} REFERENCES bloc (id),
    position integer NOT NULL,
    code text NOT NULL CHECK (code <> ''),
    wording text NOT NULL,
    family text NOT NULL,
    criteria text NOT NULL,
    UNIQUE (referential_id, code),
    UNIQUE (referential_id, position)
);
CREATE INDEX skill_of_bloc ON skill (bloc_id);
CREATE TABLE epreuve (
    id {uuid} NOT NULL PRIMARY KEY,
    referential_id {uuid} NOT NULL REFERENCES referential (id),
    position integer NOT NULL,
    code text NOT NULL CHECK (code <> ''),
    title text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('observation_situation', 'mise_en_situation', 'questionnaire', 'dossier',
        'entretien', 'presentation_orale', 'rapport_tuteur')),
    scale text NOT NULL CHECK (scale IN ('binary', 'four_levels', 'numeric')),
    threshold integer,
    out_of integer,
    lasts_minutes integer NOT NULL CHECK (lasts_minutes >= 0),
    assessors integer NOT NULL CHECK (assessors >= 0),
    UNIQUE (referential_id, code),
    UNIQUE (referential_id, position),
    CHECK (
        (scale = 'binary' AND threshold IS NULL AND out_of IS NULL)
        OR (scale = 'four_levels' AND threshold IS NOT NULL AND threshold BETWEEN 1 AND 4 AND out_of IS NULL)
        OR (scale = 'numeric' AND threshold IS NOT NULL AND out_of IS NOT NULL AND threshold BETWEEN 0 AND out_of)
    )
);
CREATE TABLE epreuve_cover (
    id {uuid} NOT NULL PRIMARY KEY,
    epreuve_id {uuid} NOT NULL REFERENCES epreuve (id),
    bloc_id {uuid} REFERENCES bloc (id),
    skill_id {uuid} REFERENCES skill (id),
    UNIQUE (epreuve_id, bloc_id),
    UNIQUE (epreuve_id, skill_id),
    CHECK ((bloc_id IS NULL) <> (skill_id IS NULL))
);
CREATE INDEX epreuve_cover_bloc ON epreuve_cover (bloc_id);
CREATE INDEX epreuve_cover_skill ON epreuve_cover (skill_id);
CREATE TABLE access_route (
    id {uuid} NOT NULL PRIMARY KEY,
    referential_id {uuid} NOT NULL REFERENCES referential (id),
    way text NOT NULL CHECK (way IN ('fc', 'contrat_pro', 'ca', 'fi', 'vae', 'candidat_libre')),
    allowed boolean NOT NULL,
    UNIQUE (referential_id, way)
);
CREATE TABLE jury_rules (
    referential_id {uuid} NOT NULL PRIMARY KEY REFERENCES referential (id),
    president text NOT NULL CHECK (president IN ('mandataire', 'colleges_in_turn')),
    employers_min integer NOT NULL CHECK (employers_min >= 0),
    employees_min integer NOT NULL CHECK (employees_min >= 0),
    others_max integer NOT NULL CHECK (others_max >= 0),
    observers_max integer CHECK (observers_max >= 0),
    quorum_employers integer NOT NULL CHECK (quorum_employers BETWEEN 0 AND employers_min),
    quorum_employees integer NOT NULL CHECK (quorum_employees BETWEEN 0 AND employees_min),
    quorum_total integer NOT NULL CHECK (quorum_total >= 1),
    majority text NOT NULL CHECK (majority IN ('absolute', 'two_thirds', 'unanimity')),
    casting_vote boolean NOT NULL,
    abstention_counts boolean NOT NULL,
    max_per_half_day integer NOT NULL CHECK (max_per_half_day >= 1),
    minutes_per_candidate integer NOT NULL CHECK (minutes_per_candidate >= 1),
    rotation_limit integer NOT NULL CHECK (rotation_limit >= 1),
    president_days integer NOT NULL CHECK (president_days >= members_days),
    members_days integer NOT NULL CHECK (members_days >= candidates_days),
    candidates_days integer NOT NULL CHECK (candidates_days >= files_days),
    files_days integer NOT NULL CHECK (files_days >= 0),
    remote_allowed boolean NOT NULL,
    remote_in_quorum boolean NOT NULL,
    cpnef_validation boolean NOT NULL,
    CHECK (quorum_total <= employers_min + employees_min + CASE WHEN president = 'mandataire' THEN 1 ELSE 0 END),
    CHECK (remote_allowed OR NOT remote_in_quorum)
);
CREATE TABLE result_rules (
    referential_id {uuid} NOT NULL PRIMARY KEY REFERENCES referential (id),
    combine text NOT NULL CHECK (combine IN ('every', 'any', 'agree')),
    partial_allowed boolean NOT NULL,
    bloc_validity_years integer CHECK (bloc_validity_years >= 1),
    resit_years integer CHECK (resit_years >= 1),
    resit_gap_months integer NOT NULL CHECK (resit_gap_months >= 0),
    resit_missing_only boolean NOT NULL,
    appeal_months integer NOT NULL CHECK (appeal_months >= 1),
    appeal_ack_days integer NOT NULL CHECK (appeal_ack_days >= 1),
    appeal_answer_months integer NOT NULL CHECK (appeal_answer_months >= 1),
    grades_printed boolean NOT NULL
);
",
            $triggers
        )
    };
}

const SQLITE_UP: &str = tables!(
    "
CREATE TRIGGER referential_no_update BEFORE UPDATE ON referential WHEN OLD.state = 'published'
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER referential_no_delete BEFORE DELETE ON referential WHEN OLD.state = 'published'
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER bloc_no_update BEFORE UPDATE ON bloc
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER bloc_no_delete BEFORE DELETE ON bloc
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER skill_no_update BEFORE UPDATE ON skill
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER skill_no_delete BEFORE DELETE ON skill
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER epreuve_no_update BEFORE UPDATE ON epreuve
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER epreuve_no_delete BEFORE DELETE ON epreuve
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER epreuve_cover_no_update BEFORE UPDATE ON epreuve_cover
WHEN EXISTS (SELECT 1 FROM epreuve e JOIN referential r ON r.id = e.referential_id
    WHERE e.id = OLD.epreuve_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER epreuve_cover_no_delete BEFORE DELETE ON epreuve_cover
WHEN EXISTS (SELECT 1 FROM epreuve e JOIN referential r ON r.id = e.referential_id
    WHERE e.id = OLD.epreuve_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER access_route_no_update BEFORE UPDATE ON access_route
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER access_route_no_delete BEFORE DELETE ON access_route
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER jury_rules_no_update BEFORE UPDATE ON jury_rules
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER jury_rules_no_delete BEFORE DELETE ON jury_rules
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER result_rules_no_update BEFORE UPDATE ON result_rules
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
CREATE TRIGGER result_rules_no_delete BEFORE DELETE ON result_rules
WHEN EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published')
BEGIN SELECT RAISE(ABORT, 'referential is published'); END;
"
);

const POSTGRES_UP: &str = tables!(
    "
CREATE FUNCTION refuse_published_referential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN RAISE EXCEPTION 'referential is published'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM referential r WHERE r.id = OLD.referential_id AND r.state = 'published') THEN
        RAISE EXCEPTION 'referential is published';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_published_cover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM epreuve e JOIN referential r ON r.id = e.referential_id
        WHERE e.id = OLD.epreuve_id AND r.state = 'published') THEN
        RAISE EXCEPTION 'referential is published';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referential_frozen BEFORE UPDATE OR DELETE ON referential
FOR EACH ROW EXECUTE FUNCTION refuse_published_referential();
CREATE TRIGGER bloc_frozen BEFORE UPDATE OR DELETE ON bloc
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
CREATE TRIGGER skill_frozen BEFORE UPDATE OR DELETE ON skill
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
CREATE TRIGGER epreuve_frozen BEFORE UPDATE OR DELETE ON epreuve
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
CREATE TRIGGER epreuve_cover_frozen BEFORE UPDATE OR DELETE ON epreuve_cover
FOR EACH ROW EXECUTE FUNCTION refuse_published_cover();
CREATE TRIGGER access_route_frozen BEFORE UPDATE OR DELETE ON access_route
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
CREATE TRIGGER jury_rules_frozen BEFORE UPDATE OR DELETE ON jury_rules
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
CREATE TRIGGER result_rules_frozen BEFORE UPDATE OR DELETE ON result_rules
FOR EACH ROW EXECUTE FUNCTION refuse_published_part();
"
);

const SQLITE_DOWN: &str = "
DROP TABLE result_rules;
DROP TABLE jury_rules;
DROP TABLE access_route;
DROP TABLE epreuve_cover;
DROP TABLE epreuve;
DROP TABLE skill;
DROP TABLE bloc;
DROP TABLE referential;
";

const POSTGRES_DOWN: &str = "
DROP TABLE result_rules;
DROP TABLE jury_rules;
DROP TABLE access_route;
DROP TABLE epreuve_cover;
DROP TABLE epreuve;
DROP TABLE skill;
DROP TABLE bloc;
DROP TABLE referential;
DROP FUNCTION refuse_published_cover();
DROP FUNCTION refuse_published_part();
DROP FUNCTION refuse_published_referential();
";

schema_step!(sqlite: [SQLITE_UP, SQLITE_DOWN], postgres: [POSTGRES_UP, POSTGRES_DOWN]);
