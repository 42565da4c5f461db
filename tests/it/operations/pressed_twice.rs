//! A button pressed twice, before the first answer or after it.

use entity::account_role::Role;
use entity::expert;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::TestApp;

const PATH: &str = "/intervenants/nouveau";

#[tokio::test]
async fn a_form_pressed_twice_creates_one_thing_and_gives_the_same_answer() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let (_, page) = t.open(&officer, PATH).await;
    let token = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [
        ("csrf", token),
        ("first_names", "Zoé"),
        ("family_name", "N’Guyen-d’Arc"),
        ("email", "zoe@intervenants.exemple"),
        ("department", "58"),
        ("status", "independent"),
    ];
    for _ in 0..2 {
        let (status, _, _) = t.submit(&officer, PATH, &fields[..5]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a form that came back frees its key");
    }
    let (first, second) = tokio::join!(t.submit(&officer, PATH, &fields), t.submit(&officer, PATH, &fields));
    let later = t.submit(&officer, PATH, &fields).await;
    for (status, location, text) in [first, second, later] {
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/intervenants/INT-0001"), "{text}");
    }
    assert_eq!(t.effects().await.events, ["expert.created"]);

    let mut other = fields;
    other[1].1 = "Léa";
    other[3].1 = "lea@intervenants.exemple";
    let (_, location, _) = t.submit(&officer, PATH, &other).await;
    assert_eq!(location, "/intervenants/INT-0002", "another form of the same page acts");
    assert_eq!(expert::Entity::find().count(t.app.db.read()).await.unwrap(), 2);
}
