//! Refusals look the same wherever they come from: a problem under `/api`, a page in French elsewhere.

use parchemin::config::{Config, RateLimits};
use parchemin::{features, http};
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode, Uri, header, uri::Scheme};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Body, Endpoint, Request, RequestParts, Response};
use serde_json::{Value, json};

use crate::support::TestApp;

/// Calls from one address of the network.
async fn call(endpoint: &BoxEndpoint<'static, Response>, method: Method, path: &'static str) -> Response {
    let (mut parts, ()) = poem::http::Request::new(()).into_parts();
    parts.method = method;
    parts.uri = Uri::from_static(path);
    let peer = Addr::SocketAddr(([192, 0, 2, 7], 4000).into());
    let parts = RequestParts::from((parts, LocalAddr::default(), RemoteAddr(peer), Scheme::HTTP));
    endpoint.get_response(Request::from_parts(parts, Body::empty())).await
}

async fn problem(response: Response) -> (String, Value) {
    let kind = response.content_type().unwrap_or_default().to_owned();
    let text = response.into_body().into_string().await.unwrap();
    (kind, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

#[tokio::test]
async fn too_many_requests_are_told_as_a_problem_or_as_a_page() {
    let t = TestApp::with(|config| Config { rate_limits: RateLimits::On, ..config }).await;
    let endpoint = http::endpoint(&t.app, features::api(&t.app), features::pages());
    let mut refused = None;
    for _ in 0..5000 {
        let response = call(&endpoint, Method::GET, "/api/docs").await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.unwrap();
    assert!(refused.headers().contains_key(header::RETRY_AFTER), "{refused:?}");
    assert!(refused.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let (kind, body) = problem(refused).await;
    assert_eq!(
        (kind.as_str(), &body["code"], &body["status"]),
        ("application/problem+json", &json!("rate-limited"), &json!(429))
    );

    let mut refused = None;
    for _ in 0..100 {
        let response = call(&endpoint, Method::POST, "/connexion").await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.unwrap();
    assert!(refused.headers().contains_key(header::RETRY_AFTER), "{refused:?}");
    let (kind, text) = problem(refused).await;
    assert_eq!(kind, "text/html; charset=utf-8");
    assert!(text.as_str().unwrap().contains("lang=\"fr\""), "{text}");
}

#[tokio::test]
async fn every_refusal_of_the_api_is_a_problem() {
    let t = TestApp::new().await;
    let endpoint = http::endpoint(&t.app, features::api(&t.app), features::pages());
    for (method, path, code) in [
        (Method::GET, "/api/v1/structures", "unauthenticated"),
        (Method::GET, "/api/v1/nothing", "not-found"),
        (Method::GET, "/api/nothing", "not-found"),
        (Method::PUT, "/api/v1/structures", "method-not-allowed"),
    ] {
        let response = call(&endpoint, method, path).await;
        let allowed = response.headers().get(header::ALLOW).is_some_and(|methods| !methods.is_empty());
        assert_eq!(allowed, code == "method-not-allowed", "{path} {code}");
        let (kind, body) = problem(response).await;
        assert_eq!((kind.as_str(), &body["code"]), ("application/problem+json", &json!(code)), "{path}");
    }
}
