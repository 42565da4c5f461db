//! Sanctions, by tables and by properties.

use super::*;
use proptest::prelude::*;
use time::Duration;
use time::macros::{date, datetime};

const TODAY: Date = date!(2026 - 03 - 17);
const NOW: OffsetDateTime = datetime!(2026-03-17 09:00 UTC);
const HEARD: Hearing = Hearing { until: datetime!(2026-03-16 22:59:59 UTC), commented: false };
const MAJOR: Finding =
    Finding::Gap { severity: Severity::Major, state: NonconformityState::ActionsRequested, told: true };

const fn case(cause: ActCause, findings: &[Finding]) -> Case<'_> {
    Case {
        sanction: Sanction::Suspend,
        cause,
        findings,
        reasons: "Manquement grave",
        urgency: "",
        hearing: Some(HEARD),
        plan: "Jury dans une autre structure",
        same_person: Some(false),
    }
}

fn told(case: &Case<'_>) -> Vec<Refusal> {
    refusals(case, &LifeDelays::default(), TODAY, NOW)
}

#[test]
fn a_sanction_that_the_findings_do_not_support_is_refused() {
    use NonconformityState as S;
    let gap = |severity, state, told| Finding::Gap { severity, state, told };
    let reserve = |due_on, closed, proof_waits| Finding::Reserve { due_on, closed, proof_waits };
    let from = date!(2026 - 03 - 18);
    for (cause, finding, expected) in [
        (ActCause::Breach, MAJOR, None),
        (ActCause::Breach, gap(Severity::Major, S::Overdue, true), None),
        (ActCause::Breach, gap(Severity::Minor, S::Overdue, true), Some(Refusal::Findings)),
        (ActCause::Breach, gap(Severity::Major, S::Closed, true), Some(Refusal::Findings)),
        (ActCause::Breach, gap(Severity::Major, S::Dropped, true), Some(Refusal::Findings)),
        (ActCause::Breach, gap(Severity::Major, S::Found, false), Some(Refusal::NotTold)),
        (ActCause::Breach, gap(Severity::Major, S::Answered, true), Some(Refusal::ProofWaits)),
        (ActCause::Breach, Finding::Incident, Some(Refusal::Findings)),
        (ActCause::OverdueReserves, reserve(date!(2026 - 03 - 01), false, false), None),
        (
            ActCause::OverdueReserves,
            reserve(date!(2026 - 03 - 02), false, false),
            Some(Refusal::NotDue { from }),
        ),
        (ActCause::OverdueReserves, reserve(date!(2026 - 01 - 01), false, true), Some(Refusal::ProofWaits)),
        (ActCause::OverdueReserves, reserve(date!(2026 - 01 - 01), true, false), Some(Refusal::Findings)),
        (ActCause::OverdueActions, Finding::LateActions { due_on: Some(date!(2026 - 03 - 02)) }, None),
        (
            ActCause::OverdueActions,
            Finding::LateActions { due_on: Some(date!(2026 - 03 - 03)) },
            Some(Refusal::NotDue { from }),
        ),
        (ActCause::OverdueActions, Finding::LateActions { due_on: None }, Some(Refusal::Findings)),
        (ActCause::RefusedInspection, Finding::RefusedInspection { stands: true }, None),
        (ActCause::RefusedInspection, Finding::RefusedInspection { stands: false }, Some(Refusal::Findings)),
        (ActCause::Fraud, Finding::Incident, None),
        (ActCause::Danger, MAJOR, Some(Refusal::Findings)),
        (ActCause::OwnWish, Finding::Incident, Some(Refusal::Cause)),
        (ActCause::ActionsVerified, MAJOR, Some(Refusal::Cause)),
    ] {
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(told(&case(cause, &[finding])), expected, "{cause:?} {finding:?}");
    }
    assert_eq!(told(&case(ActCause::Breach, &[])), [Refusal::Findings]);
    let both = [gap(Severity::Major, S::Found, false), MAJOR];
    assert!(told(&case(ActCause::Breach, &both)).is_empty(), "one finding is enough");
}

