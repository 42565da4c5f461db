//! Recording experts and granting habilitations.

use entity::account_role::Role;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::json;
use time::macros::date;

use crate::support::TestApp;

#[tokio::test]
async fn an_expert_is_recorded_numbered_and_habilitated() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let body = json!({
        "family_name": "N’Guyen-d’Arc", "first_names": "Zoé", "email": "zoe@intervenants.exemple",
        "status": "independent", "department": "2a",
    });
    let created = t.post(&officer, "/experts", &body).await;
    assert_eq!(created.status, StatusCode::CREATED, "{:?}", created.body);
    assert_eq!((&created.body["number"], &created.body["region"]), (&json!("INT-0001"), &json!("94")));
    let path = format!("/experts/{}", created.body["id"].as_str().unwrap());
    let grant = json!({ "duty": "controleur", "starts_on": "2025-10-06", "regions": ["94"] });
    let granted = t.post(&officer, &format!("{path}/habilitations"), &grant).await;
    assert_eq!(granted.status, StatusCode::CREATED, "{:?}", granted.body);
    assert_eq!(granted.body["habilitations"][0]["ends_on"], "2028-10-05");
    let again = t.post(&officer, &format!("{path}/habilitations"), &grant).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "habilitation-overlap"));
    let other_duty = json!({ "duty": "epsp", "starts_on": "2025-10-06" });
    assert_eq!(
        t.post(&officer, &format!("{path}/habilitations"), &other_duty).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        t.effects().await.events,
        ["expert.created", "habilitation.recorded", "habilitation.recorded"]
    );
}

#[tokio::test]
async fn an_address_is_that_of_one_person() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let body = |email: &str| {
        json!({
            "family_name": "N’Guyen-d’Arc", "first_names": "Zoé", "email": email, "status": "independent",
            "department": "973",
        })
    };
    let first = t.post(&officer, "/experts", &body("zoe@intervenants.exemple")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    let again = t.post(&officer, "/experts", &body("ZOE@intervenants.exemple")).await;
    assert_eq!((again.status, again.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/email"]));
    let other = t.post(&officer, "/experts", &body("lea@intervenants.exemple")).await;
    let path = |answer: &crate::support::Answer| format!("/experts/{}", answer.body["id"].as_str().unwrap());
    let taken =
        t.patch(&officer, &path(&other), Some(1), &json!({ "email": "zoe@intervenants.exemple" })).await;
    assert_eq!(taken.pointers(), ["/email"]);
    let same =
        t.patch(&officer, &path(&first), Some(1), &json!({ "email": "Zoe@intervenants.exemple" })).await;
    assert_eq!(same.status, StatusCode::OK, "{same:?}");
}

#[tokio::test]
async fn the_list_filters_by_duty_region_day_and_name_and_pages_hold() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    for (name, duty, regions) in [
        ("Éloi", Duty::Controleur, vec!["27", "11"]),
        ("Abel", Duty::Controleur, vec![]),
        ("Zéphyr", Duty::Mandataire, vec!["27"]),
        ("Faure", Duty::Controleur, vec!["53"]),
    ] {
        let expert = t.expert(name).await;
        t.habilitate(expert.id, duty, None, &regions).await;
    }
    for (query, expected) in [
        ("", vec!["Abel", "Éloi", "Faure", "Zéphyr"]),
        ("?duty=controleur&region=27", vec!["Abel", "Éloi"]),
        ("?duty=controleur&region=27&valid_on=2030-01-01", vec![]),
        ("?q=eloi", vec!["Éloi"]),
        ("?q=int%200004", vec!["Faure"]),
        ("?limit=3", vec!["Abel", "Éloi", "Faure"]),
        ("?duty=mandataire&state=active", vec!["Zéphyr"]),
        ("?duty=mandataire&state=withdrawn", vec![]),
    ] {
        let answer = t.get(&officer, &format!("/experts{query}")).await;
        let items = answer.body["items"].as_array().unwrap();
        let names: Vec<_> = items.iter().map(|item| item["family_name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{query}");
    }
    let counts = parchemin::features::experts::queries::head_counts(t.app.db.read(), date!(2025 - 10 - 06))
        .await
        .unwrap();
    assert_eq!(counts, [(Duty::Mandataire, 1), (Duty::Controleur, 3), (Duty::Epsp, 0)].into());
}

#[tokio::test]
async fn an_auditor_reads_and_a_structure_does_not_even_see() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let path = format!("/experts/{}", expert.id);
    let change = json!({ "employer": "CEF" });
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.get(&auditor, &path).await.status, StatusCode::OK);
    assert_eq!(t.patch(&auditor, &path, Some(2), &change).await.status, StatusCode::FORBIDDEN);
    let account = t.of_structure(structure.id).await;
    assert_eq!(t.get(&account, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.patch(&account, &path, Some(2), &change).await.status, StatusCode::NOT_FOUND);
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.patch(&officer, &path, Some(1), &change).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(t.patch(&officer, &path, Some(2), &change).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_files_of_habilitation_are_listed_to_those_who_see_them() {
    let t = TestApp::new().await;
    let (officer, structure) = (t.person(Role::Officer).await, t.person(Role::Structure).await);
    let expert = t.controller("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    t.controller("Faure").await;
    let own = t.of_expert(expert.id).await;
    let keys = |body: &serde_json::Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap().iter();
        items.map(|item| item["habilitation"]["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = keys(&t.get(&officer, "/habilitations").await.body);
    assert_eq!(all.len(), 3);
    let mut paged = Vec::new();
    let mut path = "/habilitations?limit=2".to_owned();
    loop {
        let page = t.get(&officer, &path).await.body;
        paged.extend(keys(&page));
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("/habilitations?limit=2&cursor={next}");
    }
    assert_eq!(paged, all, "newest first, page after page");
    let of_expert = format!("expert_id={}&duty=controleur", expert.id);
    for (query, count) in [
        ("duty=mandataire", 1),
        ("state=active", 3),
        ("state=withdrawn", 0),
        (of_expert.as_str(), 1),
        ("q=ABEL", 2),
        ("q=introuvable", 0),
    ] {
        let found = t.get(&officer, &format!("/habilitations?{query}")).await;
        assert_eq!(keys(&found.body).len(), count, "{query}: {found:?}");
    }
    let mine = t.get(&own, "/habilitations").await.body;
    assert_eq!(keys(&mine).len(), 2);
    assert!(mine["items"].as_array().unwrap().iter().all(|item| item["expert_id"] == expert.id.to_string()));
    assert_eq!(t.get(&structure, "/habilitations").await.body["items"], json!([]));
}
