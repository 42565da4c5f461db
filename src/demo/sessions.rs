//! Training sessions: those of the past year, whose end is written as rows, then those to come, by the acts of the feature.

mod entrusted;

use anyhow::Context;
use entity::ids::{ExpertId, TrainingRoomId, TrainingSessionId};
use entity::programme_version::VersionState;
use entity::training_session::{self, SessionState};
use entity::training_trainer::{self, TrainerStanding};
use entity::{expert, programme, programme_version, structure};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::Deserialize;
use time::{Date, Duration};

use super::requests::Story;
use crate::features::training::TrainingError;
use crate::features::training::actions;
use crate::features::training::input::{TypedEnd, TypedRoom, TypedSession, TypedSlot, TypedTeaching};
use crate::features::training::load::{Whole, days_without_right};
use crate::features::training::state::Step;
use crate::rules::calendar::Calendar;
use crate::rules::territory::{calendar, department_of_postal_code};
use crate::rules::typed_date::iso;

/// Days before today of the first session.
const OLDEST: i64 = 300;
/// Days between the beginnings of two sessions.
const BETWEEN: i64 = 8;
/// Days after the end of a session in which its proofs are gathered.
const TO_CLOSE: Duration = Duration::days(30);
/// Half-days of a session whose sheet tells none, and most of them.
const USUAL: usize = 2;
const MOST: usize = 8;
/// People asked to teach before a session is left without anybody.
const TRIES: usize = 15;
/// The session that is held today, whatever the day, and half-days enough for it.
const RUNNING: usize = 47;
const RUNNING_HALF_DAYS: usize = 6;
/// Days before its beginning from which a session is confirmed.
const CONFIRMED_AHEAD: i64 = 45;
/// Days before today at which it was.
const CONFIRMED_SINCE: i64 = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sessions: usize,
    remote_url: String,
    to_bring: String,
    contact: String,
    cancelled: String,
    postponed: String,
    subcontract: Subcontract,
    room: Vec<Room>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subcontract {
    party: String,
    siren: u32,
    contact: String,
    nda: String,
    missions: String,
    means: String,
    follow_up: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    name: String,
    address: String,
    postal_code: String,
    commune: String,
    capacity: i32,
    access: String,
    accessibility: String,
}

/// What sessions are made of.
struct Ground {
    file: File,
    rooms: Vec<(TrainingRoomId, Calendar)>,
    sheets: Vec<(programme::Model, programme_version::Model)>,
    people: Vec<ExpertId>,
    /// For whom a session is held when it is not for all, and to whom one is entrusted.
    structures: Vec<structure::Model>,
}

/// Writes them all; none while no programme is published.
pub(super) async fn load(story: &Story<'_>) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/sessions.toml")).context("sessions.toml")?;
    let sheets = sheets(story).await?;
    if sheets.is_empty() {
        return Ok(());
    }
    let mut rooms = Vec::new();
    for one in &file.room {
        rooms.push(room(story, one).await.with_context(|| one.name.clone())?);
    }
    let conn = story.stage.app.db.bookkeeping();
    let people = expert::Entity::find().order_by_asc(expert::Column::Number).all(conn).await?;
    let people = people.into_iter().map(|row| row.id).collect();
    let structures = structure::Entity::find().order_by_asc(structure::Column::Siren).all(conn).await?;
    let ground = Ground { file, rooms, sheets, people, structures };
    for rank in 0..ground.file.sessions {
        Box::pin(session(story, &ground, rank)).await.with_context(|| format!("session {rank}"))?;
    }
    Ok(())
}

/// The published sheets, each with its programme.
async fn sheets(story: &Story<'_>) -> anyhow::Result<Vec<(programme::Model, programme_version::Model)>> {
    let conn = story.stage.app.db.bookkeeping();
    let programmes = programme::Entity::find().order_by_asc(programme::Column::Code).all(conn).await?;
    let versions = programme_version::Entity::find()
        .filter(programme_version::Column::State.eq(VersionState::Published))
        .all(conn)
        .await?;
    let sheet = |programme: programme::Model| {
        let version = versions.iter().find(|version| version.programme_id == programme.id)?;
        Some((programme, version.clone()))
    };
    Ok(programmes.into_iter().filter_map(sheet).collect())
}

async fn room(story: &Story<'_>, one: &Room) -> anyhow::Result<(TrainingRoomId, Calendar)> {
    let typed = TypedRoom {
        name: one.name.clone(),
        address: one.address.clone(),
        postal_code: one.postal_code.clone(),
        commune: one.commune.clone(),
        capacity: one.capacity.to_string(),
        access: one.access.clone(),
        accessibility: one.accessibility.clone(),
        ..TypedRoom::default()
    };
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    let row = actions::create_room(&mut tx, &typed).await?;
    tx.commit().await?;
    let department = department_of_postal_code(&one.postal_code).context("postal code")?;
    Ok((row.id, calendar(department.code)))
}

