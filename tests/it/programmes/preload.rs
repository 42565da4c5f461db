//! The offer of the network, recorded at first start.

use entity::programme::{self, ProgrammeState, TrainerRight};
use parchemin::features::{certifications, programmes};
use sea_orm::EntityTrait;

use crate::support::TestApp;

#[tokio::test]
async fn the_offer_is_recorded_once_as_drafts_with_the_durations_that_are_known() {
    let t = TestApp::new().await;
    certifications::preload(&t.app).await.unwrap();
    t.effects().await;
    assert_eq!(programmes::preload(&t.app).await.unwrap(), 15);
    assert_eq!(t.effects().await.events, vec!["programme.created"; 15]);
    assert_eq!(programmes::preload(&t.app).await.unwrap(), 0);
    assert!(t.effects().await.events.is_empty());
    let rows = programme::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(rows.iter().all(|row| row.state == ProgrammeState::Draft), "nothing is published unread");
    let epsp = rows.iter().find(|row| row.code == "EPSP").unwrap();
    assert_eq!(epsp.trainer_right, TrainerRight::Epsp);
    let draft = programmes::queries::draft(t.app.db.read(), epsp.id).await.unwrap().unwrap();
    let version = t.certification_version("CQP_EPSP").await;
    assert_eq!(draft.certification_version_id, Some(version.id));
    let first = rows.iter().find(|row| row.code == "CSE-1").unwrap();
    let draft = programmes::queries::draft(t.app.db.read(), first.id).await.unwrap().unwrap();
    assert_eq!((draft.duration_minutes, draft.half_days), (Some(2_100), Some(10)), "five days");
}

#[tokio::test]
async fn what_the_certifier_changed_stays() {
    let t = TestApp::new().await;
    certifications::preload(&t.app).await.unwrap();
    programmes::preload(&t.app).await.unwrap();
    let manager = t.person(entity::account_role::Role::Manager).await;
    let list = t.get(&manager, "/programmes?q=RPS").await;
    let path = format!("/programmes/{}", list.body["items"][0]["id"].as_str().unwrap());
    let change = serde_json::json!({ "theme": "management" });
    assert_eq!(t.patch(&manager, &path, Some(1), &change).await.status, 200);
    assert_eq!(programmes::preload(&t.app).await.unwrap(), 0);
    assert_eq!(t.get(&manager, &path).await.body["theme"], "management");
}
