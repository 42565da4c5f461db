//! A funding with its enrolment, its session and the pieces that were sent.

use entity::funding;
use entity::funding_piece::{self, FundingPieceKind};
use entity::ids::FundingId;
use entity::{enrolment, training_session};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::FundingError;
use super::state::{Step, TABLE, Transition};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::Tx;
use crate::features::enrolments::dossier;

/// Name of the table, of which events are about.
pub const SUBJECT: &str = "funding";

/// A funding and what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The row.
    pub funding: funding::Model,
    /// Whose training it pays.
    pub enrolment: enrolment::Model,
    /// The session.
    pub session: training_session::Model,
    /// The pieces that were sent, in their order.
    pub pieces: Vec<funding_piece::Model>,
}

/// What people call a funding: `SES-2026-0017-23-F1`.
#[must_use]
pub fn reference(session: &training_session::Model, enrolment: &enrolment::Model, seq: i32) -> String {
    format!("{}-F{seq}", dossier::reference(session, enrolment))
}

/// What the policy looks at for a funding.
#[must_use]
pub fn facts(funding: &funding::Model, session: &training_session::Model) -> Facts {
    Facts { structure: funding.structure_id, ..dossier::facts_of(session) }
}

impl Record {
    /// The funding locked.
    ///
    /// # Errors
    /// [`FundingError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: FundingId) -> Result<Self, FundingError> {
        let row = funding::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), row.ok_or(FundingError::NotFound)?).await
    }

    /// A funding that the actor may see.
    ///
    /// # Errors
    /// [`FundingError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: FundingId,
    ) -> Result<Self, FundingError> {
        let row = funding::Entity::find_by_id(id).one(conn).await?;
        let record = Self::around(conn, row.ok_or(FundingError::NotFound)?).await?;
        let _seen = allows(actor, Permission::FundingView, &record.facts())?;
        Ok(record)
    }

    /// A funding by what people call it.
    ///
    /// # Errors
    /// The same.
    pub async fn by_reference(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        reference: &str,
    ) -> Result<Self, FundingError> {
        let (enrolment, seq) = reference.rsplit_once("-F").ok_or(FundingError::NotFound)?;
        let (number, rank) = enrolment.rsplit_once('-').ok_or(FundingError::NotFound)?;
        let whole = |text: &str| text.parse::<i32>().map_err(|_| FundingError::NotFound);
        let (seq, rank) = (whole(seq)?, whole(rank)?);
        let session = training_session::Entity::find()
            .filter(training_session::Column::Number.eq(number))
            .one(conn)
            .await?
            .ok_or(FundingError::NotFound)?;
        let enrolment = enrolment::Entity::find()
            .filter(enrolment::Column::SessionId.eq(session.id))
            .filter(enrolment::Column::Seq.eq(rank))
            .one(conn)
            .await?
            .ok_or(FundingError::NotFound)?;
        let row = funding::Entity::find()
            .filter(funding::Column::EnrolmentId.eq(enrolment.id))
            .filter(funding::Column::Seq.eq(seq))
            .one(conn)
            .await?;
        Self::get(conn, actor, row.ok_or(FundingError::NotFound)?.id).await
    }

    /// What hangs on a row.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(conn: &impl ConnectionTrait, funding: funding::Model) -> Result<Self, FundingError> {
        let enrolment = enrolment::Entity::find_by_id(funding.enrolment_id).one(conn).await?;
        let session = training_session::Entity::find_by_id(funding.session_id).one(conn).await?;
        let pieces = funding_piece::Entity::find()
            .filter(funding_piece::Column::FundingId.eq(funding.id))
            .filter(funding_piece::Column::VoidedAt.is_null())
            .order_by_asc(funding_piece::Column::SentOn)
            .order_by_asc(funding_piece::Column::Id)
            .all(conn)
            .await?;
        Ok(Self {
            funding,
            enrolment: enrolment.ok_or(FundingError::NotFound)?,
            session: session.ok_or(FundingError::NotFound)?,
            pieces,
        })
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        facts(&self.funding, &self.session)
    }

    /// What people call it.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(&self.session, &self.enrolment, self.funding.seq)
    }

    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/financements/{}", self.reference())
    }

    /// The kinds of pieces that were sent.
    #[must_use]
    pub fn sent(&self) -> Vec<FundingPieceKind> {
        self.pieces.iter().map(|piece| piece.kind).collect()
    }

    /// The line of the table for a step.
    ///
    /// # Errors
    /// [`FundingError::Step`] when the state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, FundingError> {
        Ok(TABLE.next(Some(self.funding.state), step)?)
    }

    /// Refuses an act on what was read before somebody changed it.
    ///
    /// # Errors
    /// [`FundingError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), FundingError> {
        if seen.is_some_and(|seen| seen != self.funding.version) { Err(FundingError::Stale) } else { Ok(()) }
    }

    /// Writes the row after a change, its version grown.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn save(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut funding::Model),
    ) -> Result<(), FundingError> {
        change(&mut self.funding);
        self.funding.version += 1;
        let row = self.funding.clone().into_active_model().reset_all();
        funding::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}
