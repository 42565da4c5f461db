//! Who may do what with a meeting, and what is refused.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::{mandataire, plan, planned};
use crate::support::TestApp;

#[tokio::test]
async fn only_the_team_manages_and_guests_see_once_they_are_invited() {
    let t = TestApp::new().await;
    let guest = mandataire(&t, "Abel", "58").await;
    let stranger = t.controller("Faure").await;
    let (officer, path) = plan(&t).await;
    let own = t.of_expert(guest.id).await;
    assert_eq!(t.get(&own, &path).await.status, StatusCode::NOT_FOUND, "not invited yet");
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let auditor = t.person(Role::Auditor).await;
    let foreign = t.of_expert(stranger.id).await;
    let trainee = t.person(Role::Trainee).await;
    let structure = t.person(Role::Structure).await;
    let acts: Vec<(String, Value)> = vec![
        (format!("{path}/invite"), json!({})),
        (format!("{path}/move"), json!({ "place": planned("2025-10-21")["place"], "reason": "x" })),
        (format!("{path}/cancel"), json!({ "reason": "x" })),
        (format!("{path}/hold"), json!({ "present": [] })),
        (format!("{path}/decisions"), json!({ "text": "x" })),
        (format!("{path}/actions"), json!({ "text": "x", "owner": "y", "due_on": "2026-01-01" })),
        (format!("{path}/publish"), json!({ "minutes": "x" })),
    ];
    let _before = t.effects().await;
    for (person, read, write) in [
        (&own, StatusCode::OK, StatusCode::FORBIDDEN),
        (&auditor, StatusCode::OK, StatusCode::FORBIDDEN),
        (&foreign, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (&trainee, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (&structure, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(person, &path).await.status, read);
        for (act, body) in &acts {
            assert_eq!(t.post(person, act, body).await.status, write, "{act}");
        }
        assert_eq!(t.patch(person, &path, Some(2), &json!({ "agenda": "x" })).await.status, write);
        let created = t.post(person, "/meetings", &planned("2025-11-04")).await.status;
        assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&created), "{created}");
        let listed = t.get(person, "/meetings").await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), usize::from(read == StatusCode::OK));
    }
    for (query, count) in
        [("q=MANDATAIRES%20visio", 1), ("q=oslo", 0), ("state=invited", 1), ("state=held", 0)]
    {
        let listed = t.get(&officer, &format!("/meetings?{query}")).await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), count, "{query}: {listed:?}");
    }
    let answer = format!("{path}/answer");
    assert_eq!(t.post(&officer, &answer, &json!({ "coming": true })).await.status, StatusCode::FORBIDDEN);
    assert_eq!(t.post(&foreign, &answer, &json!({ "coming": true })).await.status, StatusCode::NOT_FOUND);
    assert!(t.effects().await.events.iter().all(|name| !name.starts_with("meeting.")));
}

#[tokio::test]
async fn a_wrong_meeting_tells_every_fault() {
    let t = TestApp::new().await;
    let (officer, path) = plan(&t).await;
    let _before = t.effects().await;
    let body = json!({
        "kind": "mixed",
        "place": {
            "day": "2040-01-01", "time": "25:00", "zone": "Europe/Lutece", "mode": "video", "place": " ",
            "lasts_minutes": 5,
        },
        "agenda": "",
    });
    let wrong = t.post(&officer, "/meetings", &body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.pointers(), ["/day", "/time", "/zone", "/place", "/lasts_minutes", "/agenda"]);
    let past = json!({ "place": planned("2025-10-01")["place"], "reason": " " });
    assert_eq!(t.post(&officer, &format!("{path}/move"), &past).await.pointers(), ["/day", "/reason"]);
    assert_eq!(
        t.post(&officer, &format!("{path}/cancel"), &json!({ "reason": "" })).await.pointers(),
        ["/reason"]
    );
    assert_eq!(
        t.patch(&officer, &path, Some(9), &json!({ "agenda": "x" })).await.status,
        StatusCode::PRECONDITION_FAILED
    );
    assert_eq!(
        t.patch(&officer, &path, None, &json!({ "agenda": "x" })).await.status,
        StatusCode::PRECONDITION_REQUIRED
    );
    let nobody = t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!((nobody.status, nobody.code()), (StatusCode::CONFLICT, "meeting-nobody"));
    assert!(t.effects().await.events.is_empty());
    assert_eq!(
        t.patch(&officer, &path, Some(1), &json!({ "agenda": "Autre" })).await.body["agenda"],
        "Autre"
    );
}

#[tokio::test]
async fn a_file_is_attached_checked_and_read_by_guests_alone() {
    let t = TestApp::new().await;
    let guest = mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let upload = format!("{path}/documents");
    let fake = t.upload(&officer, &upload, "ordre.pdf", b"pas un PDF".to_vec(), &[]).await;
    assert_eq!((fake.status, fake.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/file"]));
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec();
    let attached = t.upload(&officer, &upload, "ordre.pdf", pdf.clone(), &[]).await;
    assert_eq!(attached.status, StatusCode::OK, "{:?}", attached.body);
    let file = format!("{upload}/{}", attached.body["documents"][0]["id"].as_str().unwrap());
    let own = t.of_expert(guest.id).await;
    assert_eq!(t.get(&own, &file).await.status, StatusCode::OK);
    assert_eq!(t.upload(&own, &upload, "x.pdf", pdf, &[]).await.status, StatusCode::FORBIDDEN);
    let foreign = t.of_expert(t.controller("Faure").await.id).await;
    assert_eq!(t.get(&foreign, &file).await.status, StatusCode::NOT_FOUND);
    // The list of all documents has the rights of the meeting.
    let id = attached.body["documents"][0]["id"].as_str().unwrap();
    for (person, count, status) in
        [(&officer, 1, StatusCode::OK), (&own, 1, StatusCode::OK), (&foreign, 0, StatusCode::NOT_FOUND)]
    {
        let listed = t.get(person, "/documents?q=ordre").await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), count, "{listed:?}");
        assert_eq!(t.get(person, &format!("/documents/{id}")).await.status, status);
        assert_eq!(t.get(person, &format!("/documents/{id}/content")).await.status, status);
    }
}
