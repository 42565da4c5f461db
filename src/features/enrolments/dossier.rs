//! An enrolment with its session, as an act needs them: the seats are locked first, always.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::{self, LinkPurpose};
use entity::ids::EnrolmentId;
use entity::training_session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};

use super::error::EnrolmentError;
use super::seats::Seats;
use super::state::{Step, TABLE, Transition};
use crate::authz::{Facts, hash_token};
use crate::db::{self, Tx};
use crate::features::training;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory;
use crate::rules::training::settings::EnrolmentRules;
use crate::rules::training::working_hours::{self, Workplace};

/// An enrolment and its session.
#[derive(Debug)]
pub struct Dossier {
    /// The enrolment.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// The seats of the session, locked.
    pub seats: Seats,
}

impl Dossier {
    /// Loads an enrolment, its seats locked, then its row.
    ///
    /// # Errors
    /// [`EnrolmentError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: EnrolmentId) -> Result<Self, EnrolmentError> {
        let seen = enrolment::Entity::find_by_id(id).one(tx.conn()).await?;
        let seats = Seats::lock(tx, seen.ok_or(EnrolmentError::NotFound)?.session_id).await?;
        let row = enrolment::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        let enrolment = row.ok_or(EnrolmentError::NotFound)?;
        let session = session_of(tx, enrolment.session_id).await?;
        Ok(Self { enrolment, session, seats })
    }

    /// Loads the enrolment of a link that still works, for one of its purposes.
    ///
    /// # Errors
    /// [`EnrolmentError::LinkOver`], what the database answers.
    pub async fn by_link(tx: &Tx, token: &str, purposes: &[LinkPurpose]) -> Result<Self, EnrolmentError> {
        let link = enrolment_link::Entity::find()
            .filter(enrolment_link::Column::TokenHash.eq(hash_token(token)))
            .one(tx.conn())
            .await?;
        let link = link.filter(|link| purposes.contains(&link.purpose) && *link.expires_at > tx.now());
        let link = link.ok_or(EnrolmentError::LinkOver)?;
        Self::locked(tx, link.enrolment_id).await
    }

    /// What the policy needs to know.
    #[must_use]
    pub fn facts(&self) -> Facts {
        facts(&self.enrolment, &self.session)
    }

    /// The line of the table for a step.
    ///
    /// # Errors
    /// When the state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, EnrolmentError> {
        Ok(TABLE.next(Some(self.enrolment.state), step)?)
    }

    /// Refuses a version that is no longer the one of the enrolment; none = the caller does not mind.
    ///
    /// # Errors
    /// [`EnrolmentError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), EnrolmentError> {
        if seen.is_some_and(|seen| seen != self.enrolment.version) {
            Err(EnrolmentError::Stale)
        } else {
            Ok(())
        }
    }

    /// The day that it is where the session is.
    #[must_use]
    pub fn today(&self, now: OffsetDateTime) -> Date {
        day_in_zone(now, &self.session.zone)
    }

    /// Whether the offer made to the person still stands.
    #[must_use]
    pub fn offer_stands(&self, now: OffsetDateTime) -> bool {
        self.enrolment.state == EnrolmentState::Offered
            && self.enrolment.deadline_at.is_some_and(|until| *until > now)
    }
}

/// A session, which is not locked: whoever changes its state locks its seats.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn session_of(
    tx: &Tx,
    id: entity::ids::TrainingSessionId,
) -> Result<training_session::Model, EnrolmentError> {
    let found = training_session::Entity::find_by_id(id).one(tx.conn()).await?;
    found.ok_or(EnrolmentError::NotFound)
}

/// What people call an enrolment, `SES-2026-0017-23`: never the name of the person.
#[must_use]
pub fn reference(session: &training_session::Model, enrolment: &enrolment::Model) -> String {
    format!("{}-{}", session.number, enrolment.seq)
}

/// What the policy needs to know of an enrolment.
#[must_use]
pub fn facts(enrolment: &enrolment::Model, session: &training_session::Model) -> Facts {
    Facts { structure: enrolment.structure_id, account: enrolment.account_id, ..facts_of(session) }
}

/// What the policy needs to know of a session.
#[must_use]
pub fn facts_of(session: &training_session::Model) -> Facts {
    let region = Some(session.region.clone()).filter(|region| !region.is_empty());
    Facts { region, ..Facts::default() }
}

/// Whether the session has begun, or never will.
#[must_use]
pub fn is_past(session: &training_session::Model, now: OffsetDateTime) -> bool {
    !training::state::takes_people(session.state) || session.starts_at.is_some_and(|at| *at <= now)
}

/// Whether the public may still enrol.
#[must_use]
pub fn is_open(session: &training_session::Model, now: OffsetDateTime) -> bool {
    let in_time = session.enrol_until.is_none_or(|last| day_in_zone(now, &session.zone) <= last);
    !is_past(session, now) && in_time
}

/// The end of a number of working hours where the session is, never after it begins.
///
/// # Errors
/// When the zone of the session does not exist.
pub fn within(
    session: &training_session::Model,
    now: OffsetDateTime,
    hours: u16,
    rules: &EnrolmentRules,
) -> Result<OffsetDateTime, EnrolmentError> {
    let place = Workplace {
        zone: &session.zone,
        calendar: territory::calendar(&session.department),
        hours: rules.working_day,
    };
    let end = working_hours::after(now, hours, place).map_err(|_| db::Error::Inconsistent {
        table: "training_session",
        id: session.id.to_string(),
        what: "has no such zone",
    })?;
    Ok(session.starts_at.map_or(end, |starts| end.min(*starts)))
}
