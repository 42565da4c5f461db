//! What an act on a half-day needs: the half-day, its session, who teaches, who is expected.

use entity::attendance::{self, Presence};
use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::LinkPurpose;
use entity::ids::{EnrolmentId, ExpertId, TrainingSessionId, TrainingSlotId};
use entity::programme_version::Modality;
use entity::training_session::{self, SessionState};
use entity::{training_slot, training_trainer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use super::AttendanceError;
use crate::authz::{Actor, Facts};
use crate::db::Tx;
use crate::features::enrolments::dossier::facts_of;
use crate::rules::training::attendance::{AttendanceRules, Signing, signing};

/// The links that lead somebody to their own page, where they sign.
pub const PURPOSES: [LinkPurpose; 3] = [LinkPurpose::Follow, LinkPurpose::Sign, LinkPurpose::Confirm];

/// A half-day and what it is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The half-day.
    pub slot: training_slot::Model,
    /// Its session.
    pub session: training_session::Model,
    /// Who teaches then.
    pub trainers: Vec<training_trainer::Model>,
}

impl Room {
    /// Loads a half-day that was not dropped.
    ///
    /// # Errors
    /// [`AttendanceError::NotFound`], what the database answers.
    pub async fn of(conn: &impl ConnectionTrait, id: TrainingSlotId) -> Result<Self, AttendanceError> {
        let found = training_slot::Entity::find_by_id(id).one(conn).await?;
        Self::around(conn, found).await
    }

    /// The same, the half-day locked for a change.
    ///
    /// # Errors
    /// The same.
    pub async fn locked(tx: &Tx, id: TrainingSlotId) -> Result<Self, AttendanceError> {
        let found = training_slot::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found).await
    }

    async fn around(
        conn: &impl ConnectionTrait,
        found: Option<training_slot::Model>,
    ) -> Result<Self, AttendanceError> {
        let slot = found.filter(|slot| slot.dropped_at.is_none()).ok_or(AttendanceError::NotFound)?;
        let session = training_session::Entity::find_by_id(slot.session_id).one(conn).await?;
        let session = session.ok_or(AttendanceError::NotFound)?;
        let trainers = trainers(conn, &[slot.id]).await?;
        Ok(Self { slot, session, trainers })
    }

    /// What the policy needs to know: whoever teaches that half-day has it.
    #[must_use]
    pub fn facts(&self, actor: &Actor) -> Facts {
        facts(&self.session, &self.trainers, actor)
    }

    /// When it begins and ends.
    #[must_use]
    pub fn hours(&self) -> (OffsetDateTime, OffsetDateTime) {
        (*self.slot.starts_at, *self.slot.ends_at)
    }

    /// Minutes taught.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.slot.minutes).unwrap_or_default()
    }

    /// Whether the session is held, so that people sign.
    ///
    /// # Errors
    /// [`AttendanceError::Session`].
    pub fn is_held(&self) -> Result<(), AttendanceError> {
        let held = matches!(
            self.session.state,
            SessionState::Confirmed | SessionState::InProgress | SessionState::Ended
        );
        if held { Ok(()) } else { Err(AttendanceError::Session) }
    }

    /// Whether the half-day was signed at an instant within its time.
    ///
    /// # Errors
    /// [`AttendanceError::TooEarly`], [`AttendanceError::TooLate`].
    pub fn is_time(&self, at: OffsetDateTime, rules: &AttendanceRules) -> Result<(), AttendanceError> {
        let zone = self.slot.zone.clone();
        match signing(at, self.hours(), rules) {
            Signing::Open => Ok(()),
            Signing::TooEarly(opens) => Err(AttendanceError::TooEarly { opens, zone }),
            Signing::TooLate(closed) => Err(AttendanceError::TooLate { closed, zone }),
        }
    }

    /// Whether its signing has begun: nothing is recorded before.
    ///
    /// # Errors
    /// [`AttendanceError::TooEarly`].
    pub fn has_begun(&self, now: OffsetDateTime, rules: &AttendanceRules) -> Result<(), AttendanceError> {
        match self.is_time(now, rules) {
            Err(AttendanceError::TooLate { .. }) => Ok(()),
            other => other,
        }
    }

    /// Whether people are elsewhere: proofs are then asked for, and there is no room to show a code in.
    #[must_use]
    pub const fn is_remote(&self) -> bool {
        is_remote(self.slot.modality)
    }
}

