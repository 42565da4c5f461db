//! Whoever tries numbers and names learns nothing. `tests/load/certificates` makes the fifty thousand guesses of the acceptance
//! and compares their times.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use parchemin::config::{Config, RateLimits};
use parchemin::features::certificates::public::ANSWER;
use parchemin::rules::certificate_number::{DRAWN, Draft, Number};
use parchemin::{features, http};
use poem::http::{Method, StatusCode, header, uri::Scheme};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Body, Endpoint, Request, RequestParts};
use serde_json::{Value, json};

use super::bench::Bench;
use crate::support::TestApp;

/// Guesses of the daily run.
const GUESSES: usize = 400;
/// Guesses in hand at the same time.
const AT_ONCE: usize = 50;

/// Numbers that begin as a real one and end otherwise: the same number is never among them.
fn guesses(real: &str) -> Vec<String> {
    let real = Number::read(real).unwrap();
    let parts: Vec<&str> = real.as_str().split('-').collect();
    let (year, serial) = (parts[1].parse().unwrap(), parts[2].parse().unwrap());
    let guess = |rank: usize| {
        let digit = |place: u32| u8::try_from(rank / 32_usize.pow(place) % 32).unwrap();
        let drawn: [u8; DRAWN] = [digit(0), digit(1), digit(2), 5, 9, 14];
        Draft::new(parts[0], year, serial, drawn).finish(&[digit(0), 7]).to_string()
    };
    (0..GUESSES).map(guess).filter(|guess| guess != real.as_str()).collect()
}

/// An answer without what changes with each request: its status and its text.
fn bare(status: StatusCode, mut body: Value) -> (StatusCode, String) {
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|name, _| name != "instance" && name != "request_id");
    }
    (status, body.to_string())
}

async fn read(bench: &Bench, number: String) -> (StatusCode, String) {
    let response = bench.t.client.get(format!("/api/v1/verification/{number}")).send().await.0;
    bare(response.status(), response.into_body().into_json().await.unwrap())
}

async fn name(bench: &Bench, number: String) -> (StatusCode, String) {
    let request = bench.t.client.post(format!("/api/v1/verification/{number}/name"));
    let response = request.body_json(&json!({ "name": "Inès Kerdoncuff" })).send().await.0;
    bare(response.status(), response.into_body().into_json().await.unwrap())
}

async fn page(bench: &Bench, number: String) -> (StatusCode, String) {
    let response = bench.t.client.get(format!("/verifier/{number}")).send().await.0;
    let status = response.status();
    (status, response.into_body().into_string().await.unwrap().replace(&number, ""))
}

#[tokio::test]
async fn guesses_are_all_answered_alike_and_give_no_name() {
    let bench = Bench::new().await;
    let (_, real) = bench.issued("Kerdoncuff").await;
    let guesses = guesses(&real);
    assert!(guesses.len() >= GUESSES - 1);
    let asked: BTreeSet<_> = stream::iter(guesses.clone())
        .map(|guess| read(&bench, guess))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let named: BTreeSet<_> = stream::iter(guesses.clone())
        .map(|guess| name(&bench, guess))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let shown: BTreeSet<_> =
        stream::iter(guesses).map(|guess| page(&bench, guess)).buffer_unordered(AT_ONCE).collect().await;
    for answers in [asked, named, shown] {
        assert_eq!(answers.len(), 1, "one answer for all: {answers:?}");
        let (status, text) = answers.into_iter().next().unwrap();
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(!text.contains("Kerdoncuff") && !text.contains("Inès"), "{text}");
    }
    let (status, text) = name(&bench, real).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("true"), "whoever holds the number compares: {text}");
}

#[tokio::test]
async fn no_answer_leaves_before_the_same_time_whether_the_number_exists_or_not() {
    let bench = Bench::new().await;
    let (id, real) = bench.issued("Kerdoncuff").await;
    let unknown = guesses(&real).remove(0);
    let there = &bench;
    let took = |number: String| async move {
        let began = Instant::now();
        let (status, _) = read(there, number).await;
        (status, began.elapsed())
    };
    let shown = took(real.clone()).await;
    let body = json!({ "public": false });
    bench.t.post(&bench.officer, &format!("/certificates/{id}/publish"), &body).await;
    let (hidden, missing, malformed) =
        (took(real).await, took(unknown).await, took("bonjour".to_owned()).await);
    assert_eq!(shown.0, StatusCode::OK);
    for (status, spent) in [hidden, missing, malformed] {
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(spent >= ANSWER, "{spent:?}");
    }
    assert!(shown.1 >= ANSWER && ANSWER >= Duration::from_millis(100), "{shown:?}");
}

#[tokio::test]
async fn an_address_makes_few_guesses_a_minute() {
    let t = TestApp::with(|config| Config { rate_limits: RateLimits::On, ..config }).await;
    let endpoint = http::endpoint(&t.app, features::api(&t.app), features::pages());
    let guess = |path: String| {
        let (mut parts, ()) = poem::http::Request::new(()).into_parts();
        parts.method = Method::GET;
        parts.uri = path.parse().unwrap();
        let peer = Addr::SocketAddr(([192, 0, 2, 9], 4000).into());
        let parts = RequestParts::from((parts, LocalAddr::default(), RemoteAddr(peer), Scheme::HTTP));
        endpoint.get_response(Request::from_parts(parts, Body::empty()))
    };
    let paths = (0..GUESSES).map(|rank| match rank % 3 {
        0 => format!("/api/v1/verification/CQPSP-2025-000001-{rank:08}"),
        1 => format!("/verifier/CQPSP-2025-000001-{rank:08}"),
        _ => format!("/verifier/CQPSP-2025-000001-{rank:08}/signature"),
    });
    let answers: Vec<_> = stream::iter(paths).map(guess).buffer_unordered(AT_ONCE).collect().await;
    let refused = answers.iter().filter(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS);
    let most = usize::try_from(t.app.config.burst_of_secrets).unwrap();
    // A few more are let through while the first ones are answered.
    assert!(GUESSES - refused.count() <= most + 10, "{most} at once");
    let told = answers.iter().find(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS).unwrap();
    assert!(told.headers().contains_key(header::RETRY_AFTER), "{told:?}");
}
