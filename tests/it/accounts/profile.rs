//! One's own profile.

use entity::account::Theme;
use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn a_person_changes_how_pages_look_and_her_name() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let fields = [("name", " Zoé  Autre "), ("theme", "dark"), ("version", "1")];
    assert_eq!(t.submit(&person, "/compte", &fields).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.events, ["account.renamed", "account.profile_changed"]);
    let account = t.account(person.id).await;
    assert_eq!((account.name.as_str(), account.theme, account.shortcuts), ("Zoé Autre", Theme::Dark, false));
    let (_, page) = t.open(&person, "/compte").await;
    assert!(page.contains("data-theme=\"sombre\"") && page.contains("data-raccourcis=\"non\""));
    assert_eq!(t.submit(&person, "/compte", &fields).await.0, StatusCode::CONFLICT, "an old version");
    let (status, _, text) =
        t.submit(&person, "/compte", &[("name", ""), ("theme", "x"), ("version", "2")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("champ-name-err") && text.contains("champ-theme-err"));
}
