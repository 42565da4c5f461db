//! The half-days that engagements take from people: a mission that they accepted, a visit that has its date, a training
//! session where they teach.
//!
//! One table holds them all, so that the database refuses two engagements of one person on one half-day, whatever they
//! are. Those are other features: they say here which half-days they take and give back.

use std::collections::{HashMap, HashSet};

use entity::ids::{AgreementRequestId, ExpertId, MissionId, TrainingSessionId};
use entity::{agreement_request, engagement_half_day, expert, mission, training_session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use time::Date;
use uuid::Uuid;

use crate::authz::{Actor, visible};
use crate::db::{self, Tx};
use crate::rules::engagement::Slot;

/// What takes half-days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engagement {
    /// A mission.
    Mission(MissionId),
    /// The visit of a request of agreement.
    Visit(AgreementRequestId),
    /// A training session.
    Session(TrainingSessionId),
}

impl Engagement {
    fn of(row: &engagement_half_day::Model) -> Option<Self> {
        let mission = row.mission_id.map(Self::Mission);
        let visit = || row.request_id.map(Self::Visit);
        mission.or_else(visit).or_else(|| row.training_session_id.map(Self::Session))
    }

    const fn mission(self) -> Option<MissionId> {
        match self {
            Self::Mission(id) => Some(id),
            Self::Visit(_) | Self::Session(_) => None,
        }
    }

    const fn request(self) -> Option<AgreementRequestId> {
        match self {
            Self::Visit(id) => Some(id),
            Self::Mission(_) | Self::Session(_) => None,
        }
    }

    const fn session(self) -> Option<TrainingSessionId> {
        match self {
            Self::Session(id) => Some(id),
            Self::Mission(_) | Self::Visit(_) => None,
        }
    }

    fn condition(self) -> Condition {
        use engagement_half_day::Column;
        Condition::all().add(match self {
            Self::Mission(id) => Column::MissionId.eq(id),
            Self::Visit(id) => Column::RequestId.eq(id),
            Self::Session(id) => Column::TrainingSessionId.eq(id),
        })
    }
}

/// An engagement as it is named to someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A mission: its number, for whoever may see it.
    Mission(Option<String>),
    /// The visit of a request: its number, for whoever may see it.
    Visit(Option<String>),
    /// A training session, by its number.
    Session(Option<String>),
    /// A meeting that the person accepted, by its number: told, never held.
    Meeting(String),
}

impl Named {
    /// The number of the mission.
    #[must_use]
    pub fn mission(&self) -> Option<String> {
        match self {
            Self::Mission(number) => number.clone(),
            Self::Visit(_) | Self::Session(_) | Self::Meeting(_) => None,
        }
    }

    /// The number of the request whose visit it is.
    #[must_use]
    pub fn visit(&self) -> Option<String> {
        match self {
            Self::Visit(number) => number.clone(),
            Self::Mission(_) | Self::Session(_) | Self::Meeting(_) => None,
        }
    }

    /// The number of the training session.
    #[must_use]
    pub fn session(&self) -> Option<String> {
        match self {
            Self::Session(number) => number.clone(),
            Self::Mission(_) | Self::Visit(_) | Self::Meeting(_) => None,
        }
    }

    /// The number of the meeting.
    #[must_use]
    pub fn meeting(&self) -> Option<String> {
        match self {
            Self::Meeting(number) => Some(number.clone()),
            Self::Mission(_) | Self::Visit(_) | Self::Session(_) => None,
        }
    }
}

/// A half-day that someone has already given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The half-day.
    pub slot: Slot,
    /// To what; none when both were taken at the same instant.
    pub with: Option<Named>,
}

/// Why half-days were not taken.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// Below: the database.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// The person is already engaged on one of them.
    #[error("double booking")]
    Taken(Clash),
}

impl From<DbErr> for HoldError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

/// Takes half-days from a person, whose row is locked until the end of the transaction: what another command takes
/// meanwhile is seen, and said.
///
/// # Errors
/// [`HoldError::Taken`] with the first half-day that the person has already given, what the database answers.
pub async fn hold(tx: &Tx, person: ExpertId, by: Engagement, slots: &[Slot]) -> Result<(), HoldError> {
    let _locked = expert::Entity::find_by_id(person).lock_exclusive().one(tx.conn()).await?;
    if let Some((slot, other)) = taken(tx.conn(), person, slots).await? {
        let with = named(tx.conn(), Some(tx.actor()), &[other]).await?.remove(&other);
        return Err(HoldError::Taken(Clash { slot, with }));
    }
    insert(tx.conn(), || tx.new_id(), person, by, slots).await
}

