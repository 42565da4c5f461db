//! The published OpenAPI document: what poem-openapi writes, corrected where it says less than the truth.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use poem::{IntoEndpoint, Response};
use poem_openapi::{OpenApi, OpenApiService, Webhook};
use serde_json::{Map, Value, json};

use super::operations::Operations;
use crate::db::PageRequest;
use crate::http::middleware::idempotency::{HEADER, LONGEST_KEY};

/// What is told once, because any address may answer it.
const ANYWHERE: &str = "Beside the statuses of each operation, and as `application/problem+json` too: 404 when no \
operation has this address, 405 when none has this method there (`Allow` names those that do), 408 when the body does \
not come in time, 500 when the fault is ours, which no input may cause.";

/// The document as published: exact formats, plain media types, closed input shapes.
#[must_use]
pub fn published(spec: &str) -> Value {
    let mut document: Value = serde_json::from_str(spec).unwrap_or_default();
    document["openapi"] = json!("3.0.3");
    let inputs = input_schemas(&document);
    correct(&mut document);
    bound_limits(&mut document);
    need_versions(&mut document);
    accept_keys(&mut document);
    tell_statuses(&mut document);
    document["info"]["description"] = json!(ANYWHERE);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for (name, schema) in schemas {
            let Some(schema) = schema.as_object_mut() else { continue };
            if inputs.contains(name) {
                schema.insert("additionalProperties".to_owned(), json!(false));
            } else {
                allow_nothing(schema);
            }
        }
    }
    document
}

/// What an answer may lack is there, as `null`.
fn allow_nothing(schema: &mut Map<String, Value>) {
    let needed: Vec<Value> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        if needed.iter().any(|needed| needed == name) {
            continue;
        }
        if property.get("$ref").is_some() {
            // Beside a reference nothing is read.
            *property = json!({ "allOf": [property.take()] });
        }
        property["nullable"] = json!(true);
    }
}

/// Corrects formats and media types, all the way down.
fn correct(value: &mut Value) {
    match value {
        Value::Object(object) => {
            correct_format(object);
            if let Some(content) = object.remove("application/json; charset=utf-8") {
                object.insert("application/json".to_owned(), content);
            }
            object.values_mut().for_each(correct);
        }
        Value::Array(items) => items.iter_mut().for_each(correct),
        _ => {}
    }
}

/// How many rows every list may be asked for.
fn bound_limits(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    let operations = paths.filter_map(Value::as_object_mut).flat_map(Map::values_mut);
    let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut());
    for parameter in parameters.flatten().filter(|one| one["in"] == "query" && one["name"] == "limit") {
        parameter["schema"]["minimum"] = json!(1);
        parameter["schema"]["maximum"] = json!(PageRequest::MOST);
    }
}

/// Operations beside the PATCH ones that refuse to go without the version that was read (428).
const VERSIONED: [&str; 3] = ["availability_declare", "programme_publish", "referential_publish"];

/// Operations that take a thing that may not be there yet: once it is, they refuse to go without the version (428).
const VERSIONED_ONCE_THERE: [&str; 3] = ["programme_draft_put", "referential_put", "referential_import"];

/// `If-Match` where it is needed: the operations take it as optional, to tell themselves that it lacks.
fn need_versions(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for (method, operation) in paths.filter_map(Value::as_object_mut).flat_map(Map::iter_mut) {
        let named = operation["operationId"].as_str().is_some_and(|name| VERSIONED.contains(&name));
        if !named && method.as_str() != "patch" {
            continue;
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        for parameter in parameters.filter(|one| one["in"] == "header" && one["name"] == "If-Match") {
            parameter["required"] = json!(true);
        }
    }
}

/// Reads that may be too early: an event is proved once it is sealed, a file is there once it is typeset.
const READS_TOO_EARLY: [&str; 5] = [
    "audit_event_proof",
    "certificate_badge",
    "certificate_batch_archive",
    "certificate_document",
    "verification_proof",
];

/// What takes no `If-Match` and may name a version that is no longer the last.
const STALE_BY_NAME: &str = "agreement_request_remove_piece";

/// The statuses that each operation may answer, out of all those of a refusal.
fn tell_statuses(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for (method, operation) in paths.filter_map(Value::as_object_mut).flat_map(Map::iter_mut) {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let version = parameters.iter().find(|one| one["name"] == "If-Match");
        let needs_version = version.is_some_and(|one| one["required"] == true)
            || VERSIONED_ONCE_THERE.contains(&name.as_str());
        let takes_version = version.is_some() || name == STALE_BY_NAME;
        let asks = parameters.iter().any(|one| one["in"] == "query");
        let has_body = operation["requestBody"].is_object();
        let may = |status: &str| match status {
            "409" => method.as_str() != "get" || READS_TOO_EARLY.contains(&name.as_str()),
            "412" => takes_version,
            "413" | "415" => has_body,
            "422" => asks || has_body || method.as_str() == "post",
            "428" => needs_version,
            "500" => false,
            _ => true,
        };
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            responses.retain(|status, _| may(status));
        }
    }
}

