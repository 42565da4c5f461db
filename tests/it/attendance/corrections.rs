//! A presence is put right, and what it was stays.

use entity::account_role::Role;
use entity::attendance::Presence as P;
use entity::attendance_change;
use entity::enrolment::EnrolmentState as E;
use sea_orm::EntityTrait;
use serde_json::json;

use super::Day;

#[tokio::test]
async fn a_correction_has_a_reason_is_traced_and_is_countersigned_again() {
    let day = Day::of(1).await;
    day.at(0, 200);
    day.record(0, &[(0, P::Present, 210)]).await.unwrap();
    day.countersign(0).await.unwrap();
    let line = day.lines(0).await.remove(0);
    let officer = day.t().person(Role::Officer).await;
    let path = format!("/training-sessions/{}/attendance/lines/{}", day.course.session, line.id);
    let wrong = day
        .t()
        .patch(&officer, &path, Some(line.version), &json!({ "presence": "partial", "reason": " " }))
        .await;
    assert_eq!((wrong.status.as_u16(), wrong.pointers()), (422, vec!["/reason", "/minutes"]));
    let body = json!({ "presence": "partial", "minutes": 90, "reason": "Partie à onze heures" });
    let stale = day.t().patch(&officer, &path, Some(line.version + 1), &body).await;
    assert_eq!(stale.status, 412);
    day.t().effects().await;
    let done = day.t().patch(&officer, &path, Some(line.version), &body).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    assert_eq!(day.t().effects().await.events, ["attendance.corrected"]);
    assert_eq!(done.body["people"][0]["attended"]["done_minutes"], 90);
    let now = day.lines(0).await.remove(0);
    assert_eq!((now.presence, now.minutes, now.countersigned_at), (P::Partial, 90, None));
    let changes = attendance_change::Entity::find().all(day.t().app.db.read()).await.unwrap();
    assert_eq!((changes.len(), changes[0].was, changes[0].was_minutes), (1, P::Present, 210));
    assert_eq!(day.countersign(0).await.unwrap(), 1);
}

#[tokio::test]
async fn somebody_said_absent_comes_back() {
    let day = Day::of(1).await;
    day.at(0, 5);
    day.record(0, &[(0, P::Absent, 0)]).await.unwrap();
    assert_eq!(day.state(0).await, E::Absent);
    let (room, _) = day.open(0).await;
    day.sign_in_room(&room, 0, super::Device::default()).await.unwrap();
    let line = day.lines(0).await.remove(0);
    assert_eq!((line.presence, line.minutes), (P::Present, 210));
    assert_eq!(day.state(0).await, E::Present);
}
