//! The sheet of an incident.

use poem::http::StatusCode;
use serde_json::{Value, json};

use super::Room;
use crate::support::Person;

/// Names of the files of the sheets that somebody sees in a session.
async fn sheets(room: &Room, person: &Person) -> Vec<(String, String)> {
    let read = room.s.t().get(person, &room.path).await;
    assert_eq!(read.status, StatusCode::OK, "{read:?}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = read.body["documents"].as_array().unwrap();
    let own = all.iter().filter(|one| one["kind"] == "jury-incident");
    own.map(|one| (text(&one["id"]), text(&one["title"]))).collect()
}

#[tokio::test]
async fn an_incident_leaves_its_sheet_in_the_file_of_the_session() {
    let room = Room::new(&["Diallo"]).await;
    let (t, officer, owner) = (room.s.t(), &room.s.desk.officer, &room.s.desk.owner);
    room.open().await;
    room.suspects(0).await;
    room.done("record-incident", &json!({ "kind": "delay", "description": "Un train en retard" })).await;
    room.s.desk.work().await;
    for person in [officer, &room.president] {
        let found = sheets(&room, person).await;
        let mut titles: Vec<&str> = found.iter().map(|(_, title)| title.as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["Fiche d’incident 1", "Fiche d’incident 2"]);
        for (id, _) in &found {
            for path in [format!("{}/documents/{id}", room.path), format!("/documents/{id}/content")] {
                assert_eq!(t.get(person, &path).await.status, StatusCode::OK, "{path}");
            }
        }
    }
    let (id, _) = sheets(&room, officer).await.remove(0);
    assert!(sheets(&room, owner).await.is_empty(), "a structure reads no incident");
    for path in [format!("{}/documents/{id}", room.path), format!("/documents/{id}/content")] {
        assert_eq!(t.get(owner, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (person, count) in [(officer, 2), (&room.president, 2), (owner, 0), (&room.s.desk.stranger, 0)] {
        let listed = t.get(person, "/documents?kind=jury-incident").await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), count, "{listed:?}");
    }
    let page = room.s.page(&room.path).await;
    let (_, text) = t.open(officer, &page).await;
    assert!(text.contains("Fiche d’incident 1,") && text.contains("Fiche d’incident 2,"), "{text}");
    let (_, text) = t.open(owner, &page).await;
    assert!(!text.contains("Fiche d’incident"), "{text}");
}

#[tokio::test]
async fn a_withdrawn_incident_has_another_sheet_that_says_so() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.suspects(0).await;
    let id = room.day().await["incidents"][0]["id"].clone();
    let body = json!({ "incident_id": id, "reason": "Une erreur de personne" });
    room.done("withdraw-incident", &body).await;
    room.s.desk.work().await;
    room.s.desk.work().await;
    let found = sheets(&room, &room.s.desk.officer).await;
    let mut titles: Vec<&str> = found.iter().map(|(_, title)| title.as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Fiche d’incident 1", "Fiche d’incident 1, retirée"]);
}

#[tokio::test]
async fn the_history_tells_about_whom_something_was_recorded_but_not_to_a_structure() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.suspects(0).await;
    let page = room.s.page(&room.path).await;
    let told = "Incident noté\u{202f}: Amina Diallo";
    for (person, expected) in
        [(&room.s.desk.manager, true), (&room.president, true), (&room.s.desk.owner, false)]
    {
        let (_, text) = room.s.t().open(person, &page).await;
        let history = text.split("id=\"historique\"").nth(1).unwrap();
        assert!(history.contains("Incident noté"), "{history}");
        assert_eq!(history.contains(told), expected, "{history}");
    }
}

#[tokio::test]
async fn the_kind_of_an_incident_is_enough_but_for_a_fraud_or_another_one() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.done("record-incident", &json!({ "kind": "delay" })).await;
    let other = room.act("record-incident", &json!({ "kind": "other" })).await;
    assert_eq!(other.pointers(), ["/description"], "{other:?}");
    let fraud = room.act("record-incident", &json!({ "kind": "fraud" })).await;
    assert_eq!(fraud.pointers(), ["/passage_id", "/description"], "{fraud:?}");
    let kinds = room.day().await["incidents"].as_array().unwrap().len();
    assert_eq!(kinds, 1);
    room.s.desk.work().await;
    assert_eq!(sheets(&room, &room.s.desk.officer).await.len(), 1);
}
