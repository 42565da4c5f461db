//! The fields of the parts of a referential, there and back.

use super::*;

/// Sends back what a form shows.
fn sent(values: &[(String, String)]) -> FormData {
    let fields: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    FormData::of(&fields)
}

fn document() -> Document {
    let bloc = |code: &str| Bloc { code: code.to_owned(), title: "Un bloc".to_owned(), optional: true };
    let skill = Skill {
        code: "C1".to_owned(),
        wording: "Faire".to_owned(),
        family: "Savoirs".to_owned(),
        criteria: vec!["Sûr".to_owned(), "Propre".to_owned()],
        bloc: Some("B1".to_owned()),
    };
    let epreuve = Epreuve {
        code: "E1".to_owned(),
        title: "Essai".to_owned(),
        kind: EpreuveKind::Dossier,
        scale: Scale::Numeric,
        threshold: Some(10),
        out_of: Some(20),
        minutes: 45,
        assessors: 2,
        blocs: vec!["B1".to_owned()],
        skills: vec!["C1".to_owned()],
    };
    Document {
        families: vec!["Savoirs".to_owned()],
        blocs: vec![bloc("B1"), bloc("B2")],
        skills: vec![skill],
        epreuves: vec![epreuve],
        routes: vec![Route { way: Way::Fc, allowed: true }, Route { way: Way::Vae, allowed: false }],
        jury: JuryRules {
            observers_max: Some(2),
            cpnef_validation: true,
            cpnef_signer: Some("cpnef@branche.exemple".to_owned()),
            ..JuryRules::default()
        },
        results: ResultRules { combine: Combine::Agree, resit_years: 0, ..ResultRules::default() },
    }
}

#[test]
fn a_form_sent_back_as_shown_changes_nothing() {
    for (part, item) in [
        (Part::Families, None),
        (Part::Bloc, Some("B2")),
        (Part::Skill, Some("C1")),
        (Part::Epreuve, Some("E1")),
        (Part::Routes, None),
        (Part::Jury, None),
        (Part::Results, None),
    ] {
        let mut changed = document();
        let form = sent(&part.values(item, &changed).unwrap());
        part.apply(item, &form, &mut changed);
        assert_eq!(changed, document(), "{part:?}");
        assert_eq!(Part::of(part.word()), Some(part));
    }
}

#[test]
fn things_are_added_moved_and_taken_away() {
    let codes = |document: &Document| -> Vec<String> {
        document.blocs.iter().map(|bloc| bloc.code.clone()).collect()
    };
    let mut changed = document();
    Part::Bloc.apply(None, &FormData::of(&[("code", "B3"), ("title", "Autre")]), &mut changed);
    assert_eq!(codes(&changed), ["B1", "B2", "B3"]);
    Part::Bloc.apply(Some("B3"), &FormData::of(&[("code", "B3"), ("rank", "1")]), &mut changed);
    assert_eq!(codes(&changed), ["B3", "B1", "B2"]);
    Part::Bloc.apply(Some("B1"), &FormData::of(&[(REMOVAL, "oui")]), &mut changed);
    assert_eq!(codes(&changed), ["B3", "B2"]);
    assert_eq!(Part::Bloc.values(Some("B1"), &changed), None);
    assert_eq!(Part::Jury.values(Some("B2"), &changed), None);
}

#[test]
fn a_fault_finds_its_field_or_the_whole_form() {
    for (part, pointer, expected) in [
        (Part::Bloc, "/blocs/1/code", "/code"),
        (Part::Bloc, "/blocs/12/code", ""),
        (Part::Skill, "/blocs/1/code", ""),
        (Part::Epreuve, "/epreuves/1/skills", "/skills"),
        (Part::Jury, "/jury/quorum_total", "/quorum_total"),
        (Part::Families, "/families/3", "/families"),
        (Part::Families, "/skills/0/family", ""),
        (Part::Routes, "/routes/0/way", ""),
    ] {
        assert_eq!(part.field(1, pointer), expected, "{part:?} {pointer}");
    }
}

#[test]
fn a_number_that_is_none_is_refused_at_its_field() {
    let mut changed = document();
    let mut values = Part::Jury.values(None, &changed).unwrap();
    for (_, value) in values.iter_mut().filter(|(name, _)| name == "employers_min") {
        "deux".clone_into(value);
    }
    Part::Jury.apply(None, &sent(&values), &mut changed);
    let faults = crate::rules::referential::read(&changed).unwrap_err();
    let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/jury/employers_min"]);
}
