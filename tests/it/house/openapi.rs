//! The document in the repository is the one that the program serves: a change of the API shows in a review.

use std::path::Path;

use parchemin::{features, http};
use serde_json::Value;

use crate::support::TestApp;

#[tokio::test]
async fn the_committed_document_is_the_published_one() {
    let t = TestApp::new().await;
    let published = http::api::document::published(&features::api(&t.app).spec());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(
        committed == published,
        "docs/openapi.json differs from the API: run `make openapi` and read the change"
    );
}

#[tokio::test]
async fn every_operation_has_its_own_name_and_a_summary() {
    let t = TestApp::new().await;
    let published = http::api::document::published(&features::api(&t.app).spec());
    let mut names = std::collections::BTreeSet::new();
    for (path, operations) in published["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap_or_default();
            assert!(name.contains('_'), "{method} {path} is named `{name}`, not <table>_<verb>");
            assert!(names.insert(name.to_owned()), "two operations are named {name}");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
}

#[tokio::test]
async fn every_list_takes_a_limit_and_a_cursor_and_answers_the_next_one() {
    let t = TestApp::new().await;
    let published = http::api::document::published(&features::api(&t.app).spec());
    let mut lists = 0;
    for (path, operations) in published["paths"].as_object().unwrap() {
        let Some(read) = operations.get("get") else { continue };
        let schema = read.pointer("/responses/200/content/application~1json/schema/$ref");
        let schema = schema.and_then(Value::as_str).and_then(|place| place.rsplit('/').next());
        let Some(schema) = schema.filter(|name| name.ends_with("Page")) else { continue };
        lists += 1;
        let asked: Vec<_> =
            read["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query").collect();
        for name in ["limit", "cursor"] {
            let found = asked.iter().find(|one| one["name"] == name);
            assert!(found.is_some_and(|one| one["required"] == false), "GET {path} takes no {name}");
        }
        let properties = &published["components"]["schemas"][schema]["properties"];
        for name in ["items", "next_cursor"] {
            assert!(properties[name].is_object(), "{schema} has no {name}");
        }
    }
    assert!(lists > 30, "the lists are no longer found by the name of their schema: {lists}");
}

#[tokio::test]
async fn every_post_and_nothing_else_says_that_it_takes_an_idempotency_key() {
    let t = TestApp::new().await;
    let published = http::api::document::published(&features::api(&t.app).spec());
    for (path, operations) in published["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let keys: Vec<_> = parameters.filter(|one| one["name"] == "Idempotency-Key").collect();
            assert_eq!(keys.len(), usize::from(method == "post"), "{method} {path}");
            assert!(keys.iter().all(|one| one["in"] == "header" && one["required"] == false), "{path}");
        }
    }
}

#[tokio::test]
async fn every_read_of_one_thing_answers_its_version() {
    let t = TestApp::new().await;
    let published = http::api::document::published(&features::api(&t.app).spec());
    let lists = |schema: &str| {
        schema.ends_with("Page")
            || published["components"]["schemas"][schema]["properties"]["items"].is_object()
    };
    for (path, operations) in published["paths"].as_object().unwrap() {
        let Some(read) = operations.get("get").filter(|_| path.contains('{')) else { continue };
        let answer = &read["responses"]["200"];
        let schema = answer.pointer("/content/application~1json/schema/$ref").and_then(Value::as_str);
        if schema.and_then(|place| place.rsplit('/').next()).is_some_and(lists) {
            continue;
        }
        let headers = answer["headers"].as_object().into_iter().flatten();
        let told = headers.into_iter().any(|(name, _)| name.eq_ignore_ascii_case("etag"));
        assert!(told, "GET {path} has no ETag");
    }
}
