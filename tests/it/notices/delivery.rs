//! When a message leaves, and for whom.

use entity::account_role::Role;
use entity::mail::MailState;
use entity::notice::NoticeWay;
use parchemin::events::Recipient;
use serde_json::json;
use time::macros::datetime;

use super::{LEGAL, REASON, REMINDER, WORK, notices, send, sent, stored, to, wish, write};
use crate::support::TestApp;

#[tokio::test]
async fn by_default_only_reminders_wait_for_the_morning() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    // 23 h in Paris
    t.set_now(datetime!(2025-10-06 21:00 UTC));
    let mut left = Vec::new();
    for template in [WORK, LEGAL, "password-changed"] {
        left.push(write(&t, template, to(&person)).await.id);
    }
    let reminder = write(&t, REMINDER, to(&person)).await.id;
    send(&t).await;
    for id in left {
        assert_eq!(stored(&t, id).await.state, MailState::Sent);
    }
    let waiting = stored(&t, reminder).await;
    assert_eq!((waiting.state, waiting.attempts), (MailState::Pending, 0), "waiting is no attempt");
    assert_eq!(*waiting.due_at, datetime!(2025-10-07 05:00 UTC), "7 h in Paris");
    assert!(waiting.answer.unwrap().contains("Heures calmes"));

    t.set_now(datetime!(2025-10-07 05:00 UTC));
    send(&t).await;
    assert_eq!(stored(&t, reminder).await.state, MailState::Sent);
    assert_eq!(sent(&t).len(), 4);
}

#[tokio::test]
async fn a_mission_is_offered_and_taken_back_at_any_hour_and_its_reminder_waits() {
    let t = TestApp::new().await;
    let expert = t.expert("Kerzoncuf").await;
    let person = t.of_expert(expert.id).await;
    wish(&t, &person, "never", "at_once").await;
    // 23 h in Paris
    t.set_now(datetime!(2025-10-06 21:00 UTC));
    for template in
        ["mission-offered", "mission-accepted", "mission-declined", "mission-withdrawn", "mission-structure"]
    {
        let id = write(&t, template, to(&person)).await.id;
        send(&t).await;
        assert_eq!(stored(&t, id).await.state, MailState::Sent, "{template}");
    }
    let reminder = write(&t, "mission-reminder", to(&person)).await.id;
    send(&t).await;
    let waiting = stored(&t, reminder).await;
    assert_eq!(waiting.state, MailState::Pending);
    assert_eq!(*waiting.due_at, datetime!(2025-10-07 05:00 UTC), "7 h in Paris");
}

#[tokio::test]
async fn the_morning_is_that_of_where_the_person_lives() {
    let t = TestApp::new().await;
    let expert = t.expert("Kerzoncuf").await;
    let manager = t.person(Role::Manager).await;
    let moved = json!({ "department": "973" });
    let moved = t.patch(&manager, &format!("/experts/{}", expert.id), Some(expert.version), &moved).await;
    assert_eq!(moved.status, 200, "{:?}", moved.body);
    let person = t.of_expert(expert.id).await;
    // 20 h in Paris, 15 h in Cayenne; then 22 h in Cayenne
    t.set_now(datetime!(2025-10-06 18:00 UTC));
    let early = write(&t, REMINDER, to(&person)).await.id;
    send(&t).await;
    assert_eq!(stored(&t, early).await.state, MailState::Sent);
    t.set_now(datetime!(2025-10-07 01:00 UTC));
    let late = write(&t, REMINDER, to(&person)).await.id;
    send(&t).await;
    assert_eq!(*stored(&t, late).await.due_at, datetime!(2025-10-07 10:00 UTC));
}

#[tokio::test]
async fn the_certifier_proposes_and_each_person_disposes() {
    let t = TestApp::new().await;
    let (manager, person) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let value = json!({ "value": { "quiet_from": 9, "quiet_until": 12, "work_waits": true } });
    let changed = t.patch(&manager, "/settings/notices.hours", Some(0), &value).await;
    assert_eq!(changed.status, 200, "{:?}", changed.body);
    // it is 10 h in Paris
    let held = write(&t, WORK, to(&person)).await.id;
    send(&t).await;
    assert_eq!(*stored(&t, held).await.due_at, datetime!(2025-10-06 10:00 UTC));

    let own = json!({ "work": "at_once", "reminder": "at_once", "quiet_from": 22, "quiet_until": 6 });
    assert_eq!(t.patch(&person, super::PREFERENCES, Some(0), &own).await.status, 200);
    let free = write(&t, WORK, to(&person)).await.id;
    send(&t).await;
    assert_eq!(stored(&t, free).await.state, MailState::Sent);
}

#[tokio::test]
async fn what_one_person_keeps_out_of_their_mailbox_still_reaches_the_others() {
    let t = TestApp::new().await;
    let (reader, other) = (t.person(Role::Manager).await, t.person(Role::Manager).await);
    wish(&t, &reader, "never", "at_once").await;
    let id = write(&t, WORK, Recipient::Managers).await.id;
    send(&t).await;
    assert_eq!(stored(&t, id).await.state, MailState::Sent);
    assert_eq!(sent(&t).len(), 1);
    assert!(sent(&t)[0].contains(&other.id.to_string()), "to the other manager");
    let ways: Vec<_> = notices(&t).await.into_iter().map(|row| (row.account_id, row.way)).collect();
    assert_eq!(ways.len(), 2);
    assert!(ways.contains(&(reader.id, NoticeWay::Silent)) && ways.contains(&(other.id, NoticeWay::Mail)));
}

#[tokio::test]
async fn what_nobody_wants_by_mail_is_put_aside_and_the_team_reads_why() {
    let t = TestApp::new().await;
    let (officer, person) = (t.person(Role::Officer).await, t.person(Role::Auditor).await);
    wish(&t, &person, "never", "never").await;
    let kept = write(&t, REMINDER, to(&person)).await.id;
    let legal = write(&t, LEGAL, to(&person)).await.id;
    send(&t).await;
    assert_eq!(stored(&t, kept).await.state, MailState::Skipped);
    assert_eq!(stored(&t, legal).await.state, MailState::Sent, "a legal message cannot be turned off");
    let (_, page) = t.open(&officer, &format!("/courriels/{kept}")).await;
    assert!(page.contains("Chaque destinataire a choisi"), "{page}");
}

#[tokio::test]
async fn a_message_that_may_be_turned_off_says_why_it_came_and_where_to_choose() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    for (template, may_choose) in [(WORK, true), (REMINDER, true), (LEGAL, false)] {
        let mail = write(&t, template, to(&person)).await;
        for text in [&mail.body_text, &mail.body_html] {
            assert!(text.contains(REASON), "{template}");
            assert_eq!(text.contains("/compte/notifications"), may_choose, "{template}");
        }
    }
}
