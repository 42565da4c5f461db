//! Every cell of the matrix, every edge of a window, every sentence.
use super::*;
use proptest::prelude::*;
use time::macros::date;

fn tie(kind: Tie, since: Option<Date>, until: Option<Date>) -> DatedTie {
    DatedTie {
        tie: kind,
        since,
        until,
        closed_on: None,
        source: "déclaration d’intérêts de 2024".into(),
        detail: String::new(),
    }
}

fn ended(kind: Tie, until: Date) -> DatedTie {
    tie(kind, Some(date!(2022 - 01 - 03)), Some(until))
}

/// What a cell does to a tie that ended on 10 March 2024: weight and first free day.
type Effect = Option<(Severity, Option<Date>)>;

const IN_12: Option<Date> = Some(date!(2025 - 03 - 11));
const IN_24: Option<Date> = Some(date!(2026 - 03 - 11));

#[test]
fn every_cell_has_its_effect() {
    let refuse_12: Effect = Some((Severity::Blocking, IN_12));
    let refuse_24: Effect = Some((Severity::Blocking, IN_24));
    let warn_12: Effect = Some((Severity::Warning, IN_12));
    let warn_24: Effect = Some((Severity::Warning, IN_24));
    let warn: Effect = Some((Severity::Warning, None));
    let table = [
        (Tie::EmployeeBoardOrProvider, [refuse_24, refuse_24, refuse_12, refuse_12]),
        (Tie::Board, [refuse_24, refuse_24, refuse_12, refuse_12]),
        (Tie::Shares, [refuse_24, refuse_24, refuse_12, refuse_12]),
        (Tie::Family, [refuse_24, refuse_24, refuse_12, refuse_12]),
        (Tie::ControllerThisPeriod, [warn, None, refuse_24, refuse_24]),
        (Tie::SupportExpert, [warn_24, refuse_24, None, None]),
        (Tie::EpspTrainerOfTeam, [warn_12, refuse_24, None, None]),
        (Tie::Supervised, [warn_12, refuse_24, None, None]),
        (Tie::JuryPresident, [None, None, None, None]),
        (Tie::SameGroup, [warn_24, warn_24, warn_12, warn_12]),
    ];
    assert_eq!(table.map(|(kind, _)| kind), Tie::ALL, "every row, in the order of the matrix");
    let until = date!(2024 - 03 - 10);
    for (kind, row) in table {
        for (duty, effect) in Duty::ALL.into_iter().zip(row) {
            let matrix = Matrix::default();
            let on = date!(2024 - 03 - 20);
            let findings = assess(&matrix, duty, &[ended(kind, until)], on);
            let found = findings.first().map(|finding| (finding.severity, finding.frees_on));
            assert_eq!(found, effect, "{kind:?} wanted for {duty:?}");
            let running = assess(&matrix, duty, &[tie(kind, None, None)], on);
            assert_eq!(running.is_empty(), effect.is_none(), "{kind:?} still running, wanted for {duty:?}");
            assert!(running.iter().all(|finding| finding.frees_on.is_none()));
            let Some((_, Some(free))) = effect else { continue };
            let days = [add_days(free, -2), add_days(free, -1), free, add_days(free, 1)];
            let held = days.map(|day| !assess(&matrix, duty, &[ended(kind, until)], day).is_empty());
            assert_eq!(held, [true, true, false, false], "{kind:?} wanted for {duty:?}, around {free}");
        }
    }
}

#[test]
fn a_tie_counts_from_its_first_day_on() {
    let matrix = Matrix::default();
    let employed = [tie(Tie::EmployeeBoardOrProvider, Some(date!(2024 - 03 - 10)), None)];
    for (on, count) in [(date!(2024 - 03 - 09), 0), (date!(2024 - 03 - 10), 1), (date!(2034 - 03 - 10), 1)] {
        assert_eq!(assess(&matrix, Duty::Controller, &employed, on).len(), count, "on {on}");
    }
    let ends_later = [ended(Tie::SupportExpert, date!(2024 - 12 - 31))];
    let findings = assess(&matrix, Duty::Controller, &ends_later, date!(2024 - 06 - 01));
    assert_eq!(findings[0].frees_on, Some(date!(2027 - 01 - 01)));
}

#[test]
fn a_president_gives_way_after_three_juries() {
    let jury = |day| tie(Tie::JuryPresident, Some(day), Some(day));
    let juries = [date!(2023 - 03 - 10), date!(2023 - 11 - 10), date!(2023 - 06 - 10)].map(jury);
    let on = date!(2024 - 03 - 01);
    let matrix = Matrix::default();
    assert_eq!(assess(&matrix, Duty::JuryPresident, &juries[..2], on), []);
    assert_eq!(assess(&matrix, Duty::Controller, &juries, on), []);
    let findings = assess(&matrix, Duty::JuryPresident, &juries, on);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(
        findings[0].sentence.replace('\u{202f}', " "),
        "Présidence d’un jury dans la structure : 3 fois (dernière fois, le 10 novembre 2023 ; source : déclaration \
         d’intérêts de 2024). Au-delà de 3, il est conseillé de confier la présidence du jury à une autre personne."
    );
    assert_eq!(assess(&matrix, Duty::JuryPresident, &juries, date!(2023 - 11 - 09)), [], "two so far");
}

