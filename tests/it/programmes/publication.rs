//! A sheet is drafted, published, followed by another; a programme is retired and prepared again.

use entity::account_role::Role;
use entity::programme_version::{self, VersionState};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};

use super::{publish, published, put, recorded, whole};
use crate::support::TestApp;

fn numbers(body: &Value) -> Vec<(i64, &str)> {
    let rows = body["versions"].as_array().unwrap().iter();
    rows.map(|row| (row["number"].as_i64().unwrap(), row["state"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_sheet_is_published_once_nothing_lacks_and_is_replaced_by_the_next() {
    let t = TestApp::new().await;
    let (officer, manager) = (t.person(Role::Officer).await, t.person(Role::Manager).await);
    t.effects().await;
    let path = recorded(&t, &officer).await;
    let read = t.get(&officer, &path).await;
    assert_eq!((&read.body["state"], &read.body["slug"]), (&json!("draft"), &json!("gestes-et-postures")));
    assert_eq!(numbers(&read.body), [(1, "draft")]);
    let sheet = t.get(&officer, &format!("{path}/sheet")).await;
    assert_eq!(sheet.body["sheet"]["title"], "Gestes et postures");

    let empty = publish(&t, &manager, &path).await;
    assert_eq!((empty.status, empty.code()), (StatusCode::UNPROCESSABLE_ENTITY, "programme-incomplete"));
    let lacks = empty.pointers();
    assert_eq!(lacks.len(), 23, "{lacks:?}");
    assert!(lacks.contains(&"/goal") && lacks.contains(&"/prices") && !lacks.contains(&"/title"));
    let told: Vec<_> =
        sheet.body["gaps"].as_array().unwrap().iter().map(|gap| gap["pointer"].as_str().unwrap()).collect();
    assert_eq!(told, lacks, "the draft tells it before");

    let done = put(&t, &officer, &path, &whole()).await;
    assert_eq!(done.body["gaps"], json!([]), "{done:?}");
    assert_eq!(publish(&t, &officer, &path).await.status, StatusCode::FORBIDDEN, "an officer prepares");
    assert_eq!(t.post(&manager, &format!("{path}/publish"), &json!({})).await.status, 428);
    assert_eq!(t.post_at(&manager, &format!("{path}/publish"), 1).await.status, 412);
    let done = publish(&t, &manager, &path).await;
    assert_eq!((done.status, &done.body["state"]), (StatusCode::OK, &json!("published")), "{done:?}");
    let again = t.post_at(&manager, &format!("{path}/publish"), 3).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "no-programme-draft"));

    let opened = t.post(&officer, &format!("{path}/draft"), &json!({})).await;
    assert_eq!((opened.status, &opened.body["number"]), (StatusCode::CREATED, &json!(2)), "{opened:?}");
    assert_eq!(opened.body["sheet"], done.body["sheet"], "a copy of the latest");
    let twice = t.post(&officer, &format!("{path}/draft"), &json!({})).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "programme-draft-open"));
    let mut changed = whole();
    changed["title"] = json!("Gestes, postures et charges");
    put(&t, &officer, &path, &changed).await;
    assert_eq!(t.get(&officer, &path).await.body["title"], "Gestes et postures", "what is published is told");
    assert_eq!(publish(&t, &manager, &path).await.status, StatusCode::OK);
    let read = t.get(&officer, &path).await;
    assert_eq!(numbers(&read.body), [(2, "published"), (1, "superseded")]);
    assert_eq!(read.body["title"], "Gestes, postures et charges");
    let first = t.get(&officer, &format!("{path}/sheet?number=1")).await;
    assert_eq!(first.body["sheet"]["title"], "Gestes et postures", "what was sold stays");
    let expected = ["created", "draft_changed", "published", "draft_opened", "draft_changed", "published"];
    let effects = t.effects().await;
    assert_eq!(effects.events, expected.map(|what| format!("programme.{what}")));
    assert!(effects.mails.is_empty() && effects.jobs.is_empty());
}

#[tokio::test]
async fn every_fault_of_a_sheet_is_told_at_once_and_changes_nothing() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = recorded(&t, &officer).await;
    t.effects().await;
    let mut wrong = whole();
    wrong["group_max"] = json!(2);
    wrong["nsf"] = json!("34");
    wrong["formacodes"] = json!(["abc"]);
    wrong["prices"][0]["amount_cents"] = json!(-1);
    wrong["modules"][0]["skills"] = json!(["C1"]);
    wrong["certification_version_id"] = json!(t.app.new_id());
    let refused = t.put(&officer, &format!("{path}/draft"), Some(1), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // the skills of a certification that is not there are taken out before anything is said of them
    let expected =
        ["/certification_version_id", "/group_max", "/nsf", "/formacodes/0", "/prices/0/amount_cents"];
    assert_eq!(refused.pointers(), expected);
    let unseen = t.put(&officer, &format!("{path}/draft"), None, &whole()).await;
    assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED, "a draft is there: it must have been read");
    let stale = t.put(&officer, &format!("{path}/draft"), Some(7), &whole()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert!(t.effects().await.events.is_empty());
    assert_eq!(t.get(&officer, &format!("{path}/sheet")).await.body["sheet"]["goal"], "");
}

