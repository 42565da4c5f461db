//! Every tie that data and declarations tell, the same everywhere.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::declared_interest::TieKind;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::date;

use crate::agreements::desk::Desk;
use crate::support::TestApp;

fn told(body: &Value) -> Vec<(&str, &str, &str)> {
    let items = body["items"].as_array().unwrap().iter();
    let mut told: Vec<_> = items
        .map(|item| {
            let text = |name: &str| item[name].as_str().unwrap();
            (text("structure_name"), text("tie"), text("origin"))
        })
        .collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn ties_come_from_employers_groups_visits_and_declarations() {
    let d = Desk::new().await;
    let t = &d.t;
    d.reach(RequestState::VisitDone).await;
    let (expert, manager) = (d.controller.id, &d.manager);
    let employer = t.structure("Ateliers du Port").await;
    let sister = t.structure("Recyclerie du Port").await;
    let path = format!("/experts/{expert}");
    let body = json!({ "structure_id": employer.id.0, "since": "2024-02-01" });
    let answer = t.post(&d.officer, &format!("{path}/employments"), &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let again = t.post(&d.officer, &format!("{path}/employments"), &body).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "employment-running"));
    for structure in [&employer, &sister] {
        let group =
            json!({ "group": if structure.id == sister.id { "groupe  ECLAT" } else { "Groupe Éclat" } });
        let answer = t.post(&d.officer, &format!("/structures/{}/group", structure.id), &group).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
    t.interest(expert, sister.id, TieKind::SupportExpert, Some(date!(2023 - 06 - 30))).await;

    let all = t.get(manager, &format!("{path}/ties")).await.body;
    assert_eq!(
        told(&all),
        [
            ("Ateliers du Port", "employee_board_or_provider", "employment"),
            ("Les Jardins du Morvan", "controller_this_period", "visit"),
            ("Recyclerie du Port", "same_group", "group"),
            ("Recyclerie du Port", "support_expert", "declared"),
        ]
    );
    let reverse = t.get(manager, &format!("/structures/{}/ties", sister.id)).await.body;
    assert_eq!(told(&reverse).len(), 2);
    let group = reverse["items"].as_array().unwrap().iter().find(|item| item["tie"] == "same_group").unwrap();
    assert!(group["source"].as_str().unwrap().contains("Ateliers du Port"));
    let effects: Vec<_> = group["effects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|effect| (effect["duty"].as_str().unwrap(), effect["blocking"].as_bool().unwrap()))
        .collect();
    assert!(effects.contains(&("controller", false)), "{effects:?}");

    let employment = all["items"].as_array().unwrap().iter().find_map(|item| item["employment_id"].as_str());
    let end = format!("{path}/employments/{}/end", employment.unwrap());
    let early = t.post(&d.officer, &end, &json!({ "until": "2024-01-31" })).await;
    assert_eq!((early.status, early.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/until"]));
    assert_eq!(t.post(&d.officer, &end, &json!({ "until": "2025-09-30" })).await.status, StatusCode::OK);
    let over = t.post(&d.officer, &end, &json!({ "until": "2025-09-30" })).await;
    assert_eq!((over.status, over.code()), (StatusCode::CONFLICT, "employment-over"));
    let again = t.post(&d.officer, &format!("{path}/employments"), &body).await;
    assert_eq!(again.status, StatusCode::CREATED, "employed again");
    let out = t.post(&d.officer, &format!("/structures/{}/group", sister.id), &json!({ "group": "" })).await;
    assert_eq!(told(&out.body).len(), 0, "an officer is not told what a person declares");
    let left = t.get(manager, &format!("/structures/{}/ties", sister.id)).await.body;
    assert_eq!(told(&left).len(), 1, "out of the group");
}

#[tokio::test]
async fn what_a_person_declares_is_for_the_manager_and_the_person() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let other = t.controller("Bérard").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    t.interest(expert.id, structure.id, TieKind::SupportExpert, None).await;
    let of_expert = format!("/experts/{}/ties", expert.id);
    let of_structure = format!("/structures/{}/ties", structure.id);
    let (ok, none) = (StatusCode::OK, StatusCode::NOT_FOUND);
    for (person, first, second, told) in [
        (t.person(Role::Manager).await, ok, ok, true),
        (t.of_expert(expert.id).await, ok, none, true),
        (t.person(Role::Officer).await, ok, ok, false),
        (t.person(Role::Admin).await, ok, ok, false),
        (t.person(Role::Auditor).await, ok, ok, false),
        (t.of_expert(other.id).await, none, none, false),
        (t.of_structure(structure.id).await, none, none, false),
        (t.person(Role::Trainee).await, none, none, false),
    ] {
        let (one, two) = (t.get(&person, &of_expert).await, t.get(&person, &of_structure).await);
        assert_eq!((one.status, two.status), (first, second), "{:?}", person.actor.held);
        for answer in [&one, &two].into_iter().filter(|answer| answer.status == ok) {
            let items = answer.body["items"].as_array().unwrap();
            assert_eq!(items.len(), usize::from(told), "{:?}", person.actor.held);
            assert!(
                items.iter().all(|item| item["tie"] == "support_expert" && item["detail"] == "comptable")
            );
        }
    }
}

#[tokio::test]
async fn employers_and_groups_are_recorded_by_the_team() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let employ = format!("/experts/{}/employments", expert.id);
    let group = format!("/structures/{}/group", structure.id);
    let body = json!({ "structure_id": structure.id.0 });
    for (person, first, second) in [
        (t.of_expert(expert.id).await, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
        (t.person(Role::Auditor).await, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (t.of_structure(structure.id).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.post(&person, &employ, &body).await.status, first, "{:?}", person.actor.held);
        let grouped = t.post(&person, &group, &json!({ "group": "Éclat" })).await;
        assert_eq!(grouped.status, second, "{:?}", person.actor.held);
    }
    let officer = t.person(Role::Officer).await;
    let wrong = json!({ "structure_id": t.app.new_id() });
    assert_eq!(t.post(&officer, &employ, &wrong).await.pointers(), ["/structure_id"]);
    let wrong = json!({ "structure_id": structure.id.0, "since": "2025-01-02", "until": "2025-01-01" });
    assert_eq!(t.post(&officer, &employ, &wrong).await.pointers(), ["/until"]);
    assert_eq!(t.post(&officer, &group, &json!({ "group": "…" })).await.pointers(), ["/group"]);
    let nobody = format!("/experts/{}/employments", t.app.new_id());
    assert_eq!(t.post(&officer, &nobody, &body).await.status, StatusCode::NOT_FOUND);
    t.effects().await;
    assert_eq!(t.post(&officer, &employ, &body).await.status, StatusCode::CREATED);
    assert_eq!(t.post(&officer, &group, &json!({ "group": "Éclat" })).await.status, StatusCode::OK);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["employment.recorded", "structure.grouped"]);
    assert_eq!(effects.jobs, ["ties.recheck", "ties.recheck"]);
}

#[tokio::test]
async fn a_seat_on_a_board_reaches_the_group_and_a_supervision_does_not() {
    let t = TestApp::new().await;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let sister = t.structure("Recyclerie du Port").await;
    for grouped in [&structure, &sister] {
        let path = format!("/structures/{}/group", grouped.id);
        assert_eq!(t.post(&officer, &path, &json!({ "group": "Éclat" })).await.status, StatusCode::OK);
    }
    let path = format!("/experts/{}/ties", expert.id);
    t.interest(expert.id, structure.id, TieKind::Supervised, None).await;
    let supervised = ("Les Jardins du Morvan", "supervised", "declared");
    assert_eq!(told(&t.get(&manager, &path).await.body), [supervised]);
    t.interest(expert.id, structure.id, TieKind::Board, None).await;
    assert_eq!(
        told(&t.get(&manager, &path).await.body),
        [
            ("Les Jardins du Morvan", "board", "declared"),
            supervised,
            ("Recyclerie du Port", "same_group", "group"),
        ]
    );
}
