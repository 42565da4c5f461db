//! Reads of what anybody may see.

mod handbook;
mod link;

pub use handbook::handbook;
pub use link::{Linked, by_token};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::ids::{ProgrammeId, ProgrammeVersionId, TrainingSessionId};
use entity::programme::{self, ProgrammeState};
use entity::programme_version::{self, VersionState};
use entity::training_session::{self, SessionState};
use entity::{programme_module, programme_price, training_slot, training_tally};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::CatalogueError;
use super::search::Index;
use super::shelf::{Card, Entry, Sheet, Shelf, Stamp};
use crate::features::enrolments::dossier::is_open;
use crate::features::settings;
use crate::features::training::state::takes_people;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::training::seats::Tally;

/// Keys looked for at once.
const CHUNK: usize = 500;
/// Seconds of half an hour: every zone where a session is held begins its days and hours on one.
const HALF_HOUR: i64 = 1_800;

/// The sessions of the catalogue: public, where people may enrol, and to come wherever they are.
fn shown(today: Date) -> Condition {
    use training_session::Column;
    Condition::all()
        .add(Column::Public.eq(true))
        .add(Column::State.is_in(SessionState::all().filter(|state| takes_people(*state))))
        .add(Column::StartsOn.gte(today.previous_day().unwrap_or(today)))
}

/// What the database says now, in short.
async fn stamp(conn: &impl ConnectionTrait, now: OffsetDateTime) -> Result<Stamp, CatalogueError> {
    use training_session::Column;
    let today = day_in_zone(now, PARIS);
    let sessions: Vec<(TrainingSessionId, i32)> = training_session::Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Version)
        .filter(shown(today))
        .order_by_asc(Column::StartsOn)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let ids = training_session::Entity::find().select_only().column(Column::Id).filter(shown(today));
    let tallies = training_tally::Entity::find()
        .filter(training_tally::Column::SessionId.in_subquery(ids.into_query()))
        .order_by_asc(training_tally::Column::SessionId)
        .all(conn)
        .await?;
    let programmes: Vec<(ProgrammeId, i32)> = programme::Entity::find()
        .select_only()
        .column(programme::Column::Id)
        .column(programme::Column::Version)
        .filter(programme::Column::State.eq(ProgrammeState::Published))
        .order_by_asc(programme::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let published: HashSet<ProgrammeId> = programmes.iter().map(|(id, _)| *id).collect();
    let sheets: Vec<(ProgrammeVersionId, ProgrammeId, i32)> = programme_version::Entity::find()
        .select_only()
        .column(programme_version::Column::Id)
        .column(programme_version::Column::ProgrammeId)
        .column(programme_version::Column::Version)
        .filter(programme_version::Column::State.eq(VersionState::Published))
        .order_by_asc(programme_version::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let sheets = sheets.into_iter().filter(|(_, programme, _)| published.contains(programme));
    Ok(Stamp {
        half_hour: now.unix_timestamp().div_euclid(HALF_HOUR),
        sessions,
        tallies,
        programmes,
        sheets: sheets.map(|(id, _, version)| (id, version)).collect(),
        handbooks: handbook::in_force(conn, today).await?,
        rule: settings::waiting_rules(conn).await?.published(),
    })
}

/// The shelf of now: the one that is known when nothing has changed, else another that takes from it what has not.
///
/// # Errors
/// What the database answers.
pub async fn refresh(
    conn: &impl ConnectionTrait,
    known: Option<&Arc<Shelf>>,
    now: OffsetDateTime,
) -> Result<Arc<Shelf>, CatalogueError> {
    let stamp = stamp(conn, now).await?;
    if let Some(same) = known.filter(|known| known.stamp == stamp) {
        return Ok(Arc::clone(same));
    }
    let cards = cards_of(conn, known, &stamp).await?;
    let sheets = sheets_of(conn, known, &stamp, &cards).await?;
    let tallies: HashMap<TrainingSessionId, Tally> =
        stamp.tallies.iter().map(|row| (row.session_id, tally(row))).collect();
    let entry = |card: Arc<Card>| {
        let sheet = Arc::clone(sheets.get(&card.session.programme_version_id)?);
        let tally = tallies.get(&card.session.id).copied()?;
        let open = is_open(&card.session, now);
        Some(Entry { card, sheet, tally, open })
    };
    let entries: Vec<Entry> = cards.into_iter().filter_map(entry).collect();
    let as_before = known.filter(|known| {
        let before = &known.stamp;
        before.sessions == stamp.sessions
            && before.programmes == stamp.programmes
            && before.sheets == stamp.sheets
            && known.entries.len() == entries.len()
    });
    let index = as_before.map_or_else(|| Arc::new(Index::of(&entries)), |known| Arc::clone(&known.index));
    Ok(Arc::new(Shelf::new(stamp, entries, sheets, index, now)))
}

/// The sessions of a stamp, in its order: those whose version is known are taken as they are.
async fn cards_of(
    conn: &impl ConnectionTrait,
    known: Option<&Arc<Shelf>>,
    stamp: &Stamp,
) -> Result<Vec<Arc<Card>>, CatalogueError> {
    let before = known.map(|known| known.entries.as_slice()).unwrap_or_default();
    let mut cards: HashMap<TrainingSessionId, Arc<Card>> =
        before.iter().map(|entry| (entry.session().id, Arc::clone(&entry.card))).collect();
    let same = |id: &TrainingSessionId, version: i32| {
        cards.get(id).is_some_and(|card| card.session.version == version)
    };
    let changed: Vec<TrainingSessionId> =
        stamp.sessions.iter().filter(|(id, version)| !same(id, *version)).map(|(id, _)| *id).collect();
    for card in cards_by_key(conn, &changed).await? {
        cards.insert(card.session.id, Arc::new(card));
    }
    Ok(stamp.sessions.iter().filter_map(|(id, _)| cards.remove(id)).collect())
}

async fn cards_by_key(
    conn: &impl ConnectionTrait,
    ids: &[TrainingSessionId],
) -> Result<Vec<Card>, CatalogueError> {
    let mut cards = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows = training_session::Entity::find()
            .filter(training_session::Column::Id.is_in(chunk.iter().copied()))
            .all(conn)
            .await?;
        let mut slots: HashMap<TrainingSessionId, Vec<training_slot::Model>> = HashMap::new();
        let of_chunk = training_slot::Entity::find()
            .filter(training_slot::Column::SessionId.is_in(chunk.iter().copied()))
            .filter(training_slot::Column::DroppedAt.is_null())
            .order_by_asc(training_slot::Column::StartsAt)
            .all(conn)
            .await?;
        for slot in of_chunk {
            slots.entry(slot.session_id).or_default().push(slot);
        }
        for session in rows {
            let slots = slots.remove(&session.id).unwrap_or_default();
            cards.push(Card { session, slots });
        }
    }
    Ok(cards)
}