/// The header that every POST takes, read by a middleware and not by the operations.
fn accept_keys(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in paths.filter_map(|path| path.get_mut("post")?.as_object_mut()) {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(json!({
                "name": HEADER,
                "in": "header",
                "description": "Anything unique: the same key with the same body answers the same and acts once.",
                "required": false,
                "deprecated": false,
                "explode": true,
                "schema": { "type": "string", "minLength": 1, "maxLength": LONGEST_KEY },
            }));
        }
    }
}

fn correct_format(object: &mut Map<String, Value>) {
    match object.get("format").and_then(Value::as_str) {
        Some("naive-date") => {
            object.insert("format".to_owned(), json!("date"));
        }
        Some("uint64" | "uint32" | "uint16" | "uint8") => {
            object.insert("format".to_owned(), json!("int64"));
            object.entry("minimum").or_insert(json!(0));
        }
        _ => {}
    }
}

/// Names of the schemas used as JSON request bodies: unknown fields are refused there.
fn input_schemas(document: &Value) -> Vec<String> {
    let operations = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = operations.filter_map(Value::as_object).flat_map(|path| path.values());
    let mut names: Vec<String> = operations
        .filter_map(|operation| operation.pointer("/requestBody/content")?.as_object())
        .flat_map(|content| content.values())
        .filter_map(|media| media.pointer("/schema/$ref")?.as_str()?.rsplit('/').next())
        .map(str::to_owned)
        .collect();
    let mut at = 0;
    while at < names.len() {
        let schema = &document["components"]["schemas"][&names[at]];
        for nested in references(&schema["properties"]) {
            if !names.contains(&nested) {
                names.push(nested);
            }
        }
        at += 1;
    }
    names
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
            own.map(str::to_owned).into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// The document, and what is drawn from it.
pub struct Document {
    value: Value,
    /// What each address accepts.
    pub operations: Arc<Operations>,
    text: OnceLock<String>,
}

impl Document {
    /// That of the program: read once, as it is the same for every application of a process.
    pub fn of<A: OpenApi, W: Webhook>(api: &OpenApiService<A, W>) -> &'static Self {
        static DOCUMENT: OnceLock<Document> = OnceLock::new();
        DOCUMENT.get_or_init(|| {
            let value = published(&api.spec());
            Self { operations: Operations::of(&value), value, text: OnceLock::new() }
        })
    }

    /// Serves the document.
    pub fn serve(&'static self) -> impl IntoEndpoint {
        poem::endpoint::make_sync(move |_| {
            let text =
                self.text.get_or_init(|| serde_json::to_string_pretty(&self.value).unwrap_or_default());
            Response::builder().content_type("application/json").body(text.as_str())
        })
    }

    /// A plain list of the operations, readable under the same strict policy as every page.
    pub fn list(&'static self) -> impl IntoEndpoint {
        poem::endpoint::make_sync(move |_| {
            Response::builder().content_type("text/plain; charset=utf-8").body(list(&self.value))
        })
    }
}

fn list(document: &Value) -> String {
    let mut rows = String::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            let _ = writeln!(rows, "{:7} /api/v1{path}\n        {summary}", method.to_uppercase());
        }
    }
    format!("Parchemin API\n\nDocument: /api/openapi.json\nAuthorization: Bearer <token>\n\n{rows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [&str; 10] = ["200", "400", "404", "409", "412", "413", "415", "422", "428", "500"];

    fn told(method: &str, operation: &Value) -> String {
        let mut operation = operation.clone();
        operation["responses"] = EVERY.iter().map(|status| ((*status).to_owned(), json!({}))).collect();
        let mut document = json!({ "paths": { "/things": { method: operation } } });
        need_versions(&mut document);
        tell_statuses(&mut document);
        let told = document["paths"]["/things"][method]["responses"].as_object().unwrap();
        told.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_operation_tells_the_statuses_that_it_may_answer_and_no_other() {
        let version = json!([{ "name": "If-Match", "in": "header", "required": false }]);
        let asked = json!([{ "name": "limit", "in": "query", "required": false }]);
        for (method, operation, expected) in [
            ("get", json!({}), "200 400 404"),
            ("get", json!({ "operationId": READS_TOO_EARLY[0] }), "200 400 404 409"),
            ("get", json!({ "parameters": asked }), "200 400 404 422"),
            ("post", json!({}), "200 400 404 409 422"),
            ("post", json!({ "parameters": version, "requestBody": {} }), "200 400 404 409 412 413 415 422"),
            (
                "patch",
                json!({ "parameters": version, "requestBody": {} }),
                "200 400 404 409 412 413 415 422 428",
            ),
            ("delete", json!({}), "200 400 404 409"),
            ("delete", json!({ "operationId": STALE_BY_NAME }), "200 400 404 409 412"),
        ] {
            assert_eq!(told(method, &operation), expected, "{method} {operation}");
        }
    }
}
