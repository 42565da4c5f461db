//! Reads of the time of experts. Every read of one starts from what the actor may see; [`half_days`] is the face for the
//! features that look for somebody, which have asked the policy themselves.

use std::collections::{BTreeMap, HashMap};

use entity::availability_day::HalfDay;
use entity::ids::ExpertId;
use entity::{absence, availability, availability_day, expert, recurring_half_day, school_holiday};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, OffsetDateTime, Weekday};

use super::engagements::{self, Named};
use super::input::WEEKDAYS;
use super::meetings;
use super::school::{self, SchoolHoliday};
use super::{AvailabilityError, labels};
use crate::authz::{self, Actor, Facts, Permission, may, visible};
use crate::db;
use crate::rules::calendar::Calendar;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::engagement::Slot;
use crate::rules::half_day::{Availability, Declarations, HALVES, Recurring, Source, State};
use crate::rules::period::Period;
use crate::rules::school_zone::SchoolZone;
use crate::rules::territory;

/// Whether the expert said not to be free; nobody says a public holiday.
fn said_no(state: State) -> bool {
    state.availability == Availability::Unavailable && state.source != Source::Holiday
}

/// The half-days of one expert in a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HalfDays(BTreeMap<(Date, HalfDay), State>);

impl HalfDays {
    /// The state of a half-day; none outside of the range.
    #[must_use]
    pub fn at(&self, day: Date, half: HalfDay) -> Option<State> {
        self.0.get(&(day, half)).copied()
    }

    /// Every half-day, in order.
    pub fn all(&self) -> impl Iterator<Item = (Date, HalfDay, State)> + '_ {
        self.0.iter().map(|((day, half), state)| (*day, *half, *state))
    }

    /// Those of these half-days on which the expert said not to be free.
    #[must_use]
    pub fn refused(&self, slots: &[Slot]) -> Vec<(Slot, State)> {
        let refused = |slot: &Slot| {
            let state = self.at(slot.0, slot.1)?;
            said_no(state).then_some((*slot, state))
        };
        slots.iter().filter_map(refused).collect()
    }

    fn of(declared: &Declarations, range: Period) -> Self {
        let mut states = BTreeMap::new();
        let mut day = range.from();
        while day <= range.until() {
            for half in HALVES {
                states.insert((day, half), declared.state(day, half));
            }
            let next = add_days(day, 1);
            if next == day {
                break;
            }
            day = next;
        }
        Self(states)
    }
}

/// The half-days of experts in a range, for whoever ranks them. An expert who declared nothing is there too.
///
/// # Errors
/// What the database answers.
pub async fn half_days(
    conn: &impl ConnectionTrait,
    experts: &[ExpertId],
    from: Date,
    until: Date,
) -> Result<HashMap<ExpertId, HalfDays>, db::Error> {
    let Ok(range) = Period::new(from, until) else { return Ok(HashMap::new()) };
    let rows =
        expert::Entity::find().filter(expert::Column::Id.is_in(experts.iter().copied())).all(conn).await?;
    let mut declared = declarations(conn, &rows, range).await?;
    let of = |row: &expert::Model| {
        let declared = declared.remove(&row.id)?;
        Some((row.id, HalfDays::of(&declared, range)))
    };
    Ok(rows.iter().filter_map(of).collect())
}

/// Those of these half-days on which an expert said not to be free, or to come to a meeting, in words that follow their name, for whoever gives
/// them a visit or a mission and has asked the policy.
///
/// # Errors
/// What the database answers.
pub async fn not_free(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    slots: &[Slot],
) -> Result<Vec<String>, db::Error> {
    let days = || slots.iter().map(|(day, _)| *day);
    let (Some(from), Some(until)) = (days().min(), days().max()) else { return Ok(Vec::new()) };
    let states = half_days(conn, &[expert], from, until).await?.remove(&expert).unwrap_or_default();
    let accepted = meetings::accepted(conn, &[expert], from, until).await?.remove(&expert);
    let mut said = labels::not_free(&states.refused(slots));
    said.extend(labels::coming(&accepted.unwrap_or_default(), slots));
    Ok(said)
}

/// What to know of somebody's time before something is given to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Absences that share a day with the range, whole and first first; their reasons stay confidential.
    pub absences: Vec<Period>,
    /// Half-days of the range that they said free.
    pub free: usize,
}

/// The time of experts in a range, for whoever chooses one and has asked the policy. The same number of queries whatever
/// that of the experts.
///
/// # Errors
/// What the database answers.
pub async fn ahead(
    conn: &impl ConnectionTrait,
    experts: &[ExpertId],
    from: Date,
    until: Date,
) -> Result<HashMap<ExpertId, Ahead>, db::Error> {
    let states = half_days(conn, experts, from, until).await?;
    let mut found: HashMap<_, _> = states
        .into_iter()
        .map(|(id, states)| {
            let free = states.all().filter(|(_, _, state)| state.is_available()).count();
            (id, Ahead { absences: Vec::new(), free })
        })
        .collect();
    let absences = absence::Entity::find()
        .filter(absence::Column::ExpertId.is_in(experts.iter().copied()))
        .filter(absence::Column::StartsOn.lte(until))
        .filter(absence::Column::EndsOn.gte(from))
        .order_by_asc(absence::Column::StartsOn)
        .order_by_asc(absence::Column::Id);
    for row in absences.all(conn).await? {
        if let (Some(ahead), Ok(period)) =
            (found.get_mut(&row.expert_id), Period::new(row.starts_on, row.ends_on))
        {
            ahead.absences.push(period);
        }
    }
    Ok(found)
}

