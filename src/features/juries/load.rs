//! A session with the structure, the rules, the members and the candidates around it.

use std::collections::HashMap;

use entity::ids::{CandidateId, CertificationVersionId, ExpertId, JurySessionId, ReferentialId};
use entity::jury_member::{MemberState, Seat};
use entity::referential::ReferentialState;
use entity::{
    candidate, certification, certification_version, expert, jury_member, jury_passage, jury_rules,
    jury_session, jury_wish, referential, site, structure,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::JuryError;
use super::state::{self, Event, Transition};
use crate::authz::{Actor, Facts, visible};
use crate::db::Tx;
use crate::features::candidates::veil;
use crate::features::certifications::queries::referential as referentials;
use crate::rules::jury::quorum::{self, Lack, Present};
use crate::rules::referential::JuryRules;

/// Somebody of the jury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// The seat.
    pub row: jury_member::Model,
    /// The person.
    pub expert: expert::Model,
}

/// Somebody who passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    /// The passage.
    pub row: jury_passage::Model,
    /// The candidate.
    pub candidate: candidate::Model,
}

/// Everything that the acts on a session look at.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The session.
    pub session: jury_session::Model,
    /// Where it takes place.
    pub structure: structure::Model,
    /// Which site.
    pub site: Option<site::Model>,
    /// The version of the certification.
    pub version: certification_version::Model,
    /// The certification.
    pub certification: certification::Model,
    /// How its jury is made: the rules of its referential, or those that are proposed until one is published.
    pub rules: JuryRules,
    /// Half-days that the structure wishes, the best first.
    pub wishes: Vec<jury_wish::Model>,
    /// Everybody who was asked to sit, in order.
    pub members: Vec<Seated>,
    /// The candidates, in the order of their passages.
    pub passages: Vec<Passing>,
}

impl Whole {
    /// The session, locked until the end of the transaction.
    ///
    /// # Errors
    /// [`JuryError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: JurySessionId) -> Result<Self, JuryError> {
        let found = jury_session::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(JuryError::NotFound)?).await
    }

    /// The session of a key, if the actor may see it.
    ///
    /// # Errors
    /// [`JuryError::NotFound`], what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: JurySessionId,
    ) -> Result<Self, JuryError> {
        Self::one(conn, actor, Condition::all().add(jury_session::Column::Id.eq(id))).await
    }

    /// The session of a number, if the actor may see it.
    ///
    /// # Errors
    /// [`JuryError::NotFound`], what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, JuryError> {
        Self::one(conn, actor, Condition::all().add(jury_session::Column::Number.eq(number))).await
    }

    async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Self, JuryError> {
        let select = jury_session::Entity::find().filter(visible::jury_sessions(actor)).filter(which);
        let found = select.one(conn).await?;
        let mut whole = Self::around(conn, found.ok_or(JuryError::NotFound)?).await?;
        // A structure knows no decision before it is told.
        for one in &mut whole.passages {
            one.candidate = veil::seen_by(actor, one.candidate.clone());
        }
        Ok(whole)
    }

    /// What is around a session.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        session: jury_session::Model,
    ) -> Result<Self, JuryError> {
        let structure = structure::Entity::find_by_id(session.structure_id).one(conn).await?;
        let site = match session.site_id {
            Some(id) => site::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let (version, certification) = version_of(conn, session.certification_version_id).await?;
        let rules = rules_of(conn, session.referential_id).await?;
        let wishes = jury_wish::Entity::find()
            .filter(jury_wish::Column::SessionId.eq(session.id))
            .order_by_asc(jury_wish::Column::Position)
            .all(conn)
            .await?;
        Ok(Self {
            structure: structure.ok_or(JuryError::NotFound)?,
            site,
            version,
            certification,
            rules,
            wishes,
            members: members_of(conn, session.id).await?,
            passages: passages_of(conn, session.id).await?,
            session,
        })
    }

    /// What the policy looks at; somebody of the jury is told by their own key.
    #[must_use]
    pub fn facts(&self, actor: &Actor) -> Facts {
        let own = actor.expert().filter(|own| self.sitting().any(|one| one.row.expert_id == *own));
        Facts { expert: own, ..facts(&self.session, &self.structure.region, self.certification.id) }
    }

    /// Refuses a version that is no longer the one of the person.
    ///
    /// # Errors
    /// [`JuryError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), JuryError> {
        if seen.is_some_and(|seen| seen != self.session.version) { Err(JuryError::Stale) } else { Ok(()) }
    }

    /// The line of the table for an event now.
    ///
    /// # Errors
    /// The state does not allow it.
    pub fn next(&self, event: Event) -> Result<&'static Transition, JuryError> {
        Ok(state::TABLE.next(Some(self.session.state), event)?)
    }

    /// Those who sit or may still say that they will.
    pub fn sitting(&self) -> impl Iterator<Item = &Seated> {
        self.members
            .iter()
            .filter(|one| matches!(one.row.state, MemberState::Proposed | MemberState::Accepted))
    }

    /// Whoever presides, or is asked to.
    #[must_use]
    pub fn president(&self) -> Option<&Seated> {
        self.sitting().find(|one| one.row.seat == Seat::President)
    }

    /// Whether whoever presides accepted.
    #[must_use]
    pub fn president_accepted(&self) -> bool {
        self.president().is_some_and(|one| one.row.state == MemberState::Accepted)
    }

    /// Who lacks for a quorum, were all those who did not decline to come.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        let people: Vec<Present> = self.sitting().map(|one| counted(&one.row)).collect();
        quorum::of_session(&self.rules, &people)
    }

    /// Whether a candidate is detained: what leaves the house then tells no name of a place.
    #[must_use]
    pub fn is_discreet(&self) -> bool {
        self.passages.iter().any(|one| one.candidate.detained)
    }

    /// Address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/jurys/{}", self.session.number)
    }
}

