//! The half-days of missions move to the table of engagements, and the way back keeps them.

use entity::engagement_half_day;
use migration::{Migrator, MigratorTrait};
use parchemin::db::{migrate, migration_status};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement};
use serde_json::Value;

use super::bench::Bench;

impl Bench {
    async fn half_days(&self) -> Vec<engagement_half_day::Model> {
        let all = engagement_half_day::Entity::find().order_by_asc(engagement_half_day::Column::Id);
        all.all(self.t.app.db.read()).await.unwrap()
    }
}

#[tokio::test]
async fn the_half_days_of_missions_move_to_those_of_engagements_and_come_back_on_the_way_down() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    assert_eq!(bench.act(&bench.own, &id, "accept", &Value::Null).await.status, 200);
    let before = bench.half_days().await;
    assert_eq!(before.len(), 2);

    let db = &bench.t.app.db;
    let steps = migration_status(db).await.unwrap();
    let moved = steps.iter().rev().position(|step| step.name.ends_with("take_half_days")).unwrap() + 1;
    let conn = db.bookkeeping();
    Migrator::down(conn, Some(u32::try_from(moved).unwrap())).await.unwrap();
    let held = "SELECT count(*) AS held FROM mission_half_day WHERE held";
    let held = Statement::from_string(conn.get_database_backend(), held);
    let rows = conn.query_all_raw(held).await.unwrap();
    assert_eq!(rows[0].try_get::<i64>("", "held").unwrap(), 2);

    migrate(db).await.unwrap();
    assert_eq!(bench.half_days().await, before);
}
