//! Whoever lacks is reminded; then the team is told that the delay has passed.

use entity::training_document::PaperKind;
use parchemin::features::papers::actions::ring;
use parchemin::features::papers::gather::About;
use time::Duration;

use super::Bench;

#[tokio::test]
async fn whoever_lacks_is_reminded_then_the_team_is_told_once() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    b.t.work().await;
    b.sign_as_body(record.paper.id).await;
    b.t.effects().await;
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
    b.t.advance(Duration::days(5) + Duration::minutes(1));
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 1);
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.reminded"]);
    // the body has signed: only the person is written to
    assert_eq!(effects.mails, ["paper-to-sign"]);
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
    b.t.advance(Duration::days(11));
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 1);
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.overdue"]);
    assert_eq!(effects.mails, ["paper-unsigned"]);
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
}