/// Somebody on a seat, as the quorum counts them.
#[must_use]
pub fn counted(row: &jury_member::Model) -> Present {
    Present { member: row.id, seat: row.seat, remote: row.remote }
}

/// What the policy looks at, where the session was not read whole; the region is that of its structure, as for its candidates.
#[must_use]
pub fn facts(
    session: &jury_session::Model,
    region: &str,
    certification: entity::ids::CertificationId,
) -> Facts {
    Facts {
        structure: Some(session.structure_id),
        region: Some(region.to_owned()).filter(|region| !region.is_empty()),
        certification: Some(certification),
        ..Facts::default()
    }
}

/// A version and its certification.
///
/// # Errors
/// A fault when there is none, what the database answers.
pub(super) async fn version_of(
    conn: &impl ConnectionTrait,
    id: CertificationVersionId,
) -> Result<(certification_version::Model, certification::Model), JuryError> {
    let unknown =
        || JuryError::fault("/certification_version_id", "unknown", super::labels::faults::UNKNOWN_VERSION);
    let version = certification_version::Entity::find_by_id(id).one(conn).await?.ok_or_else(unknown)?;
    let found = certification::Entity::find_by_id(version.certification_id).one(conn).await?;
    Ok((version, found.ok_or_else(unknown)?))
}

/// The latest published referential of a version.
///
/// # Errors
/// What the database answers.
pub(super) async fn published(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Option<referential::Model>, JuryError> {
    let found = referentials::revisions(conn, version).await?;
    Ok(found.into_iter().find(|row| row.state == ReferentialState::Published))
}

/// The rules of a referential; those that are proposed when there is none.
///
/// # Errors
/// What the database answers.
pub(super) async fn rules_of(
    conn: &impl ConnectionTrait,
    id: Option<ReferentialId>,
) -> Result<JuryRules, JuryError> {
    let Some(id) = id else { return Ok(JuryRules::default()) };
    let row = jury_rules::Entity::find_by_id(id).one(conn).await?;
    Ok(row.as_ref().map(referentials::rules_of_jury).unwrap_or_default())
}

async fn members_of(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Vec<Seated>, JuryError> {
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
    let people: HashMap<ExpertId, expert::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let seated = |row: jury_member::Model| Some(Seated { expert: people.get(&row.expert_id).cloned()?, row });
    Ok(rows.into_iter().filter_map(seated).collect())
}

async fn passages_of(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Vec<Passing>, JuryError> {
    let rows = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.eq(id))
        .order_by_asc(jury_passage::Column::Position)
        .order_by_asc(jury_passage::Column::Id)
        .all(conn)
        .await?;
    let people = candidate::Entity::find()
        .filter(candidate::Column::Id.is_in(rows.iter().map(|row| row.candidate_id)))
        .all(conn)
        .await?;
    let people: HashMap<CandidateId, candidate::Model> =
        people.into_iter().map(|row| (row.id, row)).collect();
    let passing =
        |row: jury_passage::Model| Some(Passing { candidate: people.get(&row.candidate_id).cloned()?, row });
    Ok(rows.into_iter().filter_map(passing).collect())
}