/// One session, in a room or at a distance, as far as its day says.
async fn session(story: &Story<'_>, ground: &Ground, rank: usize) -> anyhow::Result<()> {
    let today = story.stage.today;
    let remote = rank % 9 == 4;
    let entrusted = rank % 10 == 6;
    let own =
        (rank % 11 == 3 && !entrusted && rank != RUNNING).then(|| ground.structures.get(rank)).flatten();
    let (programme, version) = &ground.sheets[rank % ground.sheets.len()];
    let (room, holidays) = ground.rooms[rank * 4 % ground.rooms.len()];
    let holidays = if remote { Calendar::Metropolitan } else { holidays };
    let count = version.half_days.and_then(|count| usize::try_from(count).ok()).unwrap_or(USUAL);
    let (first, count) = if rank == RUNNING {
        (holidays.previous_working_day(story.stage.day(1)), count.max(RUNNING_HALF_DAYS))
    } else {
        let offset = i64::try_from(rank)? * BETWEEN - OLDEST;
        (holidays.next_working_day(today.saturating_add(Duration::days(offset))), count)
    };
    let slots = half_days(first, count.clamp(1, MOST), holidays);
    let last = slots.last().map_or(first, |(day, _)| *day);
    let typed = TypedSession {
        programme: Some(programme.id),
        kind: if own.is_some() { "intra" } else { "inter" }.to_owned(),
        structure: own.map(|row| row.id),
        delivery: if entrusted { "entrusted" } else { "own" }.to_owned(),
        modality: if remote { "remote" } else { "on_site" }.to_owned(),
        room: (!remote).then_some(room),
        remote_url: if remote { ground.file.remote_url.clone() } else { String::new() },
        to_bring: ground.file.to_bring.clone(),
        contact: ground.file.contact.clone(),
        seats_min: "4".to_owned(),
        seats_max: "12".to_owned(),
        public: own.is_none(),
        ..TypedSession::default()
    };
    let typed_slots: Vec<TypedSlot> = slots.iter().map(|(_, slot)| slot.clone()).collect();
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    let id = Box::pin(actions::create(&mut tx, &typed, &typed_slots)).await?.id;
    tx.commit().await?;
    if entrusted {
        let body = ground.structures.get(rank).filter(|_| first > today);
        entrusted::entrust(story, ground, id, body).await?;
    }
    if first <= today {
        taught(story, ground, rank, id).await?;
        return past(story, ground, rank, (id, first, last)).await;
    }
    let has_trainer = !entrusted && Box::pin(ask(story, ground, rank, id)).await?;
    coming(story, ground, rank, id).await?;
    let soon = first <= today.saturating_add(Duration::days(CONFIRMED_AHEAD));
    if has_trainer && soon { confirm(story, id).await } else { Ok(()) }
}

/// Mornings and afternoons from a day on, on days when people work there.
fn half_days(first: Date, count: usize, holidays: Calendar) -> Vec<(Date, TypedSlot)> {
    let mut found = Vec::new();
    let mut day = first;
    for rank in 0..count {
        let (starts, ends) = if rank.is_multiple_of(2) { ("09:00", "12:30") } else { ("13:30", "17:00") };
        if rank > 0 && rank.is_multiple_of(2) {
            day = holidays.next_working_day(day.saturating_add(Duration::days(1)));
        }
        let slot = TypedSlot {
            day: iso(day),
            starts_time: starts.to_owned(),
            ends_time: ends.to_owned(),
            ..TypedSlot::default()
        };
        found.push((day, slot));
    }
    found
}

/// Those asked to teach in a session, in turn.
fn candidates(ground: &Ground, rank: usize) -> impl Iterator<Item = ExpertId> + '_ {
    let all = ground.people.len().max(1);
    (0..TRIES.min(ground.people.len())).map(move |turn| ground.people[(rank * 3 + turn * 7) % all])
}

/// Somebody taught in a session of the past: a row on each half-day.
async fn taught(
    story: &Story<'_>,
    ground: &Ground,
    rank: usize,
    id: TrainingSessionId,
) -> anyhow::Result<()> {
    let (app, conn) = (story.stage.app, story.stage.app.db.bookkeeping());
    let row = training_session::Entity::find_by_id(id).one(conn).await?.context("session")?;
    let whole = Whole::around(conn, row).await?;
    let days: Vec<Date> = whole.slots.iter().map(|slot| slot.row.day).collect();
    let asked: Vec<ExpertId> = candidates(ground, rank).collect();
    for person in asked {
        if !days_without_right(conn, &whole.programme, person, &days).await?.is_empty() {
            continue;
        }
        for slot in &whole.slots {
            let teaching = training_trainer::Model {
                id: app.new_id().into(),
                slot_id: slot.row.id,
                expert_id: person,
                standing: TrainerStanding::External,
                signature: String::new(),
                signed_at: Some(slot.row.ends_at),
                removed_at: None,
            };
            let active = teaching.into_active_model().reset_all();
            training_trainer::Entity::insert(active).exec_without_returning(conn).await?;
        }
        return Ok(());
    }
    Ok(())
}

