//! Measures agreed for a trainee: sealed, apart from the enrolment, each reading kept.

use entity::account_role::Role;
use entity::{audit_event, audit_personal, enrolment_adaptation, mail};
use parchemin::features::enrolments::adaptations;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{Course, REFERENCE};

const MEASURE: &str = "Un support en gros caractères";

#[tokio::test]
async fn a_measure_is_sealed_and_told_to_who_may_read_it_only() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let t = &course.t;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let path = format!("/enrolments/{}/adaptations", row.id);
    let body = json!({ "measure": MEASURE, "consented_on": t.app.today().to_string() });
    assert_eq!(t.post(&officer, &path, &body).await.status, 403);
    let added = t.post(&manager, &path, &body).await;
    assert_eq!(added.status, 200, "{added:?}");
    assert!(!added.body.to_string().contains("gros"), "an answer that is kept does not hold it");
    let stored = enrolment_adaptation::Entity::find().one(t.app.db.read()).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&stored.measure).contains("gros"), "the database alone tells nothing");
    let before = t.readings().await.len();
    let read = t.get(&manager, &path).await;
    assert_eq!(read.body["items"][0]["measure"], MEASURE, "{read:?}");
    assert_eq!(t.readings().await[before].0, "enrolment.adaptations_read");
    assert_eq!(t.get(&officer, &path).await.status, 403);
    let found = adaptations::measures(&t.app, t.app.db.read(), &[row.id]).await.unwrap();
    assert_eq!(found[&row.id], [MEASURE]);

    let conn = t.app.db.read();
    let events = audit_event::Entity::find().all(conn).await.unwrap();
    let personal = audit_personal::Entity::find().all(conn).await.unwrap();
    let mails = mail::Entity::find().all(conn).await.unwrap();
    assert!(!format!("{events:?} {personal:?} {mails:?}").contains("gros caract"));
    let file = t.get(&officer, &format!("/enrolments/{}", row.id)).await.body;
    assert!(!file.to_string().contains("adaptation"), "the file does not tell that there is one: {file}");

    let end = format!("{path}/{}/end", added.body["id"].as_str().unwrap());
    assert_eq!(t.post(&manager, &end, &json!(null)).await.status, 200);
    assert_eq!(t.post(&manager, &end, &json!(null)).await.status, 404, "it ended");
}

#[tokio::test]
async fn the_page_asks_for_a_consent_and_keeps_who_opened_it() {
    let course = Course::of(1).await;
    course.enrol(1).await.unwrap();
    let t = &course.t;
    let manager = t.person(Role::Manager).await;
    let page = format!("/inscriptions/dossiers/{REFERENCE}/adaptations");
    let (status, _, text) = t.submit(&manager, &page, &[("measure", MEASURE), ("consented_on", "")]).await;
    assert_eq!(status, 422);
    assert!(text.contains(MEASURE), "what was typed is kept");
    let day = t.app.today().to_string();
    let (status, ..) =
        t.submit(&manager, &page, &[("measure", MEASURE), ("consented_on", day.as_str())]).await;
    assert_eq!(status, 303);
    let before = t.readings().await.len();
    let (status, text) = t.open(&manager, &page).await;
    assert_eq!(status, 200);
    assert!(text.contains(MEASURE));
    assert_eq!(t.readings().await.len(), before + 1);
}
