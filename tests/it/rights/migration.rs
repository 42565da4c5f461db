//! The tables of rights are made again for a new holder: what they held stays, and what they refuse.

use entity::account_role::Role;
use entity::dated_right::{RightKind, RightState};
use entity::{dated_right, right_suspension};
use migration::{Migrator, MigratorTrait};
use parchemin::db::{self, migrate, migration_status};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use time::macros::date;

use crate::support::TestApp;

/// Goes back to before the tables were made again.
async fn before(t: &TestApp) {
    let steps = migration_status(&t.app.db).await.unwrap();
    let back = steps.iter().rev().position(|step| step.name.ends_with("record_rights")).unwrap() + 1;
    Migrator::down(t.app.db.bookkeeping(), Some(u32::try_from(back).unwrap())).await.unwrap();
}

#[tokio::test]
async fn rights_and_suspensions_outlive_the_change_of_their_tables() {
    let t = TestApp::new().await;
    let holder = t.structure("Les Jardins du Morvan").await.id.0;
    let year = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    let right = t.raw_right(holder, "*", year, RightState::InForce).await.unwrap();
    let conn = t.app.db.bookkeeping();
    let suspension = right_suspension::Model {
        id: t.app.new_id().into(),
        right_id: right.id,
        starts_on: date!(2025 - 03 - 01),
        ends_on: None,
    };
    let insert = right_suspension::Entity::insert(suspension.clone().into_active_model().reset_all());
    insert.exec_without_returning(conn).await.unwrap();

    before(&t).await;
    migrate(&t.app.db).await.unwrap();

    assert_eq!(dated_right::Entity::find().all(conn).await.unwrap(), [right]);
    assert_eq!(right_suspension::Entity::find().all(conn).await.unwrap(), [suspension]);
    let refused = t.raw_right(holder, "*", year, RightState::InForce).await.unwrap_err();
    assert!(db::breaks(&refused, "dated_right_overlap"), "{refused}");
}

#[tokio::test]
async fn the_insurance_of_an_expert_becomes_an_insurance_and_was_a_piece() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    let body = json!({ "code": "insurance", "note": "", "valid_until": "2026-10-05" });
    let answer = t.post(&manager, &format!("/experts/{}/pieces", expert.id), &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let told = async || {
        let row = dated_right::Entity::find().one(t.app.db.bookkeeping()).await.unwrap().unwrap();
        (row.kind, row.scope)
    };
    assert_eq!(told().await, (RightKind::Insurance, "*".to_owned()));
    before(&t).await;
    assert_eq!(told().await, (RightKind::Piece, "insurance".to_owned()));
    migrate(&t.app.db).await.unwrap();
    assert_eq!(told().await, (RightKind::Insurance, "*".to_owned()));
}