/// What became of a session that has begun.
async fn past(
    story: &Story<'_>,
    ground: &Ground,
    rank: usize,
    (id, first, last): (TrainingSessionId, Date, Date),
) -> anyhow::Result<()> {
    use training_session::Column;
    let today = story.stage.today;
    if rank % 8 == 1 && last < today {
        return end(story, id, (Step::Cancel, "too_few"), &ground.file.cancelled).await;
    }
    let state = if last >= today {
        SessionState::InProgress
    } else if last.saturating_add(TO_CLOSE) < today {
        SessionState::Closed
    } else {
        SessionState::Ended
    };
    let at = |day: Date, hours: i64| {
        Some(entity::Instant::from(day.midnight().assume_utc() + Duration::hours(hours)))
    };
    let ended = (last < today).then_some(last).and_then(|day| at(day, 17));
    let closed = (state == SessionState::Closed).then(|| last.saturating_add(TO_CLOSE));
    training_session::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.word()))
        .col_expr(Column::OpenedAt, Expr::value(at(first.saturating_sub(Duration::days(90)), 9)))
        .col_expr(Column::ConfirmedAt, Expr::value(at(first.saturating_sub(Duration::days(20)), 9)))
        .col_expr(Column::StartedAt, Expr::value(at(first, 9)))
        .col_expr(Column::EndedAt, Expr::value(ended))
        .col_expr(Column::ClosedAt, Expr::value(closed.and_then(|day| at(day, 9))))
        .filter(Column::Id.eq(id))
        .exec(story.stage.app.db.bookkeeping())
        .await?;
    if state == SessionState::InProgress {
        // it ends by itself, with its last half-day
        training_session::Entity::update_many()
            .col_expr(Column::DeadlineAt, Expr::col(Column::EndsAt))
            .filter(Column::Id.eq(id))
            .exec(story.stage.app.db.bookkeeping())
            .await?;
    }
    Ok(())
}

/// An open session is confirmed: a row, since the people whom it needs are enrolled afterwards.
async fn confirm(story: &Story<'_>, id: TrainingSessionId) -> anyhow::Result<()> {
    use training_session::Column;
    let day = story.stage.working_day(CONFIRMED_SINCE);
    let at = entity::Instant::from(day.midnight().assume_utc() + Duration::hours(9));
    training_session::Entity::update_many()
        .col_expr(Column::State, Expr::value(SessionState::Confirmed.word()))
        .col_expr(Column::ConfirmedAt, Expr::value(Some(at)))
        .col_expr(Column::DeadlineAt, Expr::col(Column::StartsAt))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(SessionState::Open))
        .exec(story.stage.app.db.bookkeeping())
        .await?;
    Ok(())
}

/// Asks people to teach until somebody can. Tells whether somebody does.
async fn ask(story: &Story<'_>, ground: &Ground, rank: usize, id: TrainingSessionId) -> anyhow::Result<bool> {
    let asked: Vec<ExpertId> = candidates(ground, rank).collect();
    for expert in asked {
        let typed = TypedTeaching { expert, standing: "external".to_owned(), slots: Vec::new() };
        let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
        match Box::pin(actions::assign(&mut tx, id, None, &typed)).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(true);
            }
            Err(TrainingError::NoRight(_) | TrainingError::TrainerTaken { .. }) => drop(tx),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}

/// Opens a session to come, but for some that are still prepared; a few are then given up or moved.
async fn coming(
    story: &Story<'_>,
    ground: &Ground,
    rank: usize,
    id: TrainingSessionId,
) -> anyhow::Result<()> {
    if rank % 7 == 3 {
        return Ok(());
    }
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    Box::pin(actions::step(&mut tx, id, None, Step::Open)).await?;
    tx.commit().await?;
    match rank % 12 {
        5 => end(story, id, (Step::Postpone, "trainer"), &ground.file.postponed).await,
        8 => end(story, id, (Step::Cancel, "too_few"), &ground.file.cancelled).await,
        _ => Ok(()),
    }
}

async fn end(
    story: &Story<'_>,
    id: TrainingSessionId,
    (step, cause): (Step, &str),
    reason: &str,
) -> anyhow::Result<()> {
    let typed = TypedEnd { cause: cause.to_owned(), reason: reason.to_owned() };
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    if step == Step::Postpone {
        Box::pin(actions::postpone(&mut tx, id, None, &typed)).await?;
    } else {
        Box::pin(actions::cancel(&mut tx, id, None, &typed)).await?;
    }
    Ok(tx.commit().await?)
}
