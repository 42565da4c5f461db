//! Who may hold a mission: habilitation on its days, independence, free half-days; then how near and how busy.
//!
//! What refuses is never passed over. A warning of independence passes with a written reason. What is only worth
//! knowing, such as a short travel between two missions of one day, is said and decides nothing.

mod reasons;

use std::collections::{BTreeSet, HashMap};

use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId, MissionId};
use entity::mission::MissionObject;
use entity::{college_seat, expert, structure};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Date, Duration, OffsetDateTime};

use self::reasons::{entitled, free, taken, travels, visited};
use super::dossier::Dossier;
use super::input::Dates;
use super::{MissionError, held, labels};
use crate::features::availability::labels as words_of_time;
use crate::features::availability::load::{self, Load};
use crate::features::availability::{engagements, meetings, queries as time_of};
use crate::features::experts::queries as people;
use crate::features::rights::{self, RightKind};
use crate::features::{settings, ties};
use crate::rules::deadline;
use crate::rules::engagement::{self, Slot};
use crate::rules::missions::{Reach, reach};
use crate::rules::territory::PARIS;
use crate::rules::ties::{Duty as TiedDuty, Finding, Severity};

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
    /// The other certifications that it is for.
    pub also: Vec<CertificationId>,
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
            also: dossier.also.iter().map(|one| one.id).collect(),
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

    /// The habilitations of which one is needed: that of the mission, or those that entitle to its object. None for what
    /// asks for no habilitation.
    #[must_use]
    pub fn duties(&self) -> Vec<Duty> {
        match (self.duty, tied_duty(self.object)) {
            (Some(duty), _) => vec![duty],
            // Members of a college sit by the seat that is recorded for them.
            (None, Some(TiedDuty::JuryPresident) | None) => Vec::new(),
            (None, Some(tied)) => ties::entitling(tied).to_vec(),
        }
    }

    /// Whether the person is wanted for the college that they sit for in juries.
    #[must_use]
    pub fn by_seat(&self) -> bool {
        self.duty.is_none() && self.object == MissionObject::Jury
    }

    /// The first and the last day, where it takes place.
    #[must_use]
    pub fn days(&self) -> (Date, Date) {
        let day = |at: OffsetDateTime| deadline::day_in_zone(at, &self.dates.zone);
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
    /// What the person declared against these half-days, and the meetings that they accepted, in words that follow their
    /// name; both are kept.
    pub away: Vec<String>,
    /// What the person declared of these half-days.
    pub freedom: Freedom,
    /// How the person reaches the place.
    pub reach: Reach,
    /// What the person carries around the mission.
    pub load: Load,
}

/// What someone declared of the half-days of a mission: the fewer doubts, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freedom {
    /// Free on each of them.
    Free,
    /// Nothing is known of one at least.
    Unknown,
    /// Taken, away, on holiday or at a meeting on one at least.
    Taken,
}

