//! From the outbox to a relay that behaves well, badly, or not at all.

use std::collections::HashSet;

use entity::account_role::Role;
use entity::mail::MailState;
use entity::mail_delivery::DeliveryState;
use parchemin::events::{Invitation, InvitationMethod};
use parchemin::mailer::Mailer;
use parchemin::worker;
use serde_json::json;
use time::Duration;
use time::macros::datetime;

use super::{letter, sample, to};
use crate::support::TestApp;
use crate::support::smtp::{self, Answer, Relay};

const ADDRESS: &str = "camille@structure.exemple";

#[tokio::test]
async fn a_mail_arrives_whole_and_says_where_it_comes_from() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    assert_eq!(t.send().await, 1);

    let kept = &relay.kept()[0];
    assert_eq!(kept.to, ADDRESS);
    let message_id = kept.message_id();
    assert!(message_id.starts_with(&format!("<{}.", id.0.simple())), "{message_id}");
    assert!(message_id.ends_with("@localhost.localdomain>"), "{message_id}");
    assert_eq!(kept.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(kept.header("Date").as_deref(), Some("Mon, 06 Oct 2025 08:00:00 +0000"));
    let object = format!("agreement_request/{}", uuid::Uuid::from_u128(42));
    assert_eq!(kept.header("X-Parchemin-Object"), Some(object));
    assert!(kept.header("Content-Type").unwrap().starts_with("multipart/alternative"));
    assert!(kept.raw.contains("text/plain") && kept.raw.contains("text/html"));

    let mail = t.mail(id).await;
    assert_eq!((mail.state, mail.attempts), (MailState::Sent, 1));
    assert_eq!(*mail.sent_at.unwrap(), t.app.now());
    let delivery = &t.deliveries(id).await[0];
    assert_eq!(
        (delivery.state, delivery.message_id.as_str()),
        (DeliveryState::Accepted, message_id.as_str())
    );
    assert_eq!(t.send().await, 0, "nothing is left to send");
}

#[tokio::test]
async fn a_date_travels_as_a_calendar_object_that_names_its_guest() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let invitation = Invitation {
        uid: "visit-1@parchemin".to_owned(),
        sequence: 0,
        method: InvitationMethod::Request,
        starts_at: datetime!(2025-11-04 12:30 UTC),
        lasts: Duration::hours(3),
        zone: "America/Cayenne".to_owned(),
        summary: "Visite".to_owned(),
        location: "Cayenne".to_owned(),
        description: String::new(),
    };
    let mut mail = letter(to(ADDRESS)).inviting(invitation);
    mail.template = "visit-scheduled";
    mail.variables = sample("visit-scheduled");
    t.announce(vec![mail]).await;
    t.send().await;

    let raw = relay.kept()[0].raw.clone();
    assert_eq!(raw.matches("method=REQUEST").count(), 2, "once to be shown, once to be opened\n{raw}");
    assert!(raw.contains("rendez-vous.ics"));
    assert!(
        raw.contains("DTSTART;TZID=3DAmerica/Cayenne:20251104T093000")
            || raw.contains("DTSTART;TZID=America/Cayenne:20251104T093000")
    );
    assert!(raw.contains(&format!("mailto:{ADDRESS}")));
}

#[tokio::test]
async fn a_deferred_mail_is_sent_again_later_under_the_same_identifier() {
    let relay =
        Relay::with(|_, before| if before == 0 { Answer::KeepSilently } else { Answer::Accept }).await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    t.send().await;
    let mail = t.mail(id).await;
    assert_eq!((mail.state, *mail.due_at), (MailState::Pending, t.app.now() + Duration::minutes(1)));
    assert_eq!(t.send().await, 0, "not before its time");

    t.advance(Duration::minutes(1));
    t.send().await;
    assert_eq!(t.mail(id).await.state, MailState::Sent);
    let identifiers: HashSet<_> = relay.kept().iter().map(smtp::Kept::message_id).collect();
    assert_eq!((relay.kept().len(), identifiers.len()), (2, 1), "twice, recognisable");
}

