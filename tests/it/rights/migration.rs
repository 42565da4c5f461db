//! The tables of rights are made again for a new holder: what they held stays, and what they refuse.

use entity::dated_right::RightState;
use entity::{dated_right, right_suspension};
use migration::{Migrator, MigratorTrait};
use parchemin::db::{self, migrate, migration_status};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::macros::date;

use crate::support::TestApp;

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

    let steps = migration_status(&t.app.db).await.unwrap();
    let back = steps.iter().rev().position(|step| step.name.ends_with("record_rights")).unwrap() + 1;
    Migrator::down(conn, Some(u32::try_from(back).unwrap())).await.unwrap();
    migrate(&t.app.db).await.unwrap();

    assert_eq!(dated_right::Entity::find().all(conn).await.unwrap(), [right]);
    assert_eq!(right_suspension::Entity::find().all(conn).await.unwrap(), [suspension]);
    let refused = t.raw_right(holder, "*", year, RightState::InForce).await.unwrap_err();
    assert!(db::breaks(&refused, "dated_right_overlap"), "{refused}");
}
