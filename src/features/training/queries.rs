//! Reads of sessions and rooms. Every list starts from what the actor may see.

mod history;
mod rooms;
mod waiting;

pub use history::{Entry, history};
pub use rooms::{RoomFilter, room, rooms, usable_rooms};
pub use waiting::{Waiting, waiting};

use std::collections::HashMap;

use entity::ids::{ExpertId, ProgrammeId, StructureId, TrainingSessionId};
use entity::programme::{self, ProgrammeState, Theme};
use entity::programme_version::Modality;
use entity::training_session::{Column, Delivery, SessionKind, SessionState};
use entity::{expert, structure, training_session, training_slot, training_tally, training_trainer};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words};
use crate::rules::fold::fold;

/// Where a session is in the list, word for word what the index `training_session_listed` begins with: the instant at which
/// it begins; without one, that of its creation when it is cancelled, the end of time while it waits for its dates.
const PLACE: &str =
    "COALESCE(starts_at, CASE WHEN state = 'cancelled' THEN created_at ELSE 9223372036854775807 END)";
/// Most dates of a calendar, and most lines of a history.
const MOST: u64 = 500;
/// People proposed to teach.
const MOST_PEOPLE: u64 = 50;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, of the title or of the place.
    pub q: String,
    /// Only this state.
    pub state: Option<SessionState>,
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only this theme.
    pub theme: Option<Theme>,
    /// Only this kind.
    pub kind: Option<SessionKind>,
    /// Only those delivered so.
    pub delivery: Option<Delivery>,
    /// Only this modality.
    pub modality: Option<Modality>,
    /// Only this region.
    pub region: Option<String>,
    /// Only those held for this structure.
    pub structure: Option<StructureId>,
    /// Only those where this person teaches.
    pub trainer: Option<ExpertId>,
    /// Only those of this series.
    pub series: Option<Uuid>,
    /// Only those that begin from this day on.
    pub from: Option<Date>,
    /// Only those that begin until this day.
    pub until: Option<Date>,
}

/// A session of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The session.
    pub session: training_session::Model,
    /// Its seats.
    pub tally: training_tally::Model,
    /// Who teaches, by name, in alphabetical order.
    pub trainers: Vec<String>,
    /// Name of the structure for which it is held.
    pub structure_name: Option<String>,
}

impl Found {
    /// Whether nobody else gets a seat.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.tally.held >= self.tally.seats || self.tally.waiting > 0
    }
}

fn narrowed(filter: &Filter) -> Condition {
    let mut all = Condition::all()
        .add(contains_words(Column::Search, &filter.q))
        .add_option(filter.state.map(|state| Column::State.eq(state)))
        .add_option(filter.programme.map(|id| Column::ProgrammeId.eq(id)))
        .add_option(filter.theme.map(|theme| Column::Theme.eq(theme)))
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(filter.delivery.map(|delivery| Column::Delivery.eq(delivery)))
        .add_option(filter.modality.map(|modality| Column::Modality.eq(modality)))
        .add_option(filter.region.as_ref().map(|region| Column::Region.eq(region.as_str())))
        .add_option(filter.structure.map(|id| Column::StructureId.eq(id)))
        .add_option(filter.series.map(|id| Column::SeriesId.eq(id)))
        .add_option(filter.from.map(|day| Column::StartsOn.gte(day)))
        .add_option(filter.until.map(|day| Column::StartsOn.lte(day)));
    if let Some(person) = filter.trainer {
        all = all.add(taught_by(person));
    }
    all
}

/// Sessions where somebody teaches.
fn taught_by(person: ExpertId) -> Condition {
    let slots = training_trainer::Entity::find()
        .select_only()
        .column(training_trainer::Column::SlotId)
        .filter(training_trainer::Column::ExpertId.eq(person))
        .filter(training_trainer::Column::RemovedAt.is_null());
    let sessions = training_slot::Entity::find()
        .select_only()
        .column(training_slot::Column::SessionId)
        .filter(training_slot::Column::DroppedAt.is_null())
        .filter(training_slot::Column::Id.in_subquery(slots.into_query()));
    Condition::all().add(Column::Id.in_subquery(sessions.into_query()))
}

