//! What is typed of a request, and every fault of it.

use super::*;
use crate::features::agreements::grid;
use time::macros::date;

#[test]
fn whoever_is_known_to_sign_keeps_their_quality_and_anybody_else_says_theirs() {
    const KNOWN: &str = "Claire Exemple, présidente";
    for (known, name, quality, by_default, expected) in [
        (KNOWN, "Claire Exemple", "", "", Ok("présidente")),
        (KNOWN, "exemple claire", "", "", Ok("présidente")),
        (KNOWN, "Claire Exemple", "directrice", "", Ok("directrice")),
        (KNOWN, "Claire Exemple, directrice", "", "", Ok("directrice")),
        (KNOWN, "Maud Essai", " déléguée ", "", Ok("déléguée")),
        (KNOWN, "Maud Essai, déléguée", "", "", Ok("déléguée")),
        (KNOWN, "Maud Essai", "", "responsable", Err("quality-missing")),
        ("Claire Exemple", "Claire Exemple", "", "", Err("quality-missing")),
        ("", "Maud Essai", "", "responsable", Ok("responsable")),
        ("", "Maud Essai", "", "", Err("quality-missing")),
        (KNOWN, "  ", "présidente", "", Err("reason-missing")),
    ] {
        let read = Signatory::read(name, quality, &Signatory::known(known), by_default);
        let said = read.as_ref().map(|by| by.quality.as_str()).map_err(|faults| faults[0].code);
        assert_eq!(said, expected, "{known} {name} {quality}");
    }
}

#[test]
fn an_empty_draft_is_kept_but_not_submitted() {
    let empty = DraftInput::new(RequestKind::First, AgreementRole::TrainAndOrganise);
    assert!(empty.draft_faults().is_empty());
    let pointers: Vec<_> = empty.submission_faults("58").into_iter().map(|fault| fault.pointer).collect();
    let expected = [
        "/sites",
        "/contact_name",
        "/contact_email",
        "/project",
        "/signatory_name",
        "/signatory_title",
        "/commitment_accepted",
    ];
    assert_eq!(pointers, expected);
}

#[test]
fn the_days_of_a_letter_follow_each_other() {
    let read = |number: &str, sent_on: &str, presented_on: &str| {
        let (number, sent_on, presented_on) =
            (number.to_owned(), sent_on.to_owned(), presented_on.to_owned());
        let typed = LetterInput { number, sent_on, presented_on };
        let faults = typed.read(date!(2026 - 03 - 02), date!(2026 - 03 - 10)).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect::<Vec<_>>()
    };
    let at = |pointer: &str, code: &'static str| (pointer.to_owned(), code);
    for (number, sent_on, presented_on, expected) in [
        ("1A 234 567 8901 2", "2026-03-02", "", vec![]),
        ("1A 234 567 8901 2", "2026-03-10", "10/03/2026", vec![]),
        (
            " ",
            "",
            "bientôt",
            vec![at("/number", "missing"), at("/sent_on", "missing"), at("/presented_on", "date")],
        ),
        ("1A", "2026-03-01", "", vec![at("/sent_on", "letter-before-decision")]),
        ("1A", "2026-03-11", "", vec![at("/sent_on", "letter-to-come")]),
        ("1A", "2026-03-05", "2026-03-04", vec![at("/presented_on", "letter-before-sending")]),
        ("1A", "2026-03-05", "2026-03-11", vec![at("/presented_on", "letter-to-come")]),
    ] {
        assert_eq!(read(number, sent_on, presented_on), expected, "{number} {sent_on} {presented_on}");
    }
    assert_eq!(read(&"1".repeat(41), "2026-03-02", ""), [at("/number", "too-long")]);
}

#[test]
fn scores_follow_the_grid() {
    let score = |criterion: &str, score, evidence: &str| ScoreInput {
        criterion: criterion.to_owned(),
        score,
        evidence: evidence.to_owned(),
        comment: String::new(),
    };
    for (input, code) in [
        (score("Z9", Score::Conforming, ""), Some("criterion-unknown")),
        (score("B5", Score::Major, "vu"), Some("score-too-severe")),
        (score("C1", Score::Major, ""), Some("evidence-missing")),
        (score("C1", Score::Major, "Aucune fiche"), None),
        (score("C1", Score::Conforming, ""), None),
    ] {
        let faults = score_faults(grid::latest(), std::slice::from_ref(&input));
        assert_eq!(faults.first().map(|fault| fault.code), code, "{input:?}");
    }
}
