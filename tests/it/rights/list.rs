//! The list of rights, as of a date.

use entity::account_role::Role;
use entity::dated_right::RightState;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use time::macros::date;

use crate::support::{Person, TestApp};

async fn names(t: &TestApp, person: &Person, query: &str) -> Vec<String> {
    let answer = t.get(person, &format!("/rights{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query} {answer:?}");
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["holder_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn rights_are_listed_as_of_a_date_by_kind_and_region_and_pages_hold() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let morvan = t.structure("Les Jardins du Morvan").await;
    let mayotte = t.structure_at("Les Ylangs", "97600", "Mamoudzou").await;
    let year = |year| {
        (date!(2023 - 01 - 01).replace_year(year).unwrap(), date!(2023 - 12 - 31).replace_year(year).ok())
    };
    t.raw_right(morvan.id.0, "*", year(2023), RightState::Ended).await.unwrap();
    t.raw_right(morvan.id.0, "*", year(2025), RightState::InForce).await.unwrap();
    t.raw_right(mayotte.id.0, "*", year(2025), RightState::InForce).await.unwrap();
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    for (query, expected) in [
        ("", vec!["Les Jardins du Morvan", "Les Ylangs", "Anne-Lise Abel"]),
        ("?on=2023-12-31", vec!["Les Jardins du Morvan"]),
        ("?on=2024-06-30", vec![]),
        ("?kind=habilitation", vec!["Anne-Lise Abel"]),
        ("?region=06", vec!["Les Ylangs"]),
        ("?shown=all&kind=insurance&region=27", vec!["Les Jardins du Morvan", "Les Jardins du Morvan"]),
        ("?ending_within=100", vec!["Les Jardins du Morvan", "Les Ylangs"]),
        ("?shown=suspended", vec![]),
    ] {
        assert_eq!(names(&t, &officer, query).await, expected, "{query}");
    }
    let first = t.get(&officer, "/rights?limit=2").await;
    let next = first.body["next_cursor"].as_str().unwrap();
    assert_eq!(names(&t, &officer, &format!("?limit=2&cursor={next}")).await, ["Anne-Lise Abel"]);
    let bad = t.get(&officer, "/rights?on=demain").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST, "{bad:?}");
}

#[tokio::test]
async fn everyone_sees_the_rights_of_their_own_files_only() {
    let t = TestApp::new().await;
    let morvan = t.structure("Les Jardins du Morvan").await;
    let other = t.structure("Recyclerie des Amognes").await;
    let days = (date!(2025 - 01 - 01), None);
    t.raw_right(morvan.id.0, "*", days, RightState::InForce).await.unwrap();
    let abel = t.controller("Abel").await;
    let zephyr = t.controller("Zéphyr").await;
    assert_eq!(names(&t, &t.of_structure(morvan.id).await, "").await, ["Les Jardins du Morvan"]);
    assert_eq!(names(&t, &t.of_structure(other.id).await, "").await, Vec::<String>::new());
    assert_eq!(names(&t, &t.of_expert(abel.id).await, "").await, ["Anne-Lise Abel"]);
    let all = names(&t, &t.person(Role::Auditor).await, "").await;
    assert_eq!(all.len(), 3, "{all:?}");
    let foreign = format!("?holder_kind=expert&holder_id={}", zephyr.id);
    assert_eq!(names(&t, &t.of_expert(abel.id).await, &foreign).await, Vec::<String>::new());
    let trainee = t.person(Role::Trainee).await;
    assert_eq!(t.get(&trainee, "/rights").await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.open(&trainee, "/droits").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_shows_the_day_asked_for() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (status, text) = t.open(&manager, "/droits").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Aucun droit en vigueur"));
    let morvan = t.structure("Les Jardins du Morvan").await;
    let days = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    t.raw_right(morvan.id.0, "*", days, RightState::InForce).await.unwrap();
    let (_, text) = t.open(&manager, "/droits?au=2025-12-01&nature=insurance").await;
    assert!(text.contains("Les Jardins du Morvan") && text.contains("dans 30 jours"), "{text}");
    assert!(text.contains("<b>Situation au 1er décembre 2025.</b>") && text.contains("À renouveler"));
    assert!(text.contains("<a href=\"/droits?nature=insurance\">Revenir à aujourd’hui</a>"), "{text}");
    let (_, text) = t.open(&manager, "/droits?au=2026-01-01").await;
    assert!(text.contains("Aucun droit ne correspond"));
}
