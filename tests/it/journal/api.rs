//! `/api/v1/journal`: who may read, search, proofs that verify, export, verification.

use entity::account_role::Role;
use parchemin::features::journal::file::verify_reader;
use parchemin::rules::merkle::{Hash, verify_consistency, verify_inclusion};
use parchemin::worker::seal::seal_now;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::{note, run, unprotect};
use crate::support::{Person, TestApp};

async fn get(t: &TestApp, who: &Person, path: &str) -> (StatusCode, Value) {
    let answer =
        t.client.get(format!("/api/v1{path}")).header("authorization", format!("Bearer {}", who.token));
    let answer = answer.send().await.0;
    let status = answer.status();
    (status, serde_json::from_str(&answer.into_body().into_string().await.unwrap()).unwrap_or_default())
}

fn hash(value: &Value) -> Hash {
    hex::decode(value.as_str().unwrap()).unwrap().try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

#[tokio::test]
async fn the_journal_is_read_by_those_who_may_and_unknown_to_others() {
    let t = TestApp::new().await;
    let id = note(&t.app, 1).await[0];
    seal_now(&t.app).await.unwrap();
    let pages = [
        "/journal/events".to_owned(),
        format!("/journal/events/{id}"),
        format!("/journal/events/{id}/proof"),
        "/journal/seals".to_owned(),
        "/journal/seals/1/consistency?from=1".to_owned(),
        "/journal/export".to_owned(),
    ];
    for (role, expected) in [
        (Role::Admin, StatusCode::OK),
        (Role::Manager, StatusCode::OK),
        (Role::Auditor, StatusCode::OK),
        (Role::Officer, StatusCode::NOT_FOUND),
        (Role::Trainee, StatusCode::NOT_FOUND),
    ] {
        let person = t.person(role).await;
        for page in &pages {
            assert_eq!(get(&t, &person, page).await.0, expected, "{role:?} {page}");
        }
    }
    for page in &pages {
        let status = t.client.get(format!("/api/v1{page}")).send().await.0.status();
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{page}");
    }
}

#[tokio::test]
async fn a_search_gives_pages_newest_first_and_filters() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    let mut ids = note(&t.app, 5).await;
    ids.reverse();
    seal_now(&t.app).await.unwrap();
    let (mut found, mut path) = (Vec::new(), "/journal/events?limit=2".to_owned());
    loop {
        let (status, page) = get(&t, &auditor, &path).await;
        assert_eq!(status, StatusCode::OK);
        found.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/journal/events?limit=2&cursor={cursor}");
    }
    assert_eq!(found, ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    for (query, count) in [
        ("subject=NOTE-3", 1),
        ("subject=note-3", 1),
        ("subject_kind=note", 5),
        ("subject_kind=other", 0),
        ("name=journal.noted", 5),
        ("actor=00000000-0000-0000-0000-000000000001", 0),
        ("until=2025-10-06T07:00:00Z", 0),
        ("from=2025-10-06T07:00:00Z", 5),
        ("subject_id=00000000-0000-0000-0000-000000000004", 1),
    ] {
        let (status, page) = get(&t, &auditor, &format!("/journal/events?{query}")).await;
        assert_eq!((status, page["items"].as_array().unwrap().len()), (StatusCode::OK, count), "{query}");
    }
    let reversed = "/journal/events?from=2025-10-07T07:00:00Z&until=2025-10-06T07:00:00Z";
    let (status, told) = get(&t, &auditor, reversed).await;
    assert_eq!((status, &told["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("journal-dates-reversed")));
    assert_eq!(told["errors"][0]["pointer"], "/until", "{told}");
    assert_eq!(get(&t, &auditor, "/journal/events?cursor=x").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        get(&t, &auditor, "/journal/events/00000000-0000-0000-0000-000000000001").await.0,
        StatusCode::NOT_FOUND
    );
    let (_, first) = get(&t, &auditor, &format!("/journal/events/{}", ids[4])).await;
    assert_eq!(
        (first["event"]["seq"].as_u64(), first["event"]["subject_label"].as_str()),
        (Some(0), Some("NOTE-0"))
    );
}

#[tokio::test]
async fn proofs_of_every_event_verify_against_the_newest_seal() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    let mut ids = Vec::new();
    for batch in [3, 1, 5, 4] {
        ids.extend(note(&t.app, batch).await);
        seal_now(&t.app).await.unwrap();
    }
    for id in &ids {
        let (status, proof) = get(&t, &auditor, &format!("/journal/events/{id}/proof")).await;
        assert_eq!(status, StatusCode::OK);
        let seal = &proof["seal"];
        let (leaf, seq, size) =
            (hash(&proof["leaf_hash"]), proof["seq"].as_u64(), seal["tree_size"].as_u64());
        let holds = verify_inclusion(
            &leaf,
            seq.unwrap(),
            size.unwrap(),
            &hashes(&proof["path"]),
            &hash(&seal["root"]),
        );
        assert!(holds, "{proof}");
    }
    let waiting = note(&t.app, 1).await[0];
    let (status, problem) = get(&t, &auditor, &format!("/journal/events/{waiting}/proof")).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("event-not-sealed")));
}

#[tokio::test]
async fn each_seal_continues_the_ones_before() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    for batch in [3, 1, 5, 4] {
        note(&t.app, batch).await;
        seal_now(&t.app).await.unwrap();
    }
    let (_, seals) = get(&t, &auditor, "/journal/seals?limit=3").await;
    let sizes: Vec<_> =
        seals["items"].as_array().unwrap().iter().map(|seal| seal["tree_size"].as_u64().unwrap()).collect();
    assert_eq!((sizes, seals["next_cursor"].as_str()), (vec![13, 9, 4], Some("4")));
    for (from, to) in [(3, 4), (3, 13), (4, 9), (9, 13), (13, 13)] {
        let (status, proof) =
            get(&t, &auditor, &format!("/journal/seals/{to}/consistency?from={from}")).await;
        assert_eq!(status, StatusCode::OK);
        let (older, newer) = (hash(&proof["from"]["root"]), hash(&proof["to"]["root"]));
        assert!(verify_consistency(from, to, &older, &newer, &hashes(&proof["path"])), "{proof}");
    }
    for (path, expected) in [
        ("/journal/seals/13/consistency?from=2", StatusCode::NOT_FOUND),
        ("/journal/seals/12/consistency?from=3", StatusCode::NOT_FOUND),
        ("/journal/seals/3/consistency?from=13", StatusCode::UNPROCESSABLE_ENTITY),
        ("/journal/seals/x/consistency?from=13", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(get(&t, &auditor, path).await.0, expected, "{path}");
    }
}

#[tokio::test]
async fn the_exported_file_verifies_and_the_export_is_an_event() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    note(&t.app, 3).await;
    let answer =
        t.client.get("/api/v1/journal/export").header("authorization", format!("Bearer {}", auditor.token));
    let answer = answer.send().await.0;
    let headers = answer.headers().clone();
    assert_eq!(headers["content-disposition"], "attachment; filename=\"journal-3.jsonl\"");
    let body = answer.into_body().into_bytes().await.unwrap();
    let outcome = verify_reader(std::io::Cursor::new(body)).unwrap();
    assert!(outcome.is_intact() && outcome.report().events == 3, "{outcome:?}");
    assert!(t.effects().await.events.contains(&"journal.exported".to_owned()));
}

#[tokio::test]
async fn a_verification_says_what_it_found_and_is_an_event() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    note(&t.app, 3).await;
    seal_now(&t.app).await.unwrap();
    let verify = async || {
        let call = t.client.post("/api/v1/journal/verification");
        let answer = call.header("authorization", format!("Bearer {}", auditor.token)).send().await.0;
        assert_eq!(answer.status(), StatusCode::OK);
        serde_json::from_str::<Value>(&answer.into_body().into_string().await.unwrap()).unwrap()
    };
    let found = verify().await;
    assert_eq!((found["intact"].as_bool(), found["events"].as_u64()), (Some(true), Some(3)));
    unprotect(&t).await;
    run(&t, "UPDATE audit_event SET reason = 'x' WHERE subject_label = 'NOTE-1'").await;
    let found = verify().await;
    assert_eq!(
        (found["intact"].as_bool(), found["divergence"]["kind"].as_str()),
        (Some(false), Some("modified"))
    );
    assert!(t.effects().await.events.ends_with(&["journal.verified".to_owned()]));
}