/// The same in a transaction that is no act: nobody is told what stands in the way.
///
/// # Errors
/// The same.
pub(crate) async fn hold_quietly(
    conn: &impl ConnectionTrait,
    new_id: impl Fn() -> Uuid,
    person: ExpertId,
    by: Engagement,
    slots: &[Slot],
) -> Result<(), HoldError> {
    if let Some((slot, _)) = taken(conn, person, slots).await? {
        return Err(HoldError::Taken(Clash { slot, with: None }));
    }
    insert(conn, || new_id().into(), person, by, slots).await
}

/// The first of these half-days that the person has already given.
async fn taken(
    conn: &impl ConnectionTrait,
    person: ExpertId,
    slots: &[Slot],
) -> Result<Option<(Slot, Engagement)>, DbErr> {
    use engagement_half_day::Column;
    let days: HashSet<Date> = slots.iter().map(|(day, _)| *day).collect();
    let rows = held()
        .filter(Column::ExpertId.eq(person))
        .filter(Column::Day.is_in(days))
        .order_by_asc(Column::Day)
        .order_by_desc(Column::Half)
        .all(conn)
        .await?;
    let clash = |row: &engagement_half_day::Model| {
        let slot = (row.day, row.half);
        Some((slot, Engagement::of(row)?)).filter(|_| slots.contains(&slot))
    };
    Ok(rows.iter().find_map(clash))
}

async fn insert(
    conn: &impl ConnectionTrait,
    new_id: impl Fn() -> entity::ids::EngagementHalfDayId,
    person: ExpertId,
    by: Engagement,
    slots: &[Slot],
) -> Result<(), HoldError> {
    for (day, half) in slots {
        let row = engagement_half_day::ActiveModel {
            id: Set(new_id()),
            mission_id: Set(by.mission()),
            request_id: Set(by.request()),
            training_session_id: Set(by.session()),
            expert_id: Set(person),
            day: Set(*day),
            half: Set(*half),
            held: Set(true),
        };
        let inserted = engagement_half_day::Entity::insert(row).exec_without_returning(conn).await;
        inserted.map_err(|error| {
            if db::is_unique_violation(&error) {
                HoldError::Taken(Clash { slot: (*day, *half), with: None })
            } else {
                error.into()
            }
        })?;
    }
    Ok(())
}

/// Gives back the half-days of an engagement, those from a day on when there is one: what was done before stays taken.
///
/// # Errors
/// What the database answers.
pub async fn release(
    conn: &impl ConnectionTrait,
    by: Engagement,
    from: Option<Date>,
) -> Result<(), db::Error> {
    use engagement_half_day::Column;
    let mut given_back = engagement_half_day::Entity::update_many()
        .col_expr(Column::Held, Expr::value(false))
        .filter(by.condition());
    if let Some(from) = from {
        given_back = given_back.filter(Column::Day.gte(from));
    }
    given_back.exec(conn).await?;
    Ok(())
}

/// The half-days that visits take from these people between two days, by person, each with the number of its request.
/// For whoever chooses somebody and has asked the policy.
///
/// # Errors
/// What the database answers.
pub async fn visits(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    from: Date,
    until: Date,
) -> Result<HashMap<ExpertId, Vec<Clash>>, db::Error> {
    use engagement_half_day::Column;
    let rows = between(people, from, until).filter(Column::RequestId.is_not_null()).all(conn).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (row, with) in with_names(conn, None, rows).await? {
        found.entry(row.expert_id).or_default().push(Clash { slot: (row.day, row.half), with: Some(with) });
    }
    Ok(found)
}

/// Every half-day that each of these people gave, whenever and to whatever.
///
/// # Errors
/// What the database answers.
pub async fn given(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
) -> Result<HashMap<ExpertId, HashSet<Slot>>, db::Error> {
    use engagement_half_day::Column;
    let rows = held().filter(Column::ExpertId.is_in(people.iter().copied())).all(conn).await?;
    let mut found: HashMap<_, HashSet<Slot>> = HashMap::new();
    for row in rows {
        found.entry(row.expert_id).or_default().insert((row.day, row.half));
    }
    Ok(found)
}

