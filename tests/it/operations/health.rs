//! Ready is said once the schema is whole; what goes wrong is found in the logs by the identifier of its request.

use std::io;
use std::sync::{Arc, Mutex};

use entity::account_role::Role;
use parchemin::db;
use poem::http::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn a_program_is_not_ready_while_a_migration_is_to_be_applied() {
    let t = TestApp::new().await;
    let steps = db::migration_status(&t.app.db).await.unwrap();
    let last = &steps.last().unwrap().name;
    let conn = t.app.db.bookkeeping();
    let forget = format!("DELETE FROM seaql_migrations WHERE version = '{last}'");
    conn.execute_unprepared(&forget).await.unwrap();
    for _ in 0..2 {
        t.client.get("/readyz").send().await.assert_status(StatusCode::SERVICE_UNAVAILABLE);
        t.client.get("/healthz").send().await.assert_status_is_ok();
    }
    let apply = format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{last}', 0)");
    conn.execute_unprepared(&apply).await.unwrap();
    for _ in 0..2 {
        t.client.get("/readyz").send().await.assert_status_is_ok();
    }
}

/// What the logs say, kept.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_internal_error_is_found_in_the_logs_by_the_identifier_of_its_request() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    t.app.db.bookkeeping().execute_unprepared("ALTER TABLE mail RENAME TO mail_away").await.unwrap();
    let logs = Logs::default();
    let kept = logs.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || kept.clone()).finish();
    let listening = tracing::subscriber::set_default(subscriber);
    let request = t.client.get("/api/v1/mails");
    let answer = request.header("authorization", format!("Bearer {}", manager.token)).send().await.0;
    drop(listening);
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let id = answer.header("x-request-id").unwrap();
    let text = String::from_utf8(logs.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let error = lines.iter().find(|line| line["fields"]["message"] == "internal error").unwrap();
    assert_eq!(error["span"]["request_id"], id, "{text}");
    assert_eq!((&error["span"]["method"], &error["span"]["path"]), (&json!("GET"), &json!("/api/v1/mails")));
}
