//! A mission with the person, the structure and the offers around it.

use std::collections::HashMap;

use entity::ids::{CertificationId, ExpertId, MissionId, SiteId, StructureId};
use entity::mission_offer::{self, OfferState};
use entity::{certification, expert, mission, mission_certification, site, structure};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::MissionError;
use super::state::{self, Step, Transition};
use crate::authz::{Actor, Facts, visible};
use crate::db::Tx;

/// Everything that the acts on a mission look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The mission.
    pub mission: mission::Model,
    /// Whom it is offered to, or who holds it.
    pub expert: expert::Model,
    /// Where it takes place.
    pub structure: Option<structure::Model>,
    /// Which site.
    pub site: Option<site::Model>,
    /// Which certification.
    pub certification: Option<certification::Model>,
    /// The other certifications that it is for.
    pub also: Vec<certification::Model>,
    /// Its offers, by rank.
    pub offers: Vec<mission_offer::Model>,
}

impl Dossier {
    /// The mission, locked until the end of the transaction.
    ///
    /// # Errors
    /// [`MissionError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: MissionId) -> Result<Self, MissionError> {
        let found = mission::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(MissionError::NotFound)?).await
    }

    /// The mission of a number, if the actor may see it.
    ///
    /// # Errors
    /// [`MissionError::NotFound`], what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, MissionError> {
        let which = mission::Entity::find().filter(mission::Column::Number.eq(number));
        let found = which.filter(visible::missions(actor)).one(conn).await?;
        Self::around(conn, found.ok_or(MissionError::NotFound)?).await
    }

    /// The mission of a key, if the actor may see it.
    ///
    /// # Errors
    /// [`MissionError::NotFound`], what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: MissionId,
    ) -> Result<Self, MissionError> {
        let which = mission::Entity::find_by_id(id).filter(visible::missions(actor));
        Self::around(conn, which.one(conn).await?.ok_or(MissionError::NotFound)?).await
    }

    /// What is around a mission.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(conn: &impl ConnectionTrait, mission: mission::Model) -> Result<Self, MissionError> {
        let expert = expert::Entity::find_by_id(mission.expert_id).one(conn).await?;
        let offers = mission_offer::Entity::find()
            .filter(mission_offer::Column::MissionId.eq(mission.id))
            .order_by_asc(mission_offer::Column::Position)
            .all(conn)
            .await?;
        Ok(Self {
            expert: expert.ok_or(MissionError::NotFound)?,
            structure: structure_of(conn, mission.structure_id).await?,
            site: site_of(conn, mission.site_id).await?,
            certification: certification_of(conn, mission.certification_id).await?,
            also: also_of(conn, &[mission.id]).await?.remove(&mission.id).unwrap_or_default(),
            offers,
            mission,
        })
    }

    /// What is around several missions, whose order is kept, in a fixed number of queries.
    ///
    /// # Errors
    /// When a person is missing, or what the database answers.
    pub async fn several(
        conn: &impl ConnectionTrait,
        missions: Vec<mission::Model>,
    ) -> Result<Vec<Self>, MissionError> {
        let named = missions.iter().map(|one| one.expert_id);
        let experts = expert::Entity::find().filter(expert::Column::Id.is_in(named)).all(conn).await?;
        let experts: HashMap<_, _> = experts.into_iter().map(|row| (row.id, row)).collect();
        let named = missions.iter().filter_map(|one| one.structure_id);
        let structures =
            structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
        let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
        let named = missions.iter().filter_map(|one| one.site_id);
        let sites = site::Entity::find().filter(site::Column::Id.is_in(named)).all(conn).await?;
        let sites: HashMap<_, _> = sites.into_iter().map(|row| (row.id, row)).collect();
        let named = missions.iter().filter_map(|one| one.certification_id);
        let certifications =
            certification::Entity::find().filter(certification::Column::Id.is_in(named)).all(conn).await?;
        let certifications: HashMap<_, _> = certifications.into_iter().map(|row| (row.id, row)).collect();
        let mut offers = offers_of(conn, &missions).await?;
        let ids: Vec<MissionId> = missions.iter().map(|one| one.id).collect();
        let mut also = also_of(conn, &ids).await?;
        let whole = missions.into_iter().map(|mission| -> Result<Self, MissionError> {
            let expert = experts.get(&mission.expert_id).cloned();
            Ok(Self {
                expert: expert.ok_or(MissionError::NotFound)?,
                structure: mission.structure_id.and_then(|id| structures.get(&id).cloned()),
                site: mission.site_id.and_then(|id| sites.get(&id).cloned()),
                certification: mission.certification_id.and_then(|id| certifications.get(&id).cloned()),
                also: also.remove(&mission.id).unwrap_or_default(),
                offers: offers.remove(&mission.id).unwrap_or_default(),
                mission,
            })
        });
        whole.collect()
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mission = &self.mission;
        let others = self.also.iter().map(|one| one.id).collect();
        facts_of(mission.expert_id, mission.structure_id, (mission.certification_id, others), &mission.region)
    }

    /// The offer under way or accepted.
    #[must_use]
    pub fn open_offer(&self) -> Option<&mission_offer::Model> {
        self.offers.iter().find(|offer| matches!(offer.state, OfferState::Sent | OfferState::Accepted))
    }

    /// The offer that the person of the mission accepted.
    #[must_use]
    pub fn accepted_offer(&self) -> Option<&mission_offer::Model> {
        self.offers.iter().find(|offer| offer.state == OfferState::Accepted)
    }

    /// The next person kept in case those before decline.
    #[must_use]
    pub fn waiting(&self) -> Option<&mission_offer::Model> {
        self.offers.iter().find(|offer| offer.state == OfferState::Waiting)
    }

    /// Refuses a version that is no longer the one of the person.
    ///
    /// # Errors
    /// [`MissionError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), MissionError> {
        if seen.is_some_and(|seen| seen != self.mission.version) { Err(MissionError::Stale) } else { Ok(()) }
    }

    /// The line of the table for a step now.
    ///
    /// # Errors
    /// The state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, MissionError> {
        Ok(state::TABLE.next(self.mission.state, step)?)
    }

    /// « Zoé N’Guyen-d’Arc ».
    #[must_use]
    pub fn expert_name(&self) -> String {
        self.expert.name()
    }

    /// Address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/missions/{}", self.mission.number)
    }
}

