//! The certifications that come with the program.

use entity::account_role::Role;
use parchemin::features::certifications;
use parchemin::rules::siret::Siret;
use poem::http::StatusCode;
use time::macros::date;

use crate::support::TestApp;

#[tokio::test]
async fn they_are_recorded_once_without_any_register_number() {
    let t = TestApp::new().await;
    assert_eq!(certifications::preload(&t.app).await.unwrap(), 2);
    assert_eq!(t.effects().await.events, ["certification.created", "certification.created"]);
    assert_eq!(certifications::preload(&t.app).await.unwrap(), 0);
    assert!(t.effects().await.events.is_empty());
    let all = certifications::queries::all(t.app.db.read()).await.unwrap();
    let codes: Vec<_> = all.iter().map(|found| found.certification.code.as_str()).collect();
    assert_eq!(codes, ["CQP_EPSP", "CQP_SP"]);
    let entries = all.iter().flat_map(|found| &found.versions).flat_map(|version| &version.registrations);
    assert!(entries.clone().count() == 3 && entries.clone().all(|entry| entry.number.is_none()));
}

#[tokio::test]
async fn versions_and_bodies_in_charge_follow_their_dates() {
    let t = TestApp::new().await;
    certifications::preload(&t.app).await.unwrap();
    let all = certifications::queries::all(t.app.db.read()).await.unwrap();
    let sp = all.iter().find(|found| found.certification.code == "CQP_SP").unwrap();
    for (day, label, body) in [
        (date!(2023 - 12 - 31), "2013", "CHANTIER école"),
        (date!(2024 - 07 - 01), "2013", "CHANTIER école Formation (CEF)"),
        (date!(2025 - 07 - 01), "2025", "CHANTIER école Formation (CEF)"),
    ] {
        let open = sp.open_on(day);
        assert_eq!((open.len(), open[0].version.label.as_str()), (1, label), "{day}");
        assert_eq!(open[0].certifier_on(day).unwrap().name, body, "{day}");
    }
    assert!(sp.open_on(date!(2012 - 01 - 01)).is_empty());
    let mut bodies = all.iter().flat_map(|found| &found.versions).flat_map(|version| &version.certifiers);
    assert!(bodies.all(|body| body.siret.is_none()));
}

#[tokio::test]
async fn the_body_in_charge_of_a_demonstration_has_an_invented_siret() {
    let t = TestApp::new().await;
    let siret = Siret::with_check_digits(99_900_064, 1);
    certifications::preload_with(&t.app, Some(siret)).await.unwrap();
    let all = certifications::queries::all(t.app.db.read()).await.unwrap();
    for body in all.iter().flat_map(|found| &found.versions).flat_map(|version| &version.certifiers) {
        let expected = body.ends_on.is_none().then(|| "99900064900015".to_owned());
        assert_eq!(body.siret, expected, "{}", body.name);
    }
}

#[tokio::test]
async fn everybody_signed_in_reads_them() {
    let t = TestApp::new().await;
    certifications::preload(&t.app).await.unwrap();
    for role in [Role::Officer, Role::Auditor, Role::Trainee] {
        let person = t.person(role).await;
        let answer = t.get(&person, "/certifications").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body["items"].as_array().unwrap().len(), 2);
        let id = answer.body["items"][1]["id"].as_str().unwrap();
        let one = t.get(&person, &format!("/certifications/{id}")).await;
        assert_eq!(one.body["versions"][1]["open"], true);
    }
}
