//! Requests that the team looks at first, offers that it takes back, the need of each.

use entity::account_role::Role;
use entity::enrolment::{EnrolmentState as E, EnrolmentWay};
use parchemin::error::DomainError;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{
    change_contact, offer_seats, recall_offer, record_need, refuse, request, send_link, take_in,
};
use parchemin::features::enrolments::input::{TypedCancellation, TypedContact, TypedNeed};

use super::{Course, asked, states};

#[tokio::test]
async fn a_request_takes_no_seat_until_the_team_says_yes() {
    let course = Course::of(1).await;
    let manager = course.t.person(Role::Manager).await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let people = asked(&course.t.app, &[1, 2, 3]);
    let rows = request(&mut tx, course.session, EnrolmentWay::Staff, &people).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(states(&rows), [E::Requested; 3]);
    assert_eq!(course.tally().await, (1, 0, 0));
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.requested"; 3]);
    assert_eq!(effects.mails, ["enrolment-requested"; 3]);
    for (rank, expected) in [(1, E::Held), (0, E::Waitlisted)] {
        let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
        let row = take_in(&mut tx, rows[rank].id, Some(rows[rank].version)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(row.state, expected);
    }
    course.t.effects().await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let untold = refuse(&mut tx, rows[2].id, None, &TypedCancellation::default()).await.unwrap_err();
    let pointers: Vec<_> = untold.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/cause", "/reason"]);
    let why =
        TypedCancellation { cause: "prerequisites".to_owned(), reason: "Aucun poste occupé".to_owned() };
    let refused = refuse(&mut tx, rows[2].id, None, &why).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refused.state, E::CancelledByProvider);
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.refused"]);
    assert_eq!(effects.mails, ["enrolment-refused"]);
    course.holds_together().await;
}

#[tokio::test]
async fn an_offer_taken_back_leaves_its_person_first() {
    let course = Course::of(1).await;
    let rows = course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.leave(0).await;
    let manager = course.t.person(Role::Manager).await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let back = recall_offer(&mut tx, rows[1].id, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((back.state, back.rank), (E::Waitlisted, Some(1)));
    assert_eq!(course.tally().await, (1, 0, 2));
    course.holds_together().await;
    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    assert_eq!(offer_seats(&mut tx, course.session).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(course.row(rows[1].id).await.state, E::Offered);
    course.holds_together().await;
}

#[tokio::test]
async fn a_need_is_written_once_and_again() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let officer = course.t.person(Role::Officer).await;
    let mut need = TypedNeed {
        expectations: "Tenir le poste de secours".to_owned(),
        prerequisites: "met".to_owned(),
        positioning: "interview".to_owned(),
        positioning_result: "Débute".to_owned(),
        filled_by: "employer".to_owned(),
        ..TypedNeed::default()
    };
    for (version, result) in [(1, "Débute"), (2, "À l’aise")] {
        need.positioning_result = result.to_owned();
        let mut tx = course.t.app.begin(officer.actor.clone()).await.unwrap();
        let (dossier, written) = record_need(&mut tx, row.id, None, &need).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((written.version, written.positioning_result.as_str()), (version, result));
        assert!(dossier.enrolment.positioned_at.is_some());
    }
    let mut tx = course.t.app.begin(officer.actor).await.unwrap();
    let stale = record_need(&mut tx, row.id, Some(row.version), &need).await;
    assert!(matches!(stale, Err(EnrolmentError::Stale)));
}

#[tokio::test]
async fn another_address_is_confirmed_again() {
    let course = Course::of(1).await;
    let row = course.confirmed(1).await;
    let officer = course.t.person(Role::Officer).await;
    let contact = TypedContact {
        email: "autre@exemple.org".to_owned(),
        status: "job_seeker".to_owned(),
        ..TypedContact::default()
    };
    course.t.effects().await;
    let mut tx = course.t.app.begin(officer.actor.clone()).await.unwrap();
    let changed = change_contact(&mut tx, row.id, Some(row.version), &contact).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((changed.email.as_str(), changed.email_confirmed_at), ("autre@exemple.org", None));
    let effects = course.t.effects().await;
    assert_eq!((effects.events.len(), effects.mails.len()), (1, 0));
    let mut tx = course.t.app.begin(officer.actor).await.unwrap();
    send_link(&mut tx, row.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(course.t.effects().await.mails, ["enrolment-link"]);
}
