//! What each path of the API accepts, computed once from the published document: its methods, and the query parameters
//! of each operation and the schema of its body. A parameter that an operation does not declare is refused: a filter
//! misspelt would silently list everything.

use std::collections::HashMap;
use std::sync::Arc;

use poem::{Endpoint, IntoResponse, Request, Response, Result};
use serde_json::Value;

use super::problem::FaultOut;
use super::{ApiError, body};

/// One operation.
#[derive(Debug)]
struct Operation {
    method: String,
    query: Vec<String>,
    /// The schema of its JSON body.
    body: Option<Value>,
}

/// The operations of each path, as the document writes paths.
#[derive(Debug)]
pub struct Operations {
    paths: HashMap<String, Vec<Operation>>,
    /// What the schemas of the bodies refer to.
    schemas: Value,
}

impl Operations {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &Value) -> Arc<Self> {
        let paths = document["paths"].as_object().into_iter().flatten();
        let of = |operations: &Value| {
            let each = operations.as_object().into_iter().flatten();
            each.map(operation).collect::<Vec<_>>()
        };
        Arc::new(Self {
            paths: paths.map(|(path, operations)| (path.clone(), of(operations))).collect(),
            schemas: document["components"]["schemas"].clone(),
        })
    }

    /// The methods of an address, for the `Allow` header.
    #[must_use]
    pub fn allowed(&self, address: &str) -> Option<String> {
        let methods: Vec<_> = self.at(address)?.iter().map(|operation| operation.method.as_str()).collect();
        Some(methods.join(", "))
    }

    /// The faults of a body beside the schema of its operation; none when the operation has no JSON body.
    #[must_use]
    pub fn body_faults(&self, method: &str, address: &str, sent: &Value) -> Vec<FaultOut> {
        let operations = self.at(address).unwrap_or_default();
        let found = operations.iter().find(|operation| operation.method == method);
        let schema = found.and_then(|operation| operation.body.as_ref());
        schema.map(|schema| body::faults(&self.schemas, schema, sent)).unwrap_or_default()
    }

    /// The query parameters of an operation; none when there is no such operation.
    fn query(&self, method: &str, address: &str) -> Option<&[String]> {
        let found = self.at(address)?.iter().find(|operation| operation.method == method);
        found.map(|operation| operation.query.as_slice())
    }

    /// The operations of the path that an address matches best; `/users/me` goes before `/users/{id}`, as in the router.
    fn at(&self, address: &str) -> Option<&[Operation]> {
        let parts: Vec<_> = address.strip_prefix("/v1")?.trim_end_matches('/').split('/').collect();
        let same = |pattern: &str| {
            let pattern: Vec<_> = pattern.trim_end_matches('/').split('/').collect();
            pattern.len() == parts.len()
                && pattern
                    .iter()
                    .zip(&parts)
                    .all(|(pattern, part)| pattern.starts_with('{') || pattern == part)
        };
        let matching = self.paths.iter().filter(|(pattern, _)| same(pattern));
        let closest = matching.min_by_key(|(pattern, _)| pattern.matches('{').count());
        closest.map(|(_, operations)| operations.as_slice())
    }
}

fn operation((method, operation): (&String, &Value)) -> Operation {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let query = parameters.filter(|parameter| parameter["in"] == "query");
    let names = query.filter_map(|parameter| parameter["name"].as_str()).map(str::to_owned);
    let body = operation.pointer("/requestBody/content/application~1json/schema");
    Operation { method: method.to_uppercase(), query: names.collect(), body: body.cloned() }
}

/// Refuses the query parameters that the operation does not declare, all at once, before anything is done.
///
/// # Errors
/// A query that cannot be read; what the operation answers.
pub async fn layer<E: Endpoint>(
    endpoint: Arc<E>,
    request: Request,
    operations: Arc<Operations>,
) -> Result<Response> {
    if let Some(declared) = operations.query(request.method().as_str(), request.uri().path()) {
        let mut unknown: Vec<String> = Vec::new();
        for (name, _) in request.params::<Vec<(String, String)>>()? {
            if !declared.contains(&name) && !unknown.contains(&name) {
                unknown.push(name);
            }
        }
        if !unknown.is_empty() {
            return Ok(ApiError::unknown_parameters(&unknown).into_response());
        }
    }
    Ok(endpoint.call(request).await?.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn operations() -> Arc<Operations> {
        let parameter = |name: &str, place: &str| json!({ "name": name, "in": place });
        let list = json!({ "parameters": [parameter("limit", "query"), parameter("If-Match", "header")] });
        Operations::of(&json!({ "paths": {
            "/users": { "get": list, "post": {} },
            "/users/me": { "get": {} },
            "/users/{id}": { "get": { "parameters": [parameter("id", "path")] }, "patch": {} },
        }}))
    }

    #[test]
    fn an_address_finds_its_closest_path() {
        let operations = operations();
        for (address, allowed) in [
            ("/v1/users", Some("GET, POST")),
            ("/v1/users/", Some("GET, POST")),
            ("/v1/users/me", Some("GET")),
            ("/v1/users/7", Some("GET, PATCH")),
            ("/v1/users/7/tokens", None),
            ("/docs", None),
        ] {
            assert_eq!(operations.allowed(address).as_deref(), allowed, "{address}");
        }
    }

    #[test]
    fn only_what_is_in_the_query_is_a_parameter_of_the_query() {
        let operations = operations();
        assert_eq!(operations.query("GET", "/v1/users"), Some(&["limit".to_owned()][..]));
        assert_eq!(operations.query("POST", "/v1/users"), Some(&[][..]));
        assert_eq!(operations.query("GET", "/v1/users/7"), Some(&[][..]));
        assert_eq!(operations.query("PUT", "/v1/users"), None);
    }
}
