//! Tables of whole civil statuses: what is accepted, what is refused and where, what lacks, what is doubted.
use super::completeness::{Missing, completeness};
use super::*;
use proptest::prelude::*;
use time::macros::date;

const TODAY: Date = date!(2026 - 03 - 01);

fn typed() -> TypedCivilStatus {
    TypedCivilStatus {
        birth_name: "N’Guyen-d’Arc".into(),
        usual_name: "Dupont".into(),
        first_names: ["Éléonore".into(), "Anne-Lise".into(), String::new()],
        sex: "F".into(),
        birth_date: "12/05/1985".into(),
        birth_commune: "97411".into(),
        ..TypedCivilStatus::default()
    }
}

fn born(date: &str, country: &str, commune: &str, locality: &str) -> TypedCivilStatus {
    TypedCivilStatus {
        birth_date: date.into(),
        birth_country: country.into(),
        birth_commune: commune.into(),
        birth_locality: locality.into(),
        ..typed()
    }
}

fn place(typed: &TypedCivilStatus) -> Birthplace {
    read(typed, TODAY).unwrap().birthplace.unwrap()
}

/// The pointers and the codes of the faults.
fn refused(typed: &TypedCivilStatus) -> Vec<(String, &'static str)> {
    let faults = read(typed, TODAY).unwrap_err();
    faults.into_iter().map(|fault| (fault.field.pointer(), fault.reason.code())).collect()
}

fn message(typed: &TypedCivilStatus) -> String {
    let faults = read(typed, TODAY).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].reason.to_string().replace('\u{202f}', " ")
}

#[test]
fn a_civil_status_is_kept_as_typed() {
    let status = read(&typed(), TODAY).unwrap();
    assert_eq!(status.birth_name.as_ref().map(PersonName::as_str), Some("N’Guyen-d’Arc"));
    assert_eq!(status.usual_name.as_ref().map(PersonName::as_str), Some("Dupont"));
    let first_names: Vec<&str> = status.first_names.in_order.iter().map(PersonName::as_str).collect();
    assert_eq!(first_names, ["Éléonore", "Anne-Lise"]);
    assert_eq!(status.first_names.others, None);
    assert_eq!(status.sex.map(Sex::letter), Some("F"));
    assert_eq!(status.birth_date.unwrap().to_string(), "1985-05-12");
    assert_eq!(status.birthplace.as_ref().unwrap().to_string(), "Saint-Denis (97411)");
    assert!(status.doubts(TODAY).is_empty());
    let completeness = completeness(&status, true);
    assert_eq!((completeness.score(), completeness.is_complete()), (100, true));
}

#[test]
fn nothing_typed_is_nothing_known_and_nothing_refused() {
    let status = read(&TypedCivilStatus::default(), TODAY).unwrap();
    assert_eq!(status, CivilStatus::default());
    let completeness = completeness(&status, false);
    assert_eq!(completeness.score(), 0);
    assert_eq!(
        completeness.missing,
        [
            Missing::BirthName,
            Missing::FirstName,
            Missing::Sex,
            Missing::BirthDate,
            Missing::Birthplace,
            Missing::Document,
        ]
    );
}

