//! Many people at once, over two processes: never more than there are seats, nobody lost, ranks without a hole.

use entity::enrolment::EnrolmentState as E;
use entity::mail;
use parchemin::authz::Actor;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{accept_offer, ring, transfer};
use parchemin::mailer::Mailer;
use sea_orm::{EntityTrait, PaginatorTrait};
use time::Duration;

use super::{Course, another_session, enrol_in, states};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_people_for_twenty_seats_then_five_leave() {
    let course = Course::of(20).await;
    let other = course.t.another_process(Mailer::memory());
    let session = course.session;
    let each: Vec<_> = (1..=200)
        .map(|rank| {
            let app = if rank % 2 == 0 { other.clone() } else { course.t.app.clone() };
            tokio::spawn(async move { enrol_in(&app, session, &[rank]).await.unwrap().remove(0) })
        })
        .collect();
    let mut answered = Vec::new();
    for one in each {
        answered.push(one.await.unwrap());
    }
    let held = answered.iter().filter(|one| one.state == E::Held).count();
    let mut ranks: Vec<i32> = answered.iter().filter_map(|one| one.rank).collect();
    ranks.sort_unstable();
    assert_eq!((held, ranks), (20, (1..=180).collect()));
    course.holds_together().await;
    let mails = mail::Entity::find().count(course.t.app.db.read()).await.unwrap();
    assert_eq!(mails, 200, "each is written to once");

    let first_waiting: Vec<_> =
        course.everybody().await.into_iter().filter(|one| one.rank.is_some_and(|rank| rank <= 5)).collect();
    let seated: Vec<usize> = course
        .everybody()
        .await
        .iter()
        .enumerate()
        .filter(|(_, one)| one.state == E::Held)
        .map(|(place, _)| place)
        .collect();
    for place in &seated[..5] {
        course.leave(*place).await;
    }
    course.holds_together().await;
    assert_eq!(course.tally().await, (20, 20, 175));
    for one in first_waiting {
        assert_eq!(course.row(one.id).await.state, E::Offered, "rank {:?}", one.rank);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_offer_is_taken_once_or_passes_whoever_is_quicker() {
    let course = Course::of(1).await;
    course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.leave(0).await;
    let second = course.everybody().await[1].clone();
    let token = course.token("enrolment-offered", second.id).await;
    let take = || {
        let (app, token) = (course.t.app.clone(), token.clone());
        tokio::spawn(async move {
            let mut tx = app.begin(Actor::system("tests")).await.unwrap();
            let taken = accept_offer(&mut tx, &token).await;
            tx.conclude(taken).await
        })
    };
    let both = [take(), take()];
    let mut taken = Vec::new();
    for one in both {
        taken.push(one.await.unwrap());
    }
    assert_eq!(taken.iter().filter(|one| one.is_ok()).count(), 1);
    assert!(taken.iter().any(|one| matches!(one, Err(EnrolmentError::OfferOver))));
    course.t.advance(Duration::days(60));
    ring::run(&course.t.app).await.unwrap();
    course.holds_together().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_who_cross_between_two_sessions_wait_for_nobody() {
    let course = Course::of(8).await;
    let there = another_session(&course.t.app, course.session, "SES-2025-0002", 8).await;
    let here = course.enrol_all(&(1..=4).collect::<Vec<_>>()).await.unwrap();
    let away = enrol_in(&course.t.app, there, &[11, 12, 13, 14]).await.unwrap();
    let manager = course.t.person(entity::account_role::Role::Manager).await;
    let crossing =
        here.iter().map(|row| (row.id, there)).chain(away.iter().map(|row| (row.id, course.session)));
    let each: Vec<_> = crossing
        .map(|(id, target)| {
            let (app, actor) = (course.t.app.clone(), manager.actor.clone());
            tokio::spawn(async move {
                let mut tx = app.begin(actor).await.unwrap();
                let moved = Box::pin(transfer(&mut tx, id, None, target)).await;
                tx.conclude(moved).await.unwrap()
            })
        })
        .collect();
    let mut moved = Vec::new();
    for one in each {
        moved.push(one.await.unwrap());
    }
    assert_eq!(states(&moved), [E::Held; 8]);
    course.holds_together().await;
    assert_eq!(course.tally().await, (8, 4, 0));
}