/// The sessions that the actor may see: those that wait for their dates, then the latest day first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    let mut select =
        training_session::Entity::find().filter(visible::training_sessions(actor)).filter(narrowed(filter));
    let after = page.after.as_ref().and_then(|after| Some((after.value.parse::<i64>().ok()?, after.id)));
    if let Some((place, id)) = after {
        let pair = Expr::tuple([Expr::cust(PLACE), Expr::col(Column::Id.as_column_ref())]);
        select = select.filter(pair.lt(Expr::tuple([Expr::value(place), Expr::value(id)])));
    }
    let rows = select
        .order_by(Expr::cust(PLACE), Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(page.limit + 1)
        .all(conn)
        .await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: place(row).to_string(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// As the database counts it.
fn place(session: &training_session::Model) -> i64 {
    let gone = session.state == SessionState::Cancelled;
    let at = session.starts_at.or_else(|| gone.then_some(session.created_at));
    at.map_or(i64::MAX, |at| i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
}

/// How many sessions a list holds.
///
/// # Errors
/// What the database answers.
pub async fn counted(conn: &impl ConnectionTrait, actor: &Actor, filter: &Filter) -> Result<u64, db::Error> {
    let select =
        training_session::Entity::find().filter(visible::training_sessions(actor)).filter(narrowed(filter));
    Ok(select.count(conn).await?)
}

/// What is around the sessions of a list, in a fixed number of queries.
async fn named(
    conn: &impl ConnectionTrait,
    rows: Vec<training_session::Model>,
) -> Result<Vec<Found>, db::Error> {
    let ids: Vec<TrainingSessionId> = rows.iter().map(|row| row.id).collect();
    let tallies = training_tally::Entity::find()
        .filter(training_tally::Column::SessionId.is_in(ids.iter().copied()))
        .all(conn)
        .await?;
    let mut tallies: HashMap<_, _> = tallies.into_iter().map(|row| (row.session_id, row)).collect();
    let wanted: Vec<StructureId> = rows.iter().filter_map(|row| row.structure_id).collect();
    let structures = structure::Entity::find().filter(structure::Column::Id.is_in(wanted)).all(conn).await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row.name)).collect();
    let mut trainers = trainers_of(conn, &ids).await?;
    let found = |session: training_session::Model| {
        Some(Found {
            tally: tallies.remove(&session.id)?,
            trainers: trainers.remove(&session.id).unwrap_or_default(),
            structure_name: session.structure_id.and_then(|id| structures.get(&id).cloned()),
            session,
        })
    };
    Ok(rows.into_iter().filter_map(found).collect())
}

/// Who teaches in each of these sessions, by name.
async fn trainers_of(
    conn: &impl ConnectionTrait,
    ids: &[TrainingSessionId],
) -> Result<HashMap<TrainingSessionId, Vec<String>>, db::Error> {
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.is_in(ids.iter().copied()))
        .filter(training_slot::Column::DroppedAt.is_null())
        .all(conn)
        .await?;
    let rows = training_trainer::Entity::find()
        .filter(training_trainer::Column::SlotId.is_in(slots.iter().map(|slot| slot.id)))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let people: HashMap<ExpertId, String> = people.iter().map(|row| (row.id, row.name())).collect();
    let sessions: HashMap<_, _> = slots.iter().map(|slot| (slot.id, slot.session_id)).collect();
    let mut found: HashMap<TrainingSessionId, Vec<String>> = HashMap::new();
    for row in &rows {
        let (Some(session), Some(name)) = (sessions.get(&row.slot_id), people.get(&row.expert_id)) else {
            continue;
        };
        let names = found.entry(*session).or_default();
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    for names in found.values_mut() {
        names.sort_by_key(|name| fold(name));
    }
    Ok(found)
}

/// The half-days to come of the sessions that the actor may see, the nearest first: for a calendar.
///
/// # Errors
/// What the database answers.
pub async fn dated(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    from: OffsetDateTime,
) -> Result<Vec<(training_session::Model, training_slot::Model)>, db::Error> {
    let seen = training_session::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(visible::training_sessions(actor))
        .filter(Column::State.is_not_in([SessionState::Cancelled, SessionState::Postponed]))
        .filter(Column::EndsAt.gte(entity::Instant::from(from)));
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.in_subquery(seen.into_query()))
        .filter(training_slot::Column::DroppedAt.is_null())
        .filter(training_slot::Column::EndsAt.gte(entity::Instant::from(from)))
        .order_by_asc(training_slot::Column::StartsAt)
        .order_by_asc(training_slot::Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    let sessions = training_session::Entity::find()
        .filter(Column::Id.is_in(slots.iter().map(|slot| slot.session_id)))
        .all(conn)
        .await?;
    let sessions: HashMap<_, _> = sessions.into_iter().map(|row| (row.id, row)).collect();
    let dated = |slot: training_slot::Model| Some((sessions.get(&slot.session_id).cloned()?, slot));
    Ok(slots.into_iter().filter_map(dated).collect())
}

/// The programmes of which a session may be held, in alphabetical order.
///
/// # Errors
/// What the database answers.
pub async fn programmes(conn: &impl ConnectionTrait) -> Result<Vec<programme::Model>, db::Error> {
    let found = programme::Entity::find()
        .filter(programme::Column::State.eq(ProgrammeState::Published))
        .order_by_asc(programme::Column::Search)
        .order_by_asc(programme::Column::Id);
    Ok(found.all(conn).await?)
}

/// People of the network whose name or number holds words, in alphabetical order: those who may be asked to teach.
///
/// # Errors
/// What the database answers.
pub async fn people(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    words: &str,
) -> Result<Vec<expert::Model>, db::Error> {
    let found = expert::Entity::find()
        .filter(visible::experts(actor))
        .filter(contains_words(expert::Column::Search, words))
        .order_by_asc(expert::Column::Search)
        .order_by_asc(expert::Column::Id)
        .limit(MOST_PEOPLE);
    Ok(found.all(conn).await?)
}

/// The structure of a SIREN, if the actor may see it.
///
/// # Errors
/// What the database answers.
pub async fn structure_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    siren: &str,
) -> Result<Option<structure::Model>, db::Error> {
    let found = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(structure::Column::Siren.eq(siren));
    Ok(found.one(conn).await?)
}
