//! A meeting from its plan to its minutes.

use parchemin::features::meetings::queries;
use poem::http::StatusCode;
use serde_json::json;
use time::Duration;
use time::macros::{date, datetime};

use super::{mails, mandataire, plan, planned};
use crate::support::TestApp;

#[tokio::test]
async fn everyone_entitled_is_invited_at_the_hour_of_where_they_live() {
    let t = TestApp::new().await;
    let paris = mandataire(&t, "Abel", "58").await;
    let cayenne = mandataire(&t, "Éloi", "973").await;
    let other_duty = t.controller("Faure").await;
    let (officer, path) = plan(&t).await;
    let _before = t.effects().await;
    let invited = t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!(invited.status, StatusCode::OK, "{:?}", invited.body);
    assert_eq!(invited.body["meeting"]["state"], "invited");
    let guests: Vec<_> =
        invited.body["guests"].as_array().unwrap().iter().map(|one| &one["expert_id"]).collect();
    assert_eq!(guests, [&json!(paris.id), &json!(cayenne.id)]);
    assert!(!guests.contains(&&json!(other_duty.id)));
    let effects = t.effects().await;
    assert_eq!(effects.events, ["meeting.invited"]);
    assert_eq!(effects.mails, ["meeting-invited", "meeting-invited"]);

    let sent = mails(&t, "meeting-invited").await;
    let of = |id: entity::ids::ExpertId| sent.iter().find(|mail| mail.recipient["id"] == json!(id)).unwrap();
    let text = &of(cayenne.id).body_text;
    assert!(text.contains("5\u{202f}h, heure de Guyane (10\u{202f}h à Paris)"), "{text}");
    assert!(of(paris.id).body_text.contains("à 10\u{202f}h\n"), "{}", of(paris.id).body_text);
    let calendar = of(cayenne.id).calendar.clone().unwrap();
    assert!(calendar.contains("METHOD:REQUEST") && calendar.contains("SEQUENCE:0"));
    assert!(calendar.contains("DTSTART;TZID=America/Cayenne:20251014T050000"));
    let again = t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "meeting-step"));
}

