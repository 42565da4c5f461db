//! The tables of the referential: what is refused, what is missing, what is decided.

use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::President;
use entity::registration::Register;
use entity::result_rules::Combine;

use super::{
    Attendance, Bloc, Decision, Document, Entry, Epreuve, JuryRules, Mark, Route, Sitting, Skill, decide,
    gaps, parse, read,
};
use crate::error::Fault;

fn bloc(code: &str) -> Bloc {
    Bloc { code: code.to_owned(), title: "Un bloc d’essai".to_owned(), optional: false }
}

fn skill(code: &str, bloc: Option<&str>) -> Skill {
    Skill {
        code: code.to_owned(),
        wording: "Faire un essai".to_owned(),
        bloc: bloc.map(str::to_owned),
        ..Skill::default()
    }
}

fn epreuve(code: &str, blocs: &[&str], skills: &[&str]) -> Epreuve {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Epreuve {
        code: code.to_owned(),
        title: String::new(),
        kind: EpreuveKind::Entretien,
        scale: Scale::Binary,
        threshold: None,
        out_of: None,
        minutes: 30,
        assessors: 2,
        blocs: owned(blocs),
        skills: owned(skills),
    }
}

fn routes(open: &[Way]) -> Vec<Route> {
    Way::all().map(|way| Route { way, allowed: open.contains(&way) }).collect()
}

/// Two blocs, B2 optional; three skills, two of them in B1.
fn of_blocs() -> Document {
    Document {
        blocs: vec![bloc("B1"), Bloc { optional: true, ..bloc("B2") }],
        skills: vec![skill("C1", Some("B1")), skill("C2", Some("B1")), skill("C3", Some("B2"))],
        epreuves: vec![epreuve("E1", &["B1"], &[]), epreuve("E2", &[], &["C2", "C3"])],
        routes: routes(&[Way::Fc]),
        ..Document::default()
    }
}

fn without_bloc() -> Document {
    Document {
        skills: vec![skill("C1", None), skill("C2", None)],
        epreuves: vec![epreuve("E1", &[], &["C1"]), epreuve("E2", &[], &["C1", "C2"])],
        routes: routes(&[Way::Fc]),
        ..Document::default()
    }
}

fn entry(register: Register, number: Option<&str>) -> Entry {
    Entry { register, number: number.map(str::to_owned) }
}

fn told(faults: &[Fault]) -> Vec<(&str, &str)> {
    faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect()
}

