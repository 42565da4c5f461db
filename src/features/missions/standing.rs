//! Who may hold a mission: habilitation on its days, independence, free half-days; then how near and how busy.
//!
//! What refuses is never passed over. A warning of independence passes with a written reason. What is only worth
//! knowing, such as a short travel between two missions of one day, is said and decides nothing.

use std::collections::{BTreeSet, HashMap};

use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId, MissionId};
use entity::mission::{self, MissionObject, MissionState};
use entity::{expert, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, Duration, OffsetDateTime};

use super::dossier::Dossier;
use super::input::Dates;
use super::{MissionError, held, labels, state};
use crate::features::availability::engagements::{self, Clash, Named};
use crate::features::availability::labels as words_of_time;
use crate::features::availability::queries::{self as time_of, HalfDays};
use crate::features::experts::queries::{self as people, Habilitation, covers};
use crate::features::rights::{self, RightKind};
use crate::features::{settings, ties};
use crate::rules::deadline;
use crate::rules::engagement::{self, Slot};
use crate::rules::half_day::Availability;
use crate::rules::missions::{Distance, MissionRules, distance};
use crate::rules::right::Standing as OnDay;
use crate::rules::territory::PARIS;
use crate::rules::ties::{Duty as TiedDuty, Finding, Severity};

/// Days of past missions that make the load of a person.
const LOAD: Duration = Duration::days(365);

/// What a mission asks of whoever holds it.
#[derive(Clone, Debug)]
pub struct Need {
    /// What for.
    pub object: MissionObject,
    /// The habilitation.
    pub duty: Option<Duty>,
    /// Where.
    pub structure: Option<structure::Model>,
    /// Which certification.
    pub certification: Option<CertificationId>,
    /// INSEE code of the region; may be empty.
    pub region: String,
    /// INSEE code of the department; may be empty.
    pub department: String,
    /// When.
    pub dates: Dates,
    /// The mission itself, which is no obstacle to itself.
    pub except: Option<MissionId>,
}

impl Need {
    /// What this mission asks.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let mission = &dossier.mission;
        Self {
            object: mission.object,
            duty: mission.duty,
            structure: dossier.structure.clone(),
            certification: mission.certification_id,
            region: mission.region.clone(),
            department: mission.department.clone(),
            dates: Dates {
                starts_at: *mission.starts_at,
                ends_at: *mission.ends_at,
                zone: mission.zone.clone(),
            },
            except: Some(mission.id),
        }
    }

    /// The first and the last day, where it takes place.
    #[must_use]
    pub fn days(&self) -> (Date, Date) {
        let day = |at: OffsetDateTime| deadline::date_in_zone(at, &self.dates.zone).unwrap_or(at.date());
        (day(self.dates.starts_at), day(self.dates.ends_at - Duration::SECOND))
    }

    /// The half-days that it takes.
    fn slots(&self) -> Vec<Slot> {
        engagement::taken(self.dates.starts_at, self.dates.ends_at, &self.dates.zone)
    }
}

/// The duty of the matrix of independence that an object stands for; none when ties do not matter.
#[must_use]
pub const fn tied_duty(object: MissionObject) -> Option<TiedDuty> {
    match object {
        MissionObject::Jury => Some(TiedDuty::JuryPresident),
        MissionObject::Inspection => Some(TiedDuty::Controller),
        MissionObject::Support => Some(TiedDuty::SupportExpert),
        MissionObject::Session => Some(TiedDuty::TeamTrainer),
        MissionObject::Meeting | MissionObject::Observation => None,
    }
}

/// One person beside a mission.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The person.
    pub expert: expert::Model,
    /// Last day of the habilitation that counts.
    pub habilitated_until: Option<Date>,
    /// What refuses, in words.
    pub refusals: Vec<String>,
    /// What refuses to give the mission and takes nothing back: a declaration of interests that is not up to date.
    pub undeclared: Option<String>,
    /// What passes with a written reason only.
    pub warnings: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// What the person declared against these half-days, in words that follow their name; both are kept.
    pub away: Vec<String>,
    /// What the person declared of these half-days.
    pub freedom: Freedom,
    /// How far the person lives.
    pub distance: Distance,
    /// Missions held over the last twelve months and to come.
    pub load: usize,
}

