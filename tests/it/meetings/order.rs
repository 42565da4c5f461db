//! Meetings are listed by when they begin, whatever their number.

use entity::account_role::Role;
use poem::http::StatusCode;

use super::planned;
use crate::support::TestApp;

#[tokio::test]
async fn meetings_are_listed_by_date_from_page_to_page() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let days = ["2025-12-02", "2025-10-14", "2026-03-03", "2025-11-04", "2025-11-18"];
    for day in days {
        assert_eq!(t.post(&officer, "/meetings", &planned(day)).await.status, StatusCode::CREATED);
    }
    let (mut read, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = t.get(&officer, &format!("/meetings?limit=2&cursor={cursor}")).await;
        assert_eq!(page.status, StatusCode::OK, "{page:?}");
        let items = page.body["items"].as_array().unwrap();
        read.extend(items.iter().map(|one| one["meets_on"].as_str().unwrap().to_owned()));
        match page.body["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(read, ["2026-03-03", "2025-12-02", "2025-11-18", "2025-11-04", "2025-10-14"]);
    let (_, page) = t.open(&officer, "/reunions").await;
    let at = |number: &str| page.find(&format!("href=\"/reunions/{number}\"")).unwrap();
    assert!(at("REU-2025-0001") < at("REU-2025-0002"), "2 December before 14 October");
    assert!(at("REU-2025-0001") < at("REU-2025-0003"), "2 December before 4 November");
}
