//! What a meeting decided, given to a guest and recalled; the meeting that follows.

use entity::expert;
use parchemin::features::meetings::jobs;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use super::{mails, mandataire, plan};
use crate::support::{Person, TestApp};

/// A meeting of 14 October that was held, with one guest; its path.
async fn held(t: &TestApp) -> (Person, expert::Model, String) {
    let guest = mandataire(t, "Abel", "58").await;
    let (officer, path) = plan(t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    t.set_now(datetime!(2025-10-14 09:45 UTC));
    let answer = t.post(&officer, &format!("{path}/hold"), &json!({ "present": [guest.id] })).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    (officer, guest, path)
}

#[tokio::test]
async fn a_guest_is_given_something_to_do_and_reminded_once_before_its_date() {
    let t = TestApp::new().await;
    let (officer, guest, path) = held(&t).await;
    let actions = format!("{path}/actions");
    let stranger = t.expert("Zéphyr").await;
    let to = |owner: Value, due_on: &str| json!({ "text": "Écrire la grille", "owner_id": owner, "due_on": due_on });
    let refused = t.post(&officer, &actions, &to(json!(stranger.id), "2025-12-01")).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/owner_id"]));
    let nobody = t.post(&officer, &actions, &to(Value::Null, "2025-12-01")).await;
    assert_eq!(nobody.pointers(), ["/owner"]);
    let added = t.post(&officer, &actions, &to(json!(guest.id), "2025-12-01")).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");
    let action = &added.body["actions"][0];
    assert_eq!((&action["owner"], &action["owner_id"]), (&json!(guest.name()), &json!(guest.id)));
    let named = json!({ "text": "Réserver la salle", "owner": "Camille", "due_on": "2025-12-01" });
    assert_eq!(t.post(&officer, &actions, &named).await.body["actions"][1]["owner_id"], Value::Null);
    t.effects().await;

    t.set_now(datetime!(2025-11-23 09:00 UTC));
    assert_eq!(jobs::run(&t.app).await.unwrap(), 0, "eight days before");
    t.set_now(datetime!(2025-11-24 09:00 UTC));
    assert_eq!(jobs::run(&t.app).await.unwrap(), 1);
    assert_eq!(jobs::run(&t.app).await.unwrap(), 0, "once");
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["meeting.action_reminded".to_owned()], vec!["meeting-action-reminder".to_owned()])
    );
    let sent = &mails(&t, "meeting-action-reminder").await[0];
    assert_eq!(sent.recipient["id"], json!(guest.id));
    assert!(sent.body_text.contains("Écrire la grille") && sent.body_text.contains("1er décembre 2025"));
}

#[tokio::test]
async fn what_is_done_or_late_is_not_recalled() {
    let t = TestApp::new().await;
    let (officer, guest, path) = held(&t).await;
    for due_on in ["2025-12-01", "2025-11-01"] {
        let task = json!({ "text": "Écrire la grille", "owner_id": guest.id, "due_on": due_on });
        t.post(&officer, &format!("{path}/actions"), &task).await;
    }
    let read = t.get(&officer, &path).await;
    let done = read.body["actions"][0]["id"].as_str().unwrap();
    assert_eq!(
        t.post(&officer, &format!("{path}/actions/{done}/done"), &json!({})).await.status,
        StatusCode::OK
    );
    t.set_now(datetime!(2025-11-24 09:00 UTC));
    assert_eq!(jobs::run(&t.app).await.unwrap(), 0);
}

#[tokio::test]
async fn a_meeting_that_was_held_prepares_the_next_one_a_quarter_later() {
    let t = TestApp::new().await;
    let (officer, guest, _) = held(&t).await;
    let (_, page) = t.open(&officer, "/reunions/REU-2025-0001").await;
    let link = "/reunions/nouvelle?suite=REU-2025-0001";
    assert!(page.contains(link) && page.contains("Préparer la suivante"), "{page}");
    assert!(page.contains(&format!("value=\"{}\"", guest.id)), "guests may be given something to do: {page}");
    let (status, form) = t.open(&officer, link).await;
    assert_eq!(status, StatusCode::OK);
    for filled in ["2026-01-14", "10:00", "https://visio.exemple/mandataires", "Retour sur les jurys"] {
        assert!(form.contains(filled), "{filled}: {form}");
    }
    let own = t.of_expert(guest.id).await;
    assert!(!t.open(&own, "/reunions/REU-2025-0001").await.1.contains("Préparer la suivante"));
    assert_ne!(t.open(&own, link).await.0, StatusCode::OK, "the team alone plans");
    assert_eq!(t.open(&officer, "/reunions/nouvelle?suite=REU-2025-0099").await.0, StatusCode::NOT_FOUND);
}
