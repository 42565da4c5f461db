//! Every operation of the published document, for every role, on things of other people: the answer is what the policy
//! says, never a reading, never a fault of ours. A thing that is hidden answers as one that does not exist.

mod body;
pub(super) mod scene;
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use entity::account_role::Role;
use parchemin::authz::{Facts, allows};
use parchemin::error::{DomainError, ErrorKind};
use poem::http::Method;
use serde_json::Value;

use self::body::Sent;
use self::scene::Scene;
use self::table::{Class, EMPTY, LACKING, OPERATIONS, Thing};
use crate::support::Person;

/// An operation of the document.
struct Operation {
    name: String,
    method: Method,
    path: String,
    about: Value,
}

/// A status and a code.
type Told = (u16, String);

fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            found.push(Operation {
                name: about["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                about: about.clone(),
            });
        }
    }
    found
}

fn class_of(name: &str) -> Option<Class> {
    OPERATIONS.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
}

#[test]
fn every_operation_is_classified_once() {
    let published: BTreeSet<_> = operations(&document()).into_iter().map(|one| one.name).collect();
    let classified: BTreeSet<_> = OPERATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(classified.len(), OPERATIONS.len(), "an operation is classified twice");
    let new: Vec<_> = published.difference(&classified).collect();
    assert!(new.is_empty(), "say in the table who these operations are for: {new:?}");
    let gone: Vec<_> = classified.difference(&published).collect();
    assert!(gone.is_empty(), "these operations are no more: {gone:?}");
    for name in LACKING.iter().chain(EMPTY) {
        assert!(class_of(name).is_some(), "{name} is no operation");
    }
}

