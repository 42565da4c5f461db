//! Offers the free seats of a session to those who wait, in order, each for some working hours.

use entity::enrolment;
use entity::enrolment_link::LinkPurpose;
use entity::enrolment_offer::{self, OfferState};
use entity::ids::TrainingSessionId;
use entity::training_session;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{make_link, record, step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::{Dossier, facts_of, is_past, session_of, within};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::seats::Seats;
use crate::features::enrolments::state::Step;
use crate::features::settings;

/// Offers every free seat, after there are more of them. Gives how many were offered: nothing is to be committed when
/// none was.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn offer_seats(tx: &mut Tx, session: TrainingSessionId) -> Result<usize, EnrolmentError> {
    let seats = Seats::lock(tx, session).await?;
    let session = session_of(tx, session).await?;
    let grant = tx.authorize(Permission::EnrolmentOffer, &facts_of(&session))?;
    offer_next(tx, &grant, &session, seats).await
}

/// Offers what is free to those who wait, the seats being locked and written.
pub(super) async fn offer_next(
    tx: &mut Tx,
    grant: &Grant,
    session: &training_session::Model,
    mut seats: Seats,
) -> Result<usize, EnrolmentError> {
    if is_past(session, tx.now()) {
        return Ok(0);
    }
    let mut offered = 0;
    while seats.tally().to_offer() > 0 {
        let first = enrolment::Entity::find()
            .filter(enrolment::Column::SessionId.eq(session.id))
            .filter(enrolment::Column::Rank.is_not_null())
            .order_by_asc(enrolment::Column::Rank)
            .lock_exclusive()
            .one(tx.conn())
            .await?;
        let Some(enrolment) = first else { break };
        let mut dossier = Dossier { enrolment, session: session.clone(), seats };
        offer(tx, grant, &mut dossier).await?;
        seats = dossier.seats;
        offered += 1;
    }
    Ok(offered)
}

async fn offer(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<(), EnrolmentError> {
    let line = dossier.next(Step::Offer)?;
    let rules = settings::enrolment_rules(tx.conn()).await?;
    let until = within(&dossier.session, tx.now(), rules.offer_hours, &rules)?;
    step(tx, dossier, line, |enrolment| enrolment.deadline_at = Some(until.into())).await?;
    let row = enrolment_offer::ActiveModel {
        id: Set(tx.new_id()),
        enrolment_id: Set(dossier.enrolment.id),
        state: Set(OfferState::Open),
        offered_at: Set(tx.instant()),
        expires_at: Set(until.into()),
        answered_at: Set(None),
    };
    enrolment_offer::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let link = make_link(tx, dossier.enrolment.id, LinkPurpose::Offer, Some(until)).await?;
    record(tx, grant, dossier, What::Stepped(line), Some(link)).await
}
