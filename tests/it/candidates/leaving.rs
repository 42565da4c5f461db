//! Giving up, being put out, changing structure.

use serde_json::json;

use super::bench::{Bench, agree};

#[tokio::test]
async fn leaving_for_a_job_is_kept_as_a_success() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let done = b.act(&b.owner, &path, "withdraw", &json!({ "leaving": "work" })).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.body["candidate"]["state"], "withdrawn");
    assert_eq!(done.body["leaving"], "work");
    let again = b.act(&b.owner, &path, "withdraw", &json!({ "leaving": "work" })).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "candidate-wrong-state"));
}

#[tokio::test]
async fn nobody_is_put_out_by_an_officer_or_unheard() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let today = b.t.app.today();
    let body = json!({ "reason": "Substitution de personne", "heard_on": today.to_string() });
    assert_eq!(b.act(&b.officer, &path, "exclude-for-fraud", &body).await.status, 403);
    let late = json!({ "reason": "Substitution de personne", "heard_on": today.next_day().unwrap().next_day().unwrap().to_string() });
    assert_eq!(b.act(&b.manager, &path, "exclude-for-fraud", &late).await.status, 422);
    let done = b.act(&b.manager, &path, "exclude-for-fraud", &body).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(b.mails("candidate-excluded").await.len(), 1);
}

#[tokio::test]
async fn the_file_follows_somebody_to_a_structure_that_holds_an_agreement() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let body = json!({ "structure_id": b.other.id, "reason": "Déménagement" });
    assert_eq!(b.act(&b.owner, &path, "change-structure", &body).await.status, 403, "the team does");
    assert_eq!(b.act(&b.officer, &path, "change-structure", &body).await.code(), "candidate-lacking");
    agree(&b.t, &b.other, &b.version).await;
    let done = b.act(&b.officer, &path, "change-structure", &body).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.body["stays"].as_array().unwrap().len(), 2);
    assert_eq!(b.t.get(&b.owner, &path).await.status, 404);
    assert_eq!(b.t.get(&b.stranger, &path).await.status, 200);
}
