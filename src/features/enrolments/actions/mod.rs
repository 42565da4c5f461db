//! The changes of enrolments, one per file. The seats of the session are locked before anything else.

mod adapt;
mod answer;
mod begin;
mod cancel;
mod confirm;
mod contact;
mod contract;
mod enrol;
mod export;
mod follow;
mod need;
mod offer;
mod recall;
mod replace;
pub mod ring;
pub mod session_moves;
mod take_in;
mod transfer;

pub use adapt::{agree_adaptation, end_adaptation};
pub use answer::{accept_offer, decline_offer};
pub use cancel::{By, Cancellation, cancel, cancel_as_typed, cancel_by_link};
pub use confirm::confirm_address;
pub use contact::{change_contact, change_contact_by_link, send_link, send_link_to};
pub use contract::contract;
pub use enrol::{Asked, enrol, enrol_as_shown, request};
pub use export::export;
pub use follow::{Presence, drop_out, mark};
pub use need::record_need;
pub use offer::offer_seats;
pub use recall::recall_offer;
pub use replace::replace;
pub use take_in::{refuse, take_in};
pub use transfer::transfer;

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::{self, LinkPurpose};
use entity::enrolment_offer::{self, OfferState};
use entity::ids::EnrolmentId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::{Duration, OffsetDateTime};

use super::dossier::Dossier;
use super::error::EnrolmentError;
use super::events::{EnrolmentEvent, What};
use super::state::{Transition, takes_seat};
use crate::authz::{Grant, Permission, Who, hash_token};
use crate::db::Tx;

/// How long the link that follows an enrolment works; another one is sent on demand.
const FOLLOW: Duration = Duration::days(400);

/// Makes a link that acts without an account; only the hash of its token is kept.
async fn make_link(
    tx: &Tx,
    enrolment: EnrolmentId,
    purpose: LinkPurpose,
    expires_at: Option<OffsetDateTime>,
) -> Result<String, EnrolmentError> {
    let token = tx.app().new_token();
    let row = enrolment_link::ActiveModel {
        id: Set(tx.new_id()),
        enrolment_id: Set(enrolment),
        purpose: Set(purpose),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        expires_at: Set(expires_at.unwrap_or_else(|| tx.now() + FOLLOW).into()),
        used_at: Set(None),
    };
    enrolment_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(tx.app().url(&format!("/inscriptions/{token}")))
}

/// Writes the enrolment after a change, its version grown.
async fn save(tx: &Tx, enrolment: &mut enrolment::Model) -> Result<(), EnrolmentError> {
    enrolment.version += 1;
    let row = enrolment.clone().into_active_model().reset_all();
    enrolment::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// Ends the open offer of an enrolment.
async fn close_offer(tx: &Tx, enrolment: EnrolmentId, state: OfferState) -> Result<(), EnrolmentError> {
    use enrolment_offer::Column;
    enrolment_offer::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.word()))
        .col_expr(Column::AnsweredAt, Expr::value(Some(tx.instant())))
        .filter(Column::EnrolmentId.eq(enrolment))
        .filter(Column::State.eq(OfferState::Open))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Moves an enrolment along its table and counts its seat or its rank: what is left free is offered by the caller.
async fn step(
    tx: &Tx,
    dossier: &mut Dossier,
    line: &'static Transition,
    change: impl FnOnce(&mut enrolment::Model),
) -> Result<(), EnrolmentError> {
    let rank = dossier.enrolment.rank.take();
    dossier.enrolment.state = line.to;
    dossier.enrolment.deadline_at = None;
    if line.to != EnrolmentState::Held {
        dossier.enrolment.held_until = None;
    }
    change(&mut dossier.enrolment);
    save(tx, &mut dossier.enrolment).await?;
    match (line.from.is_some_and(takes_seat), takes_seat(line.to)) {
        (false, true) => dossier.seats.take(),
        (true, false) => dossier.seats.give_back(),
        _ => {}
    }
    if let Some(rank) = rank {
        dossier.seats.leave_queue(tx, rank).await?;
    }
    dossier.seats.save(tx).await
}

/// Asks the policy for an act that the team does, or the program after what people did elsewhere: a signature, a presence.
fn may_follow(tx: &Tx, dossier: &Dossier) -> Result<Grant, EnrolmentError> {
    let permission = match tx.actor().who {
        Who::System(_) => Permission::EnrolmentDeadline,
        Who::Account { .. } | Who::Anonymous => Permission::EnrolmentManage,
    };
    Ok(tx.authorize(permission, &dossier.facts())?)
}

/// Records what happened to the enrolment of a dossier.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    what: What,
    link: Option<String>,
) -> Result<(), EnrolmentError> {
    let event =
        EnrolmentEvent { enrolment: dossier.enrolment.clone(), session: dossier.session.clone(), link, what };
    tx.record(grant, &event).await?;
    Ok(())
}
