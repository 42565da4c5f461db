//! Finding structures.

use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::{Answer, TestApp, siret_of};

fn names(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn words_are_found_whatever_accents_case_and_order() {
    let t = TestApp::new().await;
    t.structure("Le Château d’Œuvres").await;
    t.structure_at("Ateliers du Port", "29200", "Brest").await;
    let officer = t.person(Role::Officer).await;
    let siret = siret_of(1, 1);
    let spaced = siret.grouped().replace('\u{202f}', "%20");
    for (q, found) in [
        ("chateau", vec!["Le Château d’Œuvres"]),
        ("CH%C3%82TEAU", vec!["Le Château d’Œuvres"]),
        ("oeuvres%20chateau", vec!["Le Château d’Œuvres"]),
        ("doeuvres", vec!["Le Château d’Œuvres"]),
        ("kerzoncuf", vec!["Ateliers du Port", "Le Château d’Œuvres"]),
        ("brest", vec!["Ateliers du Port"]),
        (spaced.as_str(), vec!["Ateliers du Port"]),
        ("port%20nevers", vec![]),
        ("%25", vec![]),
        ("_", vec![]),
        ("", vec!["Ateliers du Port", "Le Château d’Œuvres"]),
    ] {
        let answer = t.get(&officer, &format!("/structures?q={q}")).await;
        assert_eq!(names(&answer), found, "{q}");
    }
    let answer = t.get(&officer, "/structures?region=53").await;
    assert_eq!(names(&answer), ["Ateliers du Port"]);
    assert_eq!(names(&t.get(&officer, "/structures?state=agreed").await), Vec::<&str>::new());
    assert_eq!(names(&t.get(&officer, "/structures?state=neither").await).len(), 2);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_nor_repeat_while_rows_are_added() {
    let t = TestApp::new().await;
    for name in ["Écluse", "Atelier", "Zéphyr", "Étang", "Bocage"] {
        t.structure(name).await;
    }
    let officer = t.person(Role::Officer).await;
    let mut path = "/structures?limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = t.get(&officer, &path).await;
        assert_eq!(answer.status, StatusCode::OK);
        seen.extend(names(&answer).into_iter().map(str::to_owned));
        if seen.len() == 2 {
            t.structure("Abeille").await;
        }
        let Some(next) = answer.body["next_cursor"].as_str() else { break };
        path = format!("/structures?limit=2&cursor={next}");
    }
    assert_eq!(seen, ["Atelier", "Bocage", "Écluse", "Étang", "Zéphyr"]);
    let unknown = t.get(&officer, "/structures?cursor=abc").await;
    assert_eq!(unknown.pointers(), ["/cursor"]);
}
