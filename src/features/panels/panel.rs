//! A session with the people around it: who sits, who is judged, by which rules.

use std::collections::HashMap;

use entity::college_seat::College;
use entity::ids::{CandidateId, ExpertId, JuryMemberId, JurySessionId};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_rules::President;
use entity::jury_session::{self, JuryState};
use entity::mission::MissionObject;
use entity::{
    candidate, certification, certification_version, expert, jury_passage, mission, site, structure,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::PanelError;
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Tx};
use crate::features::certifications::queries::referential;
use crate::features::missions::input::Dates;
use crate::features::missions::standing::Need;
use crate::rules::deadline::day_in_zone;
use crate::rules::jury::quorum::{self, Lack, Present};
use crate::rules::referential::JuryRules;
use crate::rules::territory;

/// Somebody on a seat, or who was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The seat.
    pub row: jury_member::Model,
    /// Who.
    pub expert: expert::Model,
    /// The mission that asked them.
    pub mission: Option<mission::Model>,
}

impl Member {
    /// Whether the person sits, or was asked to.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.row.state, MemberState::Proposed | MemberState::Accepted)
    }
}

/// Somebody whom the jury judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Key.
    pub id: CandidateId,
    /// Name, as in a sentence.
    pub name: String,
}

/// A session and the people around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// The session.
    pub session: jury_session::Model,
    /// Where the candidates come from.
    pub structure: structure::Model,
    /// Where people meet; none at a distance.
    pub site: Option<site::Model>,
    /// For which certification.
    pub certification: certification::Model,
    /// The rules of its referential, or those that are proposed.
    pub rules: JuryRules,
    /// Everybody who sits or was asked, by rank.
    pub members: Vec<Member>,
    /// Those who are judged, in the order in which they are heard.
    pub candidates: Vec<Judged>,
}

impl Panel {
    /// The session, locked until the end of the transaction.
    ///
    /// # Errors
    /// [`PanelError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: JurySessionId) -> Result<Self, PanelError> {
        let found = jury_session::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(PanelError::NotFound)?).await
    }

    /// The session of a key, if the actor may see who sits.
    ///
    /// # Errors
    /// [`PanelError::NotFound`], what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: JurySessionId,
    ) -> Result<Self, PanelError> {
        Self::one(conn, actor, Condition::all().add(jury_session::Column::Id.eq(id))).await
    }

    /// The session of a number, if the actor may see who sits.
    ///
    /// # Errors
    /// [`PanelError::NotFound`], what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, PanelError> {
        Self::one(conn, actor, Condition::all().add(jury_session::Column::Number.eq(number))).await
    }

    async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Self, PanelError> {
        let select = jury_session::Entity::find().filter(visible::jury_panels(actor)).filter(which);
        Self::around(conn, select.one(conn).await?.ok_or(PanelError::NotFound)?).await
    }

    /// What is around a session.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        session: jury_session::Model,
    ) -> Result<Self, PanelError> {
        let structure = structure::Entity::find_by_id(session.structure_id).one(conn).await?;
        let structure = structure.ok_or_else(|| missing(&session, "its structure is there"))?;
        let site = match session.site_id {
            Some(id) => site::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let version = certification_version::Entity::find_by_id(session.certification_version_id);
        let version = version.one(conn).await?.ok_or_else(|| missing(&session, "its version is there"))?;
        let certification = certification::Entity::find_by_id(version.certification_id).one(conn).await?;
        let certification =
            certification.ok_or_else(|| missing(&session, "the certification of its version is there"))?;
        let rules = match session.referential_id {
            Some(id) => referential::jury(conn, id).await?,
            None => JuryRules::default(),
        };
        Ok(Self {
            members: members(conn, session.id).await?,
            candidates: candidates(conn, session.id).await?,
            session,
            structure,
            site,
            certification,
            rules,
        })
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            structure: Some(self.structure.id),
            region: Some(self.structure.region.clone()),
            certification: Some(self.certification.id),
            ..Facts::default()
        }
    }

    /// Refuses a version that is no longer the one of the session.
    ///
    /// # Errors
    /// [`PanelError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), PanelError> {
        if seen.is_some_and(|seen| seen != self.session.version) { Err(PanelError::Stale) } else { Ok(()) }
    }

    /// Whether its members may still change.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.session.state, JuryState::Planned | JuryState::Confirmed | JuryState::Summoned)
    }

    /// Refuses to change the members of a session that is not planned, or not any more.
    ///
    /// # Errors
    /// [`PanelError::Closed`].
    pub fn check_open(&self) -> Result<(), PanelError> {
        if self.is_open() { Ok(()) } else { Err(PanelError::Closed) }
    }

    /// When it takes place.
    ///
    /// # Errors
    /// [`PanelError::NoDate`].
    pub fn dates(&self) -> Result<Dates, PanelError> {
        let both = self.session.starts_at.zip(self.session.ends_at).ok_or(PanelError::NoDate)?;
        Ok(Dates { starts_at: *both.0, ends_at: *both.1, zone: self.session.zone.clone() })
    }

    /// The day on which it begins, where it takes place.
    ///
    /// # Errors
    /// [`PanelError::NoDate`].
    pub fn day(&self) -> Result<Date, PanelError> {
        let dates = self.dates()?;
        Ok(day_in_zone(dates.starts_at, &dates.zone))
    }

    /// Commune where people meet, that of the structure at a distance.
    #[must_use]
    pub fn commune(&self) -> &str {
        self.site.as_ref().map_or(self.structure.commune.as_str(), |site| site.commune.as_str())
    }

    /// INSEE code of the department where people meet, that of the structure at a distance.
    #[must_use]
    pub fn department(&self) -> &str {
        let own = self.session.department.as_str();
        if own.is_empty() { &self.structure.department } else { own }
    }

    /// The colleges that entitle to a seat; none when an habilitation does, or nothing.
    #[must_use]
    pub fn colleges(&self, seat: Seat) -> Vec<College> {
        match seat {
            Seat::Employers => vec![College::Employers],
            Seat::Employees => vec![College::Employees],
            Seat::Other => vec![College::Other],
            Seat::President if self.rules.president == President::CollegesInTurn => {
                vec![College::Employers, College::Employees]
            }
            Seat::President | Seat::Observer => Vec::new(),
        }
    }

    /// What a seat asks of whoever has it.
    ///
    /// # Errors
    /// [`PanelError::NoDate`].
    pub fn need(&self, seat: Seat) -> Result<Need, PanelError> {
        let presides = seat == Seat::President && self.colleges(seat).is_empty();
        let region = territory::department(self.department()).and_then(|found| found.region);
        Ok(Need {
            object: if seat == Seat::Observer { MissionObject::Observation } else { MissionObject::Jury },
            duty: presides.then_some(entity::habilitation::Duty::Mandataire),
            structure: Some(self.structure.clone()),
            certification: Some(self.certification.id),
            also: Vec::new(),
            region: region.unwrap_or_default().to_owned(),
            department: self.department().to_owned(),
            dates: self.dates()?,
            except: None,
        })
    }

    /// Those who sit, or were asked to.
    pub fn live(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_live())
    }

    /// Whether this person sits, or was asked to.
    #[must_use]
    pub fn sits(&self, id: ExpertId) -> bool {
        self.live().any(|member| member.expert.id == id)
    }

    /// Whether one more person may have a seat of this kind.
    #[must_use]
    pub fn has_room(&self, seat: Seat) -> bool {
        let taken = self.live().filter(|member| member.row.seat == seat).count();
        let most = match seat {
            Seat::President => Some(1),
            Seat::Other => usize::try_from(self.rules.others_max).ok(),
            Seat::Observer => self.rules.observers_max.and_then(|most| usize::try_from(most).ok()),
            Seat::Employers | Seat::Employees => None,
        };
        most.is_none_or(|most| taken < most)
    }

    /// What the quorum lacks: with those who accepted, or with everybody who was asked.
    #[must_use]
    pub fn lacks(&self, accepted_only: bool) -> Vec<Lack> {
        let counted = self.live().filter(|one| !accepted_only || one.row.state == MemberState::Accepted);
        let present: Vec<Present> = counted.map(present).collect();
        quorum::of_session(&self.rules, &present)
    }

    /// A member who sits or was asked to.
    ///
    /// # Errors
    /// [`PanelError::NotFound`].
    pub fn member(&self, id: JuryMemberId) -> Result<&Member, PanelError> {
        self.live().find(|member| member.row.id == id).ok_or(PanelError::NotFound)
    }

    /// Address of the page of the session.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/jurys/{}", self.session.number)
    }
}

