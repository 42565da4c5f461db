//! From the request to the pieces, by the API.

use entity::account_role::Role;
use entity::attendance::Presence;
use entity::mail;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::Bench;
use crate::attendance::Day;

#[tokio::test]
async fn a_funding_is_asked_for_agreed_and_settled_once_its_pieces_are_sent() {
    let b = Bench::new().await;
    let t = b.t();
    let path = b.funding(json!({ "subrogation": true })).await;
    let asked = json!({ "requested_on": b.today() });
    assert_eq!(
        t.post(&b.officer, &format!("{path}/request"), &asked).await.body["funding"]["state"],
        "requested"
    );
    let agreed = t.post(&b.officer, &format!("{path}/agree"), &b.agreement()).await;
    assert_eq!(
        (agreed.status.as_u16(), &agreed.body["funding"]["state"]),
        (200, &json!("agreed")),
        "{agreed:?}"
    );
    assert_eq!(agreed.body["funding"]["due_cents"], 0, "nobody attended yet");
    assert_eq!(agreed.body["lacking_after"], json!(["completion_certificate", "invoice"]));
    let written = mail::Entity::find().filter(mail::Column::Template.eq("funding-agreed"));
    let written = written.all(t.app.db.read()).await.unwrap();
    assert!(written[0].body_text.contains("UNI-2025-4512"), "{written:?}");
    let early = t.post(&b.officer, &format!("{path}/settle"), &json!({ "paid_cents": 42_000 })).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "funding-lacking"));
    assert_eq!(early.body["blocking"], json!(["Certificat de réalisation", "Facture"]));
    for kind in ["completion_certificate", "invoice"] {
        let piece = json!({ "kind": kind, "sent_on": b.today(), "note": "Portail du financeur" });
        let sent = t.post(&b.officer, &format!("{path}/pieces"), &piece).await;
        assert_eq!(sent.status, 200, "{sent:?}");
    }
    let settled = t.post(&b.officer, &format!("{path}/settle"), &json!({ "paid_cents": 42_000 })).await;
    assert_eq!(settled.body["funding"]["state"], "settled", "{settled:?}");
    let back = t.post(&b.officer, &format!("{path}/reopen"), &json!({ "reason": "Facture refusée" })).await;
    assert_eq!(
        (&back.body["funding"]["state"], &back.body["reason"]),
        (&json!("agreed"), &json!("Facture refusée"))
    );
    let piece = back.body["pieces"][1]["id"].as_str().unwrap().to_owned();
    let version = i32::try_from(back.body["funding"]["version"].as_i64().unwrap()).unwrap();
    let void = t.post_at(&b.officer, &format!("{path}/pieces/{piece}/void"), version).await;
    assert_eq!(void.body["lacking_after"], json!(["invoice"]), "{void:?}");
}

#[tokio::test]
async fn one_is_recorded_for_everybody_of_the_buyer() {
    let b = Bench::new().await;
    let other = b.course.enrol(9).await.unwrap();
    b.funding(json!({ "everybody": true })).await;
    let listed = b.t().get(&b.officer, "/fundings").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2, "{listed:?}");
    assert!(!listed.body.to_string().contains(&other.id.to_string()), "another buyer");
    let own = b.t().get(&b.owner, "/fundings").await;
    assert_eq!(own.body["items"].as_array().unwrap().len(), 2, "the structure sees what it buys");
    let stranger = b.t().of_structure(b.t().structure("Le Jardin").await.id).await;
    assert!(b.t().get(&stranger, "/fundings").await.body["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_changes_nothing() {
    let b = Bench::new().await;
    let t = b.t();
    let body = json!({ "enrolment_id": b.people[0], "scheme": "skills_plan", "subrogation": true });
    let nameless = t.post(&b.officer, "/fundings", &body).await;
    assert_eq!((nameless.status.as_u16(), nameless.pointers()), (422, vec!["/funder"]));
    let path = b.funding(json!({})).await;
    let before = t.effects().await;
    let wrong = json!({ "amount_cents": 0, "agreed_minutes": -1, "agreed_on": "2999-01-01" });
    let refused = t.post(&b.officer, &format!("{path}/agree"), &wrong).await;
    let expected = ["/agreement_number", "/amount_cents", "/agreed_minutes", "/agreed_on"];
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, expected.to_vec()));
    let piece = json!({ "kind": "invoice", "sent_on": b.today(), "document_id": t.app.new_id() });
    let foreign = t.post(&b.officer, &format!("{path}/pieces"), &piece).await;
    assert_eq!((foreign.status.as_u16(), foreign.pointers()), (422, vec!["/document_id"]));
    assert_eq!(t.effects().await, before);
    let stale = t.patch(&b.officer, &path, Some(7), &json!({ "scheme": "cpf", "funder": "CDC" })).await;
    assert_eq!(stale.status, 412);
}

#[tokio::test]
async fn what_was_agreed_is_frozen_and_a_refusal_is_written_to_the_buyer() {
    let b = Bench::new().await;
    let t = b.t();
    let path = b.funding(json!({})).await;
    let early = t.post(&b.officer, &format!("{path}/refuse"), &json!({ "reason": "Budget" })).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "funding-step"), "nobody was asked");
    t.post(&b.officer, &format!("{path}/request"), &json!({ "requested_on": b.today() })).await;
    let refused =
        t.post(&b.officer, &format!("{path}/refuse"), &json!({ "reason": "Enveloppe épuisée" })).await;
    assert_eq!(refused.body["funding"]["state"], "refused", "{refused:?}");
    let written = mail::Entity::find().filter(mail::Column::Template.eq("funding-refused"));
    assert_eq!(written.all(t.app.db.read()).await.unwrap().len(), 1);
    let frozen = t.patch(&b.officer, &path, Some(3), &json!({ "scheme": "cpf", "funder": "CDC" })).await;
    assert_eq!((frozen.status.as_u16(), frozen.code()), (409, "funding-frozen"));
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.post(&auditor, &format!("{path}/end"), &json!({ "reason": "x" })).await.status, 403);
    assert_eq!(t.post(&b.owner, &format!("{path}/end"), &json!({ "reason": "x" })).await.status, 403);
}

#[tokio::test]
async fn hours_done_are_those_of_the_attendance_and_only_they_are_due() {
    let day = Day::of(1).await;
    let t = day.t();
    day.at(0, 0);
    day.record(0, &[(0, Presence::Present, 210)]).await.unwrap();
    let officer = t.person(Role::Officer).await;
    let body = json!({ "enrolment_id": day.id(0), "scheme": "cpf", "funder": "Caisse des dépôts" });
    let made = t.post(&officer, "/fundings", &body).await;
    let path = format!("/fundings/{}", made.body["items"][0]["funding"]["id"].as_str().unwrap());
    let agreement = json!({
        "agreement_number": "A1", "amount_cents": 42_000, "agreed_minutes": 420, "agreed_on": t.app.today().to_string(),
    });
    let agreed = t.post(&officer, &format!("{path}/agree"), &agreement).await;
    let told = &agreed.body["funding"];
    assert_eq!((&told["done_minutes"], &told["due_cents"]), (&json!(210), &json!(21_000)), "{agreed:?}");
    assert_eq!(told["subrogation"], true, "this fund always pays whoever delivers");
}
