//! Who may be given a duty in a structure: the right of the day, the declaration of interests, then independence
//! (matrix of the domain reference, 3.6).
//!
//! What a person declared is confidential: the reasons given here name the kind of tie, its dates and where it is
//! known from, never the words of the declaration.

use std::collections::HashMap;

use entity::dated_right::RightKind;
use entity::habilitation::{self, Duty as Right};
use entity::ids::{CertificationId, ExpertId};
use entity::{expert, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use uuid::Uuid;

use super::ledger::{Scope, ledger};
use super::{labels, queries};
use crate::db;
use crate::features::{rights, settings};
use crate::rules::territory;
use crate::rules::ties::{self, DatedTie, Duty, Finding, Severity};

/// Someone habilitated for a duty that day, and what stands in the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The expert.
    pub expert: expert::Model,
    /// The habilitation that counts, the one that covers the structure best.
    pub habilitation: habilitation::Model,
    /// What their ties with the structure say, blocking first.
    pub findings: Vec<Finding>,
    /// Whether nothing refuses; warnings ask for a reason, not more.
    pub eligible: bool,
    /// Everything to know, in French, what refuses first.
    pub reasons: Vec<String>,
}

/// The habilitations that entitle to a duty. Teaching support is given by whoever holds one.
#[must_use]
pub const fn entitling(duty: Duty) -> &'static [Right] {
    match duty {
        Duty::JuryPresident => &[Right::Mandataire],
        Duty::Controller => &[Right::Controleur],
        Duty::TeamTrainer => &[Right::Epsp],
        Duty::SupportExpert => &[Right::Mandataire, Right::Controleur, Right::Epsp],
    }
}

/// Everyone entitled to a duty on that day, for this structure: those who may be chosen first, those with the fewest
/// reservations before the others, then by name. A fixed number of queries, whatever their number.
///
/// # Errors
/// What the database answers.
pub async fn candidates_for(
    conn: &impl ConnectionTrait,
    duty: Duty,
    structure: &structure::Model,
    certification: CertificationId,
    on: Date,
) -> Result<Vec<Candidate>, db::Error> {
    let held = best_habilitations(conn, duty, structure, certification, on).await?;
    let ids: Vec<ExpertId> = held.keys().copied().collect();
    let experts =
        expert::Entity::find().filter(expert::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    let mut found = findings(conn, structure, &ids, duty, on).await?;
    let undeclared = undeclared(conn, duty, &ids, on).await?;
    let candidate = |expert: expert::Model| {
        let habilitation = held.get(&expert.id)?.clone();
        let findings = found.remove(&expert.id).unwrap_or_default();
        let mut refusals = refusals(&habilitation, structure, certification);
        if undeclared.contains(&expert.id) {
            refusals.push(labels::undeclared(on.year()));
        }
        Some(weigh(expert, habilitation, findings, refusals))
    };
    let mut candidates: Vec<_> = experts.into_iter().filter_map(candidate).collect();
    candidates.sort_by(|one, other| {
        let rank = |of: &Candidate| (!of.eligible, of.findings.len());
        rank(one).cmp(&rank(other)).then_with(|| {
            let named = |person: &expert::Model| (person.search.clone(), person.id);
            named(&one.expert).cmp(&named(&other.expert))
        })
    });
    Ok(candidates)
}

/// A duty given to someone in a structure, to be done on a day.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// What.
    pub duty: Duty,
    /// Where.
    pub structure: &'a structure::Model,
    /// For which certification.
    pub certification: CertificationId,
    /// To whom.
    pub expert: ExpertId,
    /// The day.
    pub on: Date,
    /// Kind and key of the object whose alerts a manager may have set aside.
    pub object: (&'static str, Uuid),
}

/// Why whoever was given a duty may not keep it, in words: no right that day, one for something else or elsewhere, a tie
/// that refuses. What a manager set aside for this very object does not count, nor does a declaration that is not up
/// to date: it refuses to give and takes nothing back.
///
/// # Errors
/// What the database answers.
pub async fn obstacles(conn: &impl ConnectionTrait, given: Given<'_>) -> Result<Vec<String>, db::Error> {
    let Given { duty, structure, certification, expert, on, object: (kind, key) } = given;
    let held = best_habilitations(conn, duty, structure, certification, on).await?;
    let mut found = match held.get(&expert) {
        Some(habilitation) => refusals(habilitation, structure, certification),
        None => vec![labels::no_right(on)],
    };
    let kept = queries::kept(conn, kind, key).await?.remove(&expert).unwrap_or_default();
    let ties = findings(conn, structure, &[expert], duty, on).await?.remove(&expert).unwrap_or_default();
    let refusing = ties.into_iter().filter(|finding| finding.severity == Severity::Blocking);
    found.extend(refusing.map(|finding| finding.sentence).filter(|sentence| !kept.contains(sentence)));
    Ok(found)
}

/// What the known ties of these people with a structure say about a duty there on a day, blocking first. The right
/// and the declaration are not looked at.
///
/// # Errors
/// What the database answers.
pub async fn findings(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    experts: &[ExpertId],
    duty: Duty,
    on: Date,
) -> Result<HashMap<ExpertId, Vec<Finding>>, db::Error> {
    let known = ties_of(conn, &Scope::between(experts.to_vec(), structure.id)).await?;
    let matrix = settings::tie_matrix(conn).await?;
    Ok(known.into_iter().map(|(expert, ties)| (expert, ties::assess(&matrix, duty, &ties, on))).collect())
}

async fn ties_of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
) -> Result<HashMap<ExpertId, Vec<DatedTie>>, db::Error> {
    let mut known: HashMap<_, Vec<_>> = HashMap::new();
    for one in ledger(conn, scope).await? {
        known.entry(one.expert).or_default().push(one.tie);
    }
    Ok(known)
}

