//! Measures agreed for a candidate: sealed, apart from the file, each reading kept.

use entity::{audit_event, audit_personal, candidate_adaptation, mail};
use parchemin::features::candidates::adaptations;
use sea_orm::EntityTrait;
use serde_json::json;

use super::bench::Bench;

const MEASURE: &str = "Un tiers de temps en plus";

#[tokio::test]
async fn a_measure_is_sealed_and_told_to_who_may_read_it_only() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let day = b.t.app.today().to_string();
    let body = json!({ "measure": MEASURE, "consented_on": day });
    let added = b.act(&b.owner, &path, "adaptations", &body).await;
    assert_eq!(added.status, 200, "{added:?}");
    assert!(!added.body.to_string().contains(MEASURE), "an answer that is kept does not hold it");
    let row = candidate_adaptation::Entity::find().one(b.t.app.db.read()).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&row.measure).contains("tiers"), "the database alone tells nothing");

    for person in [&b.owner, &b.manager] {
        let before = b.t.readings().await.len();
        let read = b.t.get(person, &format!("{path}/adaptations")).await;
        assert_eq!(read.body["items"][0]["measure"], MEASURE, "{read:?}");
        let readings = b.t.readings().await;
        assert_eq!(readings.len(), before + 1);
        assert_eq!(readings[before].0, "candidate.adaptations_read");
    }
    assert_eq!(b.t.get(&b.officer, &format!("{path}/adaptations")).await.status, 403);
    assert_eq!(b.t.get(&b.stranger, &format!("{path}/adaptations")).await.status, 404);
    assert_eq!(b.act(&b.officer, &path, "adaptations", &body).await.status, 403);
}

#[tokio::test]
async fn a_measure_leaves_no_trace_of_what_it_says() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let body = json!({ "measure": MEASURE, "consented_on": b.t.app.today().to_string() });
    assert_eq!(b.act(&b.owner, &path, "adaptations", &body).await.status, 200);
    let conn = b.t.app.db.read();
    let events = audit_event::Entity::find().all(conn).await.unwrap();
    let personal = audit_personal::Entity::find().all(conn).await.unwrap();
    let mails = mail::Entity::find().all(conn).await.unwrap();
    let kept = format!("{events:?} {personal:?} {mails:?}");
    assert!(!kept.contains("tiers de temps"), "{kept}");
    let file = b.t.get(&b.officer, &path).await.body;
    assert!(!file.to_string().contains("adaptation"), "the file does not tell that there is one: {file}");
    let page = format!("/candidats/{}", file["candidate"]["number"].as_str().unwrap());
    let (_, text) = b.t.open(&b.officer, &page).await;
    assert!(!text.to_lowercase().contains("adaptation"), "{text}");
}

#[tokio::test]
async fn the_jury_reads_the_measures_in_force_and_nothing_else() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let day = b.t.app.today().to_string();
    let mut ids = Vec::new();
    for measure in [MEASURE, "Une salle accessible"] {
        let body = json!({ "measure": measure, "consented_on": day });
        let added = b.act(&b.owner, &path, "adaptations", &body).await;
        ids.push(added.body["id"].as_str().unwrap().to_owned());
    }
    let end = format!("adaptations/{}/end", ids[0]);
    assert_eq!(b.t.post(&b.owner, &format!("{path}/{end}"), &json!(null)).await.status, 200);
    assert_eq!(b.t.post(&b.owner, &format!("{path}/{end}"), &json!(null)).await.status, 404, "it ended");
    let row = candidate_adaptation::Entity::find().one(b.t.app.db.read()).await.unwrap().unwrap();
    let found = adaptations::measures(&b.t.app, b.t.app.db.read(), &[row.candidate_id]).await.unwrap();
    assert_eq!(found[&row.candidate_id], ["Une salle accessible"]);
}

#[tokio::test]
async fn the_page_asks_for_a_consent_and_keeps_who_opened_it() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let number = b.t.get(&b.owner, &path).await.body["candidate"]["number"].as_str().unwrap().to_owned();
    let page = format!("/candidats/{number}/adaptations");
    let (status, _, text) = b.t.submit(&b.owner, &page, &[("measure", MEASURE), ("consented_on", "")]).await;
    assert_eq!(status, 422);
    assert!(text.contains(MEASURE), "what was typed is kept");
    let day = b.t.app.today().to_string();
    let (status, ..) =
        b.t.submit(&b.owner, &page, &[("measure", MEASURE), ("consented_on", day.as_str())]).await;
    assert_eq!(status, 303);
    let before = b.t.readings().await.len();
    let (status, text) = b.t.open(&b.manager, &page).await;
    assert_eq!(status, 200);
    assert!(text.contains(MEASURE));
    assert_eq!(b.t.readings().await.len(), before + 1);
    assert_eq!(b.t.open(&b.officer, &page).await.0, 403);
}
