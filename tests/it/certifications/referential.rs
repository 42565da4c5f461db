//! Referentials through the API: drafts, publication, what is frozen.

use entity::account_role::Role;
use entity::ids::BlocId;
use entity::{access_route, bloc, certification_version, referential};
use parchemin::features::certifications::queries::referential::{document, revisions};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::TestApp;

fn path_of(version: &certification_version::Model) -> String {
    format!("/certifications/{}/versions/{}/referential", version.certification_id, version.id)
}

/// A referential that lacks nothing, for a version in no register.
pub fn whole() -> Value {
    let routes: Vec<Value> = ["fc", "contrat_pro", "ca", "fi", "vae", "candidat_libre"]
        .iter()
        .map(|way| json!({ "way": way, "allowed": *way == "fc" }))
        .collect();
    json!({
        "families": ["Savoirs d’essai"],
        "blocs": [
            { "code": "B1", "title": "Premier bloc d’essai" },
            { "code": "B2", "title": "Second bloc d’essai", "optional": true },
        ],
        "skills": [
            { "code": "C1", "wording": "Faire un essai", "family": "Savoirs d’essai", "criteria": ["Le geste est sûr"], "bloc": "B1" },
            { "code": "C2", "wording": "Refaire un essai", "bloc": "B2" },
        ],
        "epreuves": [
            { "code": "E1", "kind": "entretien", "scale": "numeric", "threshold": 10, "out_of": 20, "minutes": 30, "blocs": ["B1"] },
            { "code": "E2", "kind": "observation_situation", "scale": "four_levels", "threshold": 3, "skills": ["C2"] },
        ],
        "routes": routes,
    })
}

