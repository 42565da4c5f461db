//! An inspection with all that an act needs to know: its right, the structure, the certification.

use entity::ids::InspectionId;
use entity::{agreement, certification_version, inspection, structure};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};
use time::{Date, OffsetDateTime};

use super::error::InspectionError;
use super::state::{self, Step, Transition};
use crate::authz::Facts;
use crate::db::{Error, Tx};
use crate::rules::deadline;

/// An inspection and its surroundings.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The inspection.
    pub inspection: inspection::Model,
    /// The right that it is about.
    pub agreement: agreement::Model,
    /// Whose right it is.
    pub structure: structure::Model,
    /// For what.
    pub version: certification_version::Model,
}

impl Dossier {
    /// Loads an inspection and locks its row until the commit.
    ///
    /// # Errors
    /// [`InspectionError::NotFound`], or what the database answers.
    pub async fn locked(tx: &Tx, id: InspectionId) -> Result<Self, InspectionError> {
        let found = inspection::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(InspectionError::NotFound)?).await
    }

    /// The surroundings of an inspection.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        inspection: inspection::Model,
    ) -> Result<Self, InspectionError> {
        let missing = |what| Error::Inconsistent { table: "inspection", id: inspection.number.clone(), what };
        let agreement = agreement::Entity::find_by_id(inspection.agreement_id).one(conn).await?;
        let agreement = agreement.ok_or_else(|| missing("agreement not found"))?;
        let structure = structure::Entity::find_by_id(inspection.structure_id).one(conn).await?;
        let structure = structure.ok_or_else(|| missing("structure not found"))?;
        let version =
            certification_version::Entity::find_by_id(agreement.certification_version_id).one(conn).await?;
        let version = version.ok_or_else(|| missing("certification version not found"))?;
        Ok(Self { inspection, agreement, structure, version })
    }

    /// What the policy needs. An inspection of which the structure was not told is hidden from it.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let row = &self.inspection;
        let shown = state::is_shown(row.state, row.notified_at.is_some());
        Facts {
            structure: shown.then_some(row.structure_id),
            region: Some(self.structure.region.clone()),
            certification: Some(self.version.certification_id),
            expert: row.controller_id,
            inspected_by: row.controller_id,
            ..Facts::default()
        }
    }

    /// Refuses a version that is not the one of the row.
    ///
    /// # Errors
    /// [`InspectionError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), InspectionError> {
        if seen.is_some_and(|seen| seen != self.inspection.version) {
            return Err(InspectionError::Stale);
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

    /// Moves the inspection by a step, with what changes besides its state.
    ///
    /// # Errors
    /// A step that the state does not allow, what the database answers.
    pub(super) async fn step(
        &mut self,
        tx: &Tx,
        step: Step,
        change: impl FnOnce(&mut inspection::Model),
    ) -> Result<&'static Transition, InspectionError> {
        let line = state::TABLE.next(self.inspection.state, step)?;
        self.change(tx, |row| {
            row.state = line.to;
            change(row);
        })
        .await?;
        Ok(line)
    }

    /// Changes the inspection, whose version grows.
    ///
    /// # Errors
    /// What the database answers.
    pub(super) async fn change(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut inspection::Model),
    ) -> Result<(), InspectionError> {
        let mut row = self.inspection.clone();
        change(&mut row);
        row.version += 1;
        self.inspection = row.into_active_model().reset_all().update(tx.conn()).await?;
        Ok(())
    }
}