/// Whether a sequence is followed from elsewhere.
#[must_use]
pub const fn is_remote(modality: Modality) -> bool {
    matches!(modality, Modality::Remote | Modality::RemoteAsync)
}

/// Whether a sequence has to be proved by something else than a signature in a room (D. 6313-3-1 and -2).
#[must_use]
pub const fn is_proved(modality: Modality) -> bool {
    matches!(modality, Modality::Remote | Modality::RemoteAsync | Modality::Afest)
}

/// Whether somebody is expected on the half-days of their session.
#[must_use]
pub const fn is_expected(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Confirmed | EnrolmentState::Present | EnrolmentState::Absent)
}

/// Whether somebody is on the sheet: expected, or was.
#[must_use]
pub const fn is_listed(state: EnrolmentState) -> bool {
    is_expected(state) || matches!(state, EnrolmentState::Completed | EnrolmentState::DroppedOut)
}

/// Whether somebody was there, in whole or in part.
#[must_use]
pub const fn came(presence: Presence) -> bool {
    matches!(presence, Presence::Present | Presence::Partial)
}

/// « Zoé N’Guyen-d’Arc », as in a sentence.
#[must_use]
pub fn name(row: &enrolment::Model) -> String {
    format!("{} {}", row.first_names, row.family_name)
}

/// What the policy needs to know of a session: whoever teaches it has it.
#[must_use]
pub fn facts(
    session: &training_session::Model,
    trainers: &[training_trainer::Model],
    actor: &Actor,
) -> Facts {
    let teaches = |own: &ExpertId| trainers.iter().any(|one| one.expert_id == *own);
    Facts { expert: actor.expert().filter(teaches), ..facts_of(session) }
}

/// Who teaches on these half-days.
///
/// # Errors
/// What the database answers.
pub async fn trainers(
    conn: &impl ConnectionTrait,
    slots: &[TrainingSlotId],
) -> Result<Vec<training_trainer::Model>, AttendanceError> {
    use training_trainer::Column;
    let found = training_trainer::Entity::find()
        .filter(Column::SlotId.is_in(slots.to_vec()))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Id);
    Ok(found.all(conn).await?)
}

/// The half-days of a session, in their order.
///
/// # Errors
/// What the database answers.
pub async fn slots(
    conn: &impl ConnectionTrait,
    session: TrainingSessionId,
) -> Result<Vec<training_slot::Model>, AttendanceError> {
    use training_slot::Column;
    let found = training_slot::Entity::find()
        .filter(Column::SessionId.eq(session))
        .filter(Column::DroppedAt.is_null())
        .order_by_asc(Column::StartsAt);
    Ok(found.all(conn).await?)
}

/// Who is on the sheet of a session, in alphabetical order.
///
/// # Errors
/// What the database answers.
pub async fn listed(
    conn: &impl ConnectionTrait,
    session: TrainingSessionId,
) -> Result<Vec<enrolment::Model>, AttendanceError> {
    use enrolment::Column;
    let found = enrolment::Entity::find()
        .filter(Column::SessionId.eq(session))
        .filter(Column::State.is_in(EnrolmentState::all().filter(|state| is_listed(*state))))
        .order_by_asc(Column::Search)
        .order_by_asc(Column::Id);
    Ok(found.all(conn).await?)
}

/// What is known of the presences of these half-days.
///
/// # Errors
/// What the database answers.
pub async fn lines(
    conn: &impl ConnectionTrait,
    slots: &[TrainingSlotId],
) -> Result<Vec<attendance::Model>, AttendanceError> {
    use attendance::Column;
    let found = attendance::Entity::find().filter(Column::SlotId.is_in(slots.to_vec()));
    Ok(found.order_by_asc(Column::Id).all(conn).await?)
}

/// The presence of somebody on a half-day, if it is known.
///
/// # Errors
/// What the database answers.
pub async fn line(
    conn: &impl ConnectionTrait,
    slot: TrainingSlotId,
    enrolment: EnrolmentId,
) -> Result<Option<attendance::Model>, AttendanceError> {
    use attendance::Column;
    let found =
        attendance::Entity::find().filter(Column::SlotId.eq(slot)).filter(Column::EnrolmentId.eq(enrolment));
    Ok(found.one(conn).await?)
}
