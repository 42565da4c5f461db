//! What the frames are counted from, in a fixed number of queries whatever the number of sessions.

use std::collections::{HashMap, HashSet};

use entity::attendance::{self, Presence};
use entity::enrolment::{self, TraineeStatus};
use entity::funding::{self, FundingState, Scheme};
use entity::ids::{
    CertificationVersionId, EnrolmentId, ExpertId, ProgrammeVersionId, TrainingBuyerId, TrainingSessionId,
};
use entity::programme_version::{self, Modality};
use entity::registration::{self, Register};
use entity::training_buyer::{self, BuyerKind};
use entity::training_session::{self, Delivery, SessionState};
use entity::training_slot;
use entity::training_trainer::{self, TrainerStanding};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::{Date, Month};

use super::BpfError;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Cursor, Page, PageRequest};
use crate::rules::training::bpf::{Agreed, Entry, Frames, Line, Sum, frames, objective, origin, speciality};

/// The first year that may be asked for.
const FIRST_YEAR: i32 = 2000;

/// Somebody of a session of the period, who came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their enrolment.
    pub id: EnrolmentId,
    /// What the frames count.
    pub entry: Entry,
}

/// The inputs of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The civil year of the accounts.
    pub year: i32,
    /// Whether it has ended.
    pub ended: bool,
    /// Sessions of the period that were held.
    pub sessions: usize,
    /// Those of them that are not closed: their proofs may still change.
    pub open: usize,
    /// Whether some of them were at a distance, in whole or in part (frame B).
    pub remote: bool,
    /// Everybody who came, by enrolment.
    pub people: Vec<Person>,
    /// The frames F and G.
    pub frames: Frames,
    /// Frame E: who taught, on the staff and not, and for how long; whoever changed in the year is in both.
    pub own_staff: Sum,
    /// The same, of those who are not.
    pub external: Sum,
}

/// The last year that has ended.
#[must_use]
pub fn last_year(today: Date) -> i32 {
    today.year() - 1
}

/// The columns of a session that count.
type SessionRow = (TrainingSessionId, ProgrammeVersionId, Delivery, SessionState, Modality, Option<Date>);

/// The inputs of a year, when the actor may see them.
///
/// # Errors
/// The refusal of the policy, a year that has not begun, what the database answers.
pub async fn read(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    year: i32,
    today: Date,
) -> Result<Return, BpfError> {
    drop(allows(actor, Permission::BpfView, &Facts::default())?);
    let which = of_year(year).filter(|_| year <= today.year()).ok_or_else(BpfError::no_such_year)?;
    let sessions = sessions(conn, &which).await?;
    let people = people(conn, &which, &sessions).await?;
    let [own_staff, external] = taught(conn, &which).await?;
    Ok(Return {
        year,
        ended: year < today.year(),
        sessions: sessions.len(),
        open: sessions.iter().filter(|(_, _, _, state, ..)| *state != SessionState::Closed).count(),
        remote: sessions.iter().any(|(.., modality, _)| *modality != Modality::OnSite),
        frames: frames(people.iter().map(|person| &person.entry)),
        people,
        own_staff,
        external,
    })
}

/// The sessions that ended in a year and were held, or are.
fn of_year(year: i32) -> Option<Condition> {
    use training_session::Column;
    if year < FIRST_YEAR {
        return None;
    }
    let from = Date::from_calendar_date(year, Month::January, 1).ok()?;
    let until = Date::from_calendar_date(year, Month::December, 31).ok()?;
    let held = [SessionState::Confirmed, SessionState::InProgress, SessionState::Ended, SessionState::Closed];
    Some(Condition::all().add(Column::EndsOn.between(from, until)).add(Column::State.is_in(held)))
}

/// The keys of these sessions, as a part of another query.
fn keys(which: &Condition) -> SelectStatement {
    training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(which.clone())
        .into_query()
}

async fn sessions(conn: &impl ConnectionTrait, which: &Condition) -> Result<Vec<SessionRow>, db::Error> {
    use training_session::Column;
    let rows = training_session::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ProgrammeVersionId,
            Column::Delivery,
            Column::State,
            Column::Modality,
            Column::EndsOn,
        ])
        .filter(which.clone())
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// An enrolment, its session, what the person was, who buys, the minutes attended.
type Attended = (EnrolmentId, TrainingSessionId, TraineeStatus, TrainingBuyerId, i64);

