//! Reads of experts. Every list starts from what the actor may see.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::account::AccountState;
use entity::habilitation::{self, Duty, HabilitationState};
use entity::ids::ExpertId;
use entity::{account, dated_right, expert};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use time::Date;
use uuid::Uuid;

mod habilitations;
mod history;
mod observed;
mod past;
mod pieces;
mod planned;
mod waiting;
mod work;

pub use habilitations::{FileFilter, Path, habilitation, habilitation_on, habilitations, lacks, pieces};
pub(super) use habilitations::{progress_of, steps_of};
pub use history::{Entry, history};
pub use observed::{Observed, may_rest_on, mission_numbers, observed};
pub(super) use pieces::PIECE;
pub use pieces::{AskedPiece, asked_pieces, piece_file, piece_files};
pub use planned::{Planned, PlannedKind, planned};
pub use waiting::undecided;
pub use work::{Line, Nearest, Year, mean_missions, nearest, steps_done, year};

use super::ExpertError;
use super::input::Expert;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::rights::{self, Held, HolderKind, RightKind, RightState, SourceKind};
use crate::rules::fold::fold;
use crate::rules::territory;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the name, or a number.
    pub q: String,
    /// Habilitated for this duty.
    pub duty: Option<Duty>,
    /// With an habilitation in this state.
    pub state: Option<HabilitationState>,
    /// Habilitated in this INSEE region, or everywhere.
    pub region: Option<String>,
    /// Habilitated on this day.
    pub valid_on: Option<Date>,
}

/// A file and the rights that it gave, oldest first, those that never counted left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habilitation {
    /// The file.
    pub file: habilitation::Model,
    /// Its rights.
    pub rights: Vec<Held>,
    /// Whether another file goes on with the last of them, without a gap.
    pub followed: bool,
}

impl Habilitation {
    /// Whether it counts on a day.
    #[must_use]
    pub fn valid_on(&self, day: Date) -> bool {
        self.rights.iter().any(|held| held.valid_on(day))
    }

    /// The last of its rights.
    #[must_use]
    pub fn last(&self) -> Option<&Held> {
        self.rights.last()
    }

    /// The first day of the first right.
    #[must_use]
    pub fn starts_on(&self) -> Option<Date> {
        self.rights.first().map(|held| held.right.starts_on)
    }

    /// The last day of the last right.
    #[must_use]
    pub fn ends_on(&self) -> Option<Date> {
        self.last().and_then(|held| held.right.ends_on)
    }
}

/// An expert and their habilitations, latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The expert.
    pub expert: expert::Model,
    /// The habilitations.
    pub habilitations: Vec<Habilitation>,
}

/// Whether an habilitation covers a region.
#[must_use]
pub fn covers(row: &habilitation::Model, region: &str) -> bool {
    territory::covers(&row.regions, region)
}

