//! Invoices: what is owed, numbers without a hole, what is frozen, what is paid, what is taken back.

mod entries;
mod issue;
mod overdue;
mod pages;
mod pay;
mod states;

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentState};
use entity::ids::{EnrolmentId, InvoiceId};
use entity::training_buyer;
use parchemin::authz::Actor;
use parchemin::features::invoices::{InvoiceError, Record, actions};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::papers::Bench;

/// Price of a seat, before tax, in cents.
pub const PRICE: i64 = 42_000;
/// The same, with the tax of a body that is not exempt.
pub const TOTAL: i64 = 50_400;

/// Gives somebody a confirmed seat at a price.
pub async fn confirmed(b: &Bench, id: EnrolmentId) {
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::PriceCents, Expr::value(PRICE))
        .filter(enrolment::Column::Id.eq(id))
        .exec(b.t.app.db.bookkeeping())
        .await
        .unwrap();
    b.put_in(id, EnrolmentState::Confirmed).await;
}

/// Gives whoever pays at their own cost an address.
pub async fn with_address(b: &Bench, row: &enrolment::Model) {
    training_buyer::Entity::update_many()
        .col_expr(training_buyer::Column::Address, Expr::value("14 rue des Manguiers, 86000 Poitiers"))
        .filter(training_buyer::Column::Id.eq(row.buyer_id))
        .exec(b.t.app.db.bookkeeping())
        .await
        .unwrap();
}

/// Prepares everything that is owed; the drafts.
pub async fn prepared(b: &Bench) -> Vec<Value> {
    let answer =
        b.t.post(&b.officer, &format!("/training-sessions/{}/invoices", b.session), &json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["items"].as_array().unwrap().clone()
}

/// The key of a draft or of an invoice.
pub fn key(invoice: &Value) -> InvoiceId {
    InvoiceId(invoice["id"].as_str().unwrap().parse().unwrap())
}

/// Issues a draft, in the name of somebody of the team.
pub async fn issued(
    app: &Arc<parchemin::app::App>,
    actor: Actor,
    id: InvoiceId,
) -> Result<Record, InvoiceError> {
    let mut tx = app.begin(actor).await?;
    let record = actions::issue(&mut tx, id, None).await?;
    tx.commit().await?;
    Ok(record)
}

/// An issued invoice of an employer, for one person.
pub async fn one(b: &Bench) -> Record {
    let person = b.employed(1).await;
    confirmed(b, person.id).await;
    let drafts = prepared(b).await;
    issued(&b.t.app, b.officer.actor.clone(), key(&drafts[0])).await.unwrap()
}
