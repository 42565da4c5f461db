//! Reads of referentials: the revisions of a version, and the whole of one.

use std::collections::HashMap;

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::candidate::{self, CandidateState};
use entity::ids::{BlocId, CertificationId, CertificationVersionId, EpreuveId, ReferentialId, SkillId};
use entity::jury_session::{self, JuryState};
use entity::referential::ReferentialState;
use entity::registration::Register;
use entity::{
    access_route, agreement, agreement_request, bloc, certification, epreuve, epreuve_cover, jury_rules,
    referential, result_rules, skill,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::CertificationError;
use super::super::dated::Dated;
use super::DescribedVersion;
use crate::authz::{Actor, Facts, Permission, may};
use crate::db;
use crate::error::Fault;
use crate::rules::referential::{Bloc, Document, Entry, Epreuve, JuryRules, ResultRules, Route, Skill, gaps};

/// A referential, as someone reads it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The certification.
    pub certification: certification::Model,
    /// The version.
    pub version: DescribedVersion,
    /// The revision; none when the version has none that this person may see.
    pub row: Option<referential::Model>,
    /// What it says.
    pub document: Document,
    /// What it lacks to be published.
    pub gaps: Vec<Fault>,
    /// The revisions that this person may see, latest first.
    pub revisions: Vec<referential::Model>,
}

/// What stands on a version, and would be touched by a change of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Someone may be enrolled today.
    pub open_today: bool,
    /// Drafts of requests of agreement.
    pub drafts: u64,
    /// Requests of agreement being examined.
    pub requests: u64,
    /// Agreements that are not over.
    pub agreements: u64,
    /// The latest published revision.
    pub published: Option<i32>,
}

impl Consequences {
    /// Whether anything stands on the version.
    #[must_use]
    pub const fn in_use(&self) -> bool {
        self.open_today || self.drafts + self.requests + self.agreements > 0
    }
}

/// Whom the publication of a revision concerns, beside those to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Candidates who wait for a jury and are tied to no revision: their livret follows the new one.
    pub untied: u64,
    /// Candidates who wait for a jury and whose positioning tied them to an earlier revision: their livret keeps it.
    pub tied: u64,
    /// Juries to come whose date was fixed: they keep the revision of that day.
    pub planned: u64,
}

/// Candidates about whom no jury has begun to decide.
const WAITING: [CandidateState; 7] = [
    CandidateState::Enrolled,
    CandidateState::Positioned,
    CandidateState::OnPath,
    CandidateState::FileSubmitted,
    CandidateState::FileIncomplete,
    CandidateState::Admitted,
    CandidateState::Summoned,
];

const EXAMINED: [RequestState; 11] = [
    RequestState::Submitted,
    RequestState::Incomplete,
    RequestState::Complete,
    RequestState::VisitToSchedule,
    RequestState::VisitScheduled,
    RequestState::VisitDone,
    RequestState::Adversarial,
    RequestState::OpinionGiven,
    RequestState::InCommittee,
    RequestState::Adjourned,
    RequestState::Appeal,
];
const HELD: [AgreementState; 4] = [
    AgreementState::Pending,
    AgreementState::Active,
    AgreementState::ActiveWithReserves,
    AgreementState::Suspended,
];

