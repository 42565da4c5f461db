//! A session gives drafts; issuing takes the next number and freezes; a credit note takes back.

use std::collections::BTreeSet;

use entity::account_role::Role;
use entity::enrolment::EnrolmentState;
use entity::invoice::{self, InvoiceState};
use entity::invoice_line;
use parchemin::features::invoices::Record;
use parchemin::rules::training::invoice_number::{holes, parse};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{PRICE, TOTAL, confirmed, issued, key, one, prepared};
use crate::papers::Bench;

#[tokio::test]
async fn what_is_owed_is_shown_then_prepared_once() {
    let b = Bench::new().await;
    let person = b.employed(1).await;
    let plan = format!("/training-sessions/{}/invoices", b.session);
    assert_eq!(b.t.get(&b.officer, &plan).await.body["items"], json!([]));
    confirmed(&b, person.id).await;
    let shown = b.t.get(&b.officer, &plan).await;
    assert_eq!(shown.body["items"][0]["lines"][0]["net_cents"], PRICE, "{shown:?}");
    b.t.effects().await;
    let drafts = prepared(&b).await;
    assert_eq!(b.t.effects().await.events, ["invoice.prepared"]);
    assert_eq!(drafts[0]["state"], "draft");
    assert_eq!(drafts[0]["total_cents"], TOTAL);
    assert_eq!(drafts[0]["number"], json!(null));
    let again = b.t.post(&b.officer, &plan, &json!({})).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "invoice-nothing"));
    // a draft that is given up frees what it invoiced
    let path = format!("/invoices/{}/discard", key(&drafts[0]));
    assert_eq!(b.t.post_at(&b.officer, &path, 1).await.status, 200);
    assert_eq!(prepared(&b).await.len(), 1);
}

#[tokio::test]
async fn everything_that_lacks_is_told_and_no_number_is_taken() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    confirmed(&b, person.id).await;
    let drafts = prepared(&b).await;
    let path = format!("/invoices/{}", key(&drafts[0]));
    let refused = b.t.post_at(&b.officer, &format!("{path}/issue"), 1).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "invoice-lacking"), "{refused:?}");
    assert_eq!(refused.body["blocking"], json!(["L’adresse du destinataire"]));
    let wrong = json!({ "name": "", "email": "zoe" });
    let refused = b.t.patch(&b.officer, &path, Some(1), &wrong).await;
    assert_eq!(refused.pointers(), ["/name", "/email"]);
    let party = json!({ "name": "Maëlys Œuvrard", "address": "14 rue des Manguiers, 86000 Poitiers" });
    assert_eq!(b.t.patch(&b.officer, &path, Some(1), &party).await.status, 200);
    assert_eq!(b.t.post_at(&b.officer, &format!("{path}/issue"), 1).await.status, 412);
    let sent = b.t.post_at(&b.officer, &format!("{path}/issue"), 2).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    assert_eq!(sent.body["number"], "FAC-2025-0001");
    // nothing is said of penalties to an individual
    let mentions = sent.body["mentions"].to_string();
    assert!(!mentions.contains("Pénalités") && mentions.contains("11753262975"), "{mentions}");
}

#[tokio::test]
async fn numbers_have_no_hole_when_many_are_issued_at_once() {
    let b = Bench::new().await;
    for rank in 1..=6 {
        let person = b.employed(rank).await;
        confirmed(&b, person.id).await;
    }
    let drafts = prepared(&b).await;
    assert_eq!(drafts.len(), 6);
    let running: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let (app, actor, id) = (b.t.app.clone(), b.officer.actor.clone(), key(draft));
            tokio::spawn(async move { issued(&app, actor, id).await.unwrap().reference() })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for task in running {
        numbers.insert(task.await.unwrap());
    }
    assert_eq!(numbers.len(), 6);
    let read: Vec<_> = numbers.iter().map(|number| parse(number).unwrap()).collect();
    assert!(holes(&read).is_empty(), "{numbers:?}");
    assert_eq!(read.iter().map(|number| number.place).max(), Some(6));
}

