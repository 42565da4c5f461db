//! Reads of experts. Every list starts from what the actor may see.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::expert;
use entity::habilitation::{self, Duty, HabilitationState};
use entity::ids::ExpertId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use time::Date;

use super::ExpertError;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the name, or a number.
    pub q: String,
    /// Habilitated for this duty.
    pub duty: Option<Duty>,
    /// Habilitated in this INSEE region, or everywhere.
    pub region: Option<String>,
    /// Habilitated on this day.
    pub valid_on: Option<Date>,
}

/// An expert and their habilitations, latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The expert.
    pub expert: expert::Model,
    /// The habilitations.
    pub habilitations: Vec<habilitation::Model>,
}

/// Whether an habilitation counts on a day: a suspended one does not, an ended one did until its last day.
#[must_use]
pub fn valid_on(row: &habilitation::Model, day: Date) -> bool {
    row.state != HabilitationState::Suspended && row.starts_on <= day && day <= row.ends_on
}

/// Whether an habilitation covers a region.
#[must_use]
pub fn covers(row: &habilitation::Model, region: &str) -> bool {
    row.regions.is_empty() || row.regions.split(',').any(|code| code == region)
}

fn valid_condition(day: Date) -> Condition {
    use habilitation::Column;
    Condition::all()
        .add(Column::State.ne(HabilitationState::Suspended))
        .add(Column::StartsOn.lte(day))
        .add(Column::EndsOn.gte(day))
}

fn habilitated(filter: &Filter) -> Option<Select<habilitation::Entity>> {
    use habilitation::Column;
    if filter.duty.is_none() && filter.region.is_none() && filter.valid_on.is_none() {
        return None;
    }
    let mut select = habilitation::Entity::find().select_only().column(Column::ExpertId);
    if let Some(duty) = filter.duty {
        select = select.filter(Column::Duty.eq(duty));
    }
    if let Some(day) = filter.valid_on {
        select = select.filter(valid_condition(day));
    }
    if let Some(code) = &filter.region {
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let covered = Condition::any()
            .add(Column::Regions.eq(""))
            .add(Column::Regions.eq(code.clone()))
            .add(Column::Regions.like(format!("{code},%")))
            .add(Column::Regions.like(format!("%,{code}")))
            .add(Column::Regions.like(format!("%,{code},%")));
        select = select.filter(covered);
    }
    Some(select)
}

/// The experts that the actor may see, in alphabetical order.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    use expert::Column;
    let mut select = expert::Entity::find()
        .filter(visible::experts(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(habilitated) = habilitated(filter) {
        select = select.filter(Column::Id.in_subquery(habilitated.into_query()));
    }
    let rows = keyset(select, Some(Column::Search), Column::Id, false, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: row.search.clone(), id: row.id.0 });
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let mut habilitations = habilitations_of(conn, &ids).await?;
    Ok(page.map(|expert| {
        let habilitations = habilitations.remove(&expert.id).unwrap_or_default();
        Found { expert, habilitations }
    }))
}

async fn habilitations_of(
    conn: &impl ConnectionTrait,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<habilitation::Model>>, db::Error> {
    let rows = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.is_in(ids.iter().copied()))
        .order_by_desc(habilitation::Column::StartsOn)
        .order_by_asc(habilitation::Column::Id)
        .all(conn)
        .await?;
    let mut by_expert: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_expert.entry(row.expert_id).or_default().push(row);
    }
    Ok(by_expert)
}

/// An expert that the actor may see.
///
/// # Errors
/// [`ExpertError::NotFound`], what the database answers.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: ExpertId) -> Result<Found, ExpertError> {
    one(conn, actor, Condition::all().add(expert::Column::Id.eq(id))).await
}

/// The expert of a number, if the actor may see them.
///
/// # Errors
/// [`ExpertError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Found, ExpertError> {
    one(conn, actor, Condition::all().add(expert::Column::Number.eq(number))).await
}

async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Found, ExpertError> {
    let found = expert::Entity::find().filter(visible::experts(actor)).filter(which).one(conn).await?;
    let expert = found.ok_or(ExpertError::NotFound)?;
    let habilitations = habilitations_of(conn, &[expert.id]).await?.remove(&expert.id).unwrap_or_default();
    Ok(Found { expert, habilitations })
}

/// How many people hold each duty on a day.
///
/// # Errors
/// What the database answers.
pub async fn head_counts(conn: &impl ConnectionTrait, day: Date) -> Result<BTreeMap<Duty, usize>, db::Error> {
    let rows: Vec<(Duty, ExpertId)> = habilitation::Entity::find()
        .filter(valid_condition(day))
        .select_only()
        .column(habilitation::Column::Duty)
        .column(habilitation::Column::ExpertId)
        .into_tuple()
        .all(conn)
        .await?;
    let mut people: BTreeMap<Duty, HashSet<ExpertId>> = BTreeMap::new();
    for (duty, expert) in rows {
        people.entry(duty).or_default().insert(expert);
    }
    Ok(Duty::all().map(|duty| (duty, people.get(&duty).map_or(0, HashSet::len))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    fn habilitation(state: HabilitationState, regions: &str) -> habilitation::Model {
        habilitation::Model {
            id: Uuid::nil().into(),
            expert_id: Uuid::nil().into(),
            duty: Duty::Controleur,
            state,
            starts_on: date!(2023 - 01 - 01),
            ends_on: date!(2025 - 12 - 31),
            certification_id: None,
            regions: regions.to_owned(),
        }
    }

    #[test]
    fn an_habilitation_counts_between_its_dates_unless_it_is_suspended() {
        use HabilitationState as State;
        for (state, day, expected) in [
            (State::Active, date!(2022 - 12 - 31), false),
            (State::Active, date!(2023 - 01 - 01), true),
            (State::Active, date!(2025 - 12 - 31), true),
            (State::Active, date!(2026 - 01 - 01), false),
            (State::Expired, date!(2023 - 12 - 31), true),
            (State::Resigned, date!(2023 - 12 - 31), true),
            (State::Suspended, date!(2023 - 12 - 31), false),
        ] {
            assert_eq!(valid_on(&habilitation(state, ""), day), expected, "{state} on {day}");
        }
    }

    #[test]
    fn no_region_means_everywhere() {
        for (regions, region, expected) in
            [("", "27", true), ("27,11", "11", true), ("27,11", "1", false), ("27", "11", false)]
        {
            assert_eq!(
                covers(&habilitation(HabilitationState::Active, regions), region),
                expected,
                "{regions}"
            );
        }
    }
}
