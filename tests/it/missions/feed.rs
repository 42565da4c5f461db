//! The calendar that other programs read.

use poem::http::StatusCode;
use serde_json::{Value, json};

use super::bench::{Bench, invited, property};

async fn read(bench: &Bench, url: &str) -> (StatusCode, String) {
    let path = &url[url.find("/agenda/").unwrap()..];
    let response = bench.t.client.get(path).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

async fn open(bench: &Bench) -> String {
    let answer = bench.t.post(&bench.own, "/missions/feed", &Value::Null).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_feed_gives_local_hours_before_and_after_the_change_of_hour() {
    let bench = Bench::new().await;
    for (day, department) in [
        ("2025-10-24", "58"),
        ("2025-10-27", "58"),
        ("2025-10-21", "973"),
        ("2025-10-28", "973"),
        ("2025-10-22", "974"),
        ("2025-10-29", "974"),
    ] {
        let mut body = bench.jury(&bench.expert);
        body["structure_id"] = Value::Null;
        body["place"] = json!("Salle des fêtes");
        body["department"] = json!(department);
        body["starts_on"] = json!(day);
        let id = bench.propose(&body).await;
        assert_eq!(bench.act(&bench.own, &id, "accept", &Value::Null).await.status, 200, "{day}");
    }
    let url = open(&bench).await;
    let (status, calendar) = read(&bench, &url).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(property(&calendar, "DTSTART;TZID=Europe/Paris"), ["20251024T090000", "20251027T090000"]);
    assert_eq!(property(&calendar, "DTSTART;TZID=America/Cayenne"), ["20251021T090000", "20251028T090000"]);
    assert_eq!(property(&calendar, "DTSTART;TZID=Indian/Reunion"), ["20251022T090000", "20251029T090000"]);
    assert_eq!(property(&calendar, "TZID"), ["America/Cayenne", "Europe/Paris", "Indian/Reunion"]);
}

#[tokio::test]
async fn what_is_cancelled_leaves_the_feed() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let url = open(&bench).await;
    let (_, calendar) = read(&bench, &url).await;
    assert_eq!(property(&calendar, "UID"), [format!("mission-{id}@parchemin")]);
    assert_eq!(
        bench.act(&bench.officer, &id, "cancel", &json!({ "reason": "Locaux fermés" })).await.status,
        200
    );
    let (_, calendar) = read(&bench, &url).await;
    assert!(property(&calendar, "UID").is_empty());
}

#[tokio::test]
async fn meetings_stand_in_the_agenda_and_in_the_feed_until_they_are_declined() {
    let bench = Bench::new().await;
    bench.accepted().await;
    let meeting = invited(&bench).await;
    let uid = format!("meeting-{}@parchemin", meeting.rsplit('/').next().unwrap());
    let url = open(&bench).await;
    let (_, calendar) = read(&bench, &url).await;
    assert_eq!(property(&calendar, "UID").len(), 2, "{calendar}");
    assert!(property(&calendar, "UID").contains(&uid.as_str()), "{calendar}");
    let starts = property(&calendar, "DTSTART;TZID=Europe/Paris");
    assert!(starts.contains(&"20251014T100000"), "{calendar}");
    let (_, page) = bench.t.open(&bench.own, "/agenda").await;
    assert!(page.contains("REU-2025-0001") && page.contains("Sans réponse"), "{page}");
    let answer = format!("{meeting}/answer");
    bench.t.post(&bench.own, &answer, &json!({ "coming": true })).await;
    let (_, page) = bench.t.open(&bench.own, "/agenda").await;
    assert!(page.contains("REU-2025-0001") && page.contains("Sera là"), "{page}");
    bench.t.post(&bench.own, &answer, &json!({ "coming": false })).await;
    let (_, page) = bench.t.open(&bench.own, "/agenda").await;
    assert!(page.contains("MIS-2025-0001") && !page.contains("REU-2025-0001"), "{page}");
    let (_, calendar) = read(&bench, &url).await;
    assert_eq!(property(&calendar, "UID").len(), 1, "{calendar}");
}

#[tokio::test]
async fn an_address_is_secret_replaced_and_closed() {
    let bench = Bench::new().await;
    assert_eq!(bench.t.post(&bench.officer, "/missions/feed", &Value::Null).await.status, 404);
    let first = open(&bench).await;
    let second = open(&bench).await;
    assert_eq!(read(&bench, &first).await.0, StatusCode::NOT_FOUND);
    assert_eq!(read(&bench, &second).await.0, StatusCode::OK);
    let (status, page) = bench.t.open(&bench.own, "/agenda").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Remplacer l’adresse") && !page.contains(second.rsplit('/').next().unwrap()));
    assert_eq!(bench.t.post(&bench.own, "/missions/feed/close", &Value::Null).await.status, 204);
    assert_eq!(read(&bench, &second).await.0, StatusCode::NOT_FOUND);
    assert_eq!(bench.t.post(&bench.own, "/missions/feed/close", &Value::Null).await.status, 404);
    assert_eq!(
        bench.t.effects().await.events,
        ["agenda_feed.opened", "agenda_feed.opened", "agenda_feed.closed"]
    );
    let (status, _, page) = bench.t.submit(&bench.own, "/agenda/adresse", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("/agenda/") && page.contains(".ics"), "told once");
}
