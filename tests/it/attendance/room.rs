//! People sign in the room.

use entity::attendance::{Presence, Proof};
use entity::enrolment::EnrolmentState as E;
use parchemin::features::attendance::AttendanceError;
use parchemin::features::attendance::actions::{Device, Signed};
use poem::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::Day;

#[tokio::test]
async fn whoever_is_in_the_room_signs_once_and_is_present() {
    let day = Day::of(2).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    day.t().effects().await;
    let signed = day.sign_in_room(&room, 0, Device::default()).await.unwrap();
    let Signed::Now(row) = signed else { panic!("not recorded") };
    assert_eq!((row.presence, row.minutes, row.proof), (Presence::Present, 210, Proof::Qr));
    assert_eq!(row.signature, "Zoé N’Guyen 1");
    assert_eq!(day.state(0).await, E::Present);
    let effects = day.t().effects().await;
    assert_eq!(effects.events, ["enrolment.present", "attendance.signed"]);
    assert_eq!(effects.mails, Vec::<String>::new());
    let again = day.sign_in_room(&room, 0, Device::default()).await;
    assert!(matches!(again, Err(AttendanceError::AlreadySigned)));
    assert_eq!(day.lines(0).await.len(), 1);
}

#[tokio::test]
async fn a_signature_that_waited_on_a_telephone_counts_once_at_its_own_hour() {
    let day = Day::of(1).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    let given = day.t().app.now();
    let device = Device { key: Some(Uuid::from_u128(7)), at: Some(given) };
    // The network comes back the next morning, long after the half-day is signed no more.
    day.t().advance(Duration::hours(20));
    let signed = day.sign_in_room(&room, 0, device).await.unwrap();
    let Signed::Now(row) = signed else { panic!("not recorded") };
    assert_eq!(row.signed_at.map(|at| *at), Some(given));
    assert!(*row.recorded_at > given);
    assert!(matches!(day.sign_in_room(&room, 0, device).await.unwrap(), Signed::Before(_)));
    assert_eq!(day.lines(0).await.len(), 1);
}

#[tokio::test]
async fn nobody_signs_before_or_after_their_half_day_nor_with_the_code_of_another() {
    let day = Day::of(1).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    day.at(0, -60);
    let early = day.sign_in_room(&room, 0, Device::default()).await;
    assert!(matches!(early, Err(AttendanceError::TooEarly { .. })));
    day.at(0, 210 + 121);
    let late = day.sign_in_room(&room, 0, Device::default()).await;
    assert!(matches!(late, Err(AttendanceError::TooLate { .. })));
    for token in ["", "inconnu", &room[..room.len() - 2]] {
        let wrong = day.sign_in_room(token, 0, Device::default()).await;
        assert!(matches!(wrong, Err(AttendanceError::RoomOver)), "{token}");
    }
    assert!(day.lines(0).await.is_empty());
    assert_eq!(day.state(0).await, E::Confirmed);
}

#[tokio::test]
async fn the_page_of_the_room_names_who_has_not_signed() {
    let day = Day::of(2).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    let path = format!("/emargement/{room}");
    let page = day.t().client.get(&path).send().await;
    page.assert_status_is_ok();
    let text = page.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Zoé N’Guyen 1") && text.contains("Zoé N’Guyen 2"), "{text}");
    let nobody = day.t().client.post(&path).form(&[("name", "")]).send().await;
    nobody.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let id = day.people[0].id.to_string();
    let signed = day.t().client.post(&path).form(&[("name", id.as_str())]).send().await;
    signed.assert_status(StatusCode::SEE_OTHER);
    let page = day.t().client.get(&path).send().await.0.into_body().into_string().await.unwrap();
    assert!(!page.contains("Zoé N’Guyen 1") && page.contains("Zoé N’Guyen 2"), "{page}");
    let again = day.t().client.post(&path).form(&[("name", id.as_str())]).send().await;
    again.assert_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn twenty_sign_at_once_and_each_is_there_once() {
    let day = Day::of(10).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    let each = (0..20).map(|rank| day.sign_in_room(&room, rank % 10, Device::default()));
    let done = futures_util::future::join_all(each).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 10);
    assert!(
        done.iter()
            .filter_map(|one| one.as_ref().err())
            .all(|error| { matches!(error, AttendanceError::AlreadySigned) })
    );
    assert_eq!(day.lines(0).await.len(), 10);
    day.course.holds_together().await;
}
