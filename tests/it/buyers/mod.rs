//! What a structure follows of its people in training.

use entity::account_role::Role;
use entity::attendance::Presence;
use entity::enrolment;
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::attendance::Day;

#[tokio::test]
async fn a_structure_sees_its_people_their_half_days_and_nobody_else() {
    let day = Day::of(2).await;
    let t = day.t();
    let structure = t.structure("Les Ateliers du Port").await;
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::StructureId, Expr::value(structure.id))
        .filter(enrolment::Column::Id.eq(day.id(0)))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    day.at(0, 0);
    let both = [(0, Presence::Partial, 90), (1, Presence::Present, 210)];
    day.record(0, &both).await.unwrap();
    let owner = t.of_structure(structure.id).await;
    let (status, text) = t.open(&owner, "/mes-formations").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("N’Guyen 1") && !text.contains("N’Guyen 2"), "{text}");
    assert!(text.contains("1\u{a0}h\u{a0}30 sur 7\u{a0}h"), "{text}");
    let told = t.get(&owner, "/trainees").await;
    let items = told.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{told:?}");
    assert_eq!(
        (&items[0]["attendance"]["done_minutes"], &items[0]["attendance"]["unknown"]),
        (&90.into(), &1.into())
    );
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.open(&officer, "/mes-formations").await.0, StatusCode::NOT_FOUND);
    assert_eq!(t.get(&officer, "/trainees").await.body["items"].as_array().unwrap().len(), 2);
}
