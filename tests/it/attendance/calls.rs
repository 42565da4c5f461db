//! What attendance does by itself, and hours.

use entity::account_role::Role;
use entity::attendance::Presence as P;
use parchemin::features::attendance::jobs::run;
use time::Duration;

use super::Day;

#[tokio::test]
async fn people_are_called_once_a_day_and_whoever_teaches_is_reminded_once() {
    let day = Day::of(2).await;
    day.at(0, -10);
    day.t().effects().await;
    let (one, other) = tokio::join!(run(&day.t().app), run(&day.t().app));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    let effects = day.t().effects().await;
    assert_eq!(effects.mails, ["attendance-sign", "attendance-sign"]);
    day.at(1, 10);
    assert_eq!(run(&day.t().app).await.unwrap(), 0, "the afternoon was called for in the morning");
    day.record(1, &[(0, P::Present, 210), (1, P::Present, 210)]).await.unwrap();
    day.at(1, 200);
    day.countersign(1).await.unwrap();
    day.t().effects().await;
    day.t().advance(Duration::days(3));
    assert_eq!(run(&day.t().app).await.unwrap(), 1);
    let effects = day.t().effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["attendance.reminded".to_owned()], vec!["attendance-countersign".to_owned()])
    );
    assert_eq!(run(&day.t().app).await.unwrap(), 0);
}

#[tokio::test]
async fn the_hours_of_a_period_add_up_with_the_sheets() {
    let day = Day::of(2).await;
    day.at(0, 10);
    day.record(0, &[(0, P::Present, 210), (1, P::Partial, 90)]).await.unwrap();
    day.at(1, 10);
    day.record(1, &[(0, P::Present, 210), (1, P::AbsentExcused, 0)]).await.unwrap();
    let officer = day.t().person(Role::Officer).await;
    let on = day.slots[0].day;
    let path = format!("/training-sessions/attended-hours?from={on}&until={on}");
    let hours = day.t().get(&officer, &path).await;
    assert_eq!(hours.status, 200, "{:?}", hours.body);
    let items = hours.body["items"].as_array().unwrap();
    let done: i64 = items.iter().map(|one| one["attended"]["done_minutes"].as_i64().unwrap()).sum();
    assert_eq!((items.len(), done), (2, 510));
    let lines = [day.lines(0).await, day.lines(1).await].concat();
    assert_eq!(lines.iter().map(|row| i64::from(row.minutes)).sum::<i64>(), done);
    let before = "/training-sessions/attended-hours?from=2020-01-01&until=2020-12-31";
    assert_eq!(day.t().get(&officer, before).await.body["items"].as_array().unwrap().len(), 0);
}