impl Standing {
    /// Everything worth knowing for whoever gives the mission.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let away = self.away.iter().map(|said| labels::refusals::away(labels::refusals::THIS_PERSON, said));
        let far = self.reach.km.zip(self.expert.travel_km).filter(|_| self.reach.beyond);
        let far = far.map(|(km, most)| words_of_time::beyond(km, most));
        self.notes.iter().cloned().chain(far).chain(away).collect()
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

/// Why no habilitation of a person covers the days of a mission, in words; nothing when one does.
#[must_use]
pub fn not_entitled(need: &Need, held: &[people::Habilitation]) -> Vec<String> {
    entitled(need, held).1
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
/// independence, what they declared of these half-days, then how they reach the place, load and name.
///
/// # Errors
/// What the database answers.
pub async fn ranked(
    conn: &impl ConnectionTrait,
    need: &Need,
    now: OffsetDateTime,
) -> Result<Vec<Standing>, MissionError> {
    let (first, last) = need.days();
    let mut ids: BTreeSet<ExpertId> = BTreeSet::new();
    if need.by_seat() {
        ids.extend(seated(conn, first, last).await?);
    } else {
        let scope = need.duty.map(|duty| format!("{}|", duty.word()));
        for day in BTreeSet::from([first, last]) {
            let held =
                rights::queries::in_force(conn, RightKind::Habilitation, scope.as_deref(), day).await?;
            ids.extend(held.iter().map(|held| ExpertId(held.right.holder_id)));
        }
    }
    let experts = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    among(conn, need, experts, now).await
}

/// Those who sit for a college of juries on these days.
async fn seated(conn: &impl ConnectionTrait, first: Date, last: Date) -> Result<Vec<ExpertId>, MissionError> {
    use college_seat::Column;
    let open = Condition::any().add(Column::Until.is_null()).add(Column::Until.gte(last));
    let rows = college_seat::Entity::find().filter(Column::Since.lte(first)).filter(open).all(conn).await?;
    Ok(rows.into_iter().map(|row| row.expert_id).collect())
}

/// These people, whatever entitles them, in the order of [`ranked`].
///
/// # Errors
/// What the database answers.
pub async fn among(
    conn: &impl ConnectionTrait,
    need: &Need,
    experts: Vec<expert::Model>,
    now: OffsetDateTime,
) -> Result<Vec<Standing>, MissionError> {
    let mut found = weigh(conn, need, experts, now).await?;
    found.sort_by(|one, other| {
        let rank =
            |of: &Standing| (!of.is_eligible(), of.warnings.len(), of.freedom, of.reach, of.load.total());
        rank(one).cmp(&rank(other)).then_with(|| {
            let named = |person: &expert::Model| (person.search.clone(), person.id);
            named(&one.expert).cmp(&named(&other.expert))
        })
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
    let since = load::since(need.dates.starts_at, now);
    let mut missions = load::missions(conn, &ids, need.except, since).await?;
    let mut made = load::visits(conn, &ids, since).await?;
    let (first, last) = need.days();
    let declared = time_of::half_days(conn, &ids, first, last).await?;
    let mut visits = engagements::visits(conn, &ids, first, last).await?;
    let mut accepted = meetings::accepted(conn, &ids, first, last).await?;
    let mut findings = independence(conn, need, &ids).await?;
    let mut undeclared = undeclared(conn, need, &ids, now).await?;
    let standing = |expert: expert::Model| {
        let held = habilitations.remove(&expert.id).unwrap_or_default();
        let (until, mut refusals) = entitled(need, &held);
        let others = missions.remove(&expert.id).unwrap_or_default();
        refusals.extend(taken(need, &others));
        refusals.extend(visited(need, &visits.remove(&expert.id).unwrap_or_default()));
        let made = made.remove(&expert.id).unwrap_or_default();
        let (mut warnings, notes) = (Vec::new(), travels(need, &others, &made, &rules));
        for finding in findings.remove(&expert.id).unwrap_or_default() {
            match finding.severity {
                Severity::Blocking => refusals.push(finding.sentence),
                Severity::Warning => warnings.push(finding.sentence),
            }
        }
        let undeclared = undeclared.remove(&expert.id);
        let reach = reach(&expert.department, &expert.territories, expert.travel_km, &need.department);
        let load = Load::of(&others, &made, first, now);
        let slots = need.slots();
        let coming = words_of_time::coming(&accepted.remove(&expert.id).unwrap_or_default(), &slots);
        let freedom = declared.get(&expert.id).map_or(Freedom::Unknown, |days| free(need, days));
        let freedom = if coming.is_empty() { freedom } else { Freedom::Taken };
        let refused = declared.get(&expert.id).map(|days| days.refused(&slots));
        let mut away = words_of_time::not_free(&refused.unwrap_or_default());
        away.extend(coming);
        Standing {
            expert,
            habilitated_until: until,
            refusals,
            undeclared,
            warnings,
            notes,
            away,
            freedom,
            reach,
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
    let today = deadline::day_in_zone(now, PARIS);
    let missing = ties::undeclared(conn, duty, ids, today).await?;
    let words = ties::labels::undeclared(today.year());
    Ok(missing.into_iter().map(|expert| (expert, words.clone())).collect())
}