#[tokio::test]
async fn a_temporary_refusal_keeps_its_answer_and_ends_after_48_hours() {
    let relay = Relay::with(|_, _| Answer::Defer).await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    let began = t.app.now();
    while t.mail(id).await.state == MailState::Pending {
        t.set_now(*t.mail(id).await.due_at);
        assert_eq!(t.send().await, 1);
    }
    let mail = t.mail(id).await;
    assert_eq!((mail.state, mail.attempts), (MailState::Failed, 13));
    assert!(mail.answer.unwrap().contains("come back later"));
    let lasted = t.app.now() - began;
    assert!(lasted > Duration::hours(47) && lasted <= Duration::hours(48), "{lasted}");
}

#[tokio::test]
async fn a_refused_address_is_not_tried_again_and_the_others_get_theirs_once() {
    let relay =
        Relay::with(|address, _| if address.starts_with("zoe") { Answer::Refuse } else { Answer::Accept })
            .await;
    let t = TestApp::sending(relay.mailer()).await;
    let ids = t.announce(vec![letter(to("zoe@ailleurs.exemple")), letter(to(ADDRESS))]).await;
    t.send().await;
    t.advance(Duration::hours(50));
    assert_eq!(t.send().await, 0);

    let refused = t.mail(ids[0]).await;
    assert_eq!((refused.state, refused.attempts), (MailState::Failed, 1));
    assert!(refused.answer.unwrap().contains("no such mailbox"));
    assert_eq!(t.deliveries(ids[0]).await[0].state, DeliveryState::Refused);
    assert_eq!(t.mail(ids[1]).await.state, MailState::Sent);
}

#[tokio::test]
async fn what_is_no_address_is_refused_without_asking_the_relay() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to("pas une adresse"))]).await[0];
    t.send().await;
    assert_eq!(t.mail(id).await.state, MailState::Failed);
    assert!(relay.kept().is_empty());
}

#[tokio::test]
async fn an_address_already_accepted_is_left_alone_when_the_others_are_tried_again() {
    let t = TestApp::new().await;
    let first = t.person(Role::Manager).await;
    let second = t.person(Role::Manager).await;
    let slow = format!("manager-{}@essai.exemple", second.id);
    let held = slow.clone();
    let relay = Relay::with(
        move |address, before| {
            if address == held && before == 0 { Answer::Defer } else { Answer::Accept }
        },
    )
    .await;
    let other = t.another_process(relay.mailer());
    let id = t.announce(vec![letter(parchemin::events::Recipient::Managers)]).await[0];
    worker::mail::run_once(&other).await.unwrap();
    assert_eq!(t.mail(id).await.state, MailState::Pending);
    t.advance(Duration::minutes(1));
    worker::mail::run_once(&other).await.unwrap();
    assert_eq!(t.mail(id).await.state, MailState::Sent);
    assert_eq!(relay.asked(&slow), 2);
    assert_eq!(relay.asked(&format!("manager-{}@essai.exemple", first.id)), 1);
}

#[tokio::test]
async fn a_connection_dropped_in_the_middle_of_the_content_is_tried_again() {
    let relay = Relay::with(|_, before| if before == 0 { Answer::Drop } else { Answer::Accept }).await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    t.send().await;
    let mail = t.mail(id).await;
    assert_eq!((mail.state, mail.attempts), (MailState::Pending, 1), "the relay answers: the message counts");
    t.advance(Duration::minutes(1));
    t.send().await;
    assert_eq!((t.mail(id).await.state, relay.kept().len()), (MailState::Sent, 1));
}

#[tokio::test]
async fn a_message_that_stalls_does_not_hold_the_others() {
    let relay =
        Relay::with(|address, _| if address.starts_with("lent") { Answer::Stall } else { Answer::Accept })
            .await;
    let t = TestApp::sending(relay.mailer()).await;
    let mut mails: Vec<_> = (0..4).map(|n| letter(to(&format!("lent{n}@structure.exemple")))).collect();
    mails.extend((0..8).map(|n| letter(to(&format!("vif{n}@structure.exemple")))));
    let ids = t.announce(mails).await;
    t.send().await;
    for (n, id) in ids.into_iter().enumerate() {
        let expected = if n < 4 { MailState::Pending } else { MailState::Sent };
        assert_eq!(t.mail(id).await.state, expected, "mail {n}");
    }
    assert_eq!(relay.kept().len(), 8);
}

