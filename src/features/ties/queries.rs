//! Reads of ties. What a person declared is told in words to those who may read it, and to nobody else.

use std::collections::{HashMap, HashSet};

use entity::dated_right::RightKind;
use entity::ids::{ExpertId, StructureId};
use entity::tie_alert::AlertState;
use entity::{
    declared_interest, expert, habilitation, interest_declaration, mail, structure, structure_group,
    tie_alert,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use time::Date;

use super::TieError;
use super::ledger::{Known, Scope, ledger};
use crate::authz::{self, Actor, Facts, Permission, visible};
use crate::db;
use crate::features::{rights, settings};
use crate::rules::interests::{DeclarationRules, Standing};
use crate::rules::ties::{self, Duty, Finding, Severity, Tie};

/// A tie of a list: with whom, and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The tie; its confidential words are empty for those who may not read them.
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
    /// What it does to each duty that it stands in the way of, today.
    pub effects: Vec<(Duty, Finding)>,
}

impl Line {
    /// How much it weighs today.
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

/// Every known tie of a person, those that refuse something first, then the latest.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn of_expert(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
    today: Date,
) -> Result<Vec<Line>, TieError> {
    expert(conn, actor, id).await?;
    let facts = Facts { expert: Some(id), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::TieView, &facts)?;
    lines(conn, actor, &Scope::of_expert(id), today).await
}

/// Everyone who is tied with a structure.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn of_structure(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: StructureId,
    today: Date,
) -> Result<Vec<Line>, TieError> {
    let found = structure::Entity::find_by_id(id).filter(visible::structures(actor)).one(conn).await?;
    let found = found.ok_or(TieError::NotFound)?;
    let facts = Facts { structure: Some(id), region: Some(found.region), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::TieView, &facts)?;
    lines(conn, actor, &Scope::of_structure(id), today).await
}

async fn lines(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    scope: &Scope,
    today: Date,
) -> Result<Vec<Line>, TieError> {
    let known = ledger(conn, scope).await?;
    let matrix = settings::tie_matrix(conn).await?;
    let people = people(conn, &known).await?;
    let structures = structures(conn, actor, &known).await?;
    let mut lines: Vec<Line> = known
        .into_iter()
        .filter_map(|mut known| {
            let (expert_name, expert_number) = people.get(&known.expert)?.clone();
            let (structure_name, structure_siren, structure_open) = structures.get(&known.structure)?.clone();
            let facts = Facts { expert: Some(known.expert), ..Facts::default() };
            if !authz::may(actor, Permission::InterestView, &facts) {
                known.confidential.clear();
            }
            let effects = ties::effects(&matrix, &known.tie, today);
            Some(Line {
                known,
                expert_name,
                expert_number,
                structure_name,
                structure_siren,
                structure_open,
                effects,
            })
        })
        .collect();
    lines.sort_by(|one, other| {
        let rank = |line: &Line| (line.severity(), line.known.tie.until.is_none(), line.known.tie.until);
        rank(other).cmp(&rank(one)).then_with(|| one.structure_name.cmp(&other.structure_name))
    });
    Ok(lines)
}

async fn people(
    conn: &impl ConnectionTrait,
    known: &[Known],
) -> Result<HashMap<ExpertId, (String, String)>, db::Error> {
    let ids: HashSet<_> = known.iter().map(|one| one.expert).collect();
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    let named =
        |row: expert::Model| (row.id, (format!("{} {}", row.first_names, row.family_name), row.number));
    Ok(rows.into_iter().map(named).collect())
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

/// A declared interest and the name of the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// The interest.
    pub row: declared_interest::Model,
    /// Name of the structure.
    pub structure_name: String,
}

