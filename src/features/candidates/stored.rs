//! The states of the table and those of the database, which are the same.

use entity::candidate::{CandidateState, JuryDecision, Leaving as StoredLeaving};

use super::state::{Leaving, State, Step};

/// The state of the table.
#[must_use]
pub const fn state_of(stored: CandidateState) -> State {
    match stored {
        CandidateState::Enrolled => State::Enrolled,
        CandidateState::Positioned => State::Positioned,
        CandidateState::OnPath => State::OnPath,
        CandidateState::FileSubmitted => State::FileSubmitted,
        CandidateState::FileIncomplete => State::FileIncomplete,
        CandidateState::Admitted => State::Admitted,
        CandidateState::Summoned => State::Summoned,
        CandidateState::Present => State::Present,
        CandidateState::AbsentExcused => State::AbsentExcused,
        CandidateState::Absent => State::Absent,
        CandidateState::Total => State::Total,
        CandidateState::Partial => State::Partial,
        CandidateState::Refused => State::Refused,
        CandidateState::Adjourned => State::Adjourned,
        CandidateState::UnderReview => State::UnderReview,
        CandidateState::Notified => State::Notified,
        CandidateState::Appealed => State::Appealed,
        CandidateState::Withdrawn => State::Withdrawn,
        CandidateState::Excluded => State::Excluded,
        CandidateState::Revoked => State::Revoked,
    }
}

/// The state of the database.
#[must_use]
pub const fn stored(state: State) -> CandidateState {
    match state {
        State::Enrolled => CandidateState::Enrolled,
        State::Positioned => CandidateState::Positioned,
        State::OnPath => CandidateState::OnPath,
        State::FileSubmitted => CandidateState::FileSubmitted,
        State::FileIncomplete => CandidateState::FileIncomplete,
        State::Admitted => CandidateState::Admitted,
        State::Summoned => CandidateState::Summoned,
        State::Present => CandidateState::Present,
        State::AbsentExcused => CandidateState::AbsentExcused,
        State::Absent => CandidateState::Absent,
        State::Total => CandidateState::Total,
        State::Partial => CandidateState::Partial,
        State::Refused => CandidateState::Refused,
        State::Adjourned => CandidateState::Adjourned,
        State::UnderReview => CandidateState::UnderReview,
        State::Notified => CandidateState::Notified,
        State::Appealed => CandidateState::Appealed,
        State::Withdrawn => CandidateState::Withdrawn,
        State::Excluded => CandidateState::Excluded,
        State::Revoked => CandidateState::Revoked,
    }
}

/// Why somebody gives up, as the rules count it.
#[must_use]
pub const fn leaving_of(stored: StoredLeaving) -> Leaving {
    match stored {
        StoredLeaving::Work => Leaving::Work,
        StoredLeaving::EndOfContract => Leaving::EndOfContract,
        StoredLeaving::Health => Leaving::Health,
        StoredLeaving::Other => Leaving::Other,
    }
}

/// What a step says of the jury, when it says something.
#[must_use]
pub const fn decision_of(step: Step) -> Option<JuryDecision> {
    match step {
        Step::DecideTotal => Some(JuryDecision::Total),
        Step::DecidePartial => Some(JuryDecision::Partial),
        Step::DecideRefused => Some(JuryDecision::Refused),
        Step::DecideAdjourned => Some(JuryDecision::Adjourned),
        Step::MarkAbsent => Some(JuryDecision::Absent),
        Step::ExcuseAbsence => Some(JuryDecision::AbsentExcused),
        Step::ExcludeForFraud => Some(JuryDecision::Fraud),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_say_each_state_by_the_same_word() {
        assert_eq!(CandidateState::all().count(), State::ALL.len());
        for state in State::ALL {
            assert_eq!(stored(state).word(), state.word());
            assert_eq!(state_of(stored(state)), state);
        }
    }
}
