//! What is refused about a teaching support, in words.

use entity::account_role::Role;
use serde_json::{Value, json};

use super::asked;
use crate::missions::bench::Bench;

#[tokio::test]
async fn what_lacks_is_told_all_at_once_and_changes_nothing() {
    let bench = Bench::new().await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    let manager = bench.t.person(Role::Manager).await;
    let row = asked(&bench.t, &bench.structure).await;
    let path = format!("/teaching-supports/{}", row.id);
    bench.t.effects().await;
    let body = json!({
        "structure_id": bench.structure.id,
        "origin": "imposed",
        "need": "",
        "objectives": "",
        "mode": "on_site",
    });
    let answer = bench.t.post(&owner, "/teaching-supports", &body).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert_eq!(answer.body["errors"].as_array().unwrap().len(), 3, "{answer:?}");
    let budget = json!({ "half_days": 0, "cost_cents": -1, "payer": "opco" });
    let answer = bench.t.post(&manager, &format!("{path}/accept"), &budget).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let answer = bench.t.post(&manager, &format!("{path}/close"), &Value::Null).await;
    assert_eq!((answer.status, &answer.body["code"]), (409, &json!("teaching-support-wrong-state")));
    assert!(bench.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn only_its_structure_its_expert_and_the_team_know_of_a_support() {
    let bench = Bench::new().await;
    let row = asked(&bench.t, &bench.structure).await;
    let path = format!("/teaching-supports/{}", row.id);
    let other = bench.t.structure("Recyclerie des Amognes").await;
    let stranger = bench.t.of_structure(other.id).await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    assert_eq!(bench.t.get(&stranger, &path).await.status, 404);
    assert_eq!(bench.t.get(&bench.own, &path).await.status, 404, "nothing was given to this person");
    assert_eq!(bench.t.get(&owner, &path).await.status, 200);
    let list = bench.t.get(&stranger, "/teaching-supports").await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 0);
    let refused = json!({ "reason": "Non" });
    let answer = bench.t.post(&bench.officer, &format!("{path}/refuse"), &refused).await;
    assert_eq!(answer.status, 403, "a manager settles it: {answer:?}");
}