#[test]
fn every_fault_is_told_at_once_with_its_field() {
    let wrong = TypedCivilStatus {
        birth_name: "Dupont2".into(),
        usual_name: "a@b".into(),
        first_names: ["Marie, Anne".into(), String::new(), "Lise".into()],
        other_first_names: "Мария".into(),
        sex: "X".into(),
        birth_date: "30/02/1985".into(),
        birth_commune: "00000".into(),
        birth_locality: "a\u{0}b".into(),
        ..TypedCivilStatus::default()
    };
    let expected = [
        ("/birth_name", "digit"),
        ("/usual_name", "unexpected-character"),
        ("/first_names/0", "several-names"),
        ("/first_names/1", "gap"),
        ("/other_first_names", "other-alphabet"),
        ("/sex", "unknown-sex"),
        ("/birth_date", "wrong-day"),
        ("/birth_commune", "unknown-commune"),
        ("/birth_locality", "invisible-character"),
    ];
    assert_eq!(refused(&wrong), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn first_names_follow_each_other() {
    let with = |names: [&str; 3], others: &str| TypedCivilStatus {
        first_names: names.map(str::to_owned),
        other_first_names: others.into(),
        ..typed()
    };
    let accepted = read(&with(["Anne", "Lise", "Marie"], "Jeanne Louise"), TODAY).unwrap().first_names;
    assert_eq!(accepted.in_order.len(), 3);
    assert_eq!(accepted.others.unwrap().as_str(), "Jeanne Louise");
    assert_eq!(refused(&with(["", "Lise", ""], "")), [("/first_names/0".to_owned(), "gap")]);
    assert_eq!(refused(&with(["Anne", "Lise", ""], "Jeanne")), [("/first_names/2".to_owned(), "gap")]);
}

#[test]
fn a_document_may_have_one_name_only() {
    let one_name = TypedCivilStatus {
        birth_name: String::new(),
        usual_name: String::new(),
        has_no_birth_name: true,
        ..typed()
    };
    let status = read(&one_name, TODAY).unwrap();
    assert!(completeness(&status, true).is_complete());
    assert_eq!(status.doubts(TODAY), [(Field::BirthName, Doubt::NoBirthName)]);
    let contradicted = TypedCivilStatus { has_no_birth_name: true, ..typed() };
    assert_eq!(refused(&contradicted), [("/birth_name".to_owned(), "contradiction")]);
    let nameless =
        TypedCivilStatus { first_names: <[String; 3]>::default(), has_no_first_name: true, ..one_name };
    assert_eq!(refused(&nameless), [("/birth_name".to_owned(), "missing")]);
}

#[test]
fn a_usual_name_that_is_the_birth_name_is_none() {
    let same = TypedCivilStatus { usual_name: "NGUYEN D'ARC".into(), ..typed() };
    assert_eq!(read(&same, TODAY).unwrap().usual_name, None);
}

#[test]
fn a_place_of_birth_is_printed_with_its_department_or_its_country() {
    let cases = [
        (born("12/05/1985", "", "58194", ""), "Nevers (58)"),
        (born("01/06/1990", "99100", "2a004", ""), "Ajaccio (2A)"),
        (born("12/05/1990", "", "97611", ""), "Mamoudzou (976)"),
        (born("01/06/1980", "", "98735", ""), "Papeete (987)"),
        (born("1985", "99397", "", "Moroni"), "Moroni (Comores)"),
        (born("1985", "397", "", ""), "Comores"),
    ];
    for (typed, expected) in cases {
        let place = read(&typed, TODAY).unwrap().birthplace.unwrap();
        assert_eq!(place.printed(), expected);
    }
}

#[test]
fn a_place_of_birth_is_the_one_of_the_day() {
    let cases = [
        // Mayotte, before it was a department and after
        (born("12/05/1990", "", "97611", ""), "Mamoudzou (97611)"),
        (born("12/05/1990", "", "98511", ""), "Mamoudzou (98511)"),
        (born("12/05/2012", "", "97611", ""), "Mamoudzou (97611)"),
        // merged on 1 January 2016
        (born("03/02/2010", "", "01340", ""), "Saint-Bois (01340)"),
        (born("03/02/2010", "", "01015", ""), "Arbignieu (01015)"),
        (born("03/02/2017", "", "01015", ""), "Arboys en Bugey (01015)"),
        // merged on 15 December 2016: a year alone accepts both
        (born("2016", "", "49013", ""), "Auverse (49013)"),
        (born("12/2016", "", "49228", ""), "Noyant-Villages (49228)"),
        (born("00/11/2016", "", "49228", ""), "Noyant (49228)"),
        (born("01/06/1960", "", "20004", ""), "Ajaccio (20004)"),
        (born("01/06/1990", "99100", "2a004", ""), "Ajaccio (2A004)"),
        (born("01/06/1990", "100", "75114", ""), "Paris 14e Arrondissement (75114)"),
        (born("01/06/2000", "", "97123", ""), "Saint-Barthélemy (97123)"),
        (born("01/06/1980", "", "98735", ""), "Papeete (98735)"),
        // a town beside a commune repeats its name
        (born("01/06/1990", "", "97411", "Saint-Denis"), "Saint-Denis (97411)"),
        // abroad
        (born("1985", "99397", "", "Moroni"), "Moroni (Comores)"),
        (born("1985", "", "99397", "Moroni"), "Moroni (Comores)"),
        (born("1985", "397", "", ""), "Comores"),
        (born("01/06/1985", "99115", "", "Brno"), "Brno (Tchécoslovaquie)"),
        // Algeria in 1955, by the code of the country, of the department of the time, and of one that Asnières has now
        (born("01/06/1955", "99352", "", "Oran"), "Oran (Algérie)"),
        (born("01/06/1955", "", "92352", "Mascara"), "Mascara (Oran, Algérie)"),
        (born("01/06/1955", "99352", "92004", "Arzew"), "Arzew (Oran, Algérie)"),
        (born("1962", "352", "91228", ""), "Alger, Algérie"),
        (born("01/06/1970", "99352", "", "Oran"), "Oran (Algérie)"),
        // without a date, codes of any time
        (born("", "", "01340", ""), "Saint-Bois (01340)"),
        (born("", "99352", "92004", "Arzew"), "Arzew (Oran, Algérie)"),
    ];
    for (typed, expected) in cases {
        assert_eq!(place(&typed).to_string(), expected);
    }
    assert_eq!(place(&born("1985", "397", "", "Moroni")).code(), "99397");
    assert_eq!(place(&born("1985", "397", "", "Moroni")).country().unwrap().digits(), "397");
    let oran = place(&born("01/06/1955", "", "92352", ""));
    assert_eq!((oran.code(), oran.country(), oran.town()), ("92352", None, None));
}

#[test]
fn a_place_of_another_time_is_refused_with_what_to_choose() {
    let cases = [
        (
            born("03/02/2017", "", "01340", ""),
            "Le code 01340 n’était pas celui d’une commune à la date de naissance (3 février 2017) : \
             choisissez Arboys en Bugey (01015)",
        ),
        (
            born("12/05/2012", "", "98511", ""),
            "Le code 98511 n’était pas celui d’une commune à la date de naissance (12 mai 2012) : \
             choisissez Mamoudzou (97611)",
        ),
        (
            born("05/1960", "", "2A004", ""),
            "Le code 2A004 n’était pas celui d’une commune à la date de naissance (mai 1960) : \
             choisissez Ajaccio (20004)",
        ),
        (
            born("1955", "", "92004", ""),
            "Le code 92004 n’était pas celui d’une commune à la date de naissance (1955) : \
             choisissez Asnières (75004)",
        ),
        (
            born("1990", "", "08227", ""),
            "Le code 08227 n’était pas celui d’une commune à la date de naissance (1990) : \
             vérifiez la date, ou cherchez la commune par son nom",
        ),
        (born("1970", "", "92352", ""), "Aucune commune n’a le code 92352 : cherchez la commune par son nom"),
        (born("", "", "92352", ""), "Aucune commune n’a le code 92352 : cherchez la commune par son nom"),
        (
            born("1985", "", "9741", ""),
            "Le code d’une commune compte 5 caractères, par exemple 97411 ou 2A004",
        ),
        (born("1985", "", "99999", ""), "Aucune commune n’a le code 99999 : cherchez la commune par son nom"),
        (born("1985", "99999", "", ""), "Aucun pays n’a le code 99999 : choisissez le pays dans la liste"),
        (
            born("2001", "99115", "", "Brno"),
            "Cet État ou territoire (Tchécoslovaquie) a pris fin le 1er janvier 1993, avant la naissance : \
             choisissez le pays actuel",
        ),
        (
            born("1985", "99350", "97411", "Rabat"),
            "Une naissance à l’étranger n’a pas de code de commune : retirez-le, ou retirez le pays",
        ),
        (
            born("1985", "", "", "Saint-Denis"),
            "Choisissez la commune de naissance dans la liste, ou le pays si la naissance a eu lieu à l’étranger",
        ),
        (
            born("1985", "", "99100", ""),
            "Choisissez la commune de naissance dans la liste, ou le pays si la naissance a eu lieu à l’étranger",
        ),
        (born("02/03/2026", "", "97411", ""), "La date de naissance est à venir : vérifiez l’année"),
    ];
    for (typed, expected) in cases {
        assert_eq!(message(&typed), expected);
    }
    assert_eq!(refused(&born("1985", "99999", "", "")), [("/birth_country".to_owned(), "unknown-country")]);
}

#[test]
fn what_lacks_lowers_the_score() {
    let score = |typed: &TypedCivilStatus, seen| {
        let status = read(typed, TODAY).unwrap();
        let completeness = completeness(&status, seen);
        (completeness.score(), completeness.missing)
    };
    assert_eq!(score(&typed(), false), (95, vec![Missing::Document]));
    assert_eq!(
        score(&born("00/00/1985", "", "97411", ""), true),
        (100, vec![]),
        "an unknown day lacks nothing"
    );
    assert_eq!(score(&born("1985", "", "69123", ""), true), (95, vec![Missing::District]));
    assert_eq!(score(&born("1985", "99397", "", ""), true), (95, vec![Missing::Town]));
    assert_eq!(score(&born("", "", "", ""), true), (60, vec![Missing::BirthDate, Missing::Birthplace]));
    assert_eq!(Missing::Town.field().map(Field::pointer).as_deref(), Some("/birth_locality"));
    assert_eq!(Missing::Document.field(), None);
}

#[test]
fn what_may_be_right_is_doubted_and_kept() {
    let doubts = |typed: &TypedCivilStatus| read(typed, TODAY).unwrap().doubts(TODAY);
    let long = "Andriamanantenasoa ".repeat(4);
    assert_eq!(
        doubts(&TypedCivilStatus { birth_name: long, ..typed() }),
        [(Field::BirthName, Doubt::CutInFlow(15))]
    );
    let several = ["Anne Lise".into(), String::new(), String::new()];
    assert_eq!(
        doubts(&TypedCivilStatus { first_names: several, ..typed() }),
        [(Field::FirstName(0), Doubt::SeveralFirstNames)]
    );
    assert_eq!(
        doubts(&born("01/01/2016", "", "75056", "")),
        [
            (Field::BirthDate, Doubt::FirstOfJanuary),
            (Field::BirthDate, Doubt::UnusualAge(10)),
            (Field::BirthCommune, Doubt::NoDistrict),
        ]
    );
    assert!(doubts(&born("1985", "", "75114", "")).is_empty());
}

#[test]
fn the_sex_of_a_file_is_read_by_its_words() {
    for (text, letter) in [("M", "M"), ("f", "F"), ("Féminin", "F"), ("HOMME", "M")] {
        assert_eq!(Sex::of(text).map(Sex::letter), Some(letter), "{text}");
    }
    for text in ["", "X", "1", "MF"] {
        assert_eq!(Sex::of(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn a_commune_that_is_accepted_or_proposed_was_one_on_that_day(
        code in prop::sample::select(vec![
            "01015", "01340", "14472", "14624", "14697", "20004", "2A004", "49228", "69232", "75004", "76601",
            "92004", "97123", "97611", "97701", "98511", "08227", "75056",
        ]),
        year in 1943u16..=2026,
        month in 1u8..=12,
        day in prop::option::of(1u8..=28),
    ) {
        let date = BirthDate::new(year, Some(month), day).unwrap();
        let (first, last) = (date.first_day(), date.last_day());
        let typed = TypedPlace { commune: code, ..TypedPlace::default() };
        match birthplace::read(typed, Some(date)) {
            Ok(place) => {
                let there = matches!(place, Some(Birthplace::Commune(one)) if one.was_there(first, last));
                prop_assert!(there, "{code} on {date}");
            }
            Err(faults) => {
                prop_assert!(communes::commune(code, first, last).is_none());
                for (part, fault) in faults {
                    prop_assert_eq!(part, Part::Commune);
                    if let PlaceFault::OtherCodeThen { instead, .. } = fault {
                        prop_assert!(instead.0.was_there(first, last) && instead.0.code != code);
                    }
                }
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_by_messages(
        name in "\\PC{0,20}",
        date in "[0-9x/ -]{0,10}",
        country in "(|99[0-9]{3}|[a-z]{0,3})",
        commune in "(|9[0-9]{4}|2[AB][0-9]{3}|\\PC{0,5})",
    ) {
        let typed = TypedCivilStatus {
            birth_name: name.clone(),
            first_names: [name, String::new(), String::new()],
            birth_date: date,
            birth_country: country,
            birth_commune: commune,
            ..TypedCivilStatus::default()
        };
        match read(&typed, TODAY) {
            Ok(status) => {
                let completeness = completeness(&status, true);
                prop_assert!(completeness.score() <= 100);
                prop_assert_eq!(completeness.score() == 100, completeness.is_complete());
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.field.pointer().starts_with('/'));
                    prop_assert!(!fault.reason.to_string().is_empty());
                }
            }
        }
    }
}
