//! The sessions that wait for somebody to preside, and those of a month.

use std::collections::HashMap;

use entity::availability_day::HalfDay;
use entity::ids::{ExpertId, JurySessionId, SiteId, StructureId};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_session::{self, JuryState};
use entity::{expert, jury_wish, site, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, Duration, Time};

use crate::authz::{Actor, visible};
use crate::db;
use crate::rules::deadline::day_in_zone;
use crate::rules::missions::MissionRules;

/// Sessions in the margin.
const MOST: u64 = 50;
/// Sessions of a month.
const MOST_OF_MONTH: u64 = 500;

/// A session that waits: for its date, for somebody to preside, or for their answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The session.
    pub session: jury_session::Model,
    /// Name of the structure.
    pub structure: String,
    /// Commune where people meet, that of the structure at a distance.
    pub commune: String,
    /// Whether somebody was asked to preside and has not answered.
    pub asked: bool,
    /// Half-days that the structure wishes, the best first.
    pub wishes: Vec<(Date, HalfDay)>,
}

/// A session of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The session.
    pub session: jury_session::Model,
    /// Name of the structure.
    pub structure: String,
    /// Commune where people meet, that of the structure at a distance.
    pub commune: String,
    /// Who presides, or was asked to.
    pub president: Option<(ExpertId, String)>,
    /// Whether they accepted.
    pub accepted: bool,
}

/// Two juries of one day that are too far from each other for who presides both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Who.
    pub name: String,
    /// The first session.
    pub first: JurySessionId,
    /// The next one.
    pub second: JurySessionId,
    /// Time between both.
    pub gap: Duration,
}

/// The sessions that the actor may see and that nobody has accepted to preside, the oldest request first.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Waiting>, db::Error> {
    use jury_session::Column;
    let rows = jury_session::Entity::find()
        .filter(visible::jury_panels(actor))
        .filter(Column::State.is_in([JuryState::Requested, JuryState::Planned, JuryState::Postponed]))
        .order_by_asc(Column::RequestedAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    let around = Around::of(conn, &rows).await?;
    let mut wishes = wishes_of(conn, &rows).await?;
    let one = |session: jury_session::Model| {
        let president = around.presidents.get(&session.id);
        if president.is_some_and(|row| row.state == MemberState::Accepted) {
            return None;
        }
        let (structure, commune) = around.place(&session);
        let wishes = wishes.remove(&session.id).unwrap_or_default();
        Some(Waiting { asked: president.is_some(), structure, commune, wishes, session })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// The half-days that are wished for each of these sessions, the best first.
async fn wishes_of(
    conn: &impl ConnectionTrait,
    rows: &[jury_session::Model],
) -> Result<HashMap<JurySessionId, Vec<(Date, HalfDay)>>, db::Error> {
    let found = jury_wish::Entity::find()
        .filter(jury_wish::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(jury_wish::Column::SessionId)
        .order_by_asc(jury_wish::Column::Position)
        .all(conn)
        .await?;
    let mut wishes: HashMap<JurySessionId, Vec<(Date, HalfDay)>> = HashMap::new();
    for one in found {
        wishes.entry(one.session_id).or_default().push((one.day, one.half));
    }
    Ok(wishes)
}

/// The sessions that the actor may see from one day to another, in Paris, those that do not take place left out; the
/// earliest first.
///
/// # Errors
/// What the database answers.
pub async fn month(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    (first, last): (Date, Date),
) -> Result<Vec<Planned>, db::Error> {
    use jury_session::Column;
    // The days are those of each place: a day more on each side, then the zones.
    let instant = |day: Date| entity::Instant::from(day.with_time(Time::MIDNIGHT).assume_utc());
    let rows = jury_session::Entity::find()
        .filter(visible::jury_panels(actor))
        .filter(Column::State.is_not_in([
            JuryState::Rejected,
            JuryState::Cancelled,
            JuryState::Postponed,
            JuryState::Requested,
        ]))
        .filter(Column::StartsAt.gte(instant(first - Duration::DAY)))
        .filter(Column::StartsAt.lt(instant(last + Duration::days(2))))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(MOST_OF_MONTH)
        .all(conn)
        .await?;
    let around = Around::of(conn, &rows).await?;
    let one = |session: jury_session::Model| {
        let day = day_of(&session)?;
        if day < first || day > last {
            return None;
        }
        let row = around.presidents.get(&session.id);
        let president = row.map(|row| (row.expert_id, around.name(row.expert_id)));
        let accepted = row.is_some_and(|row| row.state == MemberState::Accepted);
        let (structure, commune) = around.place(&session);
        Some(Planned { session, structure, commune, president, accepted })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// The day of a session, where it takes place.
#[must_use]
pub fn day_of(session: &jury_session::Model) -> Option<Date> {
    session.starts_at.map(|at| day_in_zone(*at, &session.zone))
}

/// The juries that one person presides one after the other without the time to travel.
#[must_use]
pub fn clashes(planned: &[Planned], rules: &MissionRules) -> Vec<Clash> {
    let mut found = Vec::new();
    for (rank, one) in planned.iter().enumerate() {
        let Some((who, name)) = &one.president else { continue };
        let same = |other: &&Planned| other.president.as_ref().is_some_and(|(other, _)| other == who);
        let Some(next) = planned[rank + 1..].iter().find(same) else { continue };
        let Some((ends, starts)) = one.session.ends_at.zip(next.session.starts_at) else { continue };
        let gap: Duration = *starts - *ends;
        let needed = rules.travel(&one.session.department, &next.session.department);
        if needed.is_some_and(|needed| gap < needed) {
            let (first, second) = (one.session.id, next.session.id);
            found.push(Clash { name: name.clone(), first, second, gap });
        }
    }
    found
}

/// What is around some sessions.
struct Around {
    structures: HashMap<StructureId, (String, String)>,
    communes: HashMap<SiteId, String>,
    presidents: HashMap<JurySessionId, jury_member::Model>,
    names: HashMap<ExpertId, String>,
}

impl Around {
    async fn of(conn: &impl ConnectionTrait, rows: &[jury_session::Model]) -> Result<Self, db::Error> {
        let structures = structure::Entity::find()
            .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
            .all(conn)
            .await?;
        let sites = site::Entity::find()
            .filter(site::Column::Id.is_in(rows.iter().filter_map(|row| row.site_id)))
            .all(conn)
            .await?;
        let presidents = jury_member::Entity::find()
            .filter(jury_member::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
            .filter(jury_member::Column::Seat.eq(Seat::President))
            .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
            .all(conn)
            .await?;
        let people = expert::Entity::find()
            .filter(expert::Column::Id.is_in(presidents.iter().map(|row| row.expert_id)))
            .all(conn)
            .await?;
        Ok(Self {
            structures: structures.into_iter().map(|row| (row.id, (row.name, row.commune))).collect(),
            communes: sites.into_iter().map(|row| (row.id, row.commune)).collect(),
            presidents: presidents.into_iter().map(|row| (row.session_id, row)).collect(),
            names: people.iter().map(|row| (row.id, row.name())).collect(),
        })
    }

    fn place(&self, session: &jury_session::Model) -> (String, String) {
        let (name, own) = self.structures.get(&session.structure_id).cloned().unwrap_or_default();
        let held_at = session.site_id.and_then(|id| self.communes.get(&id).cloned());
        (name, held_at.unwrap_or(own))
    }

    fn name(&self, id: ExpertId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }
}
