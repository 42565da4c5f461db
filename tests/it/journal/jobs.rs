//! Once a day: the head leaves, and the journal is verified.

use entity::setting;
use parchemin::features::journal::JournalError;
use parchemin::features::journal::jobs::{daily_check, daily_head};
use parchemin::worker::seal::seal_now;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{note, run, unprotect};
use crate::support::TestApp;

async fn keep_heads(t: &TestApp, addresses: &[&str]) {
    let row = setting::ActiveModel {
        key: Set("journal.head_recipients".to_owned()),
        value: Set(json!(addresses)),
        version: Set(1),
        changed_at: Set(t.app.now().into()),
        changed_by: Set(None),
    };
    setting::Entity::insert(row).exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
}

#[tokio::test]
async fn the_head_goes_to_the_addresses_of_the_settings_once_a_day() {
    let t = TestApp::new().await;
    note(&t.app, 2).await;
    daily_head(&t.app).await.unwrap();
    assert_eq!(t.effects().await.mails, Vec::<String>::new(), "nobody by default");
    keep_heads(&t, &["a@essai.exemple", "b@essai.exemple"]).await;
    assert!(matches!(daily_head(&t.app).await, Err(JournalError::NotSealed)), "to be tried again soon");
    seal_now(&t.app).await.unwrap();
    daily_head(&t.app).await.unwrap();
    daily_head(&t.app).await.unwrap();
    assert_eq!(t.effects().await.mails, ["journal-head", "journal-head"]);
    t.advance(time::Duration::days(1));
    daily_head(&t.app).await.unwrap();
    assert_eq!(t.effects().await.mails, ["journal-head", "journal-head"]);
}

#[tokio::test]
async fn the_daily_verification_looks_at_what_is_new_and_tells_the_managers_when_it_fails() {
    let t = TestApp::new().await;
    note(&t.app, 2).await;
    seal_now(&t.app).await.unwrap();
    daily_check(&t.app).await.unwrap();
    assert_eq!(t.effects().await.mails, Vec::<String>::new());
    note(&t.app, 2).await;
    seal_now(&t.app).await.unwrap();
    t.advance(time::Duration::days(1));
    unprotect(&t).await;
    run(&t, "UPDATE audit_event SET reason = 'x' WHERE subject_label = 'NOTE-1'").await;
    daily_check(&t.app).await.unwrap();
    let effects = t.effects().await;
    assert_eq!(effects.mails, ["journal-broken"]);
    assert_eq!(effects.events.last().map(String::as_str), Some("journal.verified"));
}