#[tokio::test]
async fn a_moved_meeting_is_answered_again_and_calendars_follow() {
    let t = TestApp::new().await;
    let expert = mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let own = t.of_expert(expert.id).await;
    let coming = t.post(&own, &format!("{path}/answer"), &json!({ "coming": true })).await;
    assert_eq!((coming.status, &coming.body["guests"][0]["answer"]), (StatusCode::OK, &json!("coming")));
    let late = mandataire(&t, "Éloi", "976").await;
    let _before = t.effects().await;
    let mut to = planned("2025-10-21")["place"].clone();
    to["time"] = json!("14:30");
    let body = json!({ "place": to, "reason": "La salle n’est plus libre" });
    let moved = t.post(&officer, &format!("{path}/move"), &body).await;
    assert_eq!(moved.status, StatusCode::OK, "{:?}", moved.body);
    assert_eq!(moved.body["meeting"]["meets_on"], "2025-10-21");
    assert_eq!(moved.body["guests"].as_array().unwrap().len(), 2, "who became entitled is invited");
    assert_eq!(moved.body["guests"][0]["answer"], "none");
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["meeting.moved".into()], vec!["meeting-moved".into(), "meeting-invited".into()])
    );
    let told = &mails(&t, "meeting-moved").await[0];
    assert!(told.body_text.contains("14 octobre 2025") && told.body_text.contains("21 octobre 2025"));
    let calendar = told.calendar.clone().unwrap();
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let first = mails(&t, "meeting-invited").await[0].calendar.clone().unwrap();
    assert_eq!(uid(&calendar), uid(&first));
    assert!(calendar.contains("SEQUENCE:1"));

    let gone = t.post(&officer, &format!("{path}/cancel"), &json!({ "reason": "Grève" })).await;
    assert_eq!(gone.body["meeting"]["state"], "cancelled");
    let told = mails(&t, "meeting-cancelled").await;
    assert_eq!(told.len(), 2);
    let calendar = told[0].calendar.clone().unwrap();
    assert!(
        calendar.contains("METHOD:CANCEL")
            && calendar.contains("SEQUENCE:2")
            && uid(&calendar) == uid(&first)
    );
    assert!(told[0].body_text.contains("Grève"));
    let too_late =
        t.post(&t.of_expert(late.id).await, &format!("{path}/answer"), &json!({ "coming": true })).await;
    assert_eq!(too_late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn attendance_and_minutes_follow_and_count_for_renewal() {
    let t = TestApp::new().await;
    let there = mandataire(&t, "Abel", "58").await;
    let away = mandataire(&t, "Éloi", "976").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let hold = format!("{path}/hold");
    let present = json!({ "present": [there.id] });
    let early = t.post(&officer, &hold, &present).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "meeting-time"));
    let issue = format!("{path}/issue-document");
    let (sheet, minutes_paper) = (json!({ "document": "sheet" }), json!({ "document": "minutes" }));
    let early = t.post(&officer, &issue, &minutes_paper).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "meeting-step"));
    for _ in 0..2 {
        let made = t.post(&officer, &issue, &sheet).await;
        assert_eq!(made.status, StatusCode::OK, "{made:?}");
        assert_eq!(made.body["documents"].as_array().unwrap().len(), 1, "once for a version: {made:?}");
    }
    t.set_now(datetime!(2025-10-14 09:45 UTC));
    let stranger = t.expert("Zéphyr").await;
    let refused = t.post(&officer, &hold, &json!({ "present": [stranger.id] })).await;
    assert_eq!(refused.pointers(), ["/present"]);
    let _before = t.effects().await;
    assert_eq!(t.post(&officer, &hold, &json!({ "present": [] })).await.status, StatusCode::OK);
    let held = t.post(&officer, &hold, &present).await;
    assert_eq!(held.status, StatusCode::OK, "corrected: {:?}", held.body);
    assert_eq!(
        (&held.body["guests"][0]["present"], &held.body["guests"][1]["present"]),
        (&json!(true), &json!(false))
    );

    let decided =
        t.post(&officer, &format!("{path}/decisions"), &json!({ "text": "La grille change" })).await;
    assert_eq!(decided.body["decisions"][0]["text"], "La grille change", "{:?}", decided.body);
    let wrong = json!({ "text": "", "owner": "", "due_on": "2025-10-01" });
    let wrong = t.post(&officer, &format!("{path}/actions"), &wrong).await;
    assert_eq!(wrong.pointers(), ["/text", "/owner", "/due_on"]);
    let task = json!({ "text": "Écrire la grille", "owner": "Anne-Lise Abel", "due_on": "2025-12-01" });
    let added = t.post(&officer, &format!("{path}/actions"), &task).await;
    assert_eq!(added.status, StatusCode::OK, "{:?}", added.body);
    let minutes = json!({ "minutes": " ", "time_spent_minutes": -1 });
    assert_eq!(
        t.post(&officer, &format!("{path}/publish"), &minutes).await.pointers(),
        ["/minutes", "/time_spent_minutes"]
    );
    let minutes = json!({ "minutes": "Tout va bien.", "time_spent_minutes": 150 });
    let published = t.post(&officer, &format!("{path}/publish"), &minutes).await;
    assert_eq!(published.body["meeting"]["state"], "minutes_published", "{:?}", published.body);
    let done = format!("{path}/actions/{}/done", added.body["actions"][0]["id"].as_str().unwrap());
    assert_eq!(t.post(&officer, &done, &json!({})).await.body["actions"][0]["done_on"], "2025-10-14");
    assert_eq!(t.post(&officer, &done, &json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let effects = t.effects().await;
    assert_eq!(
        effects.events,
        [
            "meeting.held",
            "meeting.held",
            "meeting.decided",
            "meeting.action_added",
            "meeting.minutes_published",
            "meeting.action_done"
        ]
    );
    assert_eq!(effects.mails, ["meeting-minutes", "meeting-minutes"]);
    let told = &mails(&t, "meeting-minutes").await[0].body_text;
    assert!(
        told.contains("La grille change")
            && told.contains("Écrire la grille, Anne-Lise Abel, au plus tard le 1er décembre 2025")
    );

    let number = published.body["meeting"]["number"].as_str().unwrap();
    let (_, page) = t.open(&officer, &format!("/reunions/{number}")).await;
    assert!(page.contains("Établir le compte rendu en PDF"), "{page}");
    let (status, _, page) = t.submit(&officer, &format!("/reunions/{number}/etablir"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(t.effects().await.events, ["meeting.document_issued"]);
    let kept = t.get(&officer, &path).await.body["documents"].clone();
    assert!(kept[1]["file_name"].as_str().unwrap().starts_with("compte-rendu-de-reunion-"), "{kept}");

    let conn = t.app.db.read();
    let (from, until) = (date!(2025 - 01 - 01), date!(2025 - 12 - 31));
    let counted = queries::attendance(conn, there.id, from, until).await.unwrap();
    assert_eq!(counted.iter().map(|one| one.present).collect::<Vec<_>>(), [true]);
    let counted = queries::attendance(conn, away.id, from, until).await.unwrap();
    assert_eq!(counted.iter().map(|one| one.present).collect::<Vec<_>>(), [false]);
    assert!(queries::attendance(conn, there.id, date!(2026 - 01 - 01), until).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_meeting_of_the_past_is_recorded_with_who_was_entitled_then() {
    let t = TestApp::new().await;
    let expert = mandataire(&t, "Abel", "58").await;
    let (officer, _) = plan(&t).await;
    let created = t.post(&officer, "/meetings", &planned("2025-03-11")).await;
    assert_eq!(created.body["meeting"]["number"], "REU-2025-0002", "{:?}", created.body);
    let path = format!("/meetings/{}", created.body["meeting"]["id"].as_str().unwrap());
    let late = t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "meeting-time"));
    let held = t.post(&officer, &format!("{path}/hold"), &json!({ "present": [expert.id] })).await;
    assert_eq!(held.body["guests"][0]["present"], true, "{:?}", held.body);
    let nobody = t.post(&officer, "/meetings", &planned("2022-03-11")).await;
    let path = format!("/meetings/{}", nobody.body["meeting"]["id"].as_str().unwrap());
    let nobody = t.post(&officer, &format!("{path}/hold"), &json!({ "present": [] })).await;
    assert_eq!((nobody.status, nobody.code()), (StatusCode::CONFLICT, "meeting-nobody"));
}

#[tokio::test]
async fn an_answer_stops_when_the_meeting_begins() {
    let t = TestApp::new().await;
    let expert = mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let own = t.of_expert(expert.id).await;
    let answer = format!("{path}/answer");
    assert_eq!(t.post(&own, &answer, &json!({ "coming": true })).await.status, StatusCode::OK);
    assert_eq!(t.post(&own, &answer, &json!({ "coming": false })).await.body["guests"][0]["answer"], "away");
    t.advance(Duration::days(9));
    let late = t.post(&own, &answer, &json!({ "coming": true })).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "meeting-time"));
}