#[test]
fn only_juries_running_make_a_full_turn() {
    let jury = |day, closed_on| DatedTie { closed_on, ..tie(Tie::JuryPresident, Some(day), Some(day)) };
    let own = [date!(2023 - 03 - 10), date!(2023 - 06 - 10), date!(2023 - 11 - 10), date!(2024 - 04 - 10)];
    let relief = date!(2024 - 01 - 10);
    let before = |closed: Option<Date>| own.map(|day| jury(day, closed.filter(|relief| day < *relief)));
    for (closed, on, expected) in [
        // Nobody else presided: the fourth jury is told, and still is once it was held.
        (None, date!(2024 - 04 - 09), 1),
        (None, date!(2024 - 12 - 01), 1),
        // Somebody else did in January: three juries before, one since.
        (Some(relief), date!(2024 - 01 - 09), 1),
        (Some(relief), relief, 0),
        (Some(relief), date!(2024 - 12 - 01), 0),
    ] {
        let found = assess(&Matrix::default(), Duty::JuryPresident, &before(closed), on);
        assert_eq!(found.len(), expected, "{closed:?} on {on}");
    }
}

#[test]
fn a_control_is_told_to_juries_until_its_period_is_over() {
    let visit = Some(date!(2024 - 01 - 16));
    let over = date!(2026 - 01 - 01);
    let control = DatedTie { closed_on: Some(over), ..tie(Tie::ControllerThisPeriod, visit, visit) };
    let matrix = Matrix::default();
    for (duty, on, expected) in [
        (Duty::JuryPresident, date!(2024 - 01 - 15), 0),
        (Duty::JuryPresident, date!(2025 - 12 - 31), 1),
        (Duty::JuryPresident, over, 0),
        // The windows in months go on from the visit, whatever the period.
        (Duty::SupportExpert, date!(2026 - 01 - 16), 1),
        (Duty::SupportExpert, date!(2026 - 01 - 17), 0),
        (Duty::Controller, date!(2024 - 06 - 01), 0),
    ] {
        let found = assess(&matrix, duty, std::slice::from_ref(&control), on);
        assert_eq!(found.len(), expected, "{duty:?} on {on}");
    }
    let told = assess(&matrix, Duty::JuryPresident, &[control], date!(2025 - 12 - 31));
    assert_eq!(told[0].frees_on, Some(over));
    let never = matrix.with(Tie::ControllerThisPeriod, Duty::JuryPresident, Rule::Never);
    let closed = DatedTie { closed_on: Some(over), ..tie(Tie::ControllerThisPeriod, visit, visit) };
    assert_eq!(assess(&never, Duty::JuryPresident, &[closed], over).len(), 1, "never is never");
}

#[test]
fn the_sentence_says_what_when_and_from_where() {
    let on = date!(2024 - 03 - 20);
    let say = |matrix: &Matrix, duty, tie: DatedTie| {
        assess(matrix, duty, &[tie], on).remove(0).sentence.replace('\u{202f}', " ")
    };
    let matrix = Matrix::default();
    let employed =
        DatedTie { detail: "comptable".into(), ..ended(Tie::EmployeeBoardOrProvider, date!(2024 - 02 - 29)) };
    assert_eq!(
        say(&matrix, Duty::Controller, employed),
        "Emploi, mandat ou prestation dans la structure (comptable), du 3 janvier 2022 au 29 février 2024 \
         (source : déclaration d’intérêts de 2024). Il faut 24 mois après la fin de ce lien pour confier le contrôle \
         à cette personne : à partir du 1er mars 2026."
    );
    assert_eq!(
        say(
            &matrix,
            Duty::SupportExpert,
            tie(Tie::EmployeeBoardOrProvider, Some(date!(2023 - 05 - 01)), None)
        ),
        "Emploi, mandat ou prestation dans la structure, depuis le 1er mai 2023, toujours en cours (source : \
         déclaration d’intérêts de 2024). Il faut 12 mois après la fin de ce lien pour confier l’appui pédagogique à \
         cette personne."
    );
    assert_eq!(
        say(&matrix, Duty::JuryPresident, tie(Tie::SupportExpert, None, Some(date!(2024 - 03 - 10)))),
        "Appui pédagogique à la structure, jusqu’au 10 mars 2024 (source : déclaration d’intérêts de 2024). Il est \
         conseillé d’attendre 24 mois après la fin de ce lien pour confier la présidence du jury à cette personne : \
         à partir du 11 mars 2026."
    );
    for (kind, words) in [
        (Tie::Board, "Mandat au conseil d’administration de la structure, toujours en cours"),
        (Tie::Shares, "Parts détenues dans la structure, toujours en cours"),
        (Tie::Family, "Lien familial avec une personne de la structure, toujours en cours"),
        (Tie::Supervised, "Encadrement ou tutorat d’une personne de l’équipe, toujours en cours"),
    ] {
        assert_eq!(
            say(&matrix, Duty::Controller, tie(kind, None, None)),
            format!(
                "{words} (source : déclaration d’intérêts de 2024). Il faut 24 mois après la fin de ce lien pour \
                 confier le contrôle à cette personne."
            )
        );
    }
    let visit = Some(date!(2024 - 01 - 16));
    assert_eq!(
        say(&matrix, Duty::JuryPresident, tie(Tie::ControllerThisPeriod, visit, visit)),
        "Contrôle de la structure pendant la période d’agrément en cours, le 16 janvier 2024 (source : déclaration \
         d’intérêts de 2024). À prendre en compte avant de confier la présidence du jury à cette personne."
    );
    let strict = matrix.with(Tie::EpspTrainerOfTeam, Duty::TeamTrainer, Rule::Never);
    assert_eq!(
        say(&strict, Duty::TeamTrainer, tie(Tie::EpspTrainerOfTeam, None, None)),
        "Formation EPSP de l’équipe, toujours en cours (source : déclaration d’intérêts de 2024). Ce lien interdit de \
         confier la formation de l’équipe à cette personne, quelle que soit sa date."
    );
}

