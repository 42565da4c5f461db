//! Ready is said once the schema is whole.

use parchemin::db;
use poem::http::StatusCode;
use sea_orm::ConnectionTrait;

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
