//! Reads of ties. What a person declared is told to those who may read it, and to nobody else.

mod alerts;
mod declarations;

pub use alerts::{Alert, alert_page, alerts, kept};
pub use declarations::{Declarations, Interest, declarations, declared_by, declared_until, interests};
pub(super) use declarations::{already_reminded, undeclared};

use std::collections::{HashMap, HashSet};

use entity::ids::{ExpertId, StructureId};
use entity::{expert, structure, structure_group};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Date;

use super::TieError;
use super::judged::{Bond, Side, bonds, open_files};
use super::ledger::{Known, Scope, ledger};
use crate::authz::{self, Actor, Facts, Permission, visible};
use crate::db;
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::ties::{self, Duty, Finding, Severity, Tie};

/// A tie of a list: with whom, and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The tie.
    pub known: Known,
    /// Name of the person.
    pub expert_name: String,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the structure.
    pub structure_name: String,
    /// SIREN of the structure.
    pub structure_siren: String,
    /// Whether the reader may open the page of the structure.
    pub structure_open: bool,
    /// What it does to each duty that it stands in the way of, on the day looked at.
    pub effects: Vec<(Duty, Finding)>,
}

impl Line {
    /// How much it weighs that day.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.effects.iter().map(|(_, finding)| finding.severity).max()
    }
}

/// An expert that the actor may see.
///
/// # Errors
/// [`TieError::NotFound`], what the database answers.
pub async fn expert(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
) -> Result<expert::Model, TieError> {
    one(conn, actor, expert::Column::Id.eq(id)).await
}

/// The expert of a number, if the actor may see them.
///
/// # Errors
/// [`TieError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<expert::Model, TieError> {
    one(conn, actor, expert::Column::Number.eq(number)).await
}

async fn one(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<expert::Model, TieError> {
    let which = Condition::all().add(visible::experts(actor)).add(which);
    expert::Entity::find().filter(which).one(conn).await?.ok_or(TieError::NotFound)
}

/// The ties of a person with candidates that the actor may know, each with whether the actor may open the file; nothing for
/// who may know none.
///
/// # Errors
/// What the database answers.
pub async fn judged(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    expert: &expert::Model,
) -> Result<Vec<(Bond, bool)>, db::Error> {
    if !authz::may(actor, Permission::CandidateTie, &Facts::of_expert(expert)) {
        return Ok(Vec::new());
    }
    let found = bonds(conn, Side::Expert(expert.id)).await?;
    let open = open_files(conn, actor, &found).await?;
    let own = actor.expert() == Some(expert.id);
    let told = found.into_iter().map(|bond| {
        let opens = open.contains(&bond.candidate.id);
        (bond, opens)
    });
    Ok(told.filter(|(_, opens)| own || *opens).collect())
}

/// The structure of a SIREN, if the actor may see it.
///
/// # Errors
/// [`TieError::NotFound`], what the database answers.
pub async fn by_siren(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    siren: &str,
) -> Result<structure::Model, TieError> {
    let found = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(structure::Column::Siren.eq(siren))
        .one(conn)
        .await?;
    found.ok_or(TieError::NotFound)
}

/// The structure of a SIREN or a SIRET, whoever asks: a person declares ties with structures they do not see.
///
/// # Errors
/// What the database answers.
pub async fn named(conn: &impl ConnectionTrait, typed: &str) -> Result<Option<StructureId>, db::Error> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(9).collect();
    let row = structure::Entity::find().filter(structure::Column::Siren.eq(digits)).one(conn).await?;
    Ok(row.map(|row| row.id))
}

/// Whether the reader is told what people declare: this person, or everybody when none is named.
#[must_use]
pub fn told(actor: &Actor, expert: Option<&expert::Model>) -> bool {
    let facts = expert.map(Facts::of_expert).unwrap_or_default();
    authz::may(actor, Permission::InterestView, &facts)
}

/// Every tie of a person that was known on a day, weighed on it, those that refuse something first, then the latest.
/// Without those that the person declared, unless the reader may know them.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn of_expert(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
    on: Date,
) -> Result<Vec<Line>, TieError> {
    let person = expert(conn, actor, id).await?;
    let _seen = authz::allows(actor, Permission::TieView, &Facts::of_expert(&person))?;
    lines(conn, actor, &Scope::of_expert(id), on).await
}

