//! The buttons of the demonstration.

use entity::account_role::Role;
use parchemin::features::accounts;
use poem::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn the_demonstration_signs_in_with_one_button_per_role() {
    let t = TestApp::with(|mut config| {
        config.demo = true;
        config.second_factor_roles = vec!["admin".to_owned()];
        config
    })
    .await;
    for role in [Role::Admin, Role::Manager] {
        let email = format!("{}@demo.test", role.word());
        accounts::create_account(&t.app, &email, role, Some("Zoé D’Essai"), None).await.unwrap();
    }
    t.effects().await;
    let page = t.visit("/demo", "").await;
    assert_eq!((page.status, page.text.matches("name=\"role\"").count()), (StatusCode::OK, 2));
    let entered = t.fill("/demo", "", &[("role", "admin")]).await;
    assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/accueil"));
    assert_eq!(t.visit("/compte", &entered.cookie.unwrap()).await.status, StatusCode::OK);
    assert_eq!(t.effects().await.events, ["account.signed_in"]);
    assert_eq!(t.fill("/demo", "", &[("role", "auditor")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn elsewhere_these_pages_do_not_exist() {
    let t = TestApp::new().await;
    accounts::create_account(&t.app, "admin@demo.test", Role::Admin, None, None).await.unwrap();
    assert_eq!(t.visit("/demo", "").await.status, StatusCode::NOT_FOUND);
    let refused = t.fill("/demo", "", &[("role", "admin")]).await;
    assert!(refused.status.is_client_error() && refused.cookie.is_none());
}