/// What someone declared of the half-days of a mission: the fewer doubts, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freedom {
    /// Free on each of them.
    Free,
    /// Nothing is known of one at least.
    Unknown,
    /// Taken, away or on holiday on one at least.
    Taken,
}

impl Standing {
    /// Everything worth knowing for whoever gives the mission.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let away = self.away.iter().map(|said| labels::away(labels::THIS_PERSON, said));
        self.notes.iter().cloned().chain(away).collect()
    }

    /// Whether the mission may be offered to the person.
    #[must_use]
    pub fn is_eligible(&self) -> bool {
        self.refusals.is_empty() && self.undeclared.is_none()
    }

    /// Whether the person who has the mission may keep it.
    #[must_use]
    pub fn may_keep(&self) -> bool {
        self.refusals.is_empty()
    }

    /// Everything that refuses to give the mission, in words.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        self.refusals.iter().chain(&self.undeclared).cloned().collect()
    }

    /// Refuses what the mission may not be.
    ///
    /// # Errors
    /// [`MissionError::NotEntitled`], or [`MissionError::Warned`] without a reason.
    pub fn check(&self, reason: Option<&str>) -> Result<(), MissionError> {
        if !self.is_eligible() {
            return Err(MissionError::NotEntitled(self.reasons()));
        }
        if !self.warnings.is_empty() && reason.is_none() {
            return Err(MissionError::Warned(self.warnings.clone()));
        }
        Ok(())
    }
}

/// How one person stands.
///
/// # Errors
/// What the database answers.
pub async fn of(
    conn: &impl ConnectionTrait,
    need: &Need,
    expert: &expert::Model,
    now: OffsetDateTime,
) -> Result<Standing, MissionError> {
    let mut found = weigh(conn, need, vec![expert.clone()], now).await?;
    found.pop().ok_or(MissionError::NotFound)
}

/// Everyone who holds the habilitation on the first day of the mission or on the last, those who may be asked first:
/// independence, what they declared of these half-days, then distance, load and name.
///
/// # Errors
/// What the database answers.
pub async fn ranked(
    conn: &impl ConnectionTrait,
    need: &Need,
    now: OffsetDateTime,
) -> Result<Vec<Standing>, MissionError> {
    let (first, last) = need.days();
    let scope = need.duty.map(|duty| format!("{}|", duty.word()));
    let mut ids: BTreeSet<ExpertId> = BTreeSet::new();
    for day in BTreeSet::from([first, last]) {
        let held = rights::queries::in_force(conn, RightKind::Habilitation, scope.as_deref(), day).await?;
        ids.extend(held.iter().map(|held| ExpertId(held.right.holder_id)));
    }
    let experts = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    let mut found = weigh(conn, need, experts, now).await?;
    found.sort_by(|one, other| {
        let rank = |of: &Standing| (!of.is_eligible(), of.warnings.len(), of.freedom, of.distance, of.load);
        rank(one).cmp(&rank(other)).then_with(|| one.expert.search.cmp(&other.expert.search))
    });
    Ok(found)
}

async fn weigh(
    conn: &impl ConnectionTrait,
    need: &Need,
    experts: Vec<expert::Model>,
    now: OffsetDateTime,
) -> Result<Vec<Standing>, MissionError> {
    let ids: Vec<ExpertId> = experts.iter().map(|expert| expert.id).collect();
    let rules = settings::mission_rules(conn).await?;
    let mut habilitations = people::habilitations_of(conn, &ids).await?;
    let mut missions = missions_of(conn, &ids, need, now).await?;
    let (first, last) = need.days();
    let declared = time_of::half_days(conn, &ids, first, last).await?;
    let mut visits = engagements::visits(conn, &ids, first, last).await?;
    let mut findings = independence(conn, need, &ids).await?;
    let mut undeclared = undeclared(conn, need, &ids, now).await?;
    let standing = |expert: expert::Model| {
        let held = habilitations.remove(&expert.id).unwrap_or_default();
        let (until, mut refusals) = entitled(need, &held);
        let others = missions.remove(&expert.id).unwrap_or_default();
        refusals.extend(taken(need, &others));
        refusals.extend(visited(need, &visits.remove(&expert.id).unwrap_or_default()));
        let (mut warnings, notes) = (Vec::new(), travels(need, &others, &rules));
        for finding in findings.remove(&expert.id).unwrap_or_default() {
            match finding.severity {
                Severity::Blocking => refusals.push(finding.sentence),
                Severity::Warning => warnings.push(finding.sentence),
            }
        }
        let undeclared = undeclared.remove(&expert.id);
        let place = distance(&expert.department, &need.department);
        let load = others.len();
        let freedom = declared.get(&expert.id).map_or(Freedom::Unknown, |days| free(need, days));
        let refused = declared.get(&expert.id).map(|days| days.refused(&need.slots()));
        let away = words_of_time::not_free(&refused.unwrap_or_default());
        Standing {
            expert,
            habilitated_until: until,
            refusals,
            undeclared,
            warnings,
            notes,
            away,
            freedom,
            distance: place,
            load,
        }
    };
    Ok(experts.into_iter().map(standing).collect())
}

