//! How long each one has after a jury: pure, so that a table tells it.

use entity::jury_session::JuryState;
use time::Date;

use crate::rules::deadline::{add_days, add_months};
use crate::rules::referential::ResultRules;

/// Days to check signed minutes.
const CHECK_DAYS: i32 = 8;
/// Days to validate what was checked.
const VALIDATE_DAYS: i32 = 15;
/// Days to tell what was validated.
const PUBLISH_DAYS: i32 = 8;

/// What the minutes of a session wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// To be checked.
    Check,
    /// To be validated.
    Validate,
    /// To be told.
    Publish,
}

/// What a session waits for after its jury, and by when; `signed` is the day of the last signature.
#[must_use]
pub fn wait(state: JuryState, signed: Date, delivered: Option<Date>) -> Option<(Wait, Date)> {
    match state {
        JuryState::Signed => Some((Wait::Check, add_days(signed, CHECK_DAYS))),
        JuryState::Checked => Some((Wait::Validate, add_days(signed, VALIDATE_DAYS))),
        JuryState::Validated => {
            let last = add_days(signed, VALIDATE_DAYS + PUBLISH_DAYS);
            Some((Wait::Publish, delivered.map_or(last, |day| day.max(last))))
        }
        _ => None,
    }
}

/// The days that an appeal opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealDays {
    /// Last day to say that it arrived.
    pub acknowledge_by: Date,
    /// Last day to answer.
    pub answer_by: Date,
}

/// The days that an appeal received on a day opens.
#[must_use]
pub fn appeal(received: Date, rules: &ResultRules) -> AppealDays {
    AppealDays {
        acknowledge_by: add_days(received, rules.appeal_ack_days),
        answer_by: add_months(received, rules.appeal_answer_months),
    }
}

/// Last day to lodge an appeal against what was told on a day.
#[must_use]
pub fn lodge_by(notified: Date, rules: &ResultRules) -> Date {
    add_months(notified, rules.appeal_months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn each_step_has_its_days() {
        use JuryState as S;
        let signed = date!(2026 - 04 - 14);
        for (state, delivered, expected) in [
            (S::ToSign, None, None),
            (S::Signed, None, Some((Wait::Check, date!(2026 - 04 - 22)))),
            (S::Checked, None, Some((Wait::Validate, date!(2026 - 04 - 29)))),
            (S::Validated, None, Some((Wait::Publish, date!(2026 - 05 - 07)))),
            (S::Validated, Some(date!(2026 - 06 - 01)), Some((Wait::Publish, date!(2026 - 06 - 01)))),
            (S::Closed, None, None),
        ] {
            assert_eq!(wait(state, signed, delivered), expected, "{state}");
        }
    }

    #[test]
    fn an_appeal_is_acknowledged_in_eight_days_and_answered_in_two_months() {
        let rules = ResultRules::default();
        let days = appeal(date!(2026 - 12 - 30), &rules);
        assert_eq!((days.acknowledge_by, days.answer_by), (date!(2027 - 01 - 07), date!(2027 - 02 - 28)));
        assert_eq!(lodge_by(date!(2026 - 05 - 07), &rules), date!(2026 - 07 - 07));
    }
}
