//! The measures say what happened and what waits, and nothing of anybody.

use entity::account_role::Role;
use parchemin::http;
use poem::test::TestClient;

use crate::support::TestApp;

#[tokio::test]
async fn the_measures_count_answers_and_what_waits() {
    let t = TestApp::new().await;
    t.client.get("/healthz").send().await.assert_status_is_ok();
    t.client.get("/nulle-part").send().await.assert_status(poem::http::StatusCode::NOT_FOUND);
    let text = measures(&t).await;
    for line in [
        "parchemin_http_requests_total{status=\"2xx\"} 1",
        "parchemin_http_requests_total{status=\"4xx\"} 1",
        "parchemin_http_request_duration_seconds_count 2",
        "parchemin_mails{state=\"pending\"} 0",
        "parchemin_jobs{state=\"pending\"} 0",
        "parchemin_journal_unsealed_events 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
    assert!(text.contains("parchemin_database_connections{pool="), "{text}");
}

#[tokio::test]
async fn the_measures_name_nobody_and_no_page() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    t.client.get("/agrements/secret").header("cookie", &person.cookie).send().await;
    let text = measures(&t).await;
    for private in ["essai.exemple", "secret", "agrements"] {
        assert!(!text.contains(private), "{private} is in\n{text}");
    }
}

async fn measures(t: &TestApp) -> String {
    let answer = TestClient::new(http::metrics::endpoint(&t.app)).get("/metrics").send().await;
    answer.assert_status_is_ok();
    answer.assert_content_type("text/plain; version=0.0.4; charset=utf-8");
    answer.0.into_body().into_string().await.unwrap()
}
