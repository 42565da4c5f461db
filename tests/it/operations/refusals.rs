//! Refusals look the same wherever they come from: a problem under `/api`, a page in French elsewhere.

use entity::account_role::Role;
use parchemin::config::{Config, RateLimits};
use parchemin::{features, http};
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode, Uri, header, uri::Scheme};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Body, Endpoint, EndpointExt, Request, RequestParts, Response};
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
async fn a_form_that_sends_mails_for_nobody_in_particular_is_limited_as_a_secret_is() {
    let t = TestApp::with(|config| Config { rate_limits: RateLimits::On, ..config }).await;
    let endpoint = http::endpoint(&t.app, features::api(&t.app), features::pages());
    let mut refused = 0;
    for _ in 0..25 {
        let response = call(&endpoint, Method::POST, "/devenir-agree/acces").await;
        refused += usize::from(response.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "reading pages has a wider limit");
    assert_eq!(call(&endpoint, Method::GET, "/devenir-agree/acces").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_account_is_limited_whatever_its_tokens_and_is_told_what_is_left() {
    let few =
        |config| Config { rate_limits: RateLimits::On, rate_per_account: 1, burst_per_account: 3, ..config };
    let t = TestApp::with(few).await;
    let (busy, other) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    let made = t.post(&busy, "/users/me/tokens", &json!({ "name": "Tableur", "ttl_days": 2 })).await;
    let second = made.body["token"].as_str().unwrap().to_owned();
    let ask = |token: &str| {
        let request = t.client.get("/api/v1/agreement-pieces");
        request.header("authorization", format!("Bearer {token}")).send()
    };
    let left = |response: &Response| {
        let header = |name: &str| response.header(name).unwrap_or_default().to_owned();
        (header("ratelimit-limit"), header("ratelimit-remaining"), header("ratelimit-reset"))
    };
    let told = |limit: &str, remaining: &str, reset: &str| {
        (limit.to_owned(), remaining.to_owned(), reset.to_owned())
    };
    assert_eq!(left(&ask(&busy.token).await.0), told("3", "1", "120"), "one request made the token");
    assert_eq!(left(&ask(&second).await.0), told("3", "0", "180"), "another token counts with the first");
    let refused = ask(&busy.token).await.0;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key(header::RETRY_AFTER), "{refused:?}");
    assert_eq!(left(&refused), told("3", "0", "180"));
    assert_eq!(problem(refused).await.1["code"], "rate-limited");
    let (status, html) = t.open(&busy, "/accueil").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "its browser counts too");
    assert!(html.contains("lang=\"fr\""), "{html}");
    assert_eq!(left(&ask(&other.token).await.0), told("3", "2", "60"), "somebody else is free");
}

#[tokio::test]
async fn no_limit_is_told_when_none_applies() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let request = t.client.get("/api/v1/agreement-pieces");
    let response = request.header("authorization", format!("Bearer {}", person.token)).send().await.0;
    assert!(response.headers().keys().all(|name| !name.as_str().starts_with("ratelimit")), "{response:?}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let t = TestApp::with(|config| Config { request_seconds: 1, ..config }).await;
    let slow = poem::endpoint::make(|_| async {
        tokio::time::sleep(std::time::Duration::from_secs(20)).await;
        Response::builder().body("fini")
    });
    let slow = slow
        .around(http::middleware::limit_body::layer)
        .around(http::middleware::refusal::layer)
        .data(std::sync::Arc::clone(&t.app));
    let client = poem::test::TestClient::new(slow);
    let started = std::time::Instant::now();
    for method in [Method::GET, Method::POST] {
        let response = client.request(method, "/api/v1/lent").send().await.0;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let (kind, body) = problem(response).await;
        assert_eq!((kind.as_str(), &body["code"]), ("application/problem+json", &json!("took-too-long")));
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(15), "{:?}", started.elapsed());
}

#[test]
fn limits_of_nothing_are_refused() {
    for config in [
        Config { burst_per_account: 0, ..Config::default() },
        Config { rate_of_secrets: 0, ..Config::default() },
        Config { request_seconds: 0, ..Config::default() },
    ] {
        assert!(config.checked().is_err());
    }
    assert!(Config::default().checked().is_ok());
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

#[tokio::test]
async fn an_address_that_only_takes_forms_leads_to_its_page_when_it_is_opened() {
    let t = TestApp::new().await;
    let endpoint = http::endpoint(&t.app, features::api(&t.app), features::pages());
    for (path, page) in [
        ("/agrements/AGR-2026-0042/fournir", "/agrements/AGR-2026-0042"),
        ("/agrements/BRO-1/brouillon/pieces", "/agrements/BRO-1/brouillon"),
        ("/missions/MIS-2026-0001/accepter", "/missions/MIS-2026-0001"),
        ("/deconnexion", "/"),
    ] {
        let response = call(&endpoint, Method::GET, path).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(response.headers()[header::LOCATION], page, "{path}");
    }
    assert_eq!(call(&endpoint, Method::GET, "/nulle-part").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(call(&endpoint, Method::PUT, "/aide").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_parameter_that_no_operation_declares_is_refused_by_its_name() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let answer = t.get(&officer, "/structures?limite=5&q=a&r%C3%A9gion=27&limite=6").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    assert_eq!(answer.pointers(), ["/limite", "/région"]);
    assert_eq!(answer.body["errors"][0]["code"], "parameter-unknown");
    let answer = t.get(&officer, "/structures?limit=-1").await;
    assert_eq!((answer.status, answer.pointers()), (StatusCode::BAD_REQUEST, vec!["/limit"]));
    assert_eq!(answer.body["errors"][0]["code"], "parameter-unreadable");
    let answer = t.post(&officer, "/structures?essai=oui", &json!({})).await;
    assert_eq!((answer.status, answer.pointers()), (StatusCode::BAD_REQUEST, vec!["/essai"]));
    assert_eq!(t.effects().await.events, Vec::<String>::new());
    assert_eq!(t.get(&officer, "/structures?q=a&region=27&limit=5").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_does_not_follow_its_schema_is_told_every_fault() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = "/agreement-requests";
    let answer = t.post(&officer, path, &json!({ "toto": 1, "kind": "initial" })).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    let mut places = answer.pointers();
    places.sort_unstable();
    assert_eq!(places, ["/certification_version_id", "/kind", "/role", "/structure_id", "/toto"]);
    let answer = t.post(&officer, path, &json!({})).await;
    assert_eq!(answer.pointers().len(), 4, "{answer:?}");
    assert!(answer.body["errors"].as_array().unwrap().iter().all(|one| one["code"] == "field-missing"));
    let answer = t.get(&officer, &format!("{path}/AGR-2026-0042")).await;
    assert_eq!((answer.status, answer.pointers()), (StatusCode::BAD_REQUEST, vec![""]));
    assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("UUID"), "{answer:?}");
}

#[tokio::test]
async fn a_page_holds_from_one_to_two_hundred_rows() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    for path in ["/structures", "/mails", "/rights"] {
        for (limit, status) in [(0, 422), (1, 200), (200, 200), (201, 422)] {
            let answer = t.get(&manager, &format!("{path}?limit={limit}")).await;
            assert_eq!(answer.status, status, "{path} {limit} {answer:?}");
            if status == 422 {
                assert_eq!(answer.pointers(), ["/limit"]);
                assert_eq!(answer.body["errors"][0]["code"], "out-of-range");
            }
        }
    }
    let document = http::api::document::published(&features::api(&t.app).spec());
    let list = &document["paths"]["/structures"]["get"]["parameters"];
    let limit = list.as_array().unwrap().iter().find(|one| one["name"] == "limit").unwrap();
    assert_eq!((&limit["schema"]["minimum"], &limit["schema"]["maximum"]), (&json!(1), &json!(200)));
}