fn habilitated(filter: &Filter) -> Option<Select<habilitation::Entity>> {
    use habilitation::Column;
    let asked = filter.duty.is_some() || filter.state.is_some() || filter.region.is_some();
    if !asked && filter.valid_on.is_none() {
        return None;
    }
    let mut select = habilitation::Entity::find().select_only().column(Column::ExpertId);
    if let Some(duty) = filter.duty {
        select = select.filter(Column::Duty.eq(duty));
    }
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(day) = filter.valid_on {
        let valid = dated_right::Entity::find()
            .select_only()
            .column(dated_right::Column::SourceId)
            .filter(dated_right::Column::SourceKind.eq(SourceKind::Habilitation))
            .filter(rights::queries::valid_condition(day));
        select = select.filter(Column::Id.in_subquery(valid.into_query()));
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

/// The habilitations of these experts with their rights, the latest files first.
///
/// # Errors
/// What the database answers.
pub async fn habilitations_of(
    conn: &impl ConnectionTrait,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<Habilitation>>, db::Error> {
    let rows = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.is_in(ids.iter().copied()))
        .order_by_desc(habilitation::Column::Id)
        .all(conn)
        .await?;
    let mut by_expert: HashMap<_, Vec<_>> = HashMap::new();
    for found in with_rights(conn, rows).await? {
        by_expert.entry(found.file.expert_id).or_default().push(found);
    }
    Ok(by_expert)
}

/// These files with their rights, in the same order.
pub(super) async fn with_rights(
    conn: &impl ConnectionTrait,
    rows: Vec<habilitation::Model>,
) -> Result<Vec<Habilitation>, db::Error> {
    let people: HashSet<_> = rows.iter().map(|row| row.expert_id.0).collect();
    let people: Vec<_> = people.into_iter().collect();
    let mut held = rights::queries::of_holders(conn, HolderKind::Expert, &people).await?;
    for own in held.values_mut() {
        own.retain(|held| held.right.state != RightState::Void);
    }
    let none: &[Held] = &[];
    let with = |file: habilitation::Model| {
        let own = held.get(&file.expert_id.0).map_or(none, Vec::as_slice);
        let of_file = |held: &&Held| {
            held.right.source_kind == SourceKind::Habilitation && held.right.source_id == file.id.0
        };
        let rights: Vec<Held> = own.iter().filter(of_file).cloned().collect();
        let followed = rights.last().is_some_and(|last| last.last_day(own) != last.right.ends_on);
        Habilitation { file, rights, followed }
    };
    Ok(rows.into_iter().map(with).collect())
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
    one(conn, actor, Condition::all().add(expert::Column::Number.eq(number.to_uppercase()))).await
}

/// Somebody of the same names who is recorded already, among those that the actor may see.
///
/// # Errors
/// What the database answers.
pub async fn namesake(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    new: &Expert,
) -> Result<Option<expert::Model>, db::Error> {
    let (family, first) = (new.family_name.as_str(), new.first_names.as_str());
    let rows = expert::Entity::find()
        .filter(visible::experts(actor))
        .filter(contains_words(expert::Column::Search, &format!("{family} {first}")))
        .order_by_asc(expert::Column::Id)
        .all(conn)
        .await?;
    let same =
        |row: &expert::Model| fold(&row.family_name) == fold(family) && fold(&row.first_names) == fold(first);
    Ok(rows.into_iter().find(same))
}

async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Found, ExpertError> {
    let found = expert::Entity::find().filter(visible::experts(actor)).filter(which).one(conn).await?;
    let expert = found.ok_or(ExpertError::NotFound)?;
    let habilitations = habilitations_of(conn, &[expert.id]).await?.remove(&expert.id).unwrap_or_default();
    Ok(Found { expert, habilitations })
}

/// These people, by key. For whoever has read what is theirs already.
///
/// # Errors
/// What the database answers.
pub async fn people(
    conn: &impl ConnectionTrait,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, expert::Model>, db::Error> {
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids.iter().copied()));
    Ok(rows.all(conn).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Whether somebody can sign in: an account that is not closed is theirs.
///
/// # Errors
/// What the database answers.
pub async fn has_account(conn: &impl ConnectionTrait, id: ExpertId) -> Result<bool, db::Error> {
    let own = account::Entity::find()
        .filter(account::Column::ExpertId.eq(id))
        .filter(account::Column::State.eq(AccountState::Active));
    Ok(own.one(conn).await?.is_some())
}

/// How many people hold each duty on a day, counted from the rights that hold on it.
///
/// # Errors
/// What the database answers.
pub async fn head_counts(conn: &impl ConnectionTrait, day: Date) -> Result<BTreeMap<Duty, usize>, db::Error> {
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, day).await?;
    let mut people: BTreeMap<Duty, HashSet<Uuid>> = BTreeMap::new();
    for held in held {
        if let Some(duty) = held.scope().next().and_then(Duty::from_word) {
            people.entry(duty).or_default().insert(held.right.holder_id);
        }
    }
    Ok(Duty::all().map(|duty| (duty, people.get(&duty).map_or(0, HashSet::len))).collect())
}

/// How many distinct people hold a duty on a day, whatever it is.
///
/// # Errors
/// What the database answers.
pub async fn people_count(conn: &impl ConnectionTrait, day: Date) -> Result<usize, db::Error> {
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, day).await?;
    Ok(held.iter().map(|held| held.right.holder_id).collect::<HashSet<_>>().len())
}

#[cfg(test)]
mod tests {
    use super::super::actions::blank_file;
    use super::*;
    use uuid::Uuid;

    #[test]
    fn no_region_means_everywhere() {
        for (regions, region, expected) in
            [("", "27", true), ("27,11", "11", true), ("27,11", "1", false), ("27", "11", false)]
        {
            let mut file = blank_file(Uuid::nil().into(), Uuid::nil().into(), Duty::Controleur);
            regions.clone_into(&mut file.regions);
            assert_eq!(covers(&file, region), expected, "{regions}");
        }
    }
}
