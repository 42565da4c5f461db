//! The changes of fundings, one per file. A new one takes the seats of its session and its enrolment first, as everywhere;
//! the others take the funding alone.

mod agree;
mod change;
mod create;
mod end;
mod piece;
mod request;
mod settle;

pub use agree::{agree, refuse};
pub use change::change;
pub use create::create;
pub use end::{end, reopen};
pub use piece::{send_piece, void_piece};
pub use request::request;
pub use settle::settle;

use entity::ids::FundingId;
use entity::training_buyer::{self, BuyerKind};
use sea_orm::EntityTrait;

use super::events::Told;
use super::{FundingError, Record};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::events::Recipient;

/// Loads a funding for an act of the team.
async fn open(tx: &Tx, id: FundingId, seen: Option<i32>) -> Result<(Record, Grant), FundingError> {
    let record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::FundingManage, &record.facts())?;
    record.check_version(seen)?;
    Ok((record, grant))
}

/// Who is told what the funder answered: the structure that buys, the contact of another employer, the person at their own
/// cost.
async fn buyer(tx: &Tx, record: &Record) -> Result<Option<Told>, FundingError> {
    if let Some(id) = record.funding.structure_id {
        return Ok(Some((Recipient::Structure { id }, Some(tx.app().url(&record.path())))));
    }
    let found = training_buyer::Entity::find_by_id(record.enrolment.buyer_id).one(tx.conn()).await?;
    Ok(match found {
        Some(buyer) if buyer.kind == BuyerKind::Employer => {
            let address = buyer.email.trim().to_owned();
            (!address.is_empty()).then_some((Recipient::Address { address }, None))
        }
        Some(_) => Some((Recipient::Enrolment { id: record.enrolment.id }, None)),
        None => None,
    })
}