#[tokio::test]
async fn a_referential_is_drafted_published_and_followed_by_a_new_revision() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let (officer, manager) = (t.person(Role::Officer).await, t.person(Role::Manager).await);
    let path = path_of(&version);
    t.effects().await;
    assert_eq!(t.get(&manager, &path).await.code(), "no-referential");

    let put = t.put(&officer, &format!("{path}/draft"), None, &whole()).await;
    assert_eq!((put.status, &put.body["revision"]), (StatusCode::OK, &json!(1)), "{:?}", put.body);
    assert_eq!((&put.body["gaps"], &put.body["state"]), (&json!([]), &json!("draft")));
    assert_eq!(put.body["document"]["jury"]["max_per_half_day"], 6, "what is left out is what is proposed");
    assert_eq!(put.body["document"]["epreuves"][1]["skills"], json!(["C2"]));
    let at = i32::try_from(put.body["version"].as_i64().unwrap()).unwrap();

    assert_eq!(t.post_at(&officer, &format!("{path}/publish"), at).await.status, StatusCode::FORBIDDEN);
    let stale = t.post_at(&manager, &format!("{path}/publish"), at - 1).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let unseen = t.post(&manager, &format!("{path}/publish"), &json!({})).await;
    assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED);
    let published = t.post_at(&manager, &format!("{path}/publish"), at).await;
    assert_eq!((published.status, &published.body["state"]), (StatusCode::OK, &json!("published")));
    let again = t.post_at(&manager, &format!("{path}/publish"), at + 1).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "no-referential-draft"));

    let opened = t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    assert_eq!((opened.status, &opened.body["revision"]), (StatusCode::CREATED, &json!(2)));
    assert_eq!(opened.body["document"], published.body["document"], "a copy of the latest");
    let twice = t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "referential-draft-open"));
    let mut changed = whole();
    changed["skills"][0]["wording"] = json!("Faire autrement");
    let unseen = t.put(&manager, &format!("{path}/draft"), None, &changed).await;
    assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED, "a draft is there: it must have been read");
    let put = t.put(&manager, &format!("{path}/draft"), Some(1), &changed).await;
    assert_eq!((put.status, &put.body["revisions"]), (StatusCode::OK, &json!([2, 1])));

    let trainee = t.person(Role::Trainee).await;
    let read = t.get(&trainee, &path).await;
    assert_eq!(
        (&read.body["revision"], &read.body["revisions"]),
        (&json!(1), &json!([1])),
        "drafts stay inside"
    );
    assert_eq!(read.body["document"]["skills"][0]["wording"], "Faire un essai", "what is published stays");
    assert_eq!(t.get(&trainee, &format!("{path}?revision=2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.get(&manager, &format!("{path}?revision=1")).await.body["state"], "published");
    assert_eq!(t.delete(&manager, &format!("{path}/draft")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(t.get(&manager, &path).await.body["revision"], 1);
    let expected = ["opened", "changed", "published", "opened", "changed", "discarded"];
    let events: Vec<_> = expected.iter().map(|what| format!("referential.{what}")).collect();
    assert_eq!(t.effects().await.events, events);
}

#[tokio::test]
async fn what_cannot_be_kept_or_lacks_is_told_whole_and_changes_nothing() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let path = path_of(&version);
    let mut wrong = whole();
    wrong["blocs"][1]["code"] = json!("b1");
    wrong["skills"][0]["wording"] = json!(" ");
    wrong["epreuves"][0]["threshold"] = json!(21);
    let refused = t.put(&manager, &format!("{path}/draft"), None, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.pointers(),
        ["/blocs/1/code", "/skills/0/wording", "/skills/1/bloc", "/epreuves/0/threshold"]
    );
    assert_eq!(t.get(&manager, &path).await.status, StatusCode::NOT_FOUND, "no draft was opened");

    let mut holes = whole();
    holes["epreuves"] = json!([]);
    holes["routes"][4]["allowed"] = json!(true);
    let put = t.put(&manager, &format!("{path}/draft"), None, &holes).await;
    let expected = ["/blocs/0", "/blocs/1", "/epreuves", "/routes/4/allowed"];
    let gaps: Vec<_> =
        put.body["gaps"].as_array().unwrap().iter().map(|gap| gap["pointer"].as_str().unwrap()).collect();
    assert_eq!((put.status, gaps.as_slice()), (StatusCode::OK, expected.as_slice()));
    t.effects().await;
    let refused = t.post_at(&manager, &format!("{path}/publish"), 2).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::UNPROCESSABLE_ENTITY, "referential-incomplete")
    );
    assert_eq!(refused.pointers(), expected);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_version_of_the_specific_register_has_no_bloc_and_no_vae() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let entry = json!({ "register": "rs", "number": "RS0000", "starts_on": "2025-09-01" });
    let versions = format!("/certifications/{}/versions/{}", version.certification_id, version.id);
    assert_eq!(
        t.post(&manager, &format!("{versions}/registrations"), &entry).await.status,
        StatusCode::CREATED
    );
    let path = path_of(&version);
    let mut document = whole();
    document["routes"][4]["allowed"] = json!(true);
    t.put(&manager, &format!("{path}/draft"), None, &document).await;
    let refused = t.post_at(&manager, &format!("{path}/publish"), 2).await;
    assert_eq!(refused.pointers(), ["/blocs", "/routes/4/allowed"]);
    document["routes"][4]["allowed"] = json!(false);
    document["blocs"] = json!([]);
    for skill in document["skills"].as_array_mut().unwrap() {
        skill.as_object_mut().unwrap().remove("bloc");
    }
    document["epreuves"][0]["blocs"] = json!([]);
    document["epreuves"][0]["skills"] = json!(["C1"]);
    let put = t.put(&manager, &format!("{path}/draft"), Some(2), &document).await;
    assert_eq!(put.body["gaps"], json!([]), "{:?}", put.body);
    assert_eq!(t.post_at(&manager, &format!("{path}/publish"), 3).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_in_toml_is_imported_and_one_that_cannot_be_read_says_so() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_EPSP").await;
    let manager = t.person(Role::Manager).await;
    let path = format!("{}/draft/file", path_of(&version));
    let text = "families = [\"Savoir-être\"]\n[[skills]]\ncode = \"c1\"\nwording = \"Faire un essai\"\n[results]\npartial_allowed = false\n";
    let put = t.put_text(&manager, &path, None, text).await;
    assert_eq!(put.status, StatusCode::OK, "{:?}", put.body);
    let document = &put.body["document"];
    assert_eq!(
        (&document["skills"][0]["code"], &document["results"]["resit_years"]),
        (&json!("C1"), &json!(5))
    );
    assert_eq!(document["results"]["partial_allowed"], false);
    let wrong = t.put_text(&manager, &path, Some(2), "skils = []").await;
    assert_eq!((wrong.status, wrong.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/document"]));
}

#[tokio::test]
async fn only_staff_read_and_change_drafts() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let path = path_of(&version);
    for role in [Role::Auditor, Role::Trainee, Role::Admin] {
        let person = t.person(role).await;
        for answer in [
            t.put(&person, &format!("{path}/draft"), None, &whole()).await,
            t.put_text(&person, &format!("{path}/draft/file"), None, "").await,
            t.post(&person, &format!("{path}/draft"), &json!({})).await,
            t.delete(&person, &format!("{path}/draft")).await,
            t.post_at(&person, &format!("{path}/publish"), 1).await,
        ] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}: {:?}", answer.body);
        }
        assert_eq!(t.get(&person, &path).await.status, StatusCode::NOT_FOUND);
    }
    let other = t.certification_version("CQP_EPSP").await;
    let manager = t.person(Role::Manager).await;
    let crossed = format!("/certifications/{}/versions/{}/referential", other.certification_id, version.id);
    assert_eq!(
        t.put(&manager, &format!("{crossed}/draft"), None, &whole()).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(revisions(t.app.db.read(), version.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_what_was_published() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let path = path_of(&version);
    t.put(&manager, &format!("{path}/draft"), None, &whole()).await;
    assert_eq!(t.post_at(&manager, &format!("{path}/publish"), 2).await.status, StatusCode::OK);
    let conn = t.app.db.bookkeeping();
    let row = revisions(conn, version.id).await.unwrap().remove(0);
    let before = document(conn, &row).await.unwrap();
    let kept = bloc::Entity::find().filter(bloc::Column::ReferentialId.eq(row.id)).all(conn).await.unwrap();
    let rename =
        |id: BlocId| bloc::ActiveModel { id: Set(id), title: Set("Autre".to_owned()), ..Default::default() };
    assert!(rename(kept[0].id).update(conn).await.is_err());
    let routes = access_route::Entity::delete_many().filter(access_route::Column::ReferentialId.eq(row.id));
    assert!(routes.exec(conn).await.is_err());
    assert!(referential::Entity::delete_by_id(row.id).exec(conn).await.is_err());
    let reopened = referential::ActiveModel { id: Set(row.id), revision: Set(9), ..Default::default() };
    assert!(reopened.update(conn).await.is_err());
    assert_eq!(document(conn, &row).await.unwrap(), before);
}

#[tokio::test]
async fn what_stands_on_a_version_is_counted() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let structure = t.structure("Ateliers du Port").await;
    let path = format!("/certifications/{}/versions/{}/consequences", version.certification_id, version.id);
    let weighed = t.get(&manager, &path).await;
    assert_eq!(weighed.etag.as_deref(), Some("\"1\""), "that of the version, to change it");
    let empty = weighed.body;
    assert_eq!(
        (&empty["in_use"], &empty["open_today"], &empty["draft_requests"]),
        (&json!(true), &json!(true), &json!(0))
    );
    let new = json!({
        "structure_id": structure.id,
        "certification_version_id": version.id,
        "kind": "first",
        "role": "train_and_organise",
    });
    assert_eq!(t.post(&manager, "/agreement-requests", &new).await.status, StatusCode::CREATED);
    let one = t.get(&manager, &path).await.body;
    assert_eq!(
        (&one["draft_requests"], &one["requests"], &one["agreements"]),
        (&json!(1), &json!(0), &json!(0))
    );
}
