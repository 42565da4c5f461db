//! What is held back for a person is told once a day, in one message.

use entity::account_role::Role;
use entity::agreement_request::{self, RequestState};
use entity::mail::{self, MailState};
use entity::notice::NoticeWay;
use parchemin::features::notices::jobs;
use parchemin::mailer::Mailer;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use time::Duration;
use time::macros::datetime;

use super::{LEGAL, REMINDER, WORK, commit, letter, notices, send, sent, stored, to, wish, write};
use crate::agreements::desk::Desk;
use crate::support::TestApp;

/// The digests made, oldest first.
async fn digests(t: &TestApp) -> Vec<mail::Model> {
    let made = mail::Entity::find().filter(mail::Column::Template.eq("mail-digest"));
    made.order_by_asc(mail::Column::Id).all(t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn messages_of_a_day_make_one_and_legal_ones_leave_alone() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    wish(&t, &person, "digest", "digest").await;
    let work = write(&t, WORK, to(&person)).await;
    let reminder = write(&t, REMINDER, to(&person)).await;
    let legal = write(&t, LEGAL, to(&person)).await;
    send(&t).await;
    assert_eq!(stored(&t, work.id).await.state, MailState::Skipped);
    assert_eq!(stored(&t, legal.id).await.state, MailState::Sent);
    assert_eq!(sent(&t).len(), 1, "the legal one");
    let ways: Vec<_> = notices(&t).await.into_iter().map(|row| (row.mail_id, row.way)).collect();
    assert_eq!(ways.len(), 3);
    for held in [(work.id, NoticeWay::Digest), (reminder.id, NoticeWay::Digest), (legal.id, NoticeWay::Mail)]
    {
        assert!(ways.contains(&held));
    }

    t.effects().await;
    t.set_now(datetime!(2025-10-07 05:59 UTC));
    assert_eq!(jobs::make_all(&t.app).await.unwrap(), 0, "not before 8 h in Paris");
    t.set_now(datetime!(2025-10-07 06:00 UTC));
    assert_eq!(jobs::make_all(&t.app).await.unwrap(), 1);
    assert_eq!(t.effects().await.events, ["notices.digest_made"]);
    let made = &digests(&t).await[0];
    assert_eq!(made.subject, "2 messages du 7 octobre 2025");
    let first = made.body_text.find(&reminder.subject).unwrap();
    assert!(first < made.body_text.find(&work.subject).unwrap(), "the date that is near comes first");
    send(&t).await;
    assert_eq!(sent(&t).len(), 2);
    assert_eq!(notices(&t).await.len(), 3, "the digest is no notification of its own");
    assert_eq!(jobs::make_all(&t.app).await.unwrap(), 0, "everything was told");
}

#[tokio::test]
async fn two_workers_make_a_digest_once() {
    let t = TestApp::new().await;
    let other = t.another_process(Mailer::memory());
    let person = t.person(Role::Officer).await;
    wish(&t, &person, "digest", "at_once").await;
    write(&t, WORK, to(&person)).await;
    send(&t).await;
    t.set_now(datetime!(2025-10-07 06:00 UTC));
    let (one, two) = tokio::join!(jobs::make_all(&t.app), jobs::make_all(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    let made = digests(&t).await;
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].subject, "Un message du 7 octobre 2025");
}

#[tokio::test]
async fn what_was_held_before_a_change_of_mind_is_still_told_once() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    wish(&t, &person, "digest", "at_once").await;
    let held = write(&t, WORK, to(&person)).await;
    send(&t).await;
    let back = json!({ "work": "at_once", "reminder": "at_once" });
    assert_eq!(t.patch(&person, super::PREFERENCES, Some(1), &back).await.status, 200);
    let free = write(&t, WORK, to(&person)).await;
    send(&t).await;
    assert_eq!(stored(&t, free.id).await.state, MailState::Sent);
    t.set_now(datetime!(2025-10-07 06:00 UTC));
    assert_eq!(jobs::make_all(&t.app).await.unwrap(), 1);
    let made = &digests(&t).await[0];
    assert_eq!(made.body_text.matches(&held.subject).count(), 1);
}

#[tokio::test]
async fn what_lost_its_object_meanwhile_is_left_out() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let (t, officer) = (&desk.t, &desk.officer);
    wish(t, officer, "digest", "at_once").await;
    let request = agreement_request::Entity::find().one(t.app.db.read()).await.unwrap().unwrap().id;
    let reminder = letter(WORK, to(officer)).while_in(request, &[RequestState::Submitted]);
    let reminder = commit(t, reminder).await;
    let lasting = write(t, "visit-done", to(officer)).await;
    send(t).await;
    agreement_request::Entity::update_many()
        .col_expr(agreement_request::Column::State, Expr::value(RequestState::Complete))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    t.advance(Duration::days(1));
    jobs::make_all(&t.app).await.unwrap();
    let made = &digests(t).await[0];
    assert!(made.body_text.contains(&lasting.subject), "{}", made.body_text);
    assert!(!made.body_text.contains(&reminder.subject), "{}", made.body_text);
}

#[tokio::test]
async fn a_closed_account_gets_no_digest() {
    let t = TestApp::new().await;
    let (admin, person) = (t.person(Role::Admin).await, t.person(Role::Officer).await);
    wish(&t, &person, "digest", "at_once").await;
    write(&t, WORK, to(&person)).await;
    send(&t).await;
    let closed = json!({ "state": "disabled" });
    let closed = t.patch(&admin, &format!("/users/{}", person.id), Some(1), &closed).await;
    assert_eq!(closed.status, 200, "{:?}", closed.body);
    t.effects().await;
    t.set_now(datetime!(2025-10-07 06:00 UTC));
    assert_eq!(jobs::make_all(&t.app).await.unwrap(), 0);
    assert!(t.effects().await.events.is_empty());
    assert!(notices(&t).await[0].digested_at.is_some(), "it does not come back");
}
