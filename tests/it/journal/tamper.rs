//! Whatever is changed by hand, the verification names the first event that does not stand.

use entity::ids::AuditEventId;
use entity::{audit_event, audit_leaf, audit_seal};
use parchemin::features::journal::cli;
use parchemin::worker::seal::seal_now;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder};

use super::{Noted, literal, note, note_one, run, unprotect, verified};
use crate::support::TestApp;

/// Ten events under two seals.
async fn sealed() -> (TestApp, Vec<AuditEventId>) {
    let t = TestApp::new().await;
    let mut ids = note(&t.app, 6).await;
    seal_now(&t.app).await.unwrap();
    ids.extend(note(&t.app, 4).await);
    seal_now(&t.app).await.unwrap();
    assert_eq!(verified(&t).await.1, cli::INTACT);
    (t, ids)
}

async fn found(t: &TestApp, words: &[&str]) {
    let (said, code) = verified(t).await;
    assert_eq!(code, cli::ALTERED, "{said}");
    let plain = said.replace('\u{202f}', " ");
    for word in words {
        assert!(plain.contains(word), "« {word} » is not in « {plain} »");
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete() {
    let (t, ids) = sealed().await;
    let conn = t.app.db.bookkeeping();
    for statement in [
        format!("UPDATE audit_event SET reason = 'x' WHERE id = {}", literal(&t, ids[0])),
        format!("DELETE FROM audit_event WHERE id = {}", literal(&t, ids[0])),
        "DELETE FROM audit_event".to_owned(),
        "UPDATE audit_leaf SET seq = seq + 100".to_owned(),
        "DELETE FROM audit_leaf WHERE seq = 9".to_owned(),
        "UPDATE audit_seal SET signed_at = 0".to_owned(),
        "DELETE FROM audit_seal".to_owned(),
    ] {
        assert!(conn.execute_unprepared(&statement).await.is_err(), "{statement}");
    }
    assert_eq!(verified(&t).await.1, cli::INTACT);
}

#[tokio::test]
async fn a_changed_event_is_named() {
    for change in [
        "subject_label = 'NOTE-99'",
        "at = at - 1000",
        "payload = '{\"number\":99}'",
        "payload = 'x'",
        "reason = ''",
    ] {
        let (t, ids) = sealed().await;
        unprotect(&t).await;
        run(&t, &format!("UPDATE audit_event SET {change} WHERE id = {}", literal(&t, ids[3]))).await;
        run(&t, &format!("UPDATE audit_event SET {change} WHERE id = {}", literal(&t, ids[7]))).await;
        found(&t, &["n° 4", &ids[3].to_string(), "modifié"]).await;
    }
}

#[tokio::test]
async fn an_event_changed_with_its_recorded_hash_is_named() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    let mut row = audit_event::Entity::find_by_id(ids[2]).one(t.app.db.read()).await.unwrap().unwrap();
    row.reason = Some("autre".to_owned());
    row.hash = parchemin::events::EventLine::from_row(&row).unwrap().leaf_hash().unwrap().to_vec();
    audit_event::Entity::update(row.into_active_model().reset_all())
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    found(&t, &["n° 3", &ids[2].to_string(), "modifié"]).await;
}

#[tokio::test]
async fn a_changed_hash_of_event_or_leaf_is_named() {
    for table in ["audit_event SET hash", "audit_leaf SET hash"] {
        let (t, ids) = sealed().await;
        unprotect(&t).await;
        let (zero, key) = if t.app.db.is_sqlite() { ("x'00'", "id") } else { ("'\\x00'", "id") };
        let key = if table.starts_with("audit_leaf") { "event_id" } else { key };
        run(&t, &format!("UPDATE {table} = {zero} WHERE {key} = {}", literal(&t, ids[4]))).await;
        found(&t, &["n° 5", &ids[4].to_string(), "modifié"]).await;
    }
}

#[tokio::test]
async fn a_deleted_event_is_named() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    run(&t, &format!("DELETE FROM audit_event WHERE id = {}", literal(&t, ids[5]))).await;
    found(&t, &["n° 6", &ids[5].to_string(), "manque"]).await;
    run(&t, "DELETE FROM audit_leaf WHERE seq = 5").await;
    found(&t, &["n° 6", "manque"]).await;
}

