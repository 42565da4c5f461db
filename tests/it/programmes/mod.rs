//! Programmes of training: sheets, publication, what they cover, results, files.

mod coverage;
mod handbooks;
mod import;
mod pages;
mod preload;
mod publication;
mod results;
mod rights;
mod states;

use entity::account_role::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp};

/// A sheet that lacks nothing.
pub fn whole() -> Value {
    json!({
        "title": "Gestes et postures",
        "goal": "Travailler sans se blesser.",
        "audience": "Salariés permanents et en parcours.",
        "prerequisites": "Aucun prérequis.",
        "objectives": ["Repérer un geste qui blesse", "En essayer un autre"],
        "duration_minutes": 420,
        "half_days": 2,
        "rhythm": "Une journée.",
        "modality": "on_site",
        "places": "Dans la structure.",
        "group_min": 4,
        "group_max": 10,
        "methods": "Exercices au poste.",
        "trainer_profile": "Ergonome.",
        "assessment_entry": "Questionnaire.",
        "assessment_during": "Exercices corrigés.",
        "assessment_end": "Mise en situation.",
        "sanction": "attestation",
        "access_procedure": "Inscription en ligne.",
        "access_delay": "Deux semaines.",
        "vat": "exempt",
        "accessibility": "Locaux accessibles.",
        "disability_contact": "handicap@essai.exemple",
        "contact": "contact@essai.exemple",
        "nsf": "344",
        "prices": [{ "payer": "employer", "unit": "person", "amount_cents": 35_000 }],
        "modules": [{ "title": "Observer", "content": "Regarder, filmer, nommer." }],
    })
}

/// Records a programme; its address in the API.
pub async fn recorded(t: &TestApp, person: &Person) -> String {
    let body = json!({ "code": "GESTES", "title": "Gestes et postures", "theme": "health_safety" });
    let answer = t.post(person, "/programmes", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    format!("/programmes/{}", answer.body["id"].as_str().unwrap())
}

/// Puts a sheet in the draft, at the version that it has.
pub async fn put(t: &TestApp, person: &Person, path: &str, sheet: &Value) -> Answer {
    let read = t.get(person, &format!("{path}/sheet")).await;
    let at = i32::try_from(read.body["version"].as_i64().unwrap()).unwrap();
    let answer = t.put(person, &format!("{path}/draft"), Some(at), sheet).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer
}

/// Publishes the draft, at the version that it has.
pub async fn publish(t: &TestApp, person: &Person, path: &str) -> Answer {
    let read = t.get(person, &format!("{path}/sheet")).await;
    let at = i32::try_from(read.body["version"].as_i64().unwrap()).unwrap();
    t.post_at(person, &format!("{path}/publish"), at).await
}

/// A programme whose first sheet is published; its address in the API.
pub async fn published(t: &TestApp) -> String {
    let manager = t.person(Role::Manager).await;
    let path = recorded(t, &manager).await;
    put(t, &manager, &path, &whole()).await;
    let answer = publish(t, &manager, &path).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    path
}