#[test]
fn a_structure_is_heard_before_except_in_an_urgency_that_is_one() {
    let until = datetime!(2026-03-17 22:59:59 UTC);
    let open = Hearing { until, commented: false };
    for (sanction, cause, urgency, hearing, expected) in [
        (Sanction::Suspend, ActCause::Breach, "", None, Some(Refusal::NoNotice)),
        (Sanction::Suspend, ActCause::Breach, "", Some(open), Some(Refusal::NotHeard { until })),
        (Sanction::Suspend, ActCause::Breach, "", Some(Hearing { commented: true, ..open }), None),
        (Sanction::Suspend, ActCause::Breach, "Danger", None, Some(Refusal::NotUrgent)),
        (Sanction::Suspend, ActCause::Fraud, "", None, Some(Refusal::NoNotice)),
        (Sanction::Suspend, ActCause::Fraud, "Diplômes vendus", None, None),
        (Sanction::Withdraw, ActCause::Fraud, "Diplômes vendus", None, Some(Refusal::NotUrgent)),
        (Sanction::Withdraw, ActCause::Fraud, "", Some(HEARD), None),
        (Sanction::Suspend, ActCause::OverdueReserves, "", None, None),
        (Sanction::Withdraw, ActCause::OverdueReserves, "", None, Some(Refusal::NoNotice)),
    ] {
        let findings = [
            MAJOR,
            Finding::Incident,
            Finding::Reserve { due_on: date!(2026 - 01 - 01), closed: false, proof_waits: false },
        ];
        let case = Case { sanction, urgency, hearing, ..case(cause, &findings) };
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(told(&case), expected, "{sanction:?} {cause:?} {urgency}");
    }
}

#[test]
fn a_withdrawal_needs_two_people_and_a_plan_and_everything_that_lacks_is_told() {
    let case = Case {
        sanction: Sanction::Withdraw,
        reasons: " ",
        plan: "",
        hearing: None,
        same_person: Some(true),
        ..case(ActCause::Breach, &[])
    };
    assert_eq!(
        told(&case),
        [Refusal::Reasons, Refusal::Findings, Refusal::NoNotice, Refusal::Plan, Refusal::SamePerson]
    );
    let codes: std::collections::HashSet<_> = told(&case).into_iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), 5);
}

fn any_cause() -> impl Strategy<Value = ActCause> {
    proptest::sample::select(ActCause::all().collect::<Vec<_>>())
}

fn any_finding() -> impl Strategy<Value = Finding> {
    let states = proptest::sample::select(NonconformityState::all().collect::<Vec<_>>());
    let day = |ahead: i32| super::super::deadline::add_days(TODAY, ahead);
    prop_oneof![
        (any::<bool>(), states, any::<bool>()).prop_map(|(major, state, told)| Finding::Gap {
            severity: if major { Severity::Major } else { Severity::Minor },
            state,
            told,
        }),
        proptest::option::of(-60i32..10)
            .prop_map(move |ahead| Finding::LateActions { due_on: ahead.map(day) }),
        (-60i32..10, any::<bool>(), any::<bool>()).prop_map(move |(ahead, closed, proof_waits)| {
            Finding::Reserve { due_on: day(ahead), closed, proof_waits }
        }),
        any::<bool>().prop_map(|stands| Finding::RefusedInspection { stands }),
        Just(Finding::Incident),
    ]
}

proptest! {
    #[test]
    fn nothing_done_lacks_a_finding_a_hearing_or_a_second_person(
        withdraw in any::<bool>(),
        cause in any_cause(),
        findings in proptest::collection::vec(any_finding(), 0..4),
        urgent in any::<bool>(),
        heard in proptest::option::of((-40i64..40, any::<bool>())),
        same in any::<bool>(),
    ) {
        let hearing = heard.map(|(days, commented)| Hearing { until: NOW + Duration::days(days), commented });
        let case = Case {
            sanction: if withdraw { Sanction::Withdraw } else { Sanction::Suspend },
            urgency: if urgent { "Danger" } else { "" },
            hearing,
            same_person: Some(same),
            ..case(cause, &findings)
        };
        if told(&case).is_empty() {
            prop_assert!(is_against(cause) && !findings.is_empty());
            prop_assert!(unsupported(cause, &findings, &LifeDelays::default(), TODAY).is_none());
            let was_heard = hearing.is_some_and(|one| one.commented || one.until < NOW);
            prop_assert!(was_heard || (!withdraw && (urgent || cause == ActCause::OverdueReserves)));
            prop_assert!(!withdraw || (!same && !urgent));
        }
    }
}