/// Everyone who was known on a day to be tied with a structure, without the ties that people declared unless the reader may know them.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn of_structure(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: StructureId,
    on: Date,
) -> Result<Vec<Line>, TieError> {
    let found = structure::Entity::find_by_id(id).filter(visible::structures(actor)).one(conn).await?;
    let found = found.ok_or(TieError::NotFound)?;
    let facts = Facts { structure: Some(id), region: Some(found.region), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::TieView, &facts)?;
    lines(conn, actor, &Scope::of_structure(id), on).await
}

async fn lines(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    scope: &Scope,
    on: Date,
) -> Result<Vec<Line>, TieError> {
    let mut known = ledger(conn, scope).await?;
    let people = people(conn, &known).await?;
    known.retain(|one| !one.declared || people.get(&one.expert).is_some_and(|who| told(actor, Some(who))));
    known.retain(|one| one.learned_at.is_none_or(|at| day_in_zone(at, PARIS) <= on));
    let matrix = settings::tie_matrix(conn).await?;
    let structures = structures(conn, actor, &known).await?;
    let mut lines: Vec<Line> = known
        .into_iter()
        .filter_map(|known| {
            let person = people.get(&known.expert)?;
            let (structure_name, structure_siren, structure_open) = structures.get(&known.structure)?.clone();
            let effects = ties::effects(&matrix, &known.tie, on);
            Some(Line {
                known,
                expert_name: person.name(),
                expert_number: person.number.clone(),
                structure_name,
                structure_siren,
                structure_open,
                effects,
            })
        })
        .collect();
    lines.sort_by(|one, other| {
        let rank = |line: &Line| (line.severity(), line.known.tie.until.is_none(), line.known.tie.until);
        let named = |line: &Line| (line.structure_name.clone(), line.expert_number.clone());
        rank(other).cmp(&rank(one)).then_with(|| named(one).cmp(&named(other)))
    });
    Ok(lines)
}

async fn people(
    conn: &impl ConnectionTrait,
    known: &[Known],
) -> Result<HashMap<ExpertId, expert::Model>, db::Error> {
    let ids: HashSet<_> = known.iter().map(|one| one.expert).collect();
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn structures(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    known: &[Known],
) -> Result<HashMap<StructureId, (String, String, bool)>, db::Error> {
    use structure::{Column, Entity};
    let ids: HashSet<_> = known.iter().map(|one| one.structure).collect();
    let all = Entity::find().filter(Column::Id.is_in(ids));
    let open: Vec<StructureId> = all
        .clone()
        .filter(visible::structures(actor))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let rows = all.all(conn).await?;
    let named = |row: structure::Model| (row.id, (row.name, row.siren, open.contains(&row.id)));
    Ok(rows.into_iter().map(named).collect())
}

/// What several ties of one kind do together: presidencies of juries in the same structure.
///
/// # Errors
/// What the database answers.
pub async fn turns(
    conn: &impl ConnectionTrait,
    lines: &[Line],
    today: Date,
) -> Result<Vec<(String, String)>, db::Error> {
    let matrix = settings::tie_matrix(conn).await?;
    let mut with: Vec<(StructureId, &str)> = lines
        .iter()
        .filter(|line| line.known.tie.tie == Tie::JuryPresident)
        .map(|line| (line.known.structure, line.structure_name.as_str()))
        .collect();
    with.sort_unstable();
    with.dedup();
    let mut found = Vec::new();
    for (structure, name) in with {
        let own: Vec<_> = lines
            .iter()
            .filter(|line| line.known.structure == structure && line.known.tie.tie == Tie::JuryPresident)
            .map(|line| line.known.tie.clone())
            .collect();
        let findings = ties::assess(&matrix, Duty::JuryPresident, &own, today);
        found.extend(findings.into_iter().map(|finding| (name.to_owned(), finding.sentence)));
    }
    found.dedup();
    Ok(found)
}

/// The group of a structure.
///
/// # Errors
/// What the database answers.
pub async fn group_of(conn: &impl ConnectionTrait, id: StructureId) -> Result<Option<String>, db::Error> {
    Ok(structure_group::Entity::find_by_id(id).one(conn).await?.map(|row| row.name))
}