#[tokio::test]
async fn a_code_an_address_and_a_reference_are_those_of_one_programme() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = recorded(&t, &officer).await;
    let same = json!({ "code": "gestes", "title": "Gestes et postures", "theme": "sector" });
    let refused = t.post(&officer, "/programmes", &same).await;
    assert_eq!(
        (refused.status, refused.pointers()),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["/code", "/slug"])
    );
    let other = json!({ "code": "AUTRE", "title": "Autre", "theme": "sector", "external_ref": "R-1" });
    assert_eq!(t.post(&officer, "/programmes", &other).await.status, StatusCode::CREATED);
    let change = json!({ "code": "AUTRE", "external_ref": "R-1", "recycling_months": 0 });
    let refused = t.patch(&officer, &path, Some(1), &change).await;
    assert_eq!(refused.pointers(), ["/recycling_months"], "what cannot be read is told first");
    let change = json!({ "code": "AUTRE", "external_ref": "R-1" });
    let refused = t.patch(&officer, &path, Some(1), &change).await;
    assert_eq!(refused.pointers(), ["/code", "/external_ref"]);
    let change = json!({ "theme": "management", "recycling_months": 24, "trainer_right": "epsp" });
    let done = t.patch(&officer, &path, Some(1), &change).await;
    assert_eq!((done.status, &done.body["recycling_months"]), (StatusCode::OK, &json!(24)), "{done:?}");
    assert_eq!(t.patch(&officer, &path, Some(1), &change).await.status, StatusCode::PRECONDITION_FAILED);
    let cleared = t.patch(&officer, &path, Some(2), &json!({ "recycling_months": null })).await;
    assert_eq!((cleared.status, &cleared.body["recycling_months"]), (StatusCode::OK, &Value::Null));
}

#[tokio::test]
async fn a_draft_is_thrown_away_unless_nothing_would_be_left() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = published(&t).await;
    t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    assert_eq!(t.delete(&manager, &format!("{path}/draft")).await.status, StatusCode::NO_CONTENT);
    let none = t.delete(&manager, &format!("{path}/draft")).await;
    assert_eq!((none.status, none.code()), (StatusCode::CONFLICT, "no-programme-draft"));
    let body = json!({ "code": "SEULE", "title": "Seule", "theme": "sector" });
    let only = t.post(&manager, "/programmes", &body).await;
    let only = format!("/programmes/{}/draft", only.body["id"].as_str().unwrap());
    let refused = t.delete(&manager, &only).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "programme-only-sheet"));
}

#[tokio::test]
async fn a_programme_leaves_the_catalogue_and_comes_back_as_a_draft() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = published(&t).await;
    let at = t.get(&manager, &path).await.body["version"].as_i64().unwrap();
    let at = i32::try_from(at).unwrap();
    t.effects().await;
    let stale = t.post_at(&manager, &format!("{path}/retire"), at - 1).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let done = t.post_at(&manager, &format!("{path}/retire"), at).await;
    assert_eq!((done.status, &done.body["state"]), (StatusCode::OK, &json!("retired")), "{done:?}");
    assert_eq!(numbers(&done.body), [(1, "superseded")], "nothing of it is offered");
    let twice = t.post_at(&manager, &format!("{path}/retire"), at + 1).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "programme-step"));
    t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    let refused = publish(&t, &manager, &path).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "programme-step"));
    let done = t.post_at(&manager, &format!("{path}/restore"), at + 1).await;
    assert_eq!((done.status, &done.body["state"]), (StatusCode::OK, &json!("draft")), "{done:?}");
    assert_eq!(publish(&t, &manager, &path).await.status, StatusCode::OK);
    let events = t.effects().await.events;
    let expected = ["retired", "draft_opened", "restored", "published"];
    assert_eq!(events, expected.map(|what| format!("programme.{what}")));
}

#[tokio::test]
async fn the_database_holds_one_draft_and_one_published_sheet() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = published(&t).await;
    t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    let rows = programme_version::Entity::find().all(t.app.db.read()).await.unwrap();
    let draft = rows.iter().find(|row| row.state == VersionState::Draft).unwrap();
    let second = programme_version::ActiveModel {
        id: Set(draft.id),
        state: Set(VersionState::Published),
        published_at: Set(Some(t.app.now().into())),
        ..Default::default()
    };
    assert!(second.update(t.app.db.bookkeeping()).await.is_err());
}