/// What experts declared about a range.
pub(super) async fn declarations(
    conn: &impl ConnectionTrait,
    experts: &[expert::Model],
    range: Period,
) -> Result<HashMap<ExpertId, Declarations>, db::Error> {
    let ids: Vec<ExpertId> = experts.iter().map(|row| row.id).collect();
    let mut found: HashMap<_, _> =
        experts.iter().map(|row| (row.id, Declarations::none(calendar_of(row)))).collect();
    let singles = availability_day::Entity::find()
        .filter(availability_day::Column::ExpertId.is_in(ids.iter().copied()))
        .filter(availability_day::Column::Day.gte(range.from()))
        .filter(availability_day::Column::Day.lte(range.until()));
    for row in singles.all(conn).await? {
        if let Some(declared) = found.get_mut(&row.expert_id) {
            declared.singles.insert((row.day, row.half_day), row.available);
        }
    }
    let absences = absence::Entity::find()
        .filter(absence::Column::ExpertId.is_in(ids.iter().copied()))
        .filter(absence::Column::StartsOn.lte(range.until()))
        .filter(absence::Column::EndsOn.gte(range.from()));
    for row in absences.all(conn).await? {
        if let (Some(declared), Ok(period)) =
            (found.get_mut(&row.expert_id), Period::new(row.starts_on, row.ends_on))
        {
            declared.absences.push(period);
        }
    }
    let ends = recurring_half_day::Column::EndsOn;
    let recurring = recurring_half_day::Entity::find()
        .filter(recurring_half_day::Column::ExpertId.is_in(ids))
        .filter(recurring_half_day::Column::StartsOn.lte(range.until()))
        .filter(Condition::any().add(ends.is_null()).add(ends.gte(range.from())));
    for row in recurring.all(conn).await? {
        if let Some(declared) = found.get_mut(&row.expert_id) {
            declared.recurring.push(recurrence(&row));
        }
    }
    Ok(found)
}

/// A row as the rule weighs it.
#[must_use]
pub fn recurrence(row: &recurring_half_day::Model) -> Recurring {
    Recurring {
        weekday: weekday(row.weekday),
        half: row.half_day,
        from: row.starts_on,
        until: row.ends_on,
        every_weeks: row.every_weeks.into(),
    }
}

/// The day of the week of a stored number; the database holds 1 to 7.
#[must_use]
pub fn weekday(number: i32) -> Weekday {
    let place = usize::try_from(number - 1).unwrap_or_default();
    WEEKDAYS.get(place).copied().unwrap_or(Weekday::Monday)
}

/// The public holidays of where an expert lives.
#[must_use]
pub fn calendar_of(row: &expert::Model) -> Calendar {
    territory::calendar(&row.department)
}

/// The day that it is where an expert lives.
#[must_use]
pub fn local_day(row: &expert::Model, now: OffsetDateTime) -> Date {
    day_in_zone(now, &row.zone)
}

/// Everything about the time of an expert in a range.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The expert.
    pub expert: expert::Model,
    /// What is declared about the range.
    pub declared: Declarations,
    /// Half-days of the week that come back, oldest first.
    pub recurring: Vec<recurring_half_day::Model>,
    /// Absences of the range and those to come, first first; without their reasons for whoever may not read them.
    pub absences: Vec<absence::Model>,
    /// When something was last declared.
    pub declared_at: Option<OffsetDateTime>,
    /// 0 until something is declared.
    pub version: i32,
    /// School holidays of the range.
    pub school: Vec<SchoolHoliday>,
    /// Whether the school calendar of the range is known at all.
    pub school_known: bool,
    /// Whether anything is known of the calendar of where the expert lives, whatever the range.
    pub territory_known: bool,
    /// The missions and the visits that take half-days of the range.
    pub engagements: BTreeMap<(Date, HalfDay), Named>,
}

impl Sheet {
    /// The half-days of a range inside that of the sheet.
    #[must_use]
    pub fn half_days(&self, range: Period) -> HalfDays {
        HalfDays::of(&self.declared, range)
    }

    /// The mission or the visit that takes a half-day.
    #[must_use]
    pub fn engagement(&self, day: Date, half: HalfDay) -> Option<&Named> {
        self.engagements.get(&(day, half))
    }