/// The revisions of a version, latest first.
///
/// # Errors
/// What the database answers.
pub async fn revisions(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Vec<referential::Model>, db::Error> {
    let found = referential::Entity::find()
        .filter(referential::Column::CertificationVersionId.eq(version))
        .order_by_desc(referential::Column::Revision)
        .all(conn)
        .await?;
    Ok(found)
}

/// The draft of a version.
///
/// # Errors
/// What the database answers.
pub async fn draft(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Option<referential::Model>, db::Error> {
    let found = revisions(conn, version).await?;
    Ok(found.into_iter().find(|row| row.state == ReferentialState::Draft))
}

/// The register entry that a referential is for: that of today, or of the first day of a version to come; else the
/// last one known.
#[must_use]
pub fn entry(found: &DescribedVersion, today: Date) -> Entry {
    let day = today.max(found.version.valid_from);
    let row = found.registration_on(day).or_else(|| found.registrations.last());
    row.map_or(Entry { register: Register::None, number: None }, |row| Entry {
        register: row.register,
        number: row.number.clone(),
    })
}

/// A revision of the referential of a version: the one asked; else the draft, for who may change it; else the latest
/// published.
///
/// # Errors
/// [`CertificationError::NotFound`], [`CertificationError::NoReferential`], the refusal of the policy, what the
/// database answers.
pub async fn shown(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: impl Fn(&certification::Model) -> bool,
    version: CertificationVersionId,
    revision: Option<i32>,
    today: Date,
) -> Result<Shown, CertificationError> {
    let (certification, version) = super::version_of(conn, actor, which, version).await?;
    let edits = may(actor, Permission::ReferentialEdit, &facts(certification.id));
    let mut revisions = revisions(conn, version.version.id).await?;
    revisions.retain(|row| edits || row.state == ReferentialState::Published);
    let row = match revision {
        Some(revision) => {
            let found = revisions.iter().find(|row| row.revision == revision).cloned();
            Some(found.ok_or(CertificationError::NoReferential)?)
        }
        None => revisions.first().cloned(),
    };
    let document = match &row {
        Some(row) => document(conn, row).await?,
        None => Document::default(),
    };
    let gaps = gaps(&document, &entry(&version, today));
    Ok(Shown { certification, version, row, document, gaps, revisions })
}

/// What the policy needs to know of a referential.
#[must_use]
pub fn facts(certification: CertificationId) -> Facts {
    Facts { certification: Some(certification), ..Facts::default() }
}

/// What stands on a version today.
///
/// # Errors
/// What the database answers.
pub async fn consequences(
    conn: &impl ConnectionTrait,
    version: &entity::certification_version::Model,
    today: Date,
) -> Result<Consequences, db::Error> {
    let requests = |states: Vec<RequestState>| {
        agreement_request::Entity::find()
            .filter(agreement_request::Column::CertificationVersionId.eq(version.id))
            .filter(agreement_request::Column::State.is_in(states))
    };
    let agreements = agreement::Entity::find()
        .filter(agreement::Column::CertificationVersionId.eq(version.id))
        .filter(agreement::Column::State.is_in(HELD));
    let revisions = revisions(conn, version.id).await?;
    let published = revisions.iter().find(|row| row.state == ReferentialState::Published);
    Ok(Consequences {
        open_today: version.holds_on(today),
        drafts: requests(vec![RequestState::Draft]).count(conn).await?,
        requests: requests(EXAMINED.to_vec()).count(conn).await?,
        agreements: agreements.count(conn).await?,
        published: published.map(|row| row.revision),
    })
}

/// Whom the publication of a revision of a version concerns.
///
/// # Errors
/// What the database answers.
pub async fn concerned(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Concerned, db::Error> {
    let waiting = || {
        candidate::Entity::find()
            .filter(candidate::Column::CertificationVersionId.eq(version))
            .filter(candidate::Column::State.is_in(WAITING))
    };
    let planned = jury_session::Entity::find()
        .filter(jury_session::Column::CertificationVersionId.eq(version))
        .filter(jury_session::Column::State.is_in([
            JuryState::Planned,
            JuryState::Confirmed,
            JuryState::Summoned,
        ]));
    Ok(Concerned {
        untied: waiting().filter(candidate::Column::ReferentialId.is_null()).count(conn).await?,
        tied: waiting().filter(candidate::Column::ReferentialId.is_not_null()).count(conn).await?,
        planned: planned.count(conn).await?,
    })
}

/// The whole of a revision.
///
/// # Errors
/// A referential without its rules, what the database answers.
pub async fn document(conn: &impl ConnectionTrait, row: &referential::Model) -> Result<Document, db::Error> {
    let blocs = bloc::Entity::find()
        .filter(bloc::Column::ReferentialId.eq(row.id))
        .order_by_asc(bloc::Column::Position)
        .all(conn)
        .await?;
    let skills = skill::Entity::find()
        .filter(skill::Column::ReferentialId.eq(row.id))
        .order_by_asc(skill::Column::Position)
        .all(conn)
        .await?;
    let bloc_codes: HashMap<BlocId, &str> = blocs.iter().map(|row| (row.id, row.code.as_str())).collect();
    let skill_codes: HashMap<SkillId, &str> = skills.iter().map(|row| (row.id, row.code.as_str())).collect();
    Ok(Document {
        families: lines(&row.families),
        epreuves: epreuves(conn, row.id, &bloc_codes, &skill_codes).await?,
        skills: skills.iter().map(|row| self::skill(row, &bloc_codes)).collect(),
        blocs: blocs.iter().map(self::bloc).collect(),
        routes: routes(conn, row.id).await?,
        jury: jury(conn, row.id).await?,
        results: results(conn, row.id).await?,
    })
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn bloc(row: &bloc::Model) -> Bloc {
    Bloc { code: row.code.clone(), title: row.title.clone(), optional: row.optional }
}

fn skill(row: &skill::Model, blocs: &HashMap<BlocId, &str>) -> Skill {
    Skill {
        code: row.code.clone(),
        wording: row.wording.clone(),
        family: row.family.clone(),
        criteria: lines(&row.criteria),
        bloc: row.bloc_id.and_then(|id| blocs.get(&id)).map(|code| (*code).to_owned()),
    }
}

async fn epreuves(
    conn: &impl ConnectionTrait,
    id: ReferentialId,
    blocs: &HashMap<BlocId, &str>,
    skills: &HashMap<SkillId, &str>,
) -> Result<Vec<Epreuve>, db::Error> {
    let rows = epreuve::Entity::find()
        .filter(epreuve::Column::ReferentialId.eq(id))
        .order_by_asc(epreuve::Column::Position)
        .all(conn)
        .await?;
    let ids: Vec<EpreuveId> = rows.iter().map(|row| row.id).collect();
    let covers = epreuve_cover::Entity::find()
        .filter(epreuve_cover::Column::EpreuveId.is_in(ids))
        .order_by_asc(epreuve_cover::Column::Id)
        .all(conn)
        .await?;
    let one = |row: &epreuve::Model| {
        let own: Vec<_> = covers.iter().filter(|cover| cover.epreuve_id == row.id).collect();
        let of_blocs = own.iter().filter_map(|cover| cover.bloc_id).filter_map(|id| blocs.get(&id));
        let of_skills = own.iter().filter_map(|cover| cover.skill_id).filter_map(|id| skills.get(&id));
        Epreuve {
            code: row.code.clone(),
            title: row.title.clone(),
            kind: row.kind,
            scale: row.scale,
            threshold: row.threshold,
            out_of: row.out_of,
            minutes: row.lasts_minutes,
            assessors: row.assessors,
            blocs: of_blocs.map(|code| (*code).to_owned()).collect(),
            skills: of_skills.map(|code| (*code).to_owned()).collect(),
        }
    };
    Ok(rows.iter().map(one).collect())
}

async fn routes(conn: &impl ConnectionTrait, id: ReferentialId) -> Result<Vec<Route>, db::Error> {
    let mut rows =
        access_route::Entity::find().filter(access_route::Column::ReferentialId.eq(id)).all(conn).await?;
    rows.sort_by_key(|row| row.way);
    Ok(rows.iter().map(|row| Route { way: row.way, allowed: row.allowed }).collect())
}

/// How the jury of a revision is made and decides.
///
/// # Errors
/// A referential without its rules, what the database answers.
pub async fn jury(conn: &impl ConnectionTrait, id: ReferentialId) -> Result<JuryRules, db::Error> {
    let row = jury_rules::Entity::find_by_id(id).one(conn).await?;
    let row = row.ok_or_else(|| without_rules("jury_rules", id))?;
    Ok(rules_of_jury(&row))
}

/// How the juries of a referential are made and decide, from its row: for other features.
#[must_use]
pub fn rules_of_jury(row: &jury_rules::Model) -> JuryRules {
    JuryRules {
        president: row.president,
        employers_min: row.employers_min,
        employees_min: row.employees_min,
        others_max: row.others_max,
        observers_max: row.observers_max,
        quorum_employers: row.quorum_employers,
        quorum_employees: row.quorum_employees,
        quorum_total: row.quorum_total,
        majority: row.majority,
        casting_vote: row.casting_vote,
        abstention_counts: row.abstention_counts,
        max_per_half_day: row.max_per_half_day,
        minutes_per_candidate: row.minutes_per_candidate,
        rotation_limit: row.rotation_limit,
        president_days: row.president_days,
        members_days: row.members_days,
        candidates_days: row.candidates_days,
        files_days: row.files_days,
        remote_allowed: row.remote_allowed,
        remote_in_quorum: row.remote_in_quorum,
        cpnef_validation: row.cpnef_validation,
        cpnef_signer: row.cpnef_signer.clone(),
    }
}

async fn results(conn: &impl ConnectionTrait, id: ReferentialId) -> Result<ResultRules, db::Error> {
    let row = result_rules::Entity::find_by_id(id).one(conn).await?;
    let row = row.ok_or_else(|| without_rules("result_rules", id))?;
    Ok(ResultRules {
        combine: row.combine,
        partial_allowed: row.partial_allowed,
        bloc_validity_years: row.bloc_validity_years.unwrap_or(0),
        resit_years: row.resit_years.unwrap_or(0),
        resit_gap_months: row.resit_gap_months,
        resit_missing_only: row.resit_missing_only,
        appeal_months: row.appeal_months,
        appeal_ack_days: row.appeal_ack_days,
        appeal_answer_months: row.appeal_answer_months,
        grades_printed: row.grades_printed,
    })
}

fn without_rules(table: &'static str, id: ReferentialId) -> db::Error {
    db::Error::Inconsistent { table, id: id.to_string(), what: "a referential has its rules" }
}