/// What the ties of these people say, without what a manager set aside for this very mission.
async fn independence(
    conn: &impl ConnectionTrait,
    need: &Need,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<Finding>>, MissionError> {
    let (Some(structure), Some(duty)) = (&need.structure, tied_duty(need.object)) else {
        return Ok(HashMap::new());
    };
    let mut found = ties::findings(conn, structure, ids, duty, need.days().0).await?;
    if let Some(id) = need.except {
        let kept = ties::queries::kept(conn, held::OBJECT_KIND, id.0).await?;
        for (expert, sentences) in &kept {
            if let Some(own) = found.get_mut(expert) {
                own.retain(|finding| !sentences.contains(&finding.sentence));
            }
        }
    }
    Ok(found)
}

/// Who has not declared their interests, in words, when the duty needs it. The declaration is that of the day on which
/// the mission is given: nobody can make that of next year before.
async fn undeclared(
    conn: &impl ConnectionTrait,
    need: &Need,
    ids: &[ExpertId],
    now: OffsetDateTime,
) -> Result<HashMap<ExpertId, String>, MissionError> {
    let Some(duty) = tied_duty(need.object) else { return Ok(HashMap::new()) };
    let today = deadline::date_in_zone(now, PARIS).unwrap_or(now.date());
    let missing = ties::undeclared(conn, duty, ids, today).await?;
    let words = ties::labels::undeclared(today.year());
    Ok(missing.into_iter().map(|expert| (expert, words.clone())).collect())
}

/// What someone declared of the half-days that the mission takes.
fn free(need: &Need, days: &HalfDays) -> Freedom {
    let one = |(day, half): Slot| match days.at(day, half) {
        Some(state) if state.is_available() => Freedom::Free,
        Some(state) if state.availability == Availability::Unavailable => Freedom::Taken,
        _ => Freedom::Unknown,
    };
    need.slots().into_iter().map(one).max().unwrap_or(Freedom::Unknown)
}

/// The end of the habilitation that covers the mission, or why none does.
fn entitled(need: &Need, held: &[Habilitation]) -> (Option<Date>, Vec<String>) {
    let Some(duty) = need.duty else { return (None, Vec::new()) };
    let (first, last) = need.days();
    let of_duty: Vec<&Habilitation> = held.iter().filter(|found| found.file.duty == duty).collect();
    let on_days: Vec<&Habilitation> = of_duty
        .iter()
        .copied()
        .filter(|found| each_day(first, last).all(|day| found.valid_on(day)))
        .collect();
    if on_days.is_empty() {
        return (None, vec![why_not_on_days(&of_duty, duty, first, last)]);
    }
    let certified: Vec<&Habilitation> = on_days
        .into_iter()
        .filter(|found| {
            let only = found.file.certification_id;
            need.certification.is_none() || only.is_none() || only == need.certification
        })
        .collect();
    if certified.is_empty() {
        return (None, vec![labels::OTHER_CERTIFICATION.to_owned()]);
    }
    let here =
        certified.into_iter().filter(|found| need.region.is_empty() || covers(&found.file, &need.region));
    match here.max_by_key(|found| found.ends_on()) {
        Some(found) => (found.ends_on(), Vec::new()),
        None => (None, vec![labels::OTHER_REGION.to_owned()]),
    }
}

/// Every day from the first to the last, both included.
fn each_day(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.next_day()).take_while(move |day| *day <= last)
}

