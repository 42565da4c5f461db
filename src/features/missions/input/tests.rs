//! What is typed of a mission, and every fault of it.

use super::*;
use time::macros::{date, datetime};

fn typed() -> TypedMission {
    TypedMission {
        title: "Jury du CQP à Loudun".to_owned(),
        department: "973".to_owned(),
        starts_on: "03/03/2026".to_owned(),
        starts_time: "9 h 30".to_owned(),
        ends_time: "17:00".to_owned(),
        fee: "240,50".to_owned(),
        ..TypedMission::of(MissionObject::Jury)
    }
}

#[test]
fn hours_are_those_of_the_place_and_the_duty_that_of_the_object() {
    let mission = typed().read().unwrap();
    assert_eq!(mission.dates.starts_at, datetime!(2026-03-03 12:30 UTC));
    assert_eq!((mission.dates.zone.as_str(), mission.region), ("America/Cayenne", "03"));
    assert_eq!((mission.duty, mission.fee_cents), (Some(Duty::Mandataire), Some(24_050)));
    let remote = TypedMission { mode: Some(Mode::Remote), ..typed() }.read().unwrap();
    assert_eq!(remote.dates, mission.dates);
    assert_eq!((remote.department, remote.region, Mode::of(remote.department)), ("", "", Mode::Remote));
    for (fee, expected) in [("", None), ("0", Some(0))] {
        let mission = TypedMission { fee: fee.to_owned(), ..typed() }.read().unwrap();
        assert_eq!(mission.fee_cents, expected, "{fee:?}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let wrong = TypedMission {
        title: " ".to_owned(),
        department: "999".to_owned(),
        starts_on: "demain".to_owned(),
        starts_time: "25:00".to_owned(),
        fee: "beaucoup".to_owned(),
        ..typed()
    };
    let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/title", "/department", "/starts_on", "/starts_time", "/fee"]);
    let said: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.message).collect();
    assert!(said[0].contains("titre") && said[3].contains("9\u{202f}h\u{202f}30"), "{said:?}");
    let narrow = TypedMission { starts_time: "9\u{202f}h\u{202f}30".to_owned(), ..typed() };
    assert_eq!(narrow.read().unwrap().dates, typed().read().unwrap().dates);
    let reversed = TypedMission { ends_time: "08:00".to_owned(), ..typed() };
    assert_eq!(reversed.read().unwrap_err()[0].code, "dates-reversed");
}

#[test]
fn another_reason_wants_words() {
    assert!(Refusal::read("unavailable", "").is_ok());
    assert_eq!(Refusal::read("other", " ").unwrap_err()[0].pointer, "/note");
    assert_eq!(Refusal::read("", "").unwrap_err()[0].pointer, "/reason");
    for (reason, kept) in [("tie", Some(TieKind::Board)), ("health", None)] {
        let refusal = Refusal::read(reason, "").unwrap().with_tie(Some(TieKind::Board));
        assert_eq!(refusal.tie, kept, "{reason}");
    }
}

#[test]
fn an_impediment_tells_the_faults_of_its_days_and_of_its_reason_at_once() {
    let typed = TypedImpediment {
        starts_on: "2026-03-02".to_owned(),
        ends_on: "2026-03-06".to_owned(),
        reason: "health".to_owned(),
        note: String::new(),
    };
    let (period, refusal) = typed.read(date!(2026 - 03 - 02)).unwrap();
    assert_eq!((period.days(), refusal.reason), (5, DeclineReason::Health));
    let wrong = TypedImpediment { reason: String::new(), ..typed };
    let pointers: Vec<_> =
        wrong.read(date!(2026 - 03 - 03)).unwrap_err().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/starts_on", "/reason"]);
}
