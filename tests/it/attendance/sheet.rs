//! Whoever teaches says who was there and countersigns.

use entity::account_role::Role;
use entity::attendance::Presence as P;
use entity::enrolment::EnrolmentState as E;
use entity::programme_version::Modality;
use parchemin::error::DomainError;
use parchemin::features::attendance::AttendanceError;
use parchemin::features::attendance::actions::{self, Device};
use parchemin::features::attendance::input::TypedProof;
use serde_json::json;

use super::Day;

#[tokio::test]
async fn a_half_day_is_countersigned_once_everybody_is_known() {
    let day = Day::of(3).await;
    day.at(0, 5);
    let (room, _) = day.open(0).await;
    day.sign_in_room(&room, 0, Device::default()).await.unwrap();
    day.at(0, 200);
    let lacking = day.countersign(0).await.unwrap_err();
    assert_eq!(lacking.blocking(), ["Zoé N’Guyen 2", "Zoé N’Guyen 3"]);
    day.record(0, &[(1, P::Partial, 90), (2, P::Absent, 0)]).await.unwrap();
    day.t().effects().await;
    assert_eq!(day.countersign(0).await.unwrap(), 3);
    assert_eq!(day.t().effects().await.events, ["attendance.countersigned"]);
    assert!(day.lines(0).await.iter().all(|row| row.countersigned_by == Some(day.trainer.id)));
    assert!(matches!(day.countersign(0).await, Err(AttendanceError::Countersigned)));
    assert_eq!(
        [day.state(0).await, day.state(1).await, day.state(2).await],
        [E::Present, E::Present, E::Absent]
    );
}

#[tokio::test]
async fn an_absence_without_a_reason_is_told_to_the_team_once() {
    let day = Day::of(1).await;
    day.at(0, 5);
    day.t().effects().await;
    day.record(0, &[(0, P::Absent, 0)]).await.unwrap();
    let effects = day.t().effects().await;
    assert_eq!(effects.events, ["enrolment.absent", "attendance.absences_told", "attendance.recorded"]);
    assert_eq!(effects.mails, ["attendance-absence"]);
    day.at(1, 5);
    day.record(1, &[(0, P::Absent, 0)]).await.unwrap();
    assert_eq!(day.t().effects().await.mails, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_known_is_not_said_again_and_strangers_are_not_recorded() {
    let day = Day::of(2).await;
    day.at(0, 5);
    day.record(0, &[(0, P::Present, 210)]).await.unwrap();
    day.record(0, &[(0, P::Present, 210)]).await.unwrap();
    let other = day.record(0, &[(1, P::Present, 210), (0, P::Absent, 0)]).await.unwrap_err();
    let AttendanceError::Invalid(faults) = other else { panic!("{other}") };
    assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/lines/1/presence"]);
    assert_eq!(day.lines(0).await.len(), 1);
    let nobody = day.record(0, &[]).await;
    assert!(matches!(nobody, Err(AttendanceError::Invalid(_))));
}

#[tokio::test]
async fn a_remote_sequence_is_proved_before_it_is_countersigned() {
    let day = Day::followed(1, Modality::Remote).await;
    day.at(0, 200);
    day.record(0, &[(0, P::Present, 210)]).await.unwrap();
    let lacking = day.countersign(0).await.unwrap_err();
    assert!(matches!(lacking, AttendanceError::Unproved(_)));
    let line = day.lines(0).await.remove(0);
    let typed = TypedProof {
        kind: "log".to_owned(),
        note: "Connectée de 9 h à 12 h 30".to_owned(),
        dated_on: day.slots[0].day.to_string(),
    };
    let proof = typed.read(day.slots[0].day).unwrap();
    let mut tx = day.t().app.begin(day.teacher().await.actor).await.unwrap();
    let kept = actions::prove(&mut tx, line.id, proof, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(day.countersign(0).await.unwrap(), 1);
    let mut tx = day.t().app.begin(day.teacher().await.actor).await.unwrap();
    actions::void_proof(&mut tx, kept.id).await.unwrap();
    assert!(matches!(actions::void_proof(&mut tx, kept.id).await, Err(AttendanceError::NotFound)));
}

#[tokio::test]
async fn only_whoever_teaches_and_the_team_see_and_change_a_sheet() {
    let day = Day::of(1).await;
    day.at(0, 200);
    let path = format!("/training-sessions/{}/attendance", day.course.session);
    let record = format!("{path}/{}/record", day.slots[0].id);
    let body = json!({ "lines": [{ "enrolment_id": day.people[0].id, "presence": "present" }] });
    let stranger = day.t().expert("Faure").await;
    let stranger = day.t().of_expert(stranger.id).await;
    let (auditor, officer) = (day.t().person(Role::Auditor).await, day.t().person(Role::Officer).await);
    let trainee = day.t().person(Role::Trainee).await;
    for (person, read, write) in
        [(&stranger, 404_u16, 404_u16), (&trainee, 404, 404), (&auditor, 200, 403), (&officer, 200, 200)]
    {
        assert_eq!(day.t().get(person, &path).await.status, read);
        assert_eq!(day.t().post(person, &record, &body).await.status, write);
    }
    let countersign = format!("{path}/{}/countersign", day.slots[0].id);
    assert_eq!(day.t().post(&officer, &countersign, &json!({})).await.status, 403);
    let teacher = day.teacher().await;
    let done = day.t().post(&teacher, &countersign, &json!({})).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    assert_eq!(done.body["slots"][0]["to_countersign"], 0);
}

#[tokio::test]
async fn the_pages_of_a_sheet_are_read_and_filled_by_whoever_teaches() {
    let day = Day::of(2).await;
    day.at(0, 200);
    let teacher = day.teacher().await;
    let (status, text) = day.t().open(&teacher, "/mes-seances").await;
    assert_eq!(status, 200);
    let at = format!("/sessions/SES-2025-0001/emargement/{}", day.slots[0].id);
    assert!(text.contains(&at), "{text}");
    for path in ["/sessions/SES-2025-0001/emargement".to_owned(), at.clone(), format!("{at}/imprimer")] {
        let (status, text) = day.t().open(&teacher, &path).await;
        assert_eq!(status, 200, "{path}");
        assert!(text.contains("Zoé N’Guyen 1"), "{path}");
    }
    let presence = format!("presence-{}", day.people[0].id);
    let minutes = format!("minutes-{}", day.people[0].id);
    let fields = [(presence.as_str(), "partial"), (minutes.as_str(), "300")];
    let (status, _, text) = day.t().submit(&teacher, &format!("{at}/presences"), &fields).await;
    assert_eq!(status, 422);
    assert!(text.contains("value=\"300\""), "what was typed comes back");
    let fields = [(presence.as_str(), "partial"), (minutes.as_str(), "60")];
    let (status, to, _) = day.t().submit(&teacher, &format!("{at}/presences"), &fields).await;
    assert_eq!((status.as_u16(), to.as_str()), (303, at.as_str()));
    let (status, _, text) = day.t().submit(&teacher, &format!("{at}/contresigner"), &[]).await;
    assert_eq!(status, 409);
    assert!(text.contains("Zoé N’Guyen 2"));
}
