//! The life of a survey, as data. Pure; the diagram of `docs/states/` is drawn from this table by a test.

use entity::survey::SurveyState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It is planned, from the end of a session or by the team.
    Plan,
    /// People are asked.
    Open,
    /// Nobody answers any more.
    Close,
    /// People may answer again, for some days.
    Reopen,
}

/// One line of the table.
pub type Transition = Row<Option<SurveyState>, Step, SurveyState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<SurveyState>, Step>;

/// The table.
pub const TABLE: Table<Option<SurveyState>, Step, SurveyState> = {
    use SurveyState as S;
    Table(&[
        line(None, Step::Plan, S::Planned, "survey.planned", "ENQ_PLANNED"),
        line(Some(S::Planned), Step::Open, S::Open, "survey.opened", "ENQ_OPENED"),
        line(Some(S::Planned), Step::Close, S::Closed, "survey.closed", "ENQ_CLOSED"),
        line(Some(S::Open), Step::Close, S::Closed, "survey.closed", "ENQ_CLOSED"),
        line(Some(S::Closed), Step::Reopen, S::Open, "survey.reopened", "ENQ_REOPENED"),
    ])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_end_has_a_way_back() {
        assert!(TABLE.has_one_outcome());
        for state in SurveyState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
            assert!(TABLE.iter().any(|line| line.from == Some(state)), "{state}");
        }
    }
}
