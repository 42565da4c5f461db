//! Sums are recorded by the team; nothing is received of an individual before the end of the days to withdraw.

use entity::enrolment;
use parchemin::rules::deadline::add_days;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{TOTAL, confirmed, issued, key, one, prepared, with_address};
use crate::papers::Bench;

#[tokio::test]
async fn an_invoice_is_paid_in_two_times_and_a_mistake_is_taken_back() {
    let b = Bench::new().await;
    let record = one(&b).await;
    let path = format!("/invoices/{}/payments", record.invoice.id);
    let today = b.t.app.today().to_string();
    let sum = |cents: i64| json!({ "amount_cents": cents, "received_on": today, "way": "transfer" });
    b.t.effects().await;
    let part = b.t.post(&b.officer, &path, &sum(20_000)).await;
    assert_eq!((part.status.as_u16(), &part.body["state"]), (200, &json!("part_paid")), "{part:?}");
    let more = b.t.post(&b.officer, &path, &sum(TOTAL)).await;
    assert_eq!(more.pointers(), ["/amount"]);
    let rest = b.t.post(&b.officer, &path, &sum(TOTAL - 20_000)).await;
    assert_eq!(rest.body["state"], "paid");
    assert_eq!(b.t.effects().await.events, ["invoice.part_paid", "invoice.paid"]);
    let first = rest.body["payments"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({ "reason": "Payé par un autre" });
    let voided = b.t.post(&b.officer, &format!("{path}/{first}/void"), &body).await;
    assert_eq!((&voided.body["state"], &voided.body["paid_cents"]), (&json!("part_paid"), &json!(30_400)));
    assert_eq!(b.t.post(&b.officer, &format!("{path}/{first}/void"), &body).await.status, 404);
    let credit = format!("/invoices/{}/credit", record.invoice.id);
    let note = b.t.post(&b.manager, &credit, &json!({ "reason": "Session annulée" })).await;
    // what was received is to be paid back
    assert_eq!((&note.body["state"], &note.body["paid_cents"]), (&json!("part_paid"), &json!(-20_000)));
    let back = format!("/invoices/{}/payments", note.body["id"].as_str().unwrap());
    let paid = b.t.post(&b.officer, &back, &sum(30_400)).await;
    assert_eq!(paid.body["state"], "paid", "{paid:?}");
}

#[tokio::test]
async fn nothing_is_received_while_somebody_may_withdraw() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    with_address(&b, &person).await;
    confirmed(&b, person.id).await;
    let today = b.t.app.today();
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::WithdrawalUntil, Expr::value(add_days(today, 5)))
        .filter(enrolment::Column::Id.eq(person.id))
        .exec(b.t.app.db.bookkeeping())
        .await
        .unwrap();
    let drafts = prepared(&b).await;
    let record = issued(&b.t.app, b.officer.actor.clone(), key(&drafts[0])).await.unwrap();
    let path = format!("/invoices/{}/payments", record.invoice.id);
    let body = json!({ "amount_cents": 100, "received_on": today.to_string(), "way": "cheque" });
    let refused = b.t.post(&b.officer, &path, &body).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(refused.pointers(), ["/received_on"]);
    assert_eq!(refused.body["errors"][0]["code"], "within-withdrawal");
    b.t.advance(time::Duration::days(6));
    let later =
        json!({ "amount_cents": 100, "received_on": add_days(today, 6).to_string(), "way": "cheque" });
    let kept = b.t.post(&b.officer, &path, &later).await;
    assert_eq!(kept.status, 200, "{kept:?}");
}
