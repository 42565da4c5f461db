//! The frozen content: one form, one hash, and what has no place in it.

use super::*;

fn candidate(presence: Presence, decision: Option<JuryDecision>) -> Candidate {
    Candidate {
        number: "CAN-2026-0001".to_owned(),
        birth_name: "Diallo".to_owned(),
        first_names: "Amina".to_owned(),
        birth_date: "1990-05-03".to_owned(),
        presence,
        presence_reason: None,
        quorum: true,
        decision,
        reason: None,
        units: vec![Unit { code: "BC01".to_owned(), title: "Bloc".to_owned(), acquired: Some(true) }],
        votes: Some(Votes { yes: 3, no: 0, blank: 0 }),
        abstentions: Vec::new(),
        recommendations: String::new(),
        observations: String::new(),
        adapted: true,
    }
}

fn content() -> Content {
    let candidates = vec![
        candidate(Presence::Present, Some(JuryDecision::Total)),
        candidate(Presence::Present, Some(JuryDecision::Partial)),
        candidate(Presence::Absent, Some(JuryDecision::Absent)),
    ];
    Content {
        format: FORMAT.to_owned(),
        kind: MinutesKind::Minutes,
        revision: 1,
        session: Session {
            number: "JUR-2026-0001".to_owned(),
            day: "2026-04-14".to_owned(),
            starts: "09:00".to_owned(),
            ends: "12:30".to_owned(),
            zone: "Europe/Paris".to_owned(),
            place: "Nevers".to_owned(),
            mode: JuryMode::OnSite,
        },
        certification: Certified {
            code: "CQP_SP".to_owned(),
            title: "T".to_owned(),
            version: "2024".to_owned(),
            registration: None,
        },
        certifier: "C".to_owned(),
        branch: "B".to_owned(),
        structure: Structure { name: "S".to_owned(), agreement: None },
        members: Vec::new(),
        absent: Vec::new(),
        observers: Vec::new(),
        quorum: Quorum { employers: 1, employees: 1, total: 3, present: 3, reached: true },
        counts: Content::counted(&candidates),
        candidates,
        incidents: Vec::new(),
        remarks: String::new(),
        lacked: String::new(),
        secret: true,
        corrects: None,
        frozen_at: "2026-04-14T10:30:00Z".to_owned(),
    }
}

#[test]
fn a_frozen_text_has_one_form_and_one_hash() {
    let frozen = content().freeze().unwrap();
    assert_eq!(Content::read(&frozen.text).unwrap(), content());
    assert_eq!(content().freeze().unwrap(), frozen);
    assert_eq!(hash(&frozen.text), frozen.hash);
    let mut changed = content();
    changed.candidates[0].decision = Some(JuryDecision::Refused);
    assert_ne!(changed.freeze().unwrap().hash, frozen.hash);
}

#[test]
fn outcomes_are_counted() {
    let counts = content().counts;
    assert_eq!((counts.enrolled, counts.present, counts.total, counts.partial), (3, 2, 1, 1));
    assert_eq!((counts.refused, counts.adjourned), (0, 0));
}

#[test]
fn a_handicap_and_its_adaptation_have_no_place() {
    let text = content().freeze().unwrap().text;
    assert!(text.contains("\"adapted\":true"), "the fact alone");
    for field in ["handicap", "accommodations", "measure", "adaptation"] {
        assert!(!text.contains(field), "{field}");
        let with = text.replacen('{', &format!("{{\"{field}\":\"x\","), 1);
        assert!(Content::read(&with).is_err(), "{field}");
    }
}
