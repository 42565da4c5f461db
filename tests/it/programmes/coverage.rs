//! A certifying sheet covers the whole of what it aims at before it is published.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::{publish, put, whole};
use crate::certifications;
use crate::support::TestApp;

/// A sheet that aims at a version, with one module that covers these skills.
fn certifying(version: impl std::fmt::Display, skills: &[&str]) -> Value {
    let mut sheet = whole();
    sheet["sanction"] = json!("certification");
    sheet["certification_version_id"] = json!(version.to_string());
    for field in ["equivalences", "bridges", "follow_ups", "outlets"] {
        sheet[field] = json!("Dit.");
    }
    sheet["modules"][0]["skills"] = json!(skills);
    sheet
}

#[tokio::test]
async fn what_no_module_covers_is_told_until_every_skill_is() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let referential =
        format!("/certifications/{}/versions/{}/referential", version.certification_id, version.id);
    t.put(&manager, &format!("{referential}/draft"), None, &certifications::whole()).await;
    assert_eq!(t.post_at(&manager, &format!("{referential}/publish"), 2).await.status, StatusCode::OK);

    let body = json!({ "code": "SP", "title": "Salarié polyvalent", "theme": "sector" });
    let plain = t.post(&manager, "/programmes", &body).await;
    let plain = format!("/programmes/{}", plain.body["id"].as_str().unwrap());
    let refused = t.put(&manager, &format!("{plain}/draft"), Some(1), &certifying(version.id, &[])).await;
    assert_eq!(refused.pointers(), ["/certification_version_id"], "the programme prepares none");
    let change = json!({ "certification_id": version.certification_id });
    assert_eq!(t.patch(&manager, &plain, Some(1), &change).await.status, StatusCode::OK);

    let put_first = put(&t, &manager, &plain, &certifying(version.id, &["C1"])).await;
    let gaps = put_first.body["gaps"].as_array().unwrap();
    assert_eq!((gaps.len(), &gaps[0]["pointer"]), (1, &json!("/coverage")), "{gaps:?}");
    let refused = publish(&t, &manager, &plain).await;
    assert_eq!(refused.pointers(), ["/coverage"]);
    let matrix = t.get(&manager, &format!("{plain}/coverage")).await.body;
    assert_eq!((&matrix["uncovered"], &matrix["modules"]), (&json!(1), &json!(["Observer"])));
    let cells: Vec<_> = matrix["skills"].as_array().unwrap().iter().map(|row| &row["modules"]).collect();
    assert_eq!(cells, [&json!([0]), &json!([])]);

    let at = t.get(&manager, &format!("{plain}/sheet")).await.body["version"].as_i64().unwrap();
    let at = i32::try_from(at).unwrap();
    let unknown = certifying(version.id, &["C1", "C9"]);
    let refused = t.put(&manager, &format!("{plain}/draft"), Some(at), &unknown).await;
    assert_eq!(refused.pointers(), ["/modules/0/skills/1"]);
    put(&t, &manager, &plain, &certifying(version.id, &["C1", "C2"])).await;
    let done = publish(&t, &manager, &plain).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(done.body["sheet"]["modules"][0]["skills"], json!(["C1", "C2"]));

    let elsewhere = t.certification_version("CQP_EPSP").await;
    t.post(&manager, &format!("{plain}/draft"), &json!({})).await;
    let at = t.get(&manager, &format!("{plain}/sheet")).await.body["version"].as_i64().unwrap();
    let other = certifying(elsewhere.id, &[]);
    let refused = t.put(&manager, &format!("{plain}/draft"), Some(i32::try_from(at).unwrap()), &other).await;
    assert_eq!(refused.pointers(), ["/certification_version_id"], "of another certification");
    let at = t.get(&manager, &plain).await.body["version"].as_i64().unwrap();
    let change = json!({ "certification_id": null });
    let refused = t.patch(&manager, &plain, Some(i32::try_from(at).unwrap()), &change).await;
    assert_eq!(refused.pointers(), ["/certification_id"], "the draft aims at it");
}

#[tokio::test]
async fn one_bloc_may_be_aimed_at_alone() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let referential =
        format!("/certifications/{}/versions/{}/referential", version.certification_id, version.id);
    t.put(&manager, &format!("{referential}/draft"), None, &certifications::whole()).await;
    t.post_at(&manager, &format!("{referential}/publish"), 2).await;
    let body = json!({
        "code": "SP-B1", "title": "Premier bloc", "theme": "sector", "certification_id": version.certification_id,
    });
    let created = t.post(&manager, "/programmes", &body).await;
    let path = format!("/programmes/{}", created.body["id"].as_str().unwrap());
    let mut sheet = certifying(version.id, &["C1"]);
    sheet["blocs"] = json!(["B1"]);
    let done = put(&t, &manager, &path, &sheet).await;
    assert_eq!(done.body["gaps"], json!([]), "{done:?}");
    assert_eq!(publish(&t, &manager, &path).await.status, StatusCode::OK);
}
