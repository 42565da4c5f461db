//! An enrolment with all that goes with it.

use entity::enrolment_offer::{self, OfferState};
use entity::ids::EnrolmentId;
use entity::{enrolment, enrolment_need, training_buyer};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::super::EnrolmentError;
use super::Line;
use crate::authz::{Actor, visible};
use crate::rules::training::seats::Tally;

/// An enrolment and its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The enrolment and its session.
    pub line: Line,
    /// Who pays.
    pub buyer: training_buyer::Model,
    /// The need and the positioning, once they are written.
    pub need: Option<enrolment_need::Model>,
    /// The offer that stands.
    pub offer: Option<enrolment_offer::Model>,
    /// The seats of the session.
    pub tally: Tally,
    /// What the enrolment came from or led to, whom the actor may see: who was replaced, who replaces, the other session.
    pub ties: Vec<Line>,
}

/// The whole of an enrolment, if the actor may see it.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn whole_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: EnrolmentId,
) -> Result<Whole, EnrolmentError> {
    let line = super::get(conn, actor, id).await?;
    whole(conn, actor, line).await
}

/// What goes with an enrolment.
///
/// # Errors
/// What the database answers.
pub async fn whole(conn: &impl ConnectionTrait, actor: &Actor, line: Line) -> Result<Whole, EnrolmentError> {
    let id = line.enrolment.id;
    let buyer = training_buyer::Entity::find_by_id(line.enrolment.buyer_id).one(conn).await?;
    let need =
        enrolment_need::Entity::find().filter(enrolment_need::Column::EnrolmentId.eq(id)).one(conn).await?;
    let offer = enrolment_offer::Entity::find()
        .filter(enrolment_offer::Column::EnrolmentId.eq(id))
        .filter(enrolment_offer::Column::State.eq(OfferState::Open))
        .one(conn)
        .await?;
    let tally = super::tally(conn, line.session.id).await?;
    let before = [line.enrolment.replaces_id, line.enrolment.moved_from_id];
    let tied = Condition::any()
        .add(enrolment::Column::Id.is_in(before.into_iter().flatten()))
        .add(enrolment::Column::ReplacesId.eq(id))
        .add(enrolment::Column::MovedFromId.eq(id));
    let rows = enrolment::Entity::find().filter(visible::enrolments(actor)).filter(tied).all(conn).await?;
    let ties = super::around(conn, rows).await?;
    Ok(Whole { line, buyer: buyer.ok_or(EnrolmentError::NotFound)?, need, offer, tally, ties })
}