    /// Whether an engagement takes a half-day that the expert said they are not free: both are kept, and it is told.
    #[must_use]
    pub fn contradicts(&self, day: Date, half: HalfDay) -> bool {
        said_no(self.declared.state(day, half)) && self.engagement(day, half).is_some()
    }

    /// The school holidays of a day.
    #[must_use]
    pub fn school_holiday(&self, day: Date) -> Option<&SchoolHoliday> {
        self.school.iter().find(|one| one.period.contains(day))
    }
}

/// The expert of a number, if the actor may see their time.
///
/// # Errors
/// [`AvailabilityError::NotFound`], the refusal of the policy, what the database answers.
pub async fn expert_by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<expert::Model, AvailabilityError> {
    find(conn, actor, Condition::all().add(expert::Column::Number.eq(number))).await
}

/// The expert of a key, if the actor may see their time.
///
/// # Errors
/// [`AvailabilityError::NotFound`], the refusal of the policy, what the database answers.
pub async fn expert(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
) -> Result<expert::Model, AvailabilityError> {
    find(conn, actor, Condition::all().add(expert::Column::Id.eq(id))).await
}

async fn find(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: Condition,
) -> Result<expert::Model, AvailabilityError> {
    let found = expert::Entity::find().filter(visible::experts(actor)).filter(which).one(conn).await?;
    let found = found.ok_or(AvailabilityError::NotFound)?;
    let _seen = authz::allows(actor, Permission::AvailabilityView, &Facts::of_expert(&found))?;
    Ok(found)
}

/// Everything about the time of an expert in a range.
///
/// # Errors
/// [`AvailabilityError::NotFound`], the refusal of the policy, what the database answers.
pub async fn sheet(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
    range: Period,
) -> Result<Sheet, AvailabilityError> {
    let expert = expert(conn, actor, id).await?;
    let declared = declarations(conn, std::slice::from_ref(&expert), range).await?.remove(&id);
    let recurring = recurring_half_day::Entity::find()
        .filter(recurring_half_day::Column::ExpertId.eq(id))
        .order_by_asc(recurring_half_day::Column::Weekday)
        .order_by_desc(recurring_half_day::Column::HalfDay)
        .order_by_asc(recurring_half_day::Column::StartsOn)
        .all(conn)
        .await?;
    let absences = absence::Entity::find()
        .filter(absence::Column::ExpertId.eq(id))
        .filter(absence::Column::EndsOn.gte(range.from()))
        .order_by_asc(absence::Column::StartsOn)
        .order_by_asc(absence::Column::Id)
        .all(conn)
        .await?;
    let reads = may(actor, Permission::AbsenceReasonView, &Facts::of_expert(&expert));
    let shown = |row: absence::Model| absence::Model { reason: row.reason.filter(|_| reads), ..row };
    let head = availability::Entity::find_by_id(id).one(conn).await?;
    let zone = SchoolZone::of_department(&expert.department);
    let calendar = school_holidays(conn, zone).await?;
    let territory_known = !calendar.is_empty();
    let school_known = [range.from(), range.until()].iter().all(|day| school::tells(&calendar, *day));
    Ok(Sheet {
        declared: declared.unwrap_or_else(|| Declarations::none(calendar_of(&expert))),
        recurring,
        absences: absences.into_iter().map(shown).collect(),
        declared_at: head.as_ref().map(|head| *head.declared_at),
        version: head.map_or(0, |head| head.version),
        school: calendar.into_iter().filter(|one| one.period.overlaps(range)).collect(),
        school_known,
        territory_known,
        engagements: engagements_of(conn, actor, id, range).await?,
        expert,
    })
}

/// What stands on half-days of a person: what they hold, else the meeting that they accepted.
async fn engagements_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExpertId,
    range: Period,
) -> Result<BTreeMap<Slot, Named>, db::Error> {
    let mut accepted = meetings::accepted(conn, &[id], range.from(), range.until()).await?;
    let accepted = accepted.remove(&id).unwrap_or_default().into_iter();
    let mut found: BTreeMap<Slot, Named> =
        accepted.map(|(slot, number)| (slot, Named::Meeting(number))).collect();
    found.extend(engagements::of_person(conn, actor, id, range.from(), range.until()).await?);
    Ok(found)
}

/// The school holidays of a zone; none without a zone.
async fn school_holidays(
    conn: &impl ConnectionTrait,
    zone: Option<SchoolZone>,
) -> Result<Vec<SchoolHoliday>, db::Error> {
    let Some(zone) = zone else { return Ok(Vec::new()) };
    let rows =
        school_holiday::Entity::find().filter(school_holiday::Column::Zone.eq(zone.word())).all(conn).await?;
    Ok(school::merged(&rows).into_iter().filter(|one| one.zone == zone).collect())
}

/// Every school holiday that applies, for whoever may see the calendar as a whole.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn school_calendar(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<SchoolHoliday>, AvailabilityError> {
    let _seen = authz::allows(actor, Permission::SchoolCalendarView, &Facts::default())?;
    let rows = school_holiday::Entity::find().all(conn).await?;
    Ok(school::merged(&rows))
}