/// What one person's right, declaration and ties mean together.
fn weigh(
    expert: expert::Model,
    habilitation: habilitation::Model,
    findings: Vec<Finding>,
    refusals: Vec<String>,
) -> Candidate {
    let blocked = findings.iter().any(|finding| finding.severity == Severity::Blocking);
    let eligible = refusals.is_empty() && !blocked;
    let reasons =
        refusals.into_iter().chain(findings.iter().map(|finding| finding.sentence.clone())).collect();
    Candidate { expert, habilitation, findings, eligible, reasons }
}

fn refusals(
    habilitation: &habilitation::Model,
    structure: &structure::Model,
    certification: CertificationId,
) -> Vec<String> {
    let mut refusals = Vec::new();
    if habilitation.certification_id.is_some_and(|only| only != certification) {
        refusals.push(labels::OTHER_CERTIFICATION.to_owned());
    }
    if !territory::covers(&habilitation.regions, &structure.region) {
        refusals.push(labels::OTHER_REGION.to_owned());
    }
    refusals
}

/// The files whose right counts that day, one for each person.
async fn best_habilitations(
    conn: &impl ConnectionTrait,
    duty: Duty,
    structure: &structure::Model,
    certification: CertificationId,
    on: Date,
) -> Result<HashMap<ExpertId, habilitation::Model>, db::Error> {
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, on).await?;
    let rows = habilitation::Entity::find()
        .filter(habilitation::Column::Id.is_in(held.iter().map(|held| held.right.source_id)))
        .filter(habilitation::Column::Duty.is_in(entitling(duty).iter().copied()))
        .order_by_asc(habilitation::Column::Id)
        .all(conn)
        .await?;
    let fits = |row: &habilitation::Model| {
        let here = territory::covers(&row.regions, &structure.region);
        (row.certification_id.is_none_or(|only| only == certification), here)
    };
    let mut best: HashMap<ExpertId, habilitation::Model> = HashMap::new();
    for row in rows {
        let better = best.get(&row.expert_id).is_none_or(|known| fits(&row) > fits(known));
        if better {
            best.insert(row.expert_id, row);
        }
    }
    Ok(best)
}

/// Those whose declaration of interests is not up to date on a day, when the duty needs one.
///
/// # Errors
/// What the database answers.
pub async fn undeclared(
    conn: &impl ConnectionTrait,
    duty: Duty,
    experts: &[ExpertId],
    on: Date,
) -> Result<Vec<ExpertId>, db::Error> {
    let rules = settings::declaration_rules(conn).await?;
    if !rules.needed(duty) {
        return Ok(Vec::new());
    }
    let declared = queries::declared_by(conn, experts, on).await?;
    Ok(experts.iter().copied().filter(|expert| !declared.contains_key(expert)).collect())
}