#[test]
fn blocking_findings_come_first() {
    let until = date!(2024 - 03 - 10);
    let ties = [ended(Tie::SupportExpert, until), ended(Tie::EmployeeBoardOrProvider, until)];
    let findings = assess(&Matrix::default(), Duty::JuryPresident, &ties, until);
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Blocking, Severity::Warning]);
    assert_eq!(findings[0].months_window, Some(24));
}

#[test]
fn a_tie_says_what_it_does_to_each_duty() {
    let on = date!(2024 - 03 - 20);
    let matrix = Matrix::default();
    let found = effects(&matrix, &ended(Tie::SupportExpert, date!(2024 - 03 - 10)), on);
    let found: Vec<_> = found.iter().map(|(duty, one)| (*duty, one.severity, one.frees_on)).collect();
    assert_eq!(
        found,
        [(Duty::JuryPresident, Severity::Warning, IN_24), (Duty::Controller, Severity::Blocking, IN_24),]
    );
    let later = tie(Tie::SupportExpert, Some(date!(2024 - 03 - 21)), None);
    assert!(effects(&matrix, &later, on).is_empty());
}

#[test]
fn serving_a_structure_is_what_reaches_its_group() {
    let serving: Vec<Tie> = Tie::ALL.into_iter().filter(|tie| tie.serves()).collect();
    assert_eq!(serving, [Tie::EmployeeBoardOrProvider, Tie::Board]);
}

#[test]
fn words_are_those_of_the_setting() {
    for tie in Tie::ALL {
        assert_eq!(serde_json::to_string(&tie).unwrap(), format!("\"{}\"", tie.word()));
    }
    for duty in Duty::ALL {
        assert_eq!(serde_json::to_string(&duty).unwrap(), format!("\"{}\"", duty.word()));
        assert_eq!(Duty::of(duty.word()), Some(duty));
    }
}

#[test]
fn a_setting_changes_one_cell_and_leaves_the_others() {
    let text = r#"{"support_expert":{"controller":{"rule":"refuse","months":36}}}"#;
    let matrix: Matrix = serde_json::from_str(text).unwrap();
    assert_eq!(matrix.rule(Tie::SupportExpert, Duty::Controller), Rule::Refuse { months: 36 });
    assert_eq!(matrix.rule(Tie::SupportExpert, Duty::JuryPresident), Rule::Warn { months: Some(24) });
    assert_eq!(matrix.rule(Tie::JuryPresident, Duty::JuryPresident), Rule::Rotation { count: 3 });
    assert_eq!(serde_json::to_string(&matrix).unwrap(), text);
    let same = Matrix::default().with(Tie::SupportExpert, Duty::Controller, Rule::Refuse { months: 36 });
    assert_eq!(matrix, same);
    assert_eq!(serde_json::from_str::<Matrix>("{}").unwrap(), Matrix::default());
}

proptest! {
    #[test]
    fn a_refusal_holds_until_the_day_that_frees_and_not_after(
        months in 0u16..120, ended_on in 0i32..4000, kind in 0usize..10, duty in 0usize..4,
    ) {
        let (kind, duty) = (Tie::ALL[kind], Duty::ALL[duty]);
        let until = add_days(date!(2022 - 06 - 01), ended_on);
        let matrix = Matrix::default().with(kind, duty, Rule::Refuse { months });
        let ties = [tie(kind, None, Some(until))];
        let free = assess(&matrix, duty, &ties, until)[0].frees_on.unwrap();
        prop_assert!(free > until);
        prop_assert_eq!(assess(&matrix, duty, &ties, add_days(free, -1)).len(), 1);
        prop_assert_eq!(assess(&matrix, duty, &ties, free).len(), 0);
    }
}