#[tokio::test]
async fn a_deleted_end_is_named() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    run(&t, "DELETE FROM audit_leaf WHERE seq >= 8").await;
    run(&t, &format!("DELETE FROM audit_event WHERE id >= {}", literal(&t, ids[8]))).await;
    found(&t, &["n° 9", "manque"]).await;
}

#[tokio::test]
async fn an_event_removed_with_the_leaves_renumbered_is_found() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    run(&t, "DELETE FROM audit_leaf WHERE seq = 2").await;
    run(&t, &format!("DELETE FROM audit_event WHERE id = {}", literal(&t, ids[2]))).await;
    for seq in 3..10 {
        run(&t, &format!("UPDATE audit_leaf SET seq = {} WHERE seq = {seq}", seq - 1)).await;
    }
    found(&t, &["Parmi les actes n° 1 à 6", "racine"]).await;
}

#[tokio::test]
async fn an_event_written_by_hand_is_named() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    let mut row = audit_event::Entity::find_by_id(ids[0]).one(t.app.db.read()).await.unwrap().unwrap();
    row.id = t.app.new_id().into();
    row.hash = parchemin::events::EventLine::from_row(&row).unwrap().leaf_hash().unwrap().to_vec();
    let id = row.id.to_string();
    audit_event::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(t.app.db.bookkeeping())
        .await
        .unwrap();
    found(&t, &[&id, "ajouté"]).await;
}

#[tokio::test]
async fn an_event_written_by_hand_under_the_protections_is_named() {
    for (change, word) in [("hash", "modifié"), ("date", "ajouté")] {
        let (t, ids) = sealed().await;
        let mut row = audit_event::Entity::find_by_id(ids[0]).one(t.app.db.read()).await.unwrap().unwrap();
        row.id = t.app.new_id().into();
        if change == "date" {
            row.at = (*row.at - time::Duration::days(30)).into();
            row.hash = parchemin::events::EventLine::from_row(&row).unwrap().leaf_hash().unwrap().to_vec();
        }
        let id = row.id.to_string();
        audit_event::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(t.app.db.bookkeeping())
            .await
            .unwrap();
        found(&t, &[&id, word]).await;
        if change == "hash" {
            note(&t.app, 1).await;
            assert_eq!(
                seal_now(&t.app).await.unwrap().map(|seal| seal.tree_size),
                Some(11),
                "the others are sealed"
            );
            found(&t, &[&id, word]).await;
        }
    }
}

#[tokio::test]
async fn a_leaf_added_after_the_last_seal_is_found() {
    let (t, _) = sealed().await;
    note(&t.app, 1).await;
    let event = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).one(t.app.db.read()).await;
    let event = event.unwrap().unwrap();
    let leaf = audit_leaf::Model { seq: 10, event_id: event.id, hash: event.hash };
    audit_leaf::Entity::insert(leaf.into_active_model().reset_all())
        .exec_without_returning(t.app.db.bookkeeping())
        .await
        .unwrap();
    found(&t, &[&event.id.to_string(), "ajouté"]).await;
}

#[tokio::test]
async fn an_event_removed_before_it_was_sealed_is_named() {
    let (t, _) = sealed().await;
    let waiting = note(&t.app, 1).await;
    assert_eq!(verified(&t).await.1, cli::INTACT);
    unprotect(&t).await;
    run(&t, &format!("DELETE FROM audit_event WHERE id = {}", literal(&t, waiting[0]))).await;
    found(&t, &[&waiting[0].to_string(), "manque"]).await;
}

async fn swap(t: &TestApp, one: i64, two: i64) {
    for (from, to) in [(one, -1), (two, one), (-1, two)] {
        run(t, &format!("UPDATE audit_leaf SET seq = {to} WHERE seq = {from}")).await;
    }
}

#[tokio::test]
async fn events_moved_are_found() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    swap(&t, 1, 2).await;
    found(&t, &["n° 2", &ids[2].to_string(), "ordre"]).await;
}

#[tokio::test]
async fn events_moved_from_one_seal_to_another_are_found() {
    let (t, _) = sealed().await;
    unprotect(&t).await;
    swap(&t, 5, 6).await;
    found(&t, &["Parmi les actes n° 1 à 6", "racine"]).await;
}