#[tokio::test]
async fn nobody_reads_or_changes_what_the_policy_refuses() {
    let scene = Box::pin(Scene::new()).await;
    let document = document();
    let mut wrong = Vec::new();
    for operation in operations(&document) {
        for (role, person) in &scene.people {
            let found = verdict(&scene, &document, &operation, person).await;
            if let Err(what) = found {
                wrong.push(format!("{} for {role}: {what}", operation.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers are not what the policy says:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn nobody_comes_in_without_a_token() {
    let scene = Box::pin(Scene::new()).await;
    let document = document();
    for operation in operations(&document) {
        let sent = Sent::of(&scene, &document, &operation.name, &operation.about);
        let path = scene.address(&operation.path, &operation.about, false);
        let request = scene.t().client.request(operation.method.clone(), format!("/api/v1{path}"));
        let status = sent.put_in(request).send().await.0.status();
        // Nothing of the scene answers what is public: a certificate that nobody delivered is not found.
        let expected = match class_of(&operation.name) {
            Some(Class::Public) => 404,
            Some(Class::Shown) => 200,
            _ => 401,
        };
        assert_eq!(status, expected, "{} {path}", operation.method);
    }
}

#[tokio::test]
async fn a_version_is_asked_for_where_the_document_requires_it_and_nowhere_else() {
    let scene = Box::pin(Scene::new()).await;
    let document = document();
    // Somebody who may change nothing: a version that lacks is told before the right to act.
    let (_, person) = scene.people.iter().find(|(role, _)| *role == Role::Trainee).unwrap();
    for operation in operations(&document).iter().filter(|one| one.method != Method::GET) {
        let parameters = operation.about["parameters"].as_array().into_iter().flatten();
        let required = parameters.filter(|one| one["name"] == "If-Match").any(|one| one["required"] == true);
        let sent = Sent::of(&scene, &document, &operation.name, &operation.about);
        let path = scene.address(&operation.path, &operation.about, false);
        let request = scene.t().client.request(operation.method.clone(), format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {}", person.token));
        let status = sent.put_in(request).send().await.0.status();
        assert_eq!(status == 428, required, "{} answers {status}", operation.name);
    }
}

#[tokio::test]
async fn every_list_is_read_row_by_row_as_it_is_read_at_once() {
    /// Rows compared of each list.
    const ROWS: usize = 3;
    let scene = Box::pin(Scene::new()).await;
    let document = document();
    for operation in operations(&document).iter().filter(|one| is_list(one)) {
        let path = scene.address(&operation.path, &operation.about, false);
        let mut found = None;
        for (_, person) in &scene.people {
            let answer = scene.t().get(person, &path).await;
            if answer.status == 200
                && found.as_ref().is_none_or(|(_, rows): &(_, Vec<Value>)| rows.is_empty())
            {
                found = Some((person, answer.body["items"].as_array().unwrap().clone()));
            }
        }
        let (person, whole) = found.unwrap_or_else(|| panic!("nobody reads {path}"));
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        while rows.len() < ROWS {
            let answer = scene.t().get(person, &format!("{path}?limit=1{cursor}")).await;
            assert_eq!(answer.status, 200, "{path}{cursor}: {answer:?}");
            rows.extend(answer.body["items"].as_array().unwrap().iter().cloned());
            let Some(next) = answer.body["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(rows, whole[..whole.len().min(ROWS)], "{path}");
    }
}

/// Whether an operation answers a page.
fn is_list(operation: &Operation) -> bool {
    let schema = operation.about.pointer("/responses/200/content/application~1json/schema/$ref");
    operation.method == Method::GET
        && schema.and_then(Value::as_str).is_some_and(|place| place.ends_with("Page"))
}

/// Whether one person is answered as the policy says.
async fn verdict(
    scene: &Scene,
    document: &Value,
    operation: &Operation,
    person: &Person,
) -> Result<(), String> {
    let reads = operation.method == Method::GET;
    let class = class_of(&operation.name).ok_or("not classified")?;
    let Class::Asks(permission, thing) = class else {
        if !reads {
            return Ok(());
        }
        let (told, body) = call(scene, document, operation, person, false).await;
        if class == Class::Public {
            return if told.0 == 404 { Ok(()) } else { Err(format!("answers {told:?}")) };
        }
        let leaked = scene.leaks_to(person, &body).filter(|_| class == Class::Filtered);
        return match (told.0, leaked) {
            (200, None) => Ok(()),
            (200, Some(id)) => Err(format!("the list tells of {id}")),
            _ => Err(format!("a list answers {told:?}")),
        };
    };
    let facts = facts(scene, person, operation, thing);
    let Err(refusal) = allows(&person.actor, permission, &facts) else {
        if !reads {
            return Ok(());
        }
        let (told, _) = call(scene, document, operation, person, false).await;
        let empty = EMPTY.contains(&operation.name.as_str()) && (400..500).contains(&told.0);
        return if told.0 == 200 || empty { Ok(()) } else { Err(format!("may, and is answered {told:?}")) };
    };
    let (told, _) = call(scene, document, operation, person, false).await;
    let lacking = LACKING.contains(&operation.name.as_str());
    let expected = match refusal.kind() {
        ErrorKind::Forbidden if !lacking => 403,
        _ => 404,
    };
    if told.0 != expected {
        return Err(format!("expected {expected}, answered {told:?}"));
    }
    if expected == 404 {
        let (absent, _) = call(scene, document, operation, person, true).await;
        if absent != told {
            return Err(format!("hidden answers {told:?}, absent {absent:?}"));
        }
    }
    Ok(())
}

/// What the policy looks at: the thing of the scene, but the feed of an agenda, which is one's own.
fn facts(scene: &Scene, person: &Person, operation: &Operation, thing: Thing) -> Facts {
    let own = Facts {
        structure: person.actor.structures().next(),
        expert: person.actor.expert(),
        ..Facts::default()
    };
    if operation.name.starts_with("agenda_feed_") || operation.name == "right_list" {
        return own;
    }
    scene.facts(thing)
}

async fn call(
    scene: &Scene,
    document: &Value,
    operation: &Operation,
    person: &Person,
    absent: bool,
) -> (Told, String) {
    let path = scene.address(&operation.path, &operation.about, absent);
    let request = scene.t().client.request(operation.method.clone(), format!("/api/v1{path}"));
    let request = request.header("authorization", format!("Bearer {}", person.token));
    let request = if operation.method == Method::GET { request } else { request.header("if-match", "\"1\"") };
    let sent = Sent::of(scene, document, &operation.name, &operation.about);
    let response = sent.put_in(request).send().await.0;
    let status = response.status().as_u16();
    let declared = operation.about["responses"][status.to_string()].is_object();
    assert!(declared, "{} answers {status}, which the document does not tell", operation.name);
    let bytes = response.into_body().into_bytes().await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    ((status, body["code"].as_str().unwrap_or_default().to_owned()), text)
}
