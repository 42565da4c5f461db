//! What counts as an attempt, and when somebody may sit again (domain reference, 1.8 and 1.11). Pure.
//!
//! Being there uses up an attempt, and so does an absence without a reason. An adjournment gives it back, and so does an
//! appeal that annuls the passage; a session that is moved, cancelled or without quorum never took any.

use entity::candidate::JuryDecision;
use time::Date;

use super::state::{State, Step};
use crate::rules::deadline::add_months;
use crate::rules::referential::ResultRules;

/// How many times somebody sat, after a step from a state in which this was decided last.
#[must_use]
pub const fn attempts(before: i32, from: State, step: Step, decided: Option<JuryDecision>) -> i32 {
    let again = matches!(from, State::UnderReview);
    let given_back = again && matches!(decided, Some(JuryDecision::Adjourned));
    match step {
        Step::MarkPresent | Step::MarkAbsent => before + 1,
        // What was taken for nothing is given back.
        Step::RetractPresence if matches!(from, State::Present | State::Absent) && before > 0 => before - 1,
        Step::DecideTotal | Step::DecidePartial | Step::DecideRefused if given_back => before + 1,
        Step::DecideAdjourned if !given_back && before > 0 => before - 1,
        Step::PlanResit if again && !given_back && before > 0 => before - 1,
        _ => before,
    }
}

/// Last day on which somebody may sit again; none without limit.
#[must_use]
pub fn until(first_enrolled: Date, rules: &ResultRules) -> Option<Date> {
    (rules.resit_years > 0).then(|| add_months(first_enrolled, rules.resit_years.saturating_mul(12)))
}

/// First day on which somebody may sit again, by what was decided last; none when no attempt was used up.
#[must_use]
pub fn not_before(decided: Option<JuryDecision>, on: Option<Date>, gap_months: i32) -> Option<Date> {
    let used = matches!(decided?, JuryDecision::Partial | JuryDecision::Refused | JuryDecision::Absent);
    on.filter(|_| used && gap_months > 0).map(|day| add_months(day, gap_months))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_attempt_is_used_up_by_whoever_came_or_gave_no_reason() {
        use JuryDecision as D;
        use State as S;
        for (what, steps, expected) in [
            ("called, and the session is moved", &[(S::Summoned, Step::Release, None)][..], 0),
            ("came, and was refused", &[PRESENT, (S::Present, Step::DecideRefused, None)], 1),
            ("came, and has a part", &[PRESENT, (S::Present, Step::DecidePartial, None)], 1),
            ("came, and has everything", &[PRESENT, (S::Present, Step::DecideTotal, None)], 1),
            ("came, and the jury could not decide", &[PRESENT, (S::Present, Step::DecideAdjourned, None)], 0),
            ("did not come", &[(S::Summoned, Step::MarkAbsent, None)], 1),
            ("did not come, with a reason", &[(S::Summoned, Step::ExcuseAbsence, None)], 0),
            (
                "was said to be absent, and came",
                &[
                    (S::Summoned, Step::MarkAbsent, None),
                    (S::Absent, Step::RetractPresence, Some(D::Absent)),
                    PRESENT,
                ],
                1,
            ),
            (
                "was excused, and came",
                &[
                    (S::Summoned, Step::ExcuseAbsence, None),
                    (S::AbsentExcused, Step::RetractPresence, Some(D::AbsentExcused)),
                    PRESENT,
                ],
                1,
            ),
            (
                "was said to be there, and had an excuse",
                &[
                    PRESENT,
                    (S::Present, Step::RetractPresence, None),
                    (S::Summoned, Step::ExcuseAbsence, None),
                ],
                0,
            ),
            (
                "was adjourned, then refused by corrected minutes",
                &[
                    PRESENT,
                    (S::Present, Step::DecideAdjourned, None),
                    (S::Adjourned, Step::SendBack, Some(D::Adjourned)),
                    (S::UnderReview, Step::DecideRefused, Some(D::Adjourned)),
                ],
                1,
            ),
            (
                "was refused, then adjourned by corrected minutes",
                &[
                    PRESENT,
                    (S::Present, Step::DecideRefused, None),
                    (S::UnderReview, Step::DecideAdjourned, Some(D::Refused)),
                ],
                0,
            ),
            (
                "was adjourned twice in a row by the same jury",
                &[
                    PRESENT,
                    (S::Present, Step::DecideAdjourned, None),
                    (S::UnderReview, Step::DecideAdjourned, Some(D::Adjourned)),
                ],
                0,
            ),
            (
                "was refused, and sits again",
                &[
                    PRESENT,
                    (S::Present, Step::DecideRefused, None),
                    (S::Notified, Step::PlanResit, Some(D::Refused)),
                    PRESENT,
                ],
                2,
            ),
            (
                "was refused, and the passage is annulled",
                &[
                    PRESENT,
                    (S::Present, Step::DecideRefused, None),
                    (S::Appealed, Step::Reopen, Some(D::Refused)),
                    (S::UnderReview, Step::PlanResit, Some(D::Refused)),
                ],
                0,
            ),
        ] {
            let sat = steps
                .iter()
                .fold(0, |before, (from, step, decided)| attempts(before, *from, *step, *decided));
            assert_eq!(sat, expected, "{what}");
        }
    }

    const PRESENT: (State, Step, Option<JuryDecision>) = (State::Summoned, Step::MarkPresent, None);

    #[test]
    fn one_sits_again_within_the_years_and_after_the_gap() {
        use JuryDecision as D;
        let rules = ResultRules::default();
        let day = date!(2026 - 01 - 31);
        assert_eq!(until(day, &rules), Some(date!(2031 - 01 - 31)));
        assert_eq!(until(day, &ResultRules { resit_years: 0, ..rules }), None);
        let after = Some(date!(2026 - 02 - 28));
        for (decided, gap, expected) in [
            (Some(D::Partial), 1, after),
            (Some(D::Refused), 1, after),
            (Some(D::Absent), 1, after),
            (Some(D::Refused), 0, None),
            (Some(D::Adjourned), 1, None),
            (Some(D::AbsentExcused), 1, None),
            (None, 1, None),
        ] {
            assert_eq!(not_before(decided, Some(day), gap), expected, "{decided:?}");
        }
    }
}
