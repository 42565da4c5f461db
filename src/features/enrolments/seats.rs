//! The seats of a session: the one row that every act on its enrolments takes first, and the ranks of those who wait.
//!
//! `docs/decisions/0040-catalogue.md` tells why a session is never overbooked. Whoever changes the state of a session
//! locks this row too.

use entity::ids::TrainingSessionId;
use entity::{enrolment, training_tally};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::error::EnrolmentError;
use crate::db::Tx;
use crate::rules::training::seats::Tally;

/// The seats of a session, locked until the end of the transaction.
#[derive(Debug)]
pub struct Seats {
    row: training_tally::Model,
}

impl Seats {
    /// Locks the seats of a session.
    ///
    /// # Errors
    /// [`EnrolmentError::NotFound`] when there is no such session, what the database answers.
    pub async fn lock(tx: &Tx, session: TrainingSessionId) -> Result<Self, EnrolmentError> {
        let found = training_tally::Entity::find_by_id(session).lock_exclusive().one(tx.conn()).await?;
        Ok(Self { row: found.ok_or(EnrolmentError::NotFound)? })
    }

    /// As they are now.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Tally { seats: count(self.row.seats), held: count(self.row.held), waiting: count(self.row.waiting) }
    }

    /// The next order of arrival.
    pub const fn next_seq(&mut self) -> i32 {
        self.row.last_seq += 1;
        self.row.last_seq
    }

    /// One seat more is taken. The database refuses one too many when it is written.
    pub const fn take(&mut self) {
        self.row.held += 1;
    }

    /// One seat is given back.
    pub const fn give_back(&mut self) {
        self.row.held -= 1;
    }

    /// Gives somebody the last rank.
    pub const fn queue(&mut self) -> i32 {
        self.row.waiting += 1;
        self.row.waiting
    }

    /// Takes somebody out of the waiting list, whose row has no rank any more: those behind come one rank nearer.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn leave_queue(&mut self, tx: &Tx, rank: i32) -> Result<(), EnrolmentError> {
        self.row.waiting -= 1;
        shift(tx, self.row.session_id, Condition::all().add(enrolment::Column::Rank.gt(rank)), -1).await
    }

    /// Puts somebody into the waiting list at a rank: those who have it, and those behind, go one further.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn enter_queue(&mut self, tx: &Tx, rank: i32) -> Result<(), EnrolmentError> {
        self.row.waiting += 1;
        shift(tx, self.row.session_id, Condition::all().add(enrolment::Column::Rank.gte(rank)), 1).await
    }

    /// Writes the row.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn save(&self, tx: &Tx) -> Result<(), EnrolmentError> {
        let row = self.row.clone().into_active_model().reset_all();
        training_tally::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}

/// Moves ranks by one. Both databases look at the unique index row by row, so ranks pass by negative numbers.
async fn shift(tx: &Tx, session: TrainingSessionId, moved: Condition, by: i32) -> Result<(), EnrolmentError> {
    use enrolment::Column;
    let of_session = || enrolment::Entity::update_many().filter(Column::SessionId.eq(session));
    of_session()
        .col_expr(Column::Rank, Expr::col(Column::Rank).mul(-1))
        .filter(moved)
        .exec(tx.conn())
        .await?;
    of_session()
        .col_expr(Column::Rank, Expr::col(Column::Rank).mul(-1).add(by))
        .filter(Column::Rank.lt(0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