async fn people(
    conn: &impl ConnectionTrait,
    which: &Condition,
    sessions: &[SessionRow],
) -> Result<Vec<Person>, db::Error> {
    let sheets = sheets(conn, which).await?;
    let registers = registers(conn).await?;
    let buyers = buyers(conn, which).await?;
    let agreed = agreed(conn, which).await?;
    let known: HashMap<TrainingSessionId, &SessionRow> = sessions.iter().map(|row| (row.0, row)).collect();
    let none = Vec::new();
    let person = |(id, session, status, buyer, minutes): Attended| {
        let (_, version, delivery, _, _, ends_on) = *known.get(&session)?;
        let (nsf, certification) = sheets.get(version)?;
        let registered = certification.map(|certification| on(&registers, certification, *ends_on));
        let registered = registered.as_ref().map(|(register, level)| (*register, level.as_deref()));
        let buyer = buyers.get(&buyer).copied().unwrap_or(BuyerKind::Individual);
        let entry = Entry {
            status,
            origin: origin(*delivery, agreed.get(&id).unwrap_or(&none), buyer),
            objective: objective(registered),
            speciality: speciality(nsf),
            delivery: *delivery,
            minutes: u32::try_from(minutes).unwrap_or_default(),
        };
        Some(Person { id, entry })
    };
    Ok(attended(conn, which).await?.into_iter().filter_map(person).collect())
}

/// What was attended of these sessions: half-days that were dropped are not.
async fn attended(conn: &impl ConnectionTrait, which: &Condition) -> Result<Vec<Attended>, db::Error> {
    use attendance::Column;
    let person = attendance::Entity::belongs_to(enrolment::Entity)
        .from(Column::EnrolmentId)
        .to(enrolment::Column::Id)
        .into();
    let slot = attendance::Entity::belongs_to(training_slot::Entity)
        .from(Column::SlotId)
        .to(training_slot::Column::Id)
        .into();
    let rows = attendance::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, person)
        .join(JoinType::InnerJoin, slot)
        .column(enrolment::Column::Id)
        .column(enrolment::Column::SessionId)
        .column(enrolment::Column::Status)
        .column(enrolment::Column::BuyerId)
        .column_as(Column::Minutes.sum(), "minutes")
        .filter(Column::Presence.is_in([Presence::Present, Presence::Partial]))
        .filter(training_slot::Column::DroppedAt.is_null())
        .filter(enrolment::Column::SessionId.in_subquery(keys(which)))
        .group_by(enrolment::Column::Id)
        .group_by(enrolment::Column::SessionId)
        .group_by(enrolment::Column::Status)
        .group_by(enrolment::Column::BuyerId)
        .order_by_asc(enrolment::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// The NSF code and the certification of the sheet of each session.
type Sheets = HashMap<ProgrammeVersionId, (String, Option<CertificationVersionId>)>;

async fn sheets(conn: &impl ConnectionTrait, which: &Condition) -> Result<Sheets, db::Error> {
    use programme_version::Column;
    let used = training_session::Entity::find()
        .select_only()
        .column(training_session::Column::ProgrammeVersionId)
        .filter(which.clone())
        .into_query();
    let rows: Vec<(ProgrammeVersionId, String, Option<CertificationVersionId>)> =
        programme_version::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Nsf, Column::CertificationVersionId])
            .filter(Column::Id.in_subquery(used))
            .into_tuple()
            .all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id, nsf, certification)| (id, (nsf, certification))).collect())
}

async fn registers(conn: &impl ConnectionTrait) -> Result<Vec<registration::Model>, db::Error> {
    Ok(registration::Entity::find().order_by_asc(registration::Column::Id).all(conn).await?)
}

/// What a certification is in the registers on a day.
fn on(
    registers: &[registration::Model],
    certification: CertificationVersionId,
    day: Option<Date>,
) -> (Register, Option<String>) {
    let there = |row: &&registration::Model| {
        row.certification_version_id == certification
            && day.is_some_and(|day| row.starts_on <= day && row.ends_on.is_none_or(|last| day <= last))
    };
    let found = registers.iter().filter(there).max_by_key(|row| row.register);
    found.map_or((Register::None, None), |row| (row.register, row.level.clone()))
}