/// What takes half-days of a person between two days, as the actor may know it.
pub(super) async fn of_person(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: ExpertId,
    from: Date,
    until: Date,
) -> Result<Vec<(Slot, Named)>, db::Error> {
    let rows = between(&[person], from, until).all(conn).await?;
    let named = with_names(conn, Some(actor), rows).await?;
    Ok(named.into_iter().map(|(row, with)| ((row.day, row.half), with)).collect())
}

/// What a person has already given on some of these half-days, as the actor may know it.
///
/// # Errors
/// What the database answers.
pub async fn clashes(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: ExpertId,
    slots: &[Slot],
) -> Result<Vec<Named>, db::Error> {
    let days = || slots.iter().map(|(day, _)| *day);
    let (Some(from), Some(until)) = (days().min(), days().max()) else { return Ok(Vec::new()) };
    let found = of_person(conn, actor, person, from, until).await?;
    let mut named: Vec<Named> = Vec::new();
    for (_, with) in found.into_iter().filter(|(slot, _)| slots.contains(slot)) {
        if !named.contains(&with) {
            named.push(with);
        }
    }
    Ok(named)
}

fn held() -> Select<engagement_half_day::Entity> {
    engagement_half_day::Entity::find().filter(engagement_half_day::Column::Held.eq(true))
}

fn between(people: &[ExpertId], from: Date, until: Date) -> Select<engagement_half_day::Entity> {
    use engagement_half_day::Column;
    held()
        .filter(Column::ExpertId.is_in(people.iter().copied()))
        .filter(Column::Day.gte(from))
        .filter(Column::Day.lte(until))
        .order_by_asc(Column::Day)
        .order_by_desc(Column::Half)
}

async fn with_names(
    conn: &impl ConnectionTrait,
    actor: Option<&Actor>,
    rows: Vec<engagement_half_day::Model>,
) -> Result<Vec<(engagement_half_day::Model, Named)>, db::Error> {
    let engagements: Vec<Engagement> = rows.iter().filter_map(Engagement::of).collect();
    let names = named(conn, actor, &engagements).await?;
    let with = |row: engagement_half_day::Model| {
        let name = names.get(&Engagement::of(&row)?)?.clone();
        Some((row, name))
    };
    Ok(rows.into_iter().filter_map(with).collect())
}

/// How engagements are named to an actor; to nobody in particular, each with its number.
async fn named(
    conn: &impl ConnectionTrait,
    actor: Option<&Actor>,
    engagements: &[Engagement],
) -> Result<HashMap<Engagement, Named>, db::Error> {
    let missions: HashSet<MissionId> = engagements.iter().filter_map(|one| one.mission()).collect();
    let requests: HashSet<AgreementRequestId> = engagements.iter().filter_map(|one| one.request()).collect();
    let missions: Vec<(MissionId, String)> = mission::Entity::find()
        .filter(actor.map_or_else(Condition::all, visible::missions))
        .filter(mission::Column::Id.is_in(missions))
        .select_only()
        .columns([mission::Column::Id, mission::Column::Number])
        .into_tuple()
        .all(conn)
        .await?;
    let requests: Vec<(AgreementRequestId, Option<String>)> = agreement_request::Entity::find()
        .filter(actor.map_or_else(Condition::all, visible::agreement_requests))
        .filter(agreement_request::Column::Id.is_in(requests))
        .select_only()
        .columns([agreement_request::Column::Id, agreement_request::Column::Number])
        .into_tuple()
        .all(conn)
        .await?;
    let sessions: HashSet<TrainingSessionId> = engagements.iter().filter_map(|one| one.session()).collect();
    let sessions: Vec<(TrainingSessionId, String)> = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(sessions))
        .select_only()
        .columns([training_session::Column::Id, training_session::Column::Number])
        .into_tuple()
        .all(conn)
        .await?;
    let sessions: HashMap<TrainingSessionId, String> = sessions.into_iter().collect();
    let missions: HashMap<MissionId, String> = missions.into_iter().collect();
    let requests: HashMap<AgreementRequestId, Option<String>> = requests.into_iter().collect();
    let name = |one: Engagement| match one {
        Engagement::Mission(id) => Named::Mission(missions.get(&id).cloned()),
        Engagement::Visit(id) => Named::Visit(requests.get(&id).cloned().flatten()),
        Engagement::Session(id) => Named::Session(sessions.get(&id).cloned()),
    };
    Ok(engagements.iter().map(|one| (*one, name(*one))).collect())
}
