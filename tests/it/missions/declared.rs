//! A mission on a half-day that its expert no longer gives: both are kept, and it is told.

use poem::http::StatusCode;
use serde_json::{Value, json};

use super::bench::{Bench, invited};

#[tokio::test]
async fn an_absence_declared_after_a_mission_was_accepted_is_kept_and_flagged() {
    let b = Bench::new().await;
    b.accepted().await;
    let path = format!("/experts/{}", b.expert.id);
    let range = format!("{path}/availability?from=2025-10-20&until=2025-10-21");
    let read = b.t.get(&b.own, &range).await;
    assert!(read.body["half_days"][0]["mission"].is_string(), "{:?}", read.body);
    assert_eq!(read.body["half_days"][0]["contradicts"], false, "nothing was declared");
    let absence = json!({ "starts_on": "2025-10-20" });
    let declared = b.t.post(&b.own, &format!("{path}/absences"), &absence).await;
    assert_eq!(declared.status, StatusCode::CREATED, "{:?}", declared.body);
    let read = b.t.get(&b.own, &range).await;
    let flags: Vec<_> = read.body["half_days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["contradicts"].as_bool().unwrap())
        .collect();
    assert_eq!(flags, [true, true, false, false]);
    let (_, text) = b.t.open(&b.own, "/disponibilites?mois=2025-10").await;
    assert!(text.contains("Une mission ou une visite tombe sur une demi-journée qui n’est pas libre"));
    let number = read.body["half_days"][0]["mission"].as_str().unwrap();
    let link = format!("Journée entière\u{202f}: <a href=\"/missions/{number}\">Jury du CQP à Nevers</a>");
    assert_eq!(text.matches(&link).count(), 1, "told once: {text}");
    assert!(text.contains("lundi 20 octobre, journée entière, Jury du CQP à Nevers"), "{text}");
    let (_, text) = b.t.open(&b.officer, &format!("/intervenants/{}", b.expert.number)).await;
    assert!(text.contains("class=\"mis\">20"));
}

#[tokio::test]
async fn a_mission_on_a_day_of_absence_is_proposed_once_the_absence_was_read() {
    let b = Bench::new().await;
    let absence = json!({ "starts_on": "2025-10-20" });
    let declared = b.t.post(&b.own, &format!("/experts/{}/absences", b.expert.id), &absence).await;
    assert_eq!(declared.status, StatusCode::CREATED, "{:?}", declared.body);
    let path = format!("/missions/nouvelle?intervenant={}", b.expert.number);
    let mut fields = vec![
        ("object", "jury"),
        ("title", "Jury à Nevers"),
        ("siren", b.structure.siren.as_str()),
        ("starts_on", "2025-10-20"),
        ("starts_time", "09:00"),
        ("ends_time", "17:00"),
    ];
    b.t.effects().await;
    let (status, _, page) = b.t.submit(&b.officer, &path, &fields).await;
    assert_eq!(status, StatusCode::OK);
    let said = "Anne-Lise Abel a déclaré une absence le lundi 20 octobre 2025.";
    assert!(
        page.contains(said)
            && page.contains("name=\"absence_connue\" value=\"2025-10-20\"")
            && page.contains("Jury à Nevers")
    );
    assert!(b.t.effects().await.events.is_empty(), "asking does nothing");
    fields.push(("absence_connue", "2025-10-19"));
    let (status, ..) = b.t.submit(&b.officer, &path, &fields).await;
    assert_eq!(status, StatusCode::OK, "the warning was read for another day");
    fields.pop();
    fields.push(("absence_connue", "2025-10-20"));
    let (status, location, _) = b.t.submit(&b.officer, &path, &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/missions/MIS-2025-0001"));
}

#[tokio::test]
async fn the_api_tells_an_absence_to_whoever_proposes_and_to_whoever_accepts() {
    let b = Bench::new().await;
    let said = json!(["Anne-Lise Abel a déclaré une absence le lundi 20 octobre 2025."]);
    for absent in [false, true] {
        if absent {
            let absence = json!({ "starts_on": "2025-10-20" });
            let declared = b.t.post(&b.own, &format!("/experts/{}/absences", b.expert.id), &absence).await;
            assert_eq!(declared.status, StatusCode::CREATED, "{:?}", declared.body);
        }
        let notes = if absent { said.clone() } else { json!([]) };
        let proposed = b.try_propose(&b.jury(&b.expert)).await;
        assert_eq!((proposed.status, &proposed.body["notes"]), (StatusCode::CREATED, &notes));
        let id = proposed.body["id"].as_str().unwrap();
        let accepted = b.act(&b.own, id, "accept", &Value::Null).await;
        assert_eq!((accepted.status, &accepted.body["notes"]), (StatusCode::OK, &notes));
        assert_eq!(b.read(id).await["notes"], json!([]), "reading does nothing");
        let dropped = b.act(&b.own, id, "drop-out", &json!({ "reason": "health" })).await;
        assert_eq!((dropped.status, &dropped.body["notes"]), (StatusCode::OK, &json!([])));
    }
}

#[tokio::test]
async fn the_absence_of_a_candidate_is_worth_knowing() {
    let b = Bench::new().await;
    let second = b.mandataire("Bérard").await;
    let own = b.t.of_expert(second.id).await;
    let absence = json!({ "starts_on": "2025-10-20" });
    let declared = b.t.post(&own, &format!("/experts/{}/absences", second.id), &absence).await;
    assert_eq!(declared.status, StatusCode::CREATED, "{:?}", declared.body);
    let id = b.accepted().await;
    let found = b.t.get(&b.officer, &format!("/missions/{id}/candidates")).await;
    assert_eq!(found.status, StatusCode::OK, "{:?}", found.body);
    let told = &found.body["items"][0]["notes"];
    assert_eq!(told, &json!(["Cette personne a déclaré une absence le lundi 20 octobre 2025."]));
}

/// A meeting may be left for a jury: it is told to whoever proposes the mission, and refuses nothing.
#[tokio::test]
async fn an_accepted_meeting_is_told_beside_a_mission_of_its_half_day() {
    let b = Bench::new().await;
    let path = invited(&b).await;
    let mut jury = b.jury(&b.expert);
    jury["starts_on"] = json!("2025-10-14");
    let coming = b.t.post(&b.own, &format!("{path}/answer"), &json!({ "coming": true })).await;
    assert_eq!(coming.status, StatusCode::OK, "{coming:?}");
    let read = format!("/experts/{}/availability?from=2025-10-14&until=2025-10-14", b.expert.id);
    let day = b.t.get(&b.officer, &read).await.body["half_days"].clone();
    assert!(day[0]["meeting"].as_str().unwrap().starts_with("REU-"), "{day}");
    assert_eq!((&day[0]["taken"], &day[1]["meeting"]), (&json!(true), &Value::Null), "{day}");
    let proposed = b.try_propose(&jury).await;
    assert_eq!(proposed.status, StatusCode::CREATED, "{proposed:?}");
    let notes = proposed.body["notes"].to_string();
    assert!(notes.contains("Anne-Lise Abel a dit venir à la réunion REU-"), "{notes}");
    let away = b.t.post(&b.own, &format!("{path}/answer"), &json!({ "coming": false })).await;
    assert_eq!(away.status, StatusCode::OK, "{away:?}");
    let day = b.t.get(&b.officer, &read).await.body["half_days"].clone();
    assert_eq!((&day[0]["meeting"], &day[0]["taken"]), (&Value::Null, &json!(false)), "{day}");
}

#[tokio::test]
async fn a_guest_who_comes_is_told_what_they_already_hold_on_the_half_days_of_the_meeting() {
    let bench = Bench::new().await;
    bench.accepted().await;
    let planned = bench.t.post(&bench.officer, "/meetings", &crate::meetings::planned("2025-10-20")).await;
    let path = format!("/meetings/{}", planned.body["meeting"]["id"].as_str().unwrap());
    let sent = bench.t.post(&bench.officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!((sent.status, &sent.body["notes"]), (StatusCode::OK, &json!([])), "{sent:?}");
    let away = bench.t.post(&bench.own, &format!("{path}/answer"), &json!({ "coming": false })).await;
    assert_eq!(away.body["notes"], json!([]), "{away:?}");
    let coming = bench.t.post(&bench.own, &format!("{path}/answer"), &json!({ "coming": true })).await;
    assert_eq!(coming.body["guests"][0]["answer"], "coming", "{coming:?}");
    let note = coming.body["notes"][0].as_str().unwrap();
    assert!(note.starts_with("Sur la même demi-journée") && note.contains("Mission MIS-"), "{note}");
}

#[tokio::test]
async fn a_second_proposal_for_the_same_half_day_is_told_and_not_refused() {
    let b = Bench::new().await;
    b.propose(&b.jury(&b.expert)).await;
    let second = b.try_propose(&b.jury(&b.expert)).await;
    assert_eq!(second.status, StatusCode::CREATED, "{second:?}");
    let said = "La mission MIS-2025-0001, sur les mêmes demi-journées, est déjà proposée à Anne-Lise Abel, qui n’a pas encore répondu.";
    assert_eq!(second.body["notes"], json!([said]));
    let path = format!("/missions/nouvelle?intervenant={}", b.expert.number);
    let mut fields = vec![
        ("object", "jury"),
        ("title", "Jury à Nevers"),
        ("siren", b.structure.siren.as_str()),
        ("starts_on", "2025-10-20"),
        ("starts_time", "14:00"),
        ("ends_time", "17:00"),
    ];
    b.t.effects().await;
    let (status, _, page) = b.t.submit(&b.officer, &path, &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(said) && page.contains("La mission MIS-2025-0002"), "{page}");
    assert!(b.t.effects().await.events.is_empty(), "asking does nothing");
    fields.push(("absence_connue", "2025-10-20"));
    let (status, location, _) = b.t.submit(&b.officer, &path, &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/missions/MIS-2025-0003"));
}
