//! A mission for several certifications: each of them counts for who sees it and acts on it, and all are told.

use entity::account_role::{self, Role};
use entity::ids::CertificationId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::bench::Bench;
use crate::support::Person;

/// Somebody of the team whose role is limited to a certification.
async fn limited(bench: &Bench, certification: CertificationId) -> Person {
    let person = bench.t.person(Role::Officer).await;
    account_role::Entity::update_many()
        .col_expr(account_role::Column::CertificationId, Expr::value(certification.0))
        .filter(account_role::Column::AccountId.eq(person.id))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    person
}

#[tokio::test]
async fn whoever_is_limited_to_the_second_certification_sees_the_mission_and_acts_on_it() {
    let bench = Bench::new().await;
    let first = bench.t.certification_version("CQP_SP").await.certification_id;
    let second = bench.t.certification_version("CQP_EPSP").await.certification_id;
    let mut body = bench.jury(&bench.expert);
    body["certification_id"] = json!(first);
    let narrow = bench.propose(&body).await;
    body["starts_on"] = json!("2025-10-21");
    body["other_certification_ids"] = json!([second]);
    let shared = bench.propose(&body).await;
    for (certification, seen) in [(first, vec![&shared, &narrow]), (second, vec![&shared])] {
        let person = limited(&bench, certification).await;
        let list = bench.t.get(&person, "/missions").await.body;
        let found: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(json!(found), json!(seen), "{list}");
        assert_eq!(list["items"][0]["certification_id"], json!(first), "{list}");
        assert_eq!(list["items"][0]["other_certification_ids"], json!([second]), "{list}");
        assert_eq!(list["items"][0]["mode"], json!("on_site"), "{list}");
        let (_, page) = bench.t.open(&person, "/missions").await;
        assert!(page.contains("Salarié polyvalent et "), "{page}");
    }
    let person = limited(&bench, second).await;
    let reason = json!({ "reason": "Jury regroupé" });
    assert_eq!(bench.act(&person, &narrow, "cancel", &reason).await.status, 404);
    assert_eq!(bench.act(&person, &shared, "cancel", &reason).await.status, 200);
    let told: Vec<Value> =
        bench.mails("mission-withdrawn").await.into_iter().map(|mail| mail.recipient).collect();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn a_task_about_a_mission_waits_for_those_of_each_certification() {
    let bench = Bench::new().await;
    let first = bench.t.certification_version("CQP_SP").await.certification_id;
    let second = bench.t.certification_version("CQP_EPSP").await.certification_id;
    let mut body = bench.jury(&bench.expert);
    body["certification_id"] = json!(first);
    body["other_certification_ids"] = json!([second]);
    let id = bench.propose(&body).await;
    let refusal = json!({ "reason": "workload" });
    assert_eq!(bench.act(&bench.own, &id, "decline", &refusal).await.status, 200);
    for certification in [first, second] {
        let person = limited(&bench, certification).await;
        let tasks = bench.t.get(&person, "/todo").await;
        assert_eq!(tasks.status, 200, "{tasks:?}");
        assert!(tasks.body.to_string().contains("fill_mission"), "{tasks:?}");
    }
}
