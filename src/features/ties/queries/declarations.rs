//! Reads of what people declare: interests, and the declaration of each year. Confidential, but that it was made.

use std::collections::HashMap;

use entity::dated_right::RightKind;
use entity::ids::{ExpertId, StructureId};
use entity::{declared_interest, habilitation, interest_declaration, mail, structure};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::Date;

use super::super::{TieError, events};
use super::{expert, told};
use crate::authz::{self, Actor, Facts, Permission};
use crate::db;
use crate::features::{rights, settings};
use crate::rules::deadline::day_in_zone;
use crate::rules::interests::Standing;
use crate::rules::territory::PARIS;

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
    let person = expert(conn, actor, id).await?;
    let _seen = authz::allows(actor, Permission::InterestView, &Facts::of_expert(&person))?;
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
    /// Whether the reader may know what they say, and not only that they were made.
    pub told: bool,
    /// Where the person stands today.
    pub standing: Standing,
    /// By when the declaration of this year is due.
    pub due_on: Date,
    /// The last day on which the latest one counts, or counted; none when none was made.
    pub counts_until: Option<Date>,
}

/// The declarations that a person made, year after year: that they were made is no secret for those who see the file,
/// what they say is told to those who may read interests.
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
    let person = expert(conn, actor, id).await?;
    let _seen = authz::allows(actor, Permission::TieView, &Facts::of_expert(&person))?;
    let told = told(actor, Some(&person));
    let made = Entity::find().filter(Column::ExpertId.eq(id)).order_by_desc(Column::Year).all(conn).await?;
    let rules = settings::declaration_rules(conn).await?;
    let years: Vec<i32> = made.iter().map(|row| row.year).collect();
    // Nothing was awaited from somebody before they were recorded.
    let recorded = day_in_zone(*person.created_at, PARIS);
    let first = if made.is_empty() { recorded } else { Date::MIN };
    let (standing, due_on) = (rules.standing(&years, today), rules.due_on(today.year()).max(first));
    let counts_until = rules.counts_until(&years, today);
    Ok(Declarations { made, told, standing, due_on, counts_until })
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
    Ok(declared_by(conn, &[expert], on).await?.remove(&expert))
}

/// The same for several people, for those whose declaration counts on the day.
///
/// # Errors
/// What the database answers.
pub async fn declared_by(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    on: Date,
) -> Result<HashMap<ExpertId, Date>, db::Error> {
    use interest_declaration::{Column, Entity};
    let made: Vec<(ExpertId, i32)> = Entity::find()
        .select_only()
        .columns([Column::ExpertId, Column::Year])
        .filter(Column::ExpertId.is_in(people.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let rules = settings::declaration_rules(conn).await?;
    let mut years: HashMap<ExpertId, Vec<i32>> = HashMap::new();
    for (person, year) in made {
        years.entry(person).or_default().push(year);
    }
    let good = |(person, years): (ExpertId, Vec<i32>)| Some((person, rules.good_until(&years, on)?));
    Ok(years.into_iter().filter_map(good).collect())
}

/// Who holds an habilitation on a day and has not declared for its year.
///
/// # Errors
/// What the database answers.
pub(in super::super) async fn undeclared(
    conn: &impl ConnectionTrait,
    on: Date,
) -> Result<Vec<ExpertId>, db::Error> {
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
pub(in super::super) async fn already_reminded(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    year: i32,
    rank: usize,
) -> Result<bool, db::Error> {
    let key = events::reminder_key(expert, year, rank);
    Ok(mail::Entity::find().filter(mail::Column::Dedupe.eq(key)).count(conn).await? > 0)
}