/// A member as the quorum counts them.
#[must_use]
pub fn present(member: &Member) -> Present {
    Present { member: member.row.id, seat: member.row.seat, remote: member.row.remote }
}

fn missing(session: &jury_session::Model, what: &'static str) -> db::Error {
    db::Error::Inconsistent { table: "jury_session", id: session.id.to_string(), what }
}

/// Everybody who sits or was asked, by rank.
async fn members(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Vec<Member>, PanelError> {
    let rows = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.eq(id))
        .order_by_asc(jury_member::Column::Position)
        .order_by_asc(jury_member::Column::Id)
        .all(conn)
        .await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let missions = mission::Entity::find()
        .filter(mission::Column::Id.is_in(rows.iter().filter_map(|row| row.mission_id)))
        .all(conn)
        .await?;
    let people: HashMap<_, _> = people.into_iter().map(|row| (row.id, row)).collect();
    let missions: HashMap<_, _> = missions.into_iter().map(|row| (row.id, row)).collect();
    let member = |row: jury_member::Model| {
        let expert = people.get(&row.expert_id).cloned()?;
        let mission = row.mission_id.and_then(|id| missions.get(&id).cloned());
        Some(Member { row, expert, mission })
    };
    Ok(rows.into_iter().filter_map(member).collect())
}

/// Those who are judged in a session.
async fn candidates(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Vec<Judged>, PanelError> {
    let passages = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.eq(id))
        .filter(jury_passage::Column::Live.eq(true))
        .order_by_asc(jury_passage::Column::Position)
        .order_by_asc(jury_passage::Column::Id)
        .all(conn)
        .await?;
    let rows = candidate::Entity::find()
        .filter(candidate::Column::Id.is_in(passages.iter().map(|passage| passage.candidate_id)))
        .all(conn)
        .await?;
    let names: HashMap<_, _> = rows.iter().map(|row| (row.id, name(row))).collect();
    let judged = |passage: &jury_passage::Model| {
        Some(Judged { id: passage.candidate_id, name: names.get(&passage.candidate_id).cloned()? })
    };
    Ok(passages.iter().filter_map(judged).collect())
}

/// The name that the person uses, as in a sentence.
fn name(row: &candidate::Model) -> String {
    let family = if row.usual_name.is_empty() { &row.birth_name } else { &row.usual_name };
    let first = row.first_names.split(',').next().unwrap_or_default();
    format!("{first} {family}").trim().to_owned()
}
