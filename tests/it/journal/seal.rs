//! Sealing: in order, once, by one process at a time.

use std::sync::Arc;
use std::time::Duration;

use entity::{audit_event, audit_key, audit_leaf, audit_pending, audit_seal};
use parchemin::app::{App, SystemClock};
use parchemin::config::Config;
use parchemin::features::journal::cli;
use parchemin::mailer::Mailer;
use parchemin::storage::Storage;
use parchemin::worker::seal::{self, seal_now};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use tokio_util::sync::CancellationToken;

use super::{note, note_together, run, verified};
use crate::support::TestApp;

#[tokio::test]
async fn nothing_to_seal_makes_no_seal() {
    let t = TestApp::new().await;
    assert_eq!(seal_now(&t.app).await.unwrap(), None);
    let (said, code) = verified(&t).await;
    assert_eq!((said.starts_with("OK 0 événements, 0 sceaux, racine e3b0c442"), code), (true, 0), "{said}");
}

#[tokio::test]
async fn acts_that_wait_for_a_seal_are_counted_and_told() {
    let t = TestApp::new().await;
    note(&t.app, 3).await;
    let (said, code) = verified(&t).await;
    assert!(said.starts_with("OK 3 événements, 0 sceaux, racine e3b0c442"), "{said}");
    assert_eq!((said.lines().nth(1), code), (Some("dont 3 pas encore scellés"), 0), "{said}");
    seal_now(&t.app).await.unwrap();
    let (said, _) = verified(&t).await;
    assert!(said.starts_with("OK 3 événements, 1 sceaux") && !said.contains("scellés"), "{said}");
}

#[tokio::test]
async fn five_thousand_events_are_sealed_in_the_order_of_their_keys() {
    let t = TestApp::new().await;
    note_together(&t.app, 5_000).await;
    let seal = seal_now(&t.app).await.unwrap().unwrap();
    assert_eq!(seal.tree_size, 5_000);
    let db = t.app.db.read();
    let leaves = audit_leaf::Entity::find().order_by_asc(audit_leaf::Column::Seq).all(db).await.unwrap();
    let events = audit_event::Entity::find().order_by_asc(audit_event::Column::Id).all(db).await.unwrap();
    let sealed: Vec<_> = leaves.iter().map(|leaf| leaf.event_id).collect();
    assert_eq!(sealed, events.iter().map(|event| event.id).collect::<Vec<_>>());
    assert_eq!(audit_pending::Entity::find().count(db).await.unwrap(), 0);
    let seals = audit_seal::Entity::find().count(db).await.unwrap();
    let (said, code) = verified(&t).await;
    let (line, key) = said.split_once('\n').unwrap();
    assert_eq!(line, format!("OK 5000 événements, {seals} sceaux, racine {}", hex::encode(seal.root)));
    assert_eq!(key, format!("Clé de signature\u{202f}: {}", seal.key_id), "as the mailed head names it");
    assert_eq!(code, 0);
}

#[tokio::test]
async fn an_event_committed_after_younger_ones_is_not_forgotten() {
    let t = TestApp::new().await;
    let ids = note(&t.app, 3).await;
    run(&t, &format!("DELETE FROM audit_pending WHERE event_id = {}", super::literal(&t, ids[0]))).await;
    seal_now(&t.app).await.unwrap();
    run(&t, &format!("INSERT INTO audit_pending (event_id) VALUES ({})", super::literal(&t, ids[0]))).await;
    assert_eq!(seal_now(&t.app).await.unwrap().map(|seal| seal.tree_size), Some(3));
    assert_eq!(verified(&t).await.1, 0);
}

/// Another process on the same database.
fn another(t: &TestApp, config: Config) -> Arc<App> {
    App::new(config, t.app.db.clone(), Storage::memory(), Mailer::memory(), Arc::new(SystemClock))
}

#[tokio::test]
async fn two_sealers_at_once_form_one_chain() {
    let t = TestApp::new().await;
    let (one, two) = (another(&t, t.app.config.clone()), another(&t, t.app.config.clone()));
    let stop = CancellationToken::new();
    let sealers = [
        tokio::spawn(seal::run(Arc::clone(&one), stop.clone())),
        tokio::spawn(seal::run(Arc::clone(&two), stop.clone())),
    ];
    for _ in 0..20 {
        note(&one, 5).await;
        note(&two, 5).await;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    for _ in 0..100 {
        if audit_pending::Entity::find().count(t.app.db.read()).await.unwrap() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.cancel();
    for sealer in sealers {
        sealer.await.unwrap();
    }
    let (said, code) = verified(&t).await;
    assert_eq!((said.starts_with("OK 200 événements, "), code), (true, 0), "{said}");
}

#[tokio::test]
async fn many_calls_at_once_seal_each_event_once() {
    let t = TestApp::new().await;
    note_together(&t.app, 1_200).await;
    let apps: Vec<_> = (0..4).map(|_| another(&t, t.app.config.clone())).collect();
    let calls = apps.iter().map(|app| {
        let app = Arc::clone(app);
        tokio::spawn(async move { seal_now(&app).await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    seal_now(&apps[0]).await.unwrap();
    let (said, code) = verified(&t).await;
    assert_eq!((said.starts_with("OK 1200 événements, "), code), (true, 0), "{said}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_is_made_once_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let t = TestApp::new().await;
    note(&t.app, 1).await;
    seal_now(&t.app).await.unwrap();
    let path = t.app.data_path("keys/journal.pem");
    let first = std::fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("-----BEGIN PRIVATE KEY-----"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    note(&t.app, 1).await;
    seal_now(&another(&t, t.app.config.clone())).await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
    assert_eq!(audit_key::Entity::find().count(t.app.db.read()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_key_that_is_named_but_not_there_is_not_made() {
    let t = TestApp::with(|config| Config { journal_key_file: Some("nowhere/journal.pem".into()), ..config })
        .await;
    note(&t.app, 1).await;
    assert!(seal_now(&t.app).await.is_err());
    assert!(!std::path::Path::new("nowhere").exists());
}

#[tokio::test]
async fn another_key_retires_the_former_and_the_journal_says_so() {
    let t = TestApp::new().await;
    note(&t.app, 2).await;
    let former = seal_now(&t.app).await.unwrap().unwrap();
    let path = t.app.data_path("keys/journal.pem");
    std::fs::rename(&path, t.app.data_path("keys/former.pem")).unwrap();
    t.advance(time::Duration::hours(1));
    note(&t.app, 1).await;
    let newer = seal_now(&t.app).await.unwrap().unwrap();
    assert_ne!(former.key_id, newer.key_id);
    assert!(t.effects().await.events.contains(&"journal.key_rotated".to_owned()));
    seal_now(&t.app).await.unwrap();
    let retired = audit_key::Entity::find_by_id(former.key_id).one(t.app.db.read()).await.unwrap().unwrap();
    assert!(retired.retired_at.is_some());
    assert_eq!(verified(&t).await.1, cli::INTACT);
}