/// The interests that an expert declared, latest first; for those who may read them.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn interests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
) -> Result<Vec<Interest>, TieError> {
    expert(conn, actor, id).await?;
    let facts = Facts { expert: Some(id), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::InterestView, &facts)?;
    let rows = declared_interest::Entity::find()
        .filter(declared_interest::Column::ExpertId.eq(id))
        .order_by_desc(declared_interest::Column::DeclaredOn)
        .order_by_desc(declared_interest::Column::Id)
        .all(conn)
        .await?;
    let names: Vec<(StructureId, String)> = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .select_only()
        .columns([structure::Column::Id, structure::Column::Name])
        .into_tuple()
        .all(conn)
        .await?;
    let names: HashMap<_, _> = names.into_iter().collect();
    let named = |row: declared_interest::Model| {
        let structure_name = names.get(&row.structure_id).cloned().unwrap_or_default();
        Interest { row, structure_name }
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The yearly declarations of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declarations {
    /// Latest first.
    pub made: Vec<interest_declaration::Model>,
    /// Where the person stands today.
    pub standing: Standing,
    /// By when the declaration of this year is due.
    pub due_on: Date,
}

/// The declarations that a person made, year after year: that they were made is no secret for those who see the
/// file.
///
/// # Errors
/// [`TieError::NotFound`], the refusal of the policy, what the database answers.
pub async fn declarations(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
    today: Date,
) -> Result<Declarations, TieError> {
    use interest_declaration::{Column, Entity};
    expert(conn, actor, id).await?;
    let facts = Facts { expert: Some(id), ..Facts::default() };
    let _seen = authz::allows(actor, Permission::TieView, &facts)?;
    let made = Entity::find().filter(Column::ExpertId.eq(id)).order_by_desc(Column::Year).all(conn).await?;
    let rules: DeclarationRules = settings::declaration_rules(conn).await?;
    let years: Vec<i32> = made.iter().map(|row| row.year).collect();
    Ok(Declarations { made, standing: rules.standing(&years, today), due_on: rules.due_on(today.year()) })
}

/// Until when the declaration of interests of a person counts, if it does on a day: for the features that give duties
/// or habilitations, which have asked the policy themselves.
///
/// # Errors
/// What the database answers.
pub async fn declared_until(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    on: Date,
) -> Result<Option<Date>, db::Error> {
    use interest_declaration::{Column, Entity};
    let made = Entity::find().filter(Column::ExpertId.eq(expert)).all(conn).await?;
    let years: Vec<i32> = made.iter().map(|row| row.year).collect();
    Ok(settings::declaration_rules(conn).await?.good_until(&years, on))
}

/// Who holds an habilitation on a day and has not declared for its year.
///
/// # Errors
/// What the database answers.
pub(super) async fn undeclared(conn: &impl ConnectionTrait, on: Date) -> Result<Vec<ExpertId>, db::Error> {
    let declared = interest_declaration::Entity::find()
        .select_only()
        .column(interest_declaration::Column::ExpertId)
        .filter(interest_declaration::Column::Year.eq(on.year()));
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, on).await?;
    let rows = habilitation::Entity::find()
        .filter(habilitation::Column::Id.is_in(held.iter().map(|held| held.right.source_id)))
        .filter(habilitation::Column::ExpertId.not_in_subquery(declared.into_query()))
        .select_only()
        .column(habilitation::Column::ExpertId)
        .distinct()
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// Whether a reminder was already made: its mail exists, whatever became of it.
///
/// # Errors
/// What the database answers.
pub(super) async fn already_reminded(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    year: i32,
    rank: usize,
) -> Result<bool, db::Error> {
    let key = super::events::reminder_key(expert, year, rank);
    Ok(mail::Entity::find().filter(mail::Column::Dedupe.eq(key)).count(conn).await? > 0)
}

/// The group of a structure.
///
/// # Errors
/// What the database answers.
pub async fn group_of(conn: &impl ConnectionTrait, id: StructureId) -> Result<Option<String>, db::Error> {
    Ok(structure_group::Entity::find_by_id(id).one(conn).await?.map(|row| row.name))
}

/// An alert, the person and the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// The alert.
    pub row: tie_alert::Model,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the person.
    pub expert_name: String,
    /// Name of the structure.
    pub structure_name: String,
    /// INSEE region of the structure.
    pub structure_region: String,
}

/// The alerts that the actor may see, of one person or of everybody, newest first.
///
/// # Errors
/// What the database answers.
pub async fn alerts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    only: Option<ExpertId>,
    open: bool,
) -> Result<Vec<Alert>, db::Error> {
    use tie_alert::{Column, Entity};
    let mut select = Entity::find().order_by_desc(Column::Id).limit(200);
    if let Some(expert) = only {
        select = select.filter(Column::ExpertId.eq(expert));
    }
    if open {
        select = select.filter(Column::State.eq(AlertState::Open));
    }
    let rows = select.all(conn).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let whole = |row: tie_alert::Model| {
        let person = people.iter().find(|person| person.id == row.expert_id)?;
        let structure = structures.iter().find(|structure| structure.id == row.structure_id)?;
        let facts =
            Facts { expert: Some(person.id), region: Some(structure.region.clone()), ..Facts::default() };
        authz::may(actor, Permission::TieView, &facts).then(|| Alert {
            row,
            expert_number: person.number.clone(),
            expert_name: format!("{} {}", person.first_names, person.family_name),
            structure_name: structure.name.clone(),
            structure_region: structure.region.clone(),
        })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}