/// The faults of a referential changed so.
fn refused(change: impl FnOnce(&mut Document)) -> Vec<(String, &'static str)> {
    let mut document = of_blocs();
    change(&mut document);
    let faults = read(&document).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

#[test]
fn a_referential_is_kept_tidied() {
    let mut typed = of_blocs();
    typed.families = vec![" Savoirs  de base ".to_owned()];
    typed.skills[0] = Skill {
        code: " c1 ".to_owned(),
        wording: "Faire\r\nun essai".to_owned(),
        family: "Savoirs de base".to_owned(),
        criteria: vec!["  ".to_owned(), " Le geste est  sûr ".to_owned()],
        bloc: Some("b1".to_owned()),
    };
    typed.epreuves[1].skills = vec!["c2".to_owned(), "C2".to_owned()];
    let kept = read(&typed).unwrap();
    assert_eq!(kept.families, ["Savoirs de base"]);
    let first = &kept.skills[0];
    assert_eq!((first.code.as_str(), first.wording.as_str()), ("C1", "Faire un essai"));
    assert_eq!(
        (first.criteria.as_slice(), first.bloc.as_deref()),
        (["Le geste est sûr".to_owned()].as_slice(), Some("B1"))
    );
    assert_eq!(kept.epreuves[1].skills, ["C2"]);
    assert_eq!(read(&kept).unwrap(), kept, "what is kept is kept as it is");
    assert_eq!(read(&Document::default()).unwrap(), Document::default(), "an empty draft may be kept");
}

#[test]
fn every_value_that_cannot_be_kept_is_told_at_its_place() {
    let table = [
        (
            "an empty code",
            refused(|it| it.blocs[0].code.clear()),
            vec![
                ("/blocs/0/code", "missing"),
                ("/skills/0/bloc", "unknown-bloc"),
                ("/skills/1/bloc", "unknown-bloc"),
                ("/epreuves/0/blocs", "unknown-code"),
            ],
        ),
        (
            "a code twice",
            refused(|it| it.skills.push(skill("c1", None))),
            vec![("/skills/3/code", "duplicate")],
        ),
        (
            "an accent in a code",
            refused(|it| it.epreuves[1].code = "É2".to_owned()),
            vec![("/epreuves/1/code", "code")],
        ),
        ("no wording", refused(|it| it.skills[2].wording.clear()), vec![("/skills/2/wording", "missing")]),
        (
            "an unknown family",
            refused(|it| it.skills[2].family = "Autre".to_owned()),
            vec![("/skills/2/family", "unknown-family")],
        ),
        (
            "an unknown skill",
            refused(|it| it.epreuves[0].skills.push("C9".to_owned())),
            vec![("/epreuves/0/skills", "unknown-code")],
        ),
        (
            "a way twice",
            refused(|it| it.routes.push(Route { way: Way::Vae, allowed: true })),
            vec![("/routes/6/way", "duplicate")],
        ),
        (
            "too many blocs",
            refused(|it| it.blocs.extend((3..=51).map(|rank| bloc(&format!("B{rank}"))))),
            vec![("/blocs", "too-many")],
        ),
        (
            "minutes below nothing",
            refused(|it| it.epreuves[0].minutes = -1),
            vec![("/epreuves/0/minutes", "out-of-range")],
        ),
        (
            "an appeal without time",
            refused(|it| it.results.appeal_months = 0),
            vec![("/results/appeal_months", "out-of-range")],
        ),
    ];
    for (what, found, expected) in table {
        let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn a_scale_has_the_threshold_it_needs() {
    for (scale, threshold, out_of, expected) in [
        (Scale::Binary, None, None, vec![]),
        (Scale::Binary, Some(1), None, vec![("/epreuves/0/threshold", "no-threshold")]),
        (Scale::FourLevels, Some(3), None, vec![]),
        (Scale::FourLevels, None, None, vec![("/epreuves/0/threshold", "missing")]),
        (
            Scale::FourLevels,
            Some(5),
            Some(4),
            vec![("/epreuves/0/threshold", "out-of-range"), ("/epreuves/0/out_of", "no-threshold")],
        ),
        (Scale::Numeric, Some(10), Some(20), vec![]),
        (Scale::Numeric, None, Some(20), vec![("/epreuves/0/threshold", "missing")]),
        (Scale::Numeric, Some(21), Some(20), vec![("/epreuves/0/threshold", "out-of-range")]),
        (
            Scale::Numeric,
            None,
            None,
            vec![("/epreuves/0/out_of", "missing"), ("/epreuves/0/threshold", "missing")],
        ),
    ] {
        let mut document = of_blocs();
        let first = &mut document.epreuves[0];
        (first.scale, first.threshold, first.out_of) = (scale, threshold, out_of);
        let faults = read(&document).err().unwrap_or_default();
        assert_eq!(told(&faults), expected, "{scale} {threshold:?} {out_of:?}");
    }
}

#[test]
fn a_jury_of_the_smallest_composition_reaches_its_quorum() {
    let rules = JuryRules::default;
    for (jury, expected) in [
        (rules(), vec![]),
        (
            JuryRules { quorum_employers: 2, ..rules() },
            vec![("/jury/quorum_employers", "quorum-out-of-reach")],
        ),
        (
            JuryRules { employees_min: 0, ..rules() },
            vec![
                ("/jury/quorum_employees", "quorum-out-of-reach"),
                ("/jury/quorum_total", "quorum-out-of-reach"),
            ],
        ),
        (
            JuryRules { president: President::CollegesInTurn, ..rules() },
            vec![("/jury/quorum_total", "quorum-out-of-reach")],
        ),
        (JuryRules { president: President::CollegesInTurn, quorum_total: 2, ..rules() }, vec![]),
        (
            JuryRules { members_days: 31, files_days: 16, ..rules() },
            vec![("/jury/members_days", "delays-reversed"), ("/jury/files_days", "delays-reversed")],
        ),
        (
            JuryRules { cpnef_signer: Some("la CPNEF".to_owned()), ..rules() },
            vec![("/jury/cpnef_signer", "email")],
        ),
        (JuryRules { cpnef_signer: Some("cpnef@branche.exemple".to_owned()), ..rules() }, vec![]),
        (JuryRules { remote_allowed: false, ..rules() }, vec![("/jury/remote_in_quorum", "remote-refused")]),
        (
            JuryRules { observers_max: Some(0), max_per_half_day: 0, ..rules() },
            vec![("/jury/max_per_half_day", "out-of-range")],
        ),
    ] {
        let faults = read(&Document { jury: jury.clone(), ..of_blocs() }).err().unwrap_or_default();
        assert_eq!(told(&faults), expected, "{jury:?}");
    }
}

#[test]
fn a_file_is_read_in_toml_and_in_json_and_says_why_it_cannot_be() {
    let document = of_blocs();
    assert_eq!(parse(&toml::to_string(&document).unwrap()).unwrap(), document);
    assert_eq!(parse(&serde_json::to_string(&document).unwrap()).unwrap(), document);
    let short = parse("families = [\"Savoir-être\"]\n[jury]\nmax_per_half_day = 8\n").unwrap();
    assert_eq!((short.jury.max_per_half_day, short.jury.president_days), (8, 30));
    for text in ["skils = []", "{\"skils\": []}", "[[skills]]\ncode = 1", "{"] {
        let faults = parse(text).unwrap_err();
        assert_eq!(told(&faults), [("/document", "unreadable-document")], "{text}");
    }
}

#[test]
fn what_lacks_to_publish_is_told_at_once() {
    let none = entry(Register::None, None);
    assert!(gaps(&of_blocs(), &none).is_empty());
    assert!(gaps(&without_bloc(), &entry(Register::Rs, Some("RS1"))).is_empty());
    assert_eq!(
        told(&gaps(&Document::default(), &none)),
        [("/skills", "missing"), ("/epreuves", "missing"), ("/routes", "route-undecided")]
    );
    let mut holes = of_blocs();
    holes.blocs.push(bloc("B3"));
    holes.blocs[0].optional = true;
    holes.skills.push(skill("C4", None));
    holes.epreuves = vec![epreuve("E1", &[], &["C1"]), epreuve("E2", &["B2"], &[]), epreuve("E3", &[], &[])];
    holes.routes = routes(&[]);
    assert_eq!(
        told(&gaps(&holes, &none)),
        [
            ("/blocs/2", "bloc-without-skill"),
            ("/blocs/2", "bloc-not-assessed"),
            ("/skills/1", "skill-not-assessed"),
            ("/skills/3/bloc", "skill-without-bloc"),
            ("/skills/3", "skill-not-assessed"),
            ("/epreuves/2", "epreuve-assesses-nothing"),
            ("/routes", "no-route"),
        ]
    );
    let silent = Document { epreuves: vec![epreuve("E2", &["B2"], &[])], ..of_blocs() };
    assert_eq!(told(&gaps(&silent, &none)), [("/blocs/0", "bloc-not-assessed")], "once for the bloc");
    let optional = Document {
        blocs: of_blocs().blocs.into_iter().map(|bloc| Bloc { optional: true, ..bloc }).collect(),
        ..of_blocs()
    };
    assert_eq!(told(&gaps(&optional, &none)), [("/blocs", "all-optional")]);
}

#[test]
fn blocs_and_the_vae_follow_the_register() {
    let sheet = |first: &str, second: &str| {
        let mut document = of_blocs();
        document.put_bloc(Some("B1"), bloc(first), 0);
        document.put_bloc(Some("B2"), bloc(second), 1);
        document.routes = routes(&[Way::Fc, Way::Vae]);
        document
    };
    let rncp = entry(Register::Rncp, Some("RNCP99999"));
    for (document, entry, expected) in [
        (sheet("RNCP99999BC01", "RNCP99999BC02"), &rncp, vec![]),
        (
            sheet("RNCP99999BC1", "RNCP99998BC02"),
            &rncp,
            vec![("/blocs/0/code", "rncp-bloc-code"), ("/blocs/1/code", "rncp-bloc-code")],
        ),
        (without_bloc(), &rncp, vec![("/blocs", "rncp-needs-blocs")]),
        (
            sheet("B1", "RNCP99999BC02"),
            &entry(Register::Rs, Some("RS9999")),
            vec![
                ("/blocs", "rs-has-no-bloc"),
                ("/blocs/1/code", "not-in-rncp"),
                ("/routes/4/allowed", "vae-needs-rncp"),
            ],
        ),
        (sheet("B1", "B2"), &entry(Register::None, None), vec![("/routes/4/allowed", "vae-needs-rncp")]),
    ] {
        assert_eq!(told(&gaps(&document, entry)), expected, "{entry:?}");
    }
}

fn sitting<'a>(marks: &'a [(&'a str, Mark)]) -> Sitting<'a> {
    Sitting { attendance: Attendance::Present, hindered: false, fraud: false, marks, rulings: &[], kept: &[] }
}

const YES: Mark = Mark::Acquired(true);
const NO: Mark = Mark::Acquired(false);

#[test]
fn results_of_blocs_become_a_decision() {
    let whole = of_blocs();
    let refusing = |mut document: Document| {
        document.results.partial_allowed = false;
        document
    };
    let table = [
        (&whole, vec![("E1", YES), ("E2", YES)], Decision::Total),
        // B1 needs C2, which E2 assesses as well; B2 follows it
        (&whole, vec![("E1", YES), ("E2", NO)], Decision::Refused),
        (&whole, vec![("E1", NO), ("E2", YES)], Decision::Partial),
        (&refusing(of_blocs()), vec![("E1", NO), ("E2", YES)], Decision::Refused),
        (&whole, vec![("E1", YES)], Decision::Adjourned),
        (&whole, vec![("E1", NO)], Decision::Refused),
        (&whole, vec![("E1", Mark::Points(12)), ("E2", YES)], Decision::Adjourned),
        (&Document::default(), vec![], Decision::Adjourned),
    ];
    for (document, marks, expected) in table {
        assert_eq!(decide(document, &sitting(&marks)).decision, expected, "{marks:?}");
    }
}

#[test]
fn an_optional_bloc_keeps_nobody_from_the_certification() {
    let mut document = of_blocs();
    document.epreuves = vec![epreuve("E1", &["B1"], &[]), epreuve("E2", &["B2"], &[])];
    for (marks, expected) in [
        (vec![("E1", YES)], None),
        (vec![("E1", YES), ("E2", NO)], Some(false)),
        (vec![("E1", YES), ("E2", YES)], Some(true)),
    ] {
        let outcome = decide(&document, &sitting(&marks));
        assert_eq!((outcome.decision, outcome.units[1].acquired), (Decision::Total, expected), "{marks:?}");
    }
}

#[test]
fn several_epreuves_on_a_skill_combine_as_the_rules_say() {
    let by = |combine: Combine, marks: &[(&str, Mark)]| {
        let mut document = without_bloc();
        document.results.combine = combine;
        let outcome = decide(&document, &sitting(marks));
        (outcome.units[0].acquired, outcome.decision)
    };
    let (both, one, none) = ([("E1", YES), ("E2", YES)], [("E1", NO), ("E2", YES)], [("E1", NO), ("E2", NO)]);
    for (combine, marks, acquired, decision) in [
        (Combine::Every, &both[..], Some(true), Decision::Total),
        (Combine::Every, &one[..], Some(false), Decision::Refused),
        (Combine::Any, &one[..], Some(true), Decision::Total),
        (Combine::Any, &none[..], Some(false), Decision::Refused),
        (Combine::Any, &none[..1], None, Decision::Adjourned),
        (Combine::Agree, &both[..], Some(true), Decision::Total),
        (Combine::Agree, &none[..], Some(false), Decision::Refused),
        (Combine::Agree, &one[..], None, Decision::Adjourned),
        (Combine::Every, &none[..0], None, Decision::Adjourned),
    ] {
        assert_eq!(by(combine, marks), (acquired, decision), "{combine} {marks:?}");
    }
}

#[test]
fn thresholds_are_reached_from_their_value_on() {
    for (scale, threshold, mark, expected) in [
        (Scale::FourLevels, Some(3), Mark::Level(2), Some(false)),
        (Scale::FourLevels, Some(3), Mark::Level(3), Some(true)),
        (Scale::Numeric, Some(14), Mark::Points(13), Some(false)),
        (Scale::Numeric, Some(14), Mark::Points(14), Some(true)),
        (Scale::Numeric, Some(14), Mark::Level(4), None),
    ] {
        let mut document = Document { skills: vec![skill("C1", None)], ..without_bloc() };
        document.epreuves = vec![Epreuve { scale, threshold, ..epreuve("E1", &[], &["C1"]) }];
        let outcome = decide(&document, &sitting(&[("E1", mark)]));
        assert_eq!(outcome.units[0].acquired, expected, "{scale} {mark:?}");
    }
}

#[test]
fn the_jury_is_above_the_results_and_what_was_acquired_stays() {
    let document = of_blocs();
    let failed = [("E1", NO), ("E2", NO)];
    for (rulings, kept, expected) in [
        (vec![("B1", true)], vec![], Decision::Total),
        (vec![("B2", true)], vec![], Decision::Partial),
        (vec![], vec!["B1"], Decision::Total),
        (vec![("B1", false)], vec!["B1"], Decision::Total),
        (vec![("B1", false)], vec![], Decision::Refused),
    ] {
        let sitting = Sitting { rulings: &rulings, kept: &kept, ..sitting(&failed) };
        assert_eq!(decide(&document, &sitting).decision, expected, "{rulings:?} {kept:?}");
    }
}

#[test]
fn what_keeps_a_jury_from_deciding_stands_before_the_results() {
    let document = of_blocs();
    let passed = [("E1", YES), ("E2", YES)];
    for (attendance, hindered, fraud, expected, consumed) in [
        (Attendance::Present, false, false, Decision::Total, true),
        (Attendance::Present, true, false, Decision::Adjourned, false),
        (Attendance::Absent, true, false, Decision::Absent, true),
        (Attendance::AbsentExcused, false, false, Decision::AbsentExcused, false),
        (Attendance::Present, true, true, Decision::Fraud, true),
        (Attendance::Absent, false, true, Decision::Fraud, true),
    ] {
        let sitting = Sitting { attendance, hindered, fraud, ..sitting(&passed) };
        let decision = decide(&document, &sitting).decision;
        assert_eq!(
            (decision, decision.consumes_attempt()),
            (expected, consumed),
            "{attendance:?} {}",
            decision.code()
        );
    }
}
