//! Two servers on one database: what is done by itself is done once. PostgreSQL only: SQLite has one server.

use std::collections::HashMap;

use entity::account_role::Role;
use entity::audit_event;
use parchemin::features::settings::{Key, actions};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::drafts::drafts;
use super::server::{Server, assert_journal_intact};
use super::{all_sealed, all_sent, client, scene, times_kept, until};
use crate::support::TestApp;
use crate::support::smtp::Relay;

const FILES: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_do_each_thing_once() {
    let t = scene().await;
    if t.app.db.is_sqlite() {
        return;
    }
    t.person(Role::Officer).await;
    let now = t.app.now();
    t.set_now(now - time::Duration::days(65));
    let idle = drafts(&t, FILES).await;
    t.set_now(now);
    set(&t, Key::HeadRecipients, &json!(["garde@essai.exemple"])).await;
    // These servers have the clock of the machine, and reminders wait at night.
    set(&t, Key::NoticeHours, &json!({ "quiet_from": 0, "quiet_until": 0 })).await;
    let active = drafts(&t, FILES).await;
    let relay = Relay::friendly().await;
    let (one, two) = tokio::join!(Server::start(&t, relay.port()), Server::start(&t, relay.port()));
    let mut calls = JoinSet::new();
    for (index, draft) in active.iter().enumerate() {
        for address in [one.address, two.address] {
            let draft = draft.clone();
            calls.spawn(async move {
                let key = format!("depot-{index}");
                client::post(address, &draft.token, &draft.submit_path(), &key).await.unwrap()
            });
        }
    }
    let statuses: Vec<u16> = calls.join_all().await.into_iter().map(|reply| reply.status).collect();
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    until("the warnings are given", async || events(&t, "AGR_DRAFT_WARNED").await.len() >= FILES).await;
    until("the head is sent", async || !events(&t, "JOURNAL_HEAD_SENT").await.is_empty()).await;
    all_sent(&t).await;
    all_sealed(&t).await;
    tokio::join!(one.stop(), two.stop());
    for (code, drafts) in [("AGR_DRAFT_WARNED", &idle), ("AGR_SUBMITTED", &active)] {
        let once: HashMap<_, _> = drafts.iter().map(|draft| (draft.id.0, 1)).collect();
        assert_eq!(events(&t, code).await, once, "{code}");
    }
    assert_eq!(events(&t, "JOURNAL_HEAD_SENT").await.values().sum::<usize>(), 1);
    for (mail, times) in times_kept(&t, &relay.kept()).await {
        assert_eq!(times, 1, "{} {}", mail.template, mail.id);
    }
    assert_journal_intact(&t).await;
}

/// How many events of a code each subject has.
async fn events(t: &TestApp, code: &str) -> HashMap<Uuid, usize> {
    let found = audit_event::Entity::find().filter(audit_event::Column::Code.eq(code));
    let mut times = HashMap::new();
    for event in found.all(t.app.db.read()).await.unwrap() {
        *times.entry(event.subject_id).or_default() += 1;
    }
    times
}

/// A manager changes a setting.
async fn set(t: &TestApp, key: Key, value: &Value) {
    let manager = t.person(Role::Manager).await;
    let mut tx = t.app.begin(manager.actor).await.unwrap();
    actions::change(&mut tx, key, Some(0), Some(value)).await.unwrap();
    tx.commit().await.unwrap();
}
