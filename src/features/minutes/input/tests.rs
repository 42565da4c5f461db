//! What is typed, and every fault of it.

use time::macros::date;
use uuid::Uuid;

use super::*;

fn signature(way: &str) -> TypedSignature {
    TypedSignature {
        member: JuryMemberId(Uuid::nil()),
        way: way.to_owned(),
        code: String::new(),
        drawing: String::new(),
        reason: String::new(),
        seen: String::new(),
    }
}

fn pointers<T: std::fmt::Debug>(read: Result<T, Vec<Fault>>) -> Vec<String> {
    read.unwrap_err().into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn somebody_signs_in_one_of_four_ways() {
    let drawn = TypedSignature { drawing: "M1 1L2 2L3 3L4 4".to_owned(), ..signature("drawn") };
    assert!(matches!(drawn.read().unwrap(), (Way::Drawn(_), None)));
    let coded = TypedSignature { code: " 012 345 ".to_owned(), ..signature("code") };
    assert_eq!(coded.read().unwrap(), (Way::Code, Some("012345".to_owned())));
    assert_eq!(signature("account").read().unwrap(), (Way::Account, None));
    assert_eq!(pointers(signature("refused").read()), ["/reason"]);
    assert_eq!(pointers(signature("").read()), ["/way"]);
    let wrong = TypedSignature { code: "12".to_owned(), ..signature("drawn") };
    assert_eq!(pointers(wrong.read()), ["/code", "/drawing"]);
}

#[test]
fn minutes_conform_when_every_point_does_and_go_back_with_words() {
    let all: Vec<String> = Point::ALL.iter().map(|point| point.word().to_owned()).collect();
    let whole = TypedCheck { points: all.clone(), findings: String::new() };
    assert!(whole.read(true).unwrap().points.values().all(|kept| *kept));
    assert_eq!(pointers(whole.read(false)), ["/findings"]);
    let part = TypedCheck { points: all[1..].to_vec(), findings: "La liste".to_owned() };
    assert_eq!(pointers(part.read(true)), ["/points"]);
    assert!(!part.read(false).unwrap().points["people"]);
}

#[test]
fn a_correction_says_why_and_names_decisions_of_a_jury() {
    let ruling = |decision: &str| TypedRuling {
        passage: JuryPassageId(Uuid::nil()),
        decision: decision.to_owned(),
        acquired: Vec::new(),
        reason: String::new(),
        observations: String::new(),
        recommendations: String::new(),
    };
    let typed =
        TypedCorrection { rulings: vec![ruling("fraud"), ruling("adjourned")], ..TypedCorrection::default() };
    assert_eq!(pointers(typed.read()), ["/reason", "/rulings/0/decision", "/rulings/1/reason"]);
    let typed = TypedCorrection {
        reason: "Erreur de saisie".to_owned(),
        rulings: vec![ruling("total")],
        ..TypedCorrection::default()
    };
    assert_eq!(typed.read().unwrap().rulings[0].decision, JuryDecision::Total);
}

#[test]
fn the_joint_body_of_the_branch_is_named_when_the_rules_ask() {
    let (jury, today) = (date!(2026 - 04 - 14), date!(2026 - 05 - 04));
    let typed = TypedValidation { delivered_on: "2026-05-10".to_owned(), ..TypedValidation::default() };
    assert!(typed.read(jury, today, false).is_ok());
    assert_eq!(pointers(typed.read(jury, today, true)), ["/validated_on", "/list"]);
    let early = TypedValidation { delivered_on: "2026-04-13".to_owned(), ..TypedValidation::default() };
    assert_eq!(pointers(early.read(jury, today, false)), ["/delivered_on"]);
    let late = TypedValidation { validated_on: "2026-06-01".to_owned(), ..typed };
    assert_eq!(pointers(late.read(jury, today, false)), ["/validated_on"]);
}

#[test]
fn an_appeal_and_its_answer_are_reasoned() {
    let today = date!(2026 - 05 - 04);
    assert_eq!(pointers(TypedAppeal::default().read(today)), ["/grounds"]);
    let typed = TypedAppeal { grounds: "Erreur".to_owned(), received_on: "2026-06-01".to_owned() };
    assert_eq!(pointers(typed.read(today)), ["/received_on"]);
    assert_eq!(pointers(TypedAnswer::default().read()), ["/outcome", "/answer"]);
}
