use super::*;

/// A column: its number in a line, its name.
type Pick = (fn(&Shown) -> Option<u32>, &'static str);

const PICKS: [Pick; 8] = [
    (|line| line.present, "present"),
    (|line| line.absent, "absent"),
    (|line| line.total, "total"),
    (|line| line.partial, "partial"),
    (|line| line.refused, "refused"),
    (|line| line.adjourned, "adjourned"),
    (|line| line.excused, "excused"),
    (|line| line.left_for_work, "left"),
];

fn tally(decisions: [u32; 4], absent: u32, excused: u32, left_for_work: u32) -> Tally {
    let [total, partial, refused, adjourned] = decisions;
    Tally { total, partial, refused, adjourned, absent, excused, left_for_work }
}

#[test]
fn a_passage_counts_once() {
    use JuryDecision as D;
    use Presence as P;
    for (presence, decision, apart, expected) in [
        (P::Present, Some(D::Total), None, Some(Outcome::Total)),
        (P::Present, Some(D::Partial), None, Some(Outcome::Partial)),
        (P::Present, Some(D::Refused), None, Some(Outcome::Refused)),
        (P::Present, Some(D::Fraud), None, Some(Outcome::Refused)),
        (P::Present, Some(D::Adjourned), None, Some(Outcome::Adjourned)),
        (P::Present, None, None, Some(Outcome::Adjourned)),
        (P::Present, Some(D::Total), Some(Apart::LeftForWork), Some(Outcome::Total)),
        (P::Absent, Some(D::Absent), None, Some(Outcome::Absent)),
        (P::Expected, None, None, Some(Outcome::Absent)),
        (P::AbsentExcused, Some(D::AbsentExcused), None, Some(Outcome::Excused)),
        (P::Absent, Some(D::Absent), Some(Apart::LeftForWork), Some(Outcome::LeftForWork)),
        (P::AbsentExcused, None, Some(Apart::LeftForWork), Some(Outcome::LeftForWork)),
        (P::Present, Some(D::Total), Some(Apart::Revoked), Some(Outcome::Refused)),
        (P::Present, Some(D::Partial), Some(Apart::Revoked), Some(Outcome::Refused)),
        (P::Present, Some(D::Adjourned), Some(Apart::Revoked), Some(Outcome::Adjourned)),
        (P::Present, Some(D::Adjourned), Some(Apart::Annulled), None),
        (P::Present, Some(D::Total), Some(Apart::Annulled), None),
        (P::Absent, Some(D::Absent), Some(Apart::Annulled), None),
    ] {
        assert_eq!(outcome(presence, decision, apart), expected, "{presence} {decision:?} {apart:?}");
    }
}

#[test]
fn a_job_and_an_excuse_lower_no_rate() {
    let people = tally([30, 6, 5, 9], 10, 7, 8);
    assert_eq!((people.present(), people.expected()), (50, 60));
    let (lines, whole) = shown(&[people], 5);
    assert_eq!(lines[0].presentation(), Some((50, 60)));
    assert_eq!(lines[0].success(), Some((30, 50)));
    assert_eq!(lines[0].any_success(), Some((36, 50)));
    assert_eq!(lines[0], whole);
    assert!(!whole.hides());
    assert_eq!(Shown::of(&Tally::default(), 0).presentation(), None, "a rate of nobody is no rate");
}

#[test]
fn a_small_number_is_hidden_with_what_would_give_it_back() {
    // Lines, then what is hidden of each and of the whole: P present, A absence, S success, D detail.
    let big = tally([30, 10, 10, 10], 10, 0, 0);
    let cases: &[(&str, &[Tally], &[&str], &str)] = &[
        ("nothing small", &[big, big], &["", ""], ""),
        ("zeros are shown", &[tally([20, 0, 0, 0], 0, 0, 0), big], &["", ""], ""),
        ("one small detail hides another", &[tally([20, 3, 5, 0], 0, 0, 0), big], &["D", "D"], ""),
        (
            "few others give the whole number of successes",
            &[tally([20, 2, 1, 0], 0, 0, 0), big],
            &["SD", "SD"],
            "",
        ),
        ("few absent hide those expected", &[tally([20, 10, 10, 10], 2, 0, 0), big], &["A", "A"], ""),
        ("few present hide everything", &[tally([2, 1, 0, 0], 9, 0, 0), big], &["PASD", "PASD"], ""),
        ("a line alone hides the whole", &[tally([20, 3, 5, 0], 0, 0, 0)], &["D"], "D"),
        (
            "two small lines are enough when their sum is not small",
            &[tally([3, 0, 0, 0], 0, 0, 0), tally([4, 0, 0, 0], 0, 0, 0), big],
            &["PASD", "PASD", ""],
            "",
        ),
        (
            "their sum is small: a third goes, the smallest",
            &[tally([1, 0, 0, 0], 0, 0, 0), tally([2, 0, 0, 0], 0, 0, 0), big, tally([9, 0, 0, 0], 0, 0, 0)],
            &["PASD", "PASD", "", "PASD"],
            "",
        ),
    ];
    for (name, lines, hidden, hidden_whole) in cases {
        let (each, whole) = shown(lines, 5);
        let found: Vec<_> = each.iter().map(letters).collect();
        assert_eq!(found, *hidden, "{name}");
        assert_eq!(letters(&whole), *hidden_whole, "{name}: the whole");
    }
    let (all, _) = shown(&[tally([1, 1, 1, 1], 1, 1, 1)], 1);
    assert!(!all[0].hides(), "one shows everything");
}

fn letters(line: &Shown) -> String {
    let hidden = [(line.present, 'P'), (line.expected, 'A'), (line.total, 'S'), (line.partial, 'D')];
    hidden.iter().filter(|(number, _)| number.is_none()).map(|(_, letter)| *letter).collect()
}

/// Whatever the numbers, sums of lines and of columns give no hidden number back: another table, with other numbers
/// there, shows the same.
#[test]
fn no_sum_gives_a_hidden_number_back() {
    let mut seed = 7_u32;
    let mut next = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % most
    };
    for _ in 0..400 {
        let count = next(6) + 1;
        let lines: Vec<_> = (0..count)
            .map(|_| tally([next(12), next(6), next(6), next(3)], next(6), next(4), next(4)))
            .collect();
        let (each, whole) = shown(&lines, 5);
        for (pick, name) in PICKS {
            let hidden = each.iter().filter(|line| pick(line).is_none()).count();
            assert!(
                hidden != 1 || pick(&whole).is_none(),
                "{name}: the column gives the only hidden number back in {lines:?}"
            );
            let small = each.iter().filter_map(pick).any(|number| (1..5).contains(&number));
            assert!(!small, "{name}: a small number is shown in {lines:?}");
        }
        for line in each.iter().chain([&whole]) {
            let detail = [line.partial, line.refused, line.adjourned];
            let open = detail.iter().flatten().count();
            assert!(open == 0 || open == 3, "the detail is hidden whole: {line:?}");
            assert!(line.present.is_some() || line.total.is_none() && line.expected.is_none(), "{line:?}");
            assert!(line.total.is_some() || line.partial.is_none(), "{line:?}");
            assert_eq!(line.absent.is_some(), line.expected.is_some(), "{line:?}");
        }
    }
}

#[test]
fn the_middle_of_delays() {
    for (days, expected) in
        [(vec![], None), (vec![9], Some(9)), (vec![9, 1, 4], Some(4)), (vec![9, 1, 4, 30], Some(4))]
    {
        assert_eq!(median(days.clone()), expected, "{days:?}");
    }
}

#[test]
fn the_smallest_number_has_bounds() {
    for (smallest, wrong) in [(0, true), (1, false), (5, false), (50, false), (51, true)] {
        assert_eq!(!FigureRules { smallest_cell: smallest }.faults().is_empty(), wrong, "{smallest}");
    }
}