/// Why no right of the duty holds on every day of the mission: set aside, too short, too late, or none at all.
fn why_not_on_days(of_duty: &[&Habilitation], duty: Duty, first: Date, last: Date) -> String {
    let held: Vec<&rights::Held> = of_duty.iter().flat_map(|found| &found.rights).collect();
    let set_aside =
        |held: &rights::Held| each_day(first, last).any(|day| held.standing_on(day) == OnDay::Suspended);
    if held.iter().copied().any(set_aside) {
        return labels::suspended(duty);
    }
    let last_day = |held: &rights::Held| held.right.grace_until.or(held.right.ends_on).unwrap_or(Date::MAX);
    let spans: Vec<(Date, Date)> = held.iter().map(|held| (held.right.starts_on, last_day(held))).collect();
    let during = spans.iter().filter(|(start, end)| *start <= last && *end >= first);
    if let Some((start, end)) = during.max_by_key(|(_, end)| *end) {
        return if *end < last {
            labels::ends_before(duty, *end, last)
        } else {
            labels::begins_after(duty, *start)
        };
    }
    if let Some(end) = spans.iter().map(|(_, end)| *end).filter(|end| *end < first).max() {
        return labels::ends_before(duty, end, first);
    }
    let start = spans.iter().map(|(start, _)| *start).filter(|start| *start > last).min();
    start.map_or_else(|| labels::no_habilitation(duty), |start| labels::begins_after(duty, start))
}

/// The half-days, or the hours, that another mission already takes.
fn taken(need: &Need, others: &[mission::Model]) -> Vec<String> {
    let wanted = need.slots();
    let clash = |other: &mission::Model| {
        let theirs = engagement::taken(*other.starts_at, *other.ends_at, &other.zone);
        if let Some(slot) = wanted.iter().find(|slot| theirs.contains(slot)) {
            let with = Some(Named::Mission(Some(other.number.clone())));
            return Some(words_of_time::clash(&Clash { slot: *slot, with }));
        }
        let overlaps = *other.starts_at < need.dates.ends_at && *other.ends_at > need.dates.starts_at;
        overlaps.then(|| labels::overlapping(&other.number))
    };
    others.iter().filter_map(clash).collect()
}

/// The half-days that the visits of requests already take, each request once.
fn visited(need: &Need, visits: &[Clash]) -> Vec<String> {
    let wanted = need.slots();
    let mut known: Vec<&Option<Named>> = Vec::new();
    let mut found = Vec::new();
    for visit in visits.iter().filter(|visit| wanted.contains(&visit.slot)) {
        if !known.contains(&&visit.with) {
            known.push(&visit.with);
            found.push(words_of_time::clash(visit));
        }
    }
    found
}

/// The travels that are too short between this mission and those of the same day.
fn travels(need: &Need, others: &[mission::Model], rules: &MissionRules) -> Vec<String> {
    let short = |other: &mission::Model| {
        let (before, after) = (need.dates.starts_at - *other.ends_at, *other.starts_at - need.dates.ends_at);
        let gap = before.max(after);
        let needed = rules.travel(&other.department, &need.department)?;
        (gap >= Duration::ZERO && gap < needed).then(|| labels::short_travel(&other.number, gap, needed))
    };
    others.iter().filter_map(short).collect()
}

/// The missions that these people hold, from a year before today on.
async fn missions_of(
    conn: &impl ConnectionTrait,
    ids: &[ExpertId],
    need: &Need,
    now: OffsetDateTime,
) -> Result<HashMap<ExpertId, Vec<mission::Model>>, MissionError> {
    use mission::Column;
    let since = (now - LOAD).min(need.dates.starts_at - Duration::days(32));
    let rows = mission::Entity::find()
        .filter(Column::ExpertId.is_in(ids.iter().copied()))
        .filter(Column::State.is_in(MissionState::all().filter(|one| state::is_held(*one))))
        .filter(Column::EndsAt.gte(entity::Instant::from(since)))
        .order_by_asc(Column::StartsAt)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows.into_iter().filter(|row| Some(row.id) != need.except) {
        found.entry(row.expert_id).or_default().push(row);
    }
    Ok(found)
}