#[tokio::test]
async fn while_the_relay_is_away_mails_wait_without_losing_an_attempt() {
    let port = Relay::closed_port().await;
    let t = TestApp::sending(smtp::mailer(port)).await;
    let ids = t.announce((0..30).map(|n| letter(to(&format!("p{n}@structure.exemple")))).collect()).await;
    let officer = t.person(Role::Officer).await;
    let task = async || {
        let todo = t.get(&officer, "/todo").await.body;
        todo["items"].as_array().unwrap().iter().find(|task| task["action"] == "relay_away").cloned()
    };
    t.send().await;
    t.advance(Duration::minutes(60));
    assert_eq!(task().await, None, "a relay may be slow");
    t.advance(Duration::minutes(1));
    let told = task().await.unwrap();
    assert_eq!((&told["count"], &told["due_on"]), (&json!(30), &json!("2025-10-06")));
    assert!(told["detail"].as_str().unwrap().contains("injoignable"), "{told}");
    for _ in 0..5 {
        t.send().await;
        t.advance(Duration::days(1));
    }
    for id in &ids {
        let mail = t.mail(*id).await;
        assert_eq!((mail.state, mail.attempts), (MailState::Pending, 0));
    }
    let relay = Relay::at(port, |_, _| Answer::Accept).await;
    while t.send().await > 0 {}
    let arrived: HashSet<_> = relay.kept().into_iter().map(|kept| kept.to).collect();
    assert_eq!((relay.kept().len(), arrived.len()), (30, 30));
    assert!(t.mails().await.iter().all(|mail| mail.state == MailState::Sent));
    assert_eq!(task().await, None, "it is back");
}

#[tokio::test]
async fn without_a_relay_mails_wait_and_say_why() {
    let t = TestApp::sending(Mailer::Absent).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    t.send().await;
    let mail = t.mail(id).await;
    assert_eq!((mail.state, mail.attempts), (MailState::Pending, 0));
    assert_eq!(mail.answer.as_deref(), Some("aucun relais SMTP n’est configuré"));
}

#[tokio::test]
async fn two_processes_on_one_database_send_each_mail_once() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let other = t.another_process(relay.mailer());
    t.announce((0..50).map(|n| letter(to(&format!("p{n}@structure.exemple")))).collect()).await;
    let drain = |app: std::sync::Arc<parchemin::app::App>| async move {
        while worker::mail::run_once(&app).await.unwrap() > 0 {}
    };
    tokio::join!(drain(std::sync::Arc::clone(&t.app)), drain(other));
    let arrived: HashSet<_> = relay.kept().into_iter().map(|kept| kept.to).collect();
    assert_eq!((relay.kept().len(), arrived.len()), (50, 50));
}

#[tokio::test]
async fn a_mail_held_by_a_process_that_died_is_taken_again_after_its_lease() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    let lease = std::time::Duration::from_mins(5);
    let held = parchemin::db::claim_mails(&t.app.db, t.app.now(), lease, 10).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(t.send().await, 0, "it is held");
    t.advance(Duration::seconds(301));
    assert_eq!(t.send().await, 1);
    assert_eq!(t.mail(id).await.state, MailState::Sent);
}

#[tokio::test]
async fn a_mail_is_made_once_under_its_key() {
    let t = TestApp::new().await;
    let mail = || letter(to(ADDRESS)).once("reminder/42/1".to_owned());
    assert_eq!(t.announce(vec![mail(), mail()]).await.len(), 1);
    assert_eq!(t.announce(vec![mail()]).await.len(), 0);
}

#[tokio::test]
async fn a_mail_due_later_waits_for_its_date() {
    let relay = Relay::friendly().await;
    let t = TestApp::sending(relay.mailer()).await;
    let mut mail = letter(to(ADDRESS));
    mail.due_at = Some(t.app.now() + Duration::days(10));
    t.announce(vec![mail]).await;
    assert_eq!(t.send().await, 0);
    t.advance(Duration::days(10));
    assert_eq!(t.send().await, 1);
    assert_eq!(relay.kept().len(), 1);
}
