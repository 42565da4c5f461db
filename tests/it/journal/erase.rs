//! Personal values can be erased, and the chain still verifies.

use entity::audit_personal;
use parchemin::authz::Actor;
use parchemin::features::journal::{Erase, cli, erase_personal};
use parchemin::worker::seal::seal_now;
use sea_orm::EntityTrait;

use super::{Noted, note_one, verified};
use crate::support::TestApp;

#[tokio::test]
async fn erasing_a_value_keeps_the_chain_whole() {
    let t = TestApp::new().await;
    let kept = note_one(&t.app, Noted { number: 1, phone: Some("0500000001") }).await;
    let gone = note_one(&t.app, Noted { number: 2, phone: Some("0500000002") }).await;
    seal_now(&t.app).await.unwrap();
    let mut tx = t.app.begin(Actor::system("privacy.retention")).await.unwrap();
    let erased = erase_personal(&mut tx, Erase::Events(vec![gone]), "fin de conservation").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(erased, 1);
    let rows = audit_personal::Entity::find().all(t.app.db.read()).await.unwrap();
    let row = |id| rows.iter().find(|row| row.event_id == id).unwrap();
    assert_eq!(row(kept).value.as_deref(), Some("0500000001"));
    assert_eq!((row(gone).value.as_deref(), row(gone).salt.len()), (None, 0));
    assert!(t.effects().await.events.ends_with(&["journal.personal_erased".to_owned()]));
    seal_now(&t.app).await.unwrap();
    assert_eq!(verified(&t).await.1, cli::INTACT);
}

#[tokio::test]
async fn values_of_an_account_are_erased_wherever_they_are() {
    let t = TestApp::new().await;
    let manager = t.person(entity::account_role::Role::Manager).await;
    note_one(&t.app, Noted { number: 1, phone: Some("0500000001") }).await;
    let mut tx = t.app.begin(manager.actor.clone()).await.unwrap();
    assert_eq!(erase_personal(&mut tx, Erase::Account(manager.id), "demande").await.unwrap(), 0);
    tx.commit().await.unwrap();
    let structure = t.person(entity::account_role::Role::Trainee).await;
    let mut tx = t.app.begin(structure.actor.clone()).await.unwrap();
    assert!(erase_personal(&mut tx, Erase::Account(manager.id), "demande").await.is_err());
}
