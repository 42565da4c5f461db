//! Who may control a structure: habilitation of the day, then independence (matrix of the domain reference, 3.6).
//!
//! What a person declared is confidential: the reasons given here name the kind of tie, its dates and where it is
//! known from, never the words of the declaration.

use std::collections::HashMap;

use entity::declared_interest::TieKind;
use entity::habilitation::{self, Duty};
use entity::ids::{CertificationId, ExpertId};
use entity::{agreement_request, declared_interest, expert, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::labels;
use super::queries::{Habilitation, covers, with_rights};
use crate::db;
use crate::features::rights::{self, RightKind};
use crate::features::settings;
use crate::rules::deadline;
use crate::rules::ties::{self, DatedTie, Finding, Severity, Tie};

/// Someone habilitated as contrôleur that day, and what stands in the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The expert.
    pub expert: expert::Model,
    /// The habilitation that counts, the one that covers the structure best.
    pub habilitation: Habilitation,
    /// What their ties with the structure say, blocking first.
    pub findings: Vec<Finding>,
    /// Whether nothing refuses; warnings ask for a reason, not more.
    pub eligible: bool,
    /// Everything to know, in French, what refuses first.
    pub reasons: Vec<String>,
}

impl Candidate {
    /// Whether a reason must be written to choose this person.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Warning)
    }
}

/// Every contrôleur habilitated on that day, for a visit of this structure: those who may be chosen first, those
/// with the fewest reservations before the others, then by name. Five queries, whatever their number.
///
/// # Errors
/// What the database answers.
pub async fn controllers_for(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    certification: CertificationId,
    on: Date,
) -> Result<Vec<Candidate>, db::Error> {
    let held = best_habilitations(conn, structure, certification, on).await?;
    let ids: Vec<ExpertId> = held.keys().copied().collect();
    let experts =
        expert::Entity::find().filter(expert::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    let mut found = findings(conn, structure, &ids, ties::Duty::Controller, on).await?;
    let candidate = |expert: expert::Model| {
        let habilitation = held.get(&expert.id)?.clone();
        let findings = found.remove(&expert.id).unwrap_or_default();
        Some(weigh(expert, habilitation, findings, structure, certification))
    };
    let mut candidates: Vec<_> = experts.into_iter().filter_map(candidate).collect();
    candidates.sort_by(|one, other| {
        let rank = |of: &Candidate| (!of.eligible, of.findings.len());
        rank(one).cmp(&rank(other)).then_with(|| one.expert.search.cmp(&other.expert.search))
    });
    Ok(candidates)
}

/// What the known ties of these people with a structure say about a duty there on a day.
///
/// # Errors
/// What the database answers.
pub async fn findings(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    experts: &[ExpertId],
    duty: ties::Duty,
    on: Date,
) -> Result<HashMap<ExpertId, Vec<Finding>>, db::Error> {
    let mut known = declared(conn, structure, experts).await?;
    for (expert, tie) in controls(conn, structure, experts).await? {
        known.entry(expert).or_default().push(tie);
    }
    let matrix = settings::tie_matrix(conn).await?;
    Ok(known.into_iter().map(|(expert, ties)| (expert, ties::assess(&matrix, duty, &ties, on))).collect())
}

/// What one person's habilitation and ties mean together.
fn weigh(
    expert: expert::Model,
    habilitation: Habilitation,
    findings: Vec<Finding>,
    structure: &structure::Model,
    certification: CertificationId,
) -> Candidate {
    let mut refusals = Vec::new();
    if habilitation.file.certification_id.is_some_and(|only| only != certification) {
        refusals.push(labels::OTHER_CERTIFICATION.to_owned());
    }
    if !covers(&habilitation.file, &structure.region) {
        refusals.push(labels::OTHER_REGION.to_owned());
    }
    let blocked = findings.iter().any(|finding| finding.severity == Severity::Blocking);
    let eligible = refusals.is_empty() && !blocked;
    let reasons =
        refusals.into_iter().chain(findings.iter().map(|finding| finding.sentence.clone())).collect();
    Candidate { expert, habilitation, findings, eligible, reasons }
}

async fn best_habilitations(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    certification: CertificationId,
    on: Date,
) -> Result<HashMap<ExpertId, Habilitation>, db::Error> {
    let duty = format!("{}|", Duty::Controleur.word());
    let held = rights::queries::in_force(conn, RightKind::Habilitation, Some(&duty), on).await?;
    let rows = habilitation::Entity::find()
        .filter(habilitation::Column::Id.is_in(held.iter().map(|held| held.right.source_id)))
        .order_by_asc(habilitation::Column::Id)
        .all(conn)
        .await?;
    let fits = |found: &Habilitation| {
        let here = covers(&found.file, &structure.region);
        (found.file.certification_id.is_none_or(|only| only == certification), here)
    };
    let mut best: HashMap<ExpertId, Habilitation> = HashMap::new();
    for found in with_rights(conn, rows).await? {
        let better = best.get(&found.file.expert_id).is_none_or(|known| fits(&found) > fits(known));
        if better {
            best.insert(found.file.expert_id, found);
        }
    }
    Ok(best)
}

async fn declared(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    experts: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<DatedTie>>, db::Error> {
    use declared_interest::Column;
    let rows = declared_interest::Entity::find()
        .filter(Column::StructureId.eq(structure.id))
        .filter(Column::ExpertId.is_in(experts.iter().copied()))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let mut known: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let tie = DatedTie {
            tie: match row.tie {
                TieKind::EmployeeBoardOrProvider => Tie::EmployeeBoardOrProvider,
                TieKind::SupportExpert => Tie::SupportExpert,
                TieKind::EpspTrainerOfTeam => Tie::EpspTrainerOfTeam,
                TieKind::JuryPresident => Tie::JuryPresident,
            },
            since: row.since,
            until: row.until,
            source: labels::declaration_of(row.declared_on.year()),
            detail: String::new(),
        };
        known.entry(row.expert_id).or_default().push(tie);
    }
    Ok(known)
}

/// The visits that these people made to the structure, each on its day.
async fn controls(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    experts: &[ExpertId],
) -> Result<Vec<(ExpertId, DatedTie)>, db::Error> {
    use agreement_request::Column;
    let rows = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure.id))
        .filter(Column::ControllerId.is_in(experts.iter().copied()))
        .filter(Column::VisitedAt.is_not_null())
        .order_by_asc(Column::VisitedAt)
        .all(conn)
        .await?;
    let tie = |row: agreement_request::Model| {
        let visited = deadline::date_in_zone(*row.visited_at?, &structure.zone).ok();
        let source = labels::request_of(row.number.as_deref());
        let tie = DatedTie {
            tie: Tie::ControllerThisPeriod,
            since: visited,
            until: visited,
            source,
            detail: String::new(),
        };
        Some((row.controller_id?, tie))
    };
    Ok(rows.into_iter().filter_map(tie).collect())
}
