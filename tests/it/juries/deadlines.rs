//! What the program does in time: candidates called, files sent; and what waits for the team.

use parchemin::features::juries::actions::ring;
use poem::http::StatusCode;
use time::Duration;

use super::Scene;

#[tokio::test]
async fn the_program_calls_the_candidates_then_sends_the_files() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.confirmed(40, &[&amina]).await;
    assert_eq!(ring::run(&s.t().app).await.unwrap(), 0, "too early");
    s.t().advance(Duration::days(26));
    let _before = s.t().effects().await;
    assert_eq!(ring::run(&s.t().app).await.unwrap(), 1);
    assert_eq!(s.read(&path).await["session"]["state"], "summoned");
    assert_eq!(s.t().effects().await.events, ["candidate.summoned", "jury.convoked"]);
    assert_eq!(ring::run(&s.t().app).await.unwrap(), 0, "once");
    s.t().advance(Duration::days(8));
    assert_eq!(ring::run(&s.t().app).await.unwrap(), 1);
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["jury.files_sent"]);
    assert_eq!(effects.mails, ["jury-files"; 3]);
}

#[tokio::test]
async fn a_jury_that_nobody_presides_over_waits_for_the_team() {
    let s = Scene::new().await;
    let path = s.asked(&[]).await;
    let asked = s.t().open(s.officer(), "/a-faire").await;
    assert!(asked.0 == StatusCode::OK && asked.1.contains("Planifier un jury"), "{}", asked.1);
    s.done(&path, "plan", &s.plan(40)).await;
    let planned = s.t().open(s.officer(), "/a-faire").await;
    assert!(planned.1.contains("Désigner la présidence"), "{}", planned.1);
}