/// What the policy looks at, where there is no dossier: the first certification and the others.
#[must_use]
pub fn facts_of(
    expert: ExpertId,
    structure: Option<StructureId>,
    (certification, certifications): (Option<CertificationId>, Vec<CertificationId>),
    region: &str,
) -> Facts {
    Facts {
        structure,
        region: Some(region.to_owned()).filter(|region| !region.is_empty()),
        certification,
        certifications,
        expert: Some(expert),
        ..Facts::default()
    }
}

/// The offers of each mission, by rank.
async fn offers_of(
    conn: &impl ConnectionTrait,
    missions: &[mission::Model],
) -> Result<HashMap<MissionId, Vec<mission_offer::Model>>, MissionError> {
    let rows = mission_offer::Entity::find()
        .filter(mission_offer::Column::MissionId.is_in(missions.iter().map(|one| one.id)))
        .order_by_asc(mission_offer::Column::Position)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.mission_id).or_default().push(row);
    }
    Ok(found)
}

/// The keys of the other certifications of the missions that a query gives, in the order in which they were given.
///
/// # Errors
/// What the database answers.
pub async fn also_ids(
    conn: &impl ConnectionTrait,
    missions: SelectStatement,
) -> Result<HashMap<MissionId, Vec<CertificationId>>, DbErr> {
    let rows = mission_certification::Entity::find()
        .filter(mission_certification::Column::MissionId.in_subquery(missions))
        .order_by_asc(mission_certification::Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.mission_id).or_default().push(row.certification_id);
    }
    Ok(found)
}