#[tokio::test]
async fn a_changed_seal_is_named() {
    for (change, words) in [
        ("signed_at = signed_at + 1", "signature fausse"),
        ("key_id = 'ed25519:0'", "clé ed25519:0"),
        ("frontier = ''", "racine"),
    ] {
        let (t, _) = sealed().await;
        unprotect(&t).await;
        run(&t, &format!("UPDATE audit_seal SET {change} WHERE tree_size = 6")).await;
        found(&t, &[words]).await;
    }
    let (t, _) = sealed().await;
    unprotect(&t).await;
    run(
        &t,
        "UPDATE audit_seal SET root = (SELECT root FROM audit_seal WHERE tree_size = 10) WHERE tree_size = 6",
    )
    .await;
    found(&t, &["sceau de 6 actes", "signature fausse"]).await;
}

#[tokio::test]
async fn a_removed_last_seal_is_found() {
    let (t, ids) = sealed().await;
    unprotect(&t).await;
    run(&t, "DELETE FROM audit_seal WHERE tree_size = 10").await;
    found(&t, &[&ids[9].to_string(), "ajouté"]).await;
}

#[tokio::test]
async fn nothing_is_sealed_on_top_of_a_seal_that_does_not_stand() {
    let (t, _) = sealed().await;
    unprotect(&t).await;
    run(&t, "UPDATE audit_seal SET signed_at = signed_at + 1 WHERE tree_size = 10").await;
    note(&t.app, 1).await;
    run(&t, "DELETE FROM audit_pending").await;
    let waiting =
        audit_event::Entity::find().order_by_desc(audit_event::Column::Id).one(t.app.db.read()).await;
    let waiting = literal(&t, waiting.unwrap().unwrap().id);
    run(&t, &format!("INSERT INTO audit_pending (event_id) VALUES ({waiting})")).await;
    assert!(seal_now(&t.app).await.is_err());
}

#[tokio::test]
async fn a_replaced_key_is_found() {
    let (t, _) = sealed().await;
    let other = if t.app.db.is_sqlite() { "zeroblob(32)" } else { "decode(repeat('00', 32), 'hex')" };
    run(&t, &format!("UPDATE audit_key SET public_key = {other}")).await;
    found(&t, &["clé", "ne correspond pas"]).await;
}

#[tokio::test]
async fn a_changed_personal_value_is_found() {
    let t = TestApp::new().await;
    note(&t.app, 2).await;
    let id = note_one(&t.app, Noted { number: 3, phone: Some("0500000001") }).await;
    seal_now(&t.app).await.unwrap();
    assert_eq!(verified(&t).await.1, cli::INTACT);
    run(&t, "UPDATE audit_personal SET value = '0500000002'").await;
    found(&t, &["n° 3", &id.to_string(), "personnelle"]).await;
    run(&t, "DELETE FROM audit_personal").await;
    found(&t, &["n° 3", "personnelle"]).await;
}

#[tokio::test]
async fn verification_may_start_from_a_trusted_seal() {
    let (t, ids) = sealed().await;
    let (said, code) = cli::verify(&t.app, false, Some("6")).await;
    assert_eq!((said.starts_with("OK 4 événements, 1 sceaux, racine "), code), (true, 0), "{said}");
    let seal = audit_seal::Entity::find_by_id(6).one(t.app.db.read()).await.unwrap().unwrap();
    let trusted = format!("6:{}", hex::encode(seal.root));
    assert_eq!(cli::verify(&t.app, false, Some(&trusted)).await.1, cli::INTACT);
    let other = format!("6:{}", "0".repeat(64));
    for (since, expected) in
        [("7", cli::ALTERED), (other.as_str(), cli::ALTERED), ("six", cli::FAILED), ("6:00", cli::FAILED)]
    {
        assert_eq!(cli::verify(&t.app, true, Some(since)).await.1, expected, "{since}");
    }
    unprotect(&t).await;
    run(&t, &format!("UPDATE audit_event SET reason = 'x' WHERE id = {}", literal(&t, ids[1]))).await;
    assert_eq!(cli::verify(&t.app, false, Some(&trusted)).await.1, cli::INTACT, "what is before is trusted");
    run(&t, &format!("UPDATE audit_event SET reason = 'x' WHERE id = {}", literal(&t, ids[8]))).await;
    let (said, code) = cli::verify(&t.app, true, Some(&trusted)).await;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (said["divergence"]["seq"].as_u64(), said["divergence"]["kind"].as_str()),
        (Some(8), Some("modified"))
    );
    assert_eq!(code, cli::ALTERED);
}
