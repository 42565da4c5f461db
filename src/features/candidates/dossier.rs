//! A candidate with what an act needs to know: the structure that follows them and the version that they aim at.

use std::collections::{HashMap, HashSet};

use entity::ids::CandidateId;
use entity::{candidate, certification, certification_version, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};

use super::error::CandidateError;
use super::state::{self, State, Step, Transition};
use super::{labels, names, stored, veil};
use crate::authz::{Actor, Facts, visible};
use crate::db::{Error, Tx};
use crate::rules::deadline;

/// A candidate and their surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The file.
    pub candidate: candidate::Model,
    /// Who follows them.
    pub structure: structure::Model,
    /// What they aim at.
    pub version: certification_version::Model,
    /// The certification of that version, which gives the name that people read.
    pub certification: certification::Model,
}

impl Dossier {
    /// The file, locked until the end of the transaction.
    ///
    /// # Errors
    /// [`CandidateError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: CandidateId) -> Result<Self, CandidateError> {
        let found = candidate::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(CandidateError::NotFound)?).await
    }

    /// The file of a key, if the actor may see it, as they may know it.
    ///
    /// # Errors
    /// [`CandidateError::NotFound`], what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<Self, CandidateError> {
        let found = candidate::Entity::find_by_id(id).filter(visible::candidates(actor)).one(conn).await?;
        Self::around(conn, veil::seen_by(actor, found.ok_or(CandidateError::NotFound)?)).await
    }

    /// The file of a number, if the actor may see it, as they may know it.
    ///
    /// # Errors
    /// [`CandidateError::NotFound`], what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, CandidateError> {
        let which = candidate::Entity::find().filter(candidate::Column::Number.eq(number));
        let found = which.filter(visible::candidates(actor)).one(conn).await?;
        Self::around(conn, veil::seen_by(actor, found.ok_or(CandidateError::NotFound)?)).await
    }

    /// What is around a file.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        candidate: candidate::Model,
    ) -> Result<Self, CandidateError> {
        let mut found = Self::several(conn, vec![candidate]).await?;
        found.pop().ok_or(CandidateError::NotFound)
    }

    /// What is around several files, whose order is kept, in a fixed number of queries.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn several(
        conn: &impl ConnectionTrait,
        candidates: Vec<candidate::Model>,
    ) -> Result<Vec<Self>, CandidateError> {
        let named: HashSet<_> = candidates.iter().map(|row| row.structure_id).collect();
        let structures =
            structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
        let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
        let named: HashSet<_> = candidates.iter().map(|row| row.certification_version_id).collect();
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::Id.is_in(named))
            .all(conn)
            .await?;
        let versions: HashMap<_, _> = versions.into_iter().map(|row| (row.id, row)).collect();
        let named: HashSet<_> = versions.values().map(|row| row.certification_id).collect();
        let certifications =
            certification::Entity::find().filter(certification::Column::Id.is_in(named)).all(conn).await?;
        let certifications: HashMap<_, _> = certifications.into_iter().map(|row| (row.id, row)).collect();
        let whole = candidates.into_iter().map(|candidate| -> Result<Self, CandidateError> {
            let structure = structures.get(&candidate.structure_id).cloned();
            let version = versions.get(&candidate.certification_version_id).cloned();
            let version = version.ok_or_else(|| {
                missing("certification_version", candidate.certification_version_id.to_string())
            })?;
            let certification = certifications.get(&version.certification_id).cloned();
            Ok(Self {
                structure: structure
                    .ok_or_else(|| missing("structure", candidate.structure_id.to_string()))?,
                certification: certification
                    .ok_or_else(|| missing("certification", version.certification_id.to_string()))?,
                version,
                candidate,
            })
        });
        whole.collect()
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        facts(&self.structure, &self.version)
    }

    /// Where the file stands.
    #[must_use]
    pub const fn state(&self) -> State {
        stored::state_of(self.candidate.state)
    }

    /// The line of the table for a step now.
    ///
    /// # Errors
    /// The state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, CandidateError> {
        Ok(state::TABLE.next(Some(self.state()), step)?)
    }

    /// Refuses a version that is no longer the one of the file; none = the caller does not mind.
    ///
    /// # Errors
    /// [`CandidateError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), CandidateError> {
        if seen.is_some_and(|seen| seen != self.candidate.version) {
            Err(CandidateError::Stale)
        } else {
            Ok(())
        }
    }

    /// « Éléonore N’Guyen-d’Arc ».
    #[must_use]
    pub fn name(&self) -> String {
        names::in_a_sentence(&self.candidate)
    }

    /// The structure, on what leaves the house: nothing tells that somebody is detained.
    #[must_use]
    pub fn structure_label(&self) -> &str {
        if self.candidate.detained { labels::NEUTRAL_STRUCTURE } else { &self.structure.name }
    }

    /// Address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/candidats/{}", self.candidate.number)
    }

    /// The day that it is where the structure is.
    #[must_use]
    pub fn today(&self, now: OffsetDateTime) -> Date {
        deadline::day_in_zone(now, &self.structure.zone)
    }
}

/// What the policy looks at, for a file of this structure on this version.
#[must_use]
pub fn facts(structure: &structure::Model, version: &certification_version::Model) -> Facts {
    Facts {
        structure: Some(structure.id),
        region: Some(structure.region.clone()),
        certification: Some(version.certification_id),
        ..Facts::default()
    }
}

fn missing(table: &'static str, id: String) -> CandidateError {
    CandidateError::Below(Error::Inconsistent { table, id, what: "not found" })
}
