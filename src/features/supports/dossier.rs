//! A teaching support with all that an act needs to know: the structure, the certification.

use entity::ids::TeachingSupportId;
use entity::{certification_version, structure, teaching_support};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};
use time::{Date, OffsetDateTime};

use super::error::SupportError;
use super::state::{self, Step, Transition};
use crate::authz::Facts;
use crate::db::{Error, Tx};
use crate::rules::deadline;

/// A support and its surroundings.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The support.
    pub support: teaching_support::Model,
    /// For whom.
    pub structure: structure::Model,
    /// For what; none for the team, whatever the certification.
    pub version: Option<certification_version::Model>,
}

impl Dossier {
    /// Loads a support and locks its row until the commit.
    ///
    /// # Errors
    /// [`SupportError::NotFound`], or what the database answers.
    pub async fn locked(tx: &Tx, id: TeachingSupportId) -> Result<Self, SupportError> {
        let found = teaching_support::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(SupportError::NotFound)?).await
    }

    /// The surroundings of a support.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        support: teaching_support::Model,
    ) -> Result<Self, SupportError> {
        let structure = structure::Entity::find_by_id(support.structure_id).one(conn).await?;
        let structure = structure.ok_or_else(|| Error::Inconsistent {
            table: "teaching_support",
            id: support.number.clone(),
            what: "structure not found",
        })?;
        let version = match support.certification_version_id {
            Some(id) => certification_version::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        Ok(Self { support, structure, version })
    }

    /// What the policy needs.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            structure: Some(self.support.structure_id),
            region: Some(self.structure.region.clone()),
            certification: self.version.as_ref().map(|version| version.certification_id),
            expert: self.support.expert_id,
            ..Facts::default()
        }
    }

    /// What it is about, as people read it.
    #[must_use]
    pub fn about(&self) -> &str {
        self.version.as_ref().map_or(super::labels::WHOLE_TEAM, |version| version.title.as_str())
    }

    /// Refuses a version that is not the one of the row.
    ///
    /// # Errors
    /// [`SupportError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), SupportError> {
        if seen.is_some_and(|seen| seen != self.support.version) {
            return Err(SupportError::Stale);
        }
        Ok(())
    }

    /// The day that it is where the structure is.
    #[must_use]
    pub fn today(&self, now: OffsetDateTime) -> Date {
        deadline::day_in_zone(now, &self.structure.zone)
    }

    /// The end of a day where the structure is.
    #[must_use]
    pub fn end_of(&self, date: Date) -> OffsetDateTime {
        deadline::end_of_day(date, &self.structure.zone)
            .unwrap_or_else(|_| date.with_time(time::macros::time!(23:59:59)).assume_utc())
    }

    /// Moves the support by a step, with what changes besides its state.
    ///
    /// # Errors
    /// A step that the state does not allow, what the database answers.
    pub(super) async fn step(
        &mut self,
        tx: &Tx,
        step: Step,
        change: impl FnOnce(&mut teaching_support::Model),
    ) -> Result<&'static Transition, SupportError> {
        let line = state::TABLE.next(self.support.state, step)?;
        self.change(tx, |row| {
            row.state = line.to;
            row.deadline_at = None;
            row.warned = 0;
            change(row);
        })
        .await?;
        Ok(line)
    }

    /// Changes the support, whose version grows.
    ///
    /// # Errors
    /// What the database answers.
    pub(super) async fn change(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut teaching_support::Model),
    ) -> Result<(), SupportError> {
        let mut row = self.support.clone();
        change(&mut row);
        row.version += 1;
        self.support = row.into_active_model().reset_all().update(tx.conn()).await?;
        Ok(())
    }
}