#[tokio::test]
async fn what_is_issued_is_typeset_sent_and_never_changes() {
    let b = Bench::new().await;
    let record = one(&b).await;
    b.t.effects().await;
    b.t.work().await;
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["invoice.typeset"]);
    assert_eq!(effects.mails, ["invoice-issued"]);
    let file = b.t.get(&b.officer, &format!("/invoices/{}/document", record.invoice.id)).await;
    assert_eq!(file.status, 200);
    let conn = b.t.app.db.bookkeeping();
    let id = record.invoice.id;
    let changed = invoice::Entity::update_many()
        .col_expr(invoice::Column::TotalCents, Expr::value(1_i64))
        .filter(invoice::Column::Id.eq(id));
    assert!(changed.exec(conn).await.is_err());
    let renamed = invoice::Entity::update_many()
        .col_expr(invoice::Column::PartyName, Expr::value("Une autre"))
        .filter(invoice::Column::Id.eq(id));
    assert!(renamed.exec(conn).await.is_err());
    let line = invoice_line::Entity::update_many()
        .col_expr(invoice_line::Column::Label, Expr::value("Autre chose"))
        .filter(invoice_line::Column::InvoiceId.eq(id));
    assert!(line.exec(conn).await.is_err());
    let lines = invoice_line::Entity::delete_many().filter(invoice_line::Column::InvoiceId.eq(id));
    assert!(lines.exec(conn).await.is_err());
    let gone = invoice::Entity::delete_many().filter(invoice::Column::Id.eq(id));
    assert!(gone.exec(conn).await.is_err());
    Record::by_id(b.t.app.db.read(), id).await.unwrap().check_content().unwrap();
}

#[tokio::test]
async fn a_credit_note_takes_an_invoice_back_with_its_own_number() {
    let b = Bench::new().await;
    let record = one(&b).await;
    let path = format!("/invoices/{}", record.invoice.id);
    let body = json!({ "reason": "Erreur de destinataire" });
    let denied = b.t.post(&b.officer, &format!("{path}/credit"), &body).await;
    assert_eq!(denied.status, 403);
    let none = b.t.post(&b.manager, &format!("{path}/credit"), &json!({ "reason": " " })).await;
    assert_eq!(none.pointers(), ["/reason"]);
    b.t.effects().await;
    let note = b.t.post(&b.manager, &format!("{path}/credit"), &body).await;
    assert_eq!(note.status, 201, "{note:?}");
    assert_eq!(b.t.effects().await.events, ["invoice.credited", "invoice.issued_settled"]);
    assert_eq!(note.body["number"], "AVO-2025-0001");
    assert_eq!(note.body["total_cents"], -TOTAL);
    // nothing had been paid: nothing is to be paid back
    assert_eq!(note.body["state"], "paid");
    let credited = Record::by_id(b.t.app.db.read(), record.invoice.id).await.unwrap();
    assert_eq!(credited.invoice.state, InvoiceState::Credited);
    let again = b.t.post(&b.manager, &format!("{path}/credit"), &body).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "invoice-step"));
    let of_note = format!("/invoices/{}/credit", note.body["id"].as_str().unwrap());
    let refused = b.t.post(&b.manager, &of_note, &body).await;
    assert_eq!(refused.code(), "invoice-credit-note");
    // what it invoiced may be invoiced again
    assert_eq!(prepared(&b).await.len(), 1);
}

#[tokio::test]
async fn an_absence_is_a_forfeit_and_strangers_see_nothing() {
    let b = Bench::new().await;
    let person = b.employed(1).await;
    confirmed(&b, person.id).await;
    b.put_in(person.id, EnrolmentState::Absent).await;
    let drafts = prepared(&b).await;
    assert_eq!(drafts[0]["lines"][0]["kind"], "forfeit");
    assert_eq!(drafts[0]["lines"][0]["bpf_origin"], "other_products");
    let path = format!("/invoices/{}", key(&drafts[0]));
    for role in [Role::Trainee, Role::Expert] {
        let stranger = b.t.person(role).await;
        assert_eq!(b.t.get(&stranger, &path).await.status, 404, "{role}");
    }
    let trainee = b.t.person(Role::Trainee).await;
    let listed = b.t.get(&trainee, "/invoices").await;
    assert_eq!(listed.body["items"], json!([]));
    let listed = b.t.get(&b.officer, "/invoices?state=draft&q=ateliers").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
}