async fn buyers(
    conn: &impl ConnectionTrait,
    which: &Condition,
) -> Result<HashMap<TrainingBuyerId, BuyerKind>, db::Error> {
    use training_buyer::Column;
    let rows: Vec<(TrainingBuyerId, BuyerKind)> = training_buyer::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Kind])
        .filter(Column::SessionId.in_subquery(keys(which)))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn agreed(
    conn: &impl ConnectionTrait,
    which: &Condition,
) -> Result<HashMap<EnrolmentId, Vec<Agreed>>, db::Error> {
    use funding::Column;
    let rows: Vec<(EnrolmentId, Scheme, i64)> = funding::Entity::find()
        .select_only()
        .columns([Column::EnrolmentId, Column::Scheme, Column::AmountCents])
        .filter(Column::SessionId.in_subquery(keys(which)))
        .filter(Column::State.is_in([FundingState::Agreed, FundingState::Settled]))
        .order_by_asc(Column::EnrolmentId)
        .order_by_asc(Column::Seq)
        .into_tuple()
        .all(conn)
        .await?;
    let mut found: HashMap<EnrolmentId, Vec<Agreed>> = HashMap::new();
    for (enrolment, scheme, cents) in rows {
        found.entry(enrolment).or_default().push((scheme, cents));
    }
    Ok(found)
}

/// Who taught these sessions: the staff of the body, and others.
async fn taught(conn: &impl ConnectionTrait, which: &Condition) -> Result<[Sum; 2], db::Error> {
    use training_trainer::Column;
    let slot = training_trainer::Entity::belongs_to(training_slot::Entity)
        .from(Column::SlotId)
        .to(training_slot::Column::Id)
        .into();
    let rows: Vec<(ExpertId, TrainerStanding, i64)> = training_trainer::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, slot)
        .column(Column::ExpertId)
        .column(Column::Standing)
        .column_as(training_slot::Column::Minutes.sum(), "minutes")
        .filter(Column::RemovedAt.is_null())
        .filter(training_slot::Column::DroppedAt.is_null())
        .filter(training_slot::Column::SessionId.in_subquery(keys(which)))
        .group_by(Column::ExpertId)
        .group_by(Column::Standing)
        .into_tuple()
        .all(conn)
        .await?;
    let mut found = [Sum::default(); 2];
    for (_, standing, minutes) in rows {
        let sum = match standing {
            TrainerStanding::OwnStaff => &mut found[0],
            TrainerStanding::External => &mut found[1],
        };
        sum.people += 1;
        sum.minutes += u64::try_from(minutes).unwrap_or_default();
    }
    Ok(found)
}

/// Somebody behind a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Their enrolment.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// What the frames count of it.
    pub entry: Entry,
}

/// The enrolments behind a line, in the order of their keys.
///
/// # Errors
/// What the database answers.
pub async fn behind(
    conn: &impl ConnectionTrait,
    found: &Return,
    line: &Line,
    page: &PageRequest,
) -> Result<Page<Behind>, BpfError> {
    let after = page.after.as_ref().map(|cursor| cursor.id);
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let mut people: Vec<&Person> = found.people.iter().filter(|person| line.holds(&person.entry)).collect();
    people.sort_unstable_by_key(|person| person.id);
    let shown: Vec<&Person> = people
        .into_iter()
        .filter(|person| after.is_none_or(|after| person.id.0 > after))
        .take(limit.saturating_add(1))
        .collect();
    let next = shown.get(limit).and_then(|_| shown.get(limit.wrapping_sub(1)));
    let next = next.map(|last| Cursor { value: String::new(), id: last.id.0 });
    let shown: Vec<&Person> = shown.into_iter().take(limit).collect();
    let rows = enrolment::Entity::find()
        .filter(enrolment::Column::Id.is_in(shown.iter().map(|person| person.id)))
        .all(conn)
        .await?;
    let named: HashSet<TrainingSessionId> = rows.iter().map(|row| row.session_id).collect();
    let sessions =
        training_session::Entity::find().filter(training_session::Column::Id.is_in(named)).all(conn).await?;
    let sessions: HashMap<_, _> = sessions.into_iter().map(|row| (row.id, row)).collect();
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = shown.into_iter().filter_map(|person| {
        let enrolment = rows.remove(&person.id)?;
        let session = sessions.get(&enrolment.session_id)?.clone();
        Some(Behind { enrolment, session, entry: person.entry.clone() })
    });
    Ok(Page { items: items.collect(), next })
}