/// What the policy looks at of a mission read alone.
///
/// # Errors
/// What the database answers.
pub async fn facts(conn: &impl ConnectionTrait, mission: &mission::Model) -> Result<Facts, DbErr> {
    let one = mission::Entity::find_by_id(mission.id).select_only().column(mission::Column::Id);
    let others = also_ids(conn, one.into_query()).await?.remove(&mission.id).unwrap_or_default();
    let certifications = (mission.certification_id, others);
    Ok(facts_of(mission.expert_id, mission.structure_id, certifications, &mission.region))
}

/// Every certification that each of these missions is for, the first one first.
///
/// # Errors
/// What the database answers.
pub(super) async fn all_of(
    conn: &impl ConnectionTrait,
    missions: &[mission::Model],
) -> Result<HashMap<MissionId, Vec<certification::Model>>, DbErr> {
    let ids: Vec<MissionId> = missions.iter().map(|one| one.id).collect();
    let mut also = also_of(conn, &ids).await?;
    let named: Vec<CertificationId> = missions.iter().filter_map(|one| one.certification_id).collect();
    let known = certifications_of(conn, &named).await?;
    let all = missions.iter().map(|one| {
        let first = known.iter().find(|known| Some(known.id) == one.certification_id).cloned();
        let others = also.remove(&one.id).unwrap_or_default();
        (one.id, first.into_iter().chain(others).collect())
    });
    Ok(all.collect())
}

/// The other certifications that each mission is for, in the order in which they were given.
async fn also_of(
    conn: &impl ConnectionTrait,
    missions: &[MissionId],
) -> Result<HashMap<MissionId, Vec<certification::Model>>, DbErr> {
    let rows = mission_certification::Entity::find()
        .filter(mission_certification::Column::MissionId.is_in(missions.iter().copied()))
        .order_by_asc(mission_certification::Column::Id)
        .all(conn)
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let named: Vec<CertificationId> = rows.iter().map(|row| row.certification_id).collect();
    let known = certifications_of(conn, &named).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let one = known.iter().find(|one| one.id == row.certification_id).cloned();
        found.entry(row.mission_id).or_default().extend(one);
    }
    Ok(found)
}

/// The certifications of these keys that exist, in the order of the keys.
pub(super) async fn certifications_of(
    conn: &impl ConnectionTrait,
    ids: &[CertificationId],
) -> Result<Vec<certification::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let which = certification::Column::Id.is_in(ids.iter().copied());
    let mut rows = certification::Entity::find().filter(which).all(conn).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// The structure of a key.
pub(super) async fn structure_of(
    conn: &impl ConnectionTrait,
    id: Option<StructureId>,
) -> Result<Option<structure::Model>, MissionError> {
    let Some(id) = id else { return Ok(None) };
    Ok(structure::Entity::find_by_id(id).one(conn).await?)
}

/// The site of a key.
pub(super) async fn site_of(
    conn: &impl ConnectionTrait,
    id: Option<SiteId>,
) -> Result<Option<site::Model>, MissionError> {
    let Some(id) = id else { return Ok(None) };
    Ok(site::Entity::find_by_id(id).one(conn).await?)
}

/// The certification of a key.
pub(super) async fn certification_of(
    conn: &impl ConnectionTrait,
    id: Option<CertificationId>,
) -> Result<Option<certification::Model>, MissionError> {
    let Some(id) = id else { return Ok(None) };
    Ok(certification::Entity::find_by_id(id).one(conn).await?)
}

/// An expert, locked so that nothing is given to them at the same time.
pub(super) async fn locked_expert(tx: &Tx, id: ExpertId) -> Result<expert::Model, MissionError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or_else(|| MissionError::fault("/expert_id", "unknown", super::labels::faults::UNKNOWN_EXPERT))
}