/// The sheets that are published and those that sessions follow.
async fn sheets_of(
    conn: &impl ConnectionTrait,
    known: Option<&Arc<Shelf>>,
    stamp: &Stamp,
    cards: &[Arc<Card>],
) -> Result<HashMap<ProgrammeVersionId, Arc<Sheet>>, CatalogueError> {
    let published = stamp.sheets.iter().map(|(id, _)| *id);
    let followed = cards.iter().map(|card| card.session.programme_version_id);
    let wanted: HashSet<ProgrammeVersionId> = published.chain(followed).collect();
    let as_before = known
        .filter(|known| known.stamp.sheets == stamp.sheets && known.stamp.programmes == stamp.programmes);
    let mut sheets: HashMap<ProgrammeVersionId, Arc<Sheet>> =
        as_before.map(|known| known.sheets.clone()).unwrap_or_default();
    sheets.retain(|id, _| wanted.contains(id));
    let missing: Vec<ProgrammeVersionId> = wanted.into_iter().filter(|id| !sheets.contains_key(id)).collect();
    for sheet in sheets_by_key(conn, &missing).await? {
        sheets.insert(sheet.version.id, Arc::new(sheet));
    }
    Ok(sheets)
}

async fn sheets_by_key(
    conn: &impl ConnectionTrait,
    ids: &[ProgrammeVersionId],
) -> Result<Vec<Sheet>, CatalogueError> {
    let mut sheets = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let versions = programme_version::Entity::find()
            .filter(programme_version::Column::Id.is_in(chunk.iter().copied()))
            .all(conn)
            .await?;
        let programmes = programme::Entity::find()
            .filter(programme::Column::Id.is_in(versions.iter().map(|version| version.programme_id)))
            .all(conn)
            .await?;
        let programmes: HashMap<ProgrammeId, programme::Model> =
            programmes.into_iter().map(|row| (row.id, row)).collect();
        let prices = programme_price::Entity::find()
            .filter(programme_price::Column::ProgrammeVersionId.is_in(chunk.iter().copied()))
            .order_by_asc(programme_price::Column::Id)
            .all(conn)
            .await?;
        let modules = programme_module::Entity::find()
            .filter(programme_module::Column::ProgrammeVersionId.is_in(chunk.iter().copied()))
            .order_by_asc(programme_module::Column::Position)
            .all(conn)
            .await?;
        for version in versions {
            let Some(programme) = programmes.get(&version.programme_id).cloned() else { continue };
            let of_version = |id: ProgrammeVersionId| id == version.id;
            let prices = prices.iter().filter(|row| of_version(row.programme_version_id)).cloned().collect();
            let modules =
                modules.iter().filter(|row| of_version(row.programme_version_id)).cloned().collect();
            sheets.push(Sheet { programme, version, prices, modules });
        }
    }
    Ok(sheets)
}

fn tally(row: &training_tally::Model) -> Tally {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Tally { seats: count(row.seats), held: count(row.held), waiting: count(row.waiting) }
}

/// A session that is not on the shelf any more: one that has begun, was moved or cancelled. Projects are shown to nobody.
///
/// # Errors
/// [`CatalogueError::NotFound`], what the database answers.
pub async fn session(
    conn: &impl ConnectionTrait,
    reference: &str,
    now: OffsetDateTime,
) -> Result<Entry, CatalogueError> {
    use training_session::Column;
    let key = Uuid::parse_str(reference).ok().map(TrainingSessionId);
    let which = key.map_or_else(|| Column::Number.eq(reference), |id| Column::Id.eq(id));
    let id = training_session::Entity::find()
        .filter(which)
        .filter(Column::Public.eq(true))
        .filter(Column::State.ne(SessionState::Project))
        .one(conn)
        .await?
        .map(|row| row.id)
        .ok_or(CatalogueError::NotFound)?;
    let card = cards_by_key(conn, &[id]).await?.pop().ok_or(CatalogueError::NotFound)?;
    let sheet = sheets_by_key(conn, &[card.session.programme_version_id]).await?.pop();
    let sheet = Arc::new(sheet.ok_or(CatalogueError::NotFound)?);
    let row = training_tally::Entity::find_by_id(id).one(conn).await?;
    let tally = row.as_ref().map_or(Tally { seats: 0, held: 0, waiting: 0 }, tally);
    let open = is_open(&card.session, now);
    Ok(Entry { card: Arc::new(card), sheet, tally, open })
}
