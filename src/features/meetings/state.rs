//! The life of a meeting, as data. Pure; the diagram of `docs/states/` is drawn from this table by a test.

use entity::meeting::MeetingState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Everyone entitled is invited.
    Invite,
    /// Another day, hour or place.
    Move,
    /// It will not take place.
    Cancel,
    /// It took place: who was there is recorded, or corrected.
    Hold,
    /// The minutes go to everyone invited.
    Publish,
}

/// One line of the table.
pub type Transition = Row<MeetingState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<MeetingState, Step>;

/// The table. A meeting of the past is recorded as held straight from planned.
pub const TABLE: Table<MeetingState, Step> = {
    use MeetingState as S;
    Table(&[
        line(S::Planned, Step::Invite, S::Invited, "meeting.invited", "MEETING_INVITED"),
        line(S::Planned, Step::Move, S::Planned, "meeting.moved", "MEETING_MOVED"),
        line(S::Invited, Step::Move, S::Invited, "meeting.moved", "MEETING_MOVED"),
        line(S::Planned, Step::Cancel, S::Cancelled, "meeting.cancelled", "MEETING_CANCELLED"),
        line(S::Invited, Step::Cancel, S::Cancelled, "meeting.cancelled", "MEETING_CANCELLED"),
        line(S::Planned, Step::Hold, S::Held, "meeting.held", "MEETING_HELD"),
        line(S::Invited, Step::Hold, S::Held, "meeting.held", "MEETING_HELD"),
        line(S::Held, Step::Hold, S::Held, "meeting.held", "MEETING_HELD"),
        line(S::Held, Step::Publish, S::MinutesPublished, "meeting.minutes_published", "MEETING_MINUTES"),
    ])
};

/// Whether the meeting is still to come: its agenda changes, people answer.
#[must_use]
pub fn is_coming(state: MeetingState) -> bool {
    matches!(state, MeetingState::Planned | MeetingState::Invited)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome() {
        assert!(TABLE.has_one_outcome());
    }

    #[test]
    fn every_state_but_the_first_is_reached_and_the_last_ones_are_never_left() {
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in MeetingState::all().filter(|state| *state != MeetingState::Planned) {
            assert!(reached.contains(&state), "{state}");
        }
        for last in [MeetingState::Cancelled, MeetingState::MinutesPublished] {
            assert!(TABLE.iter().all(|line| line.from != last), "{last}");
        }
    }

    #[test]
    fn nothing_is_published_before_the_meeting_was_held() {
        for state in MeetingState::all() {
            assert_eq!(TABLE.can(state, Step::Publish), state == MeetingState::Held, "{state}");
            assert_eq!(TABLE.can(state, Step::Cancel), is_coming(state), "{state}");
        }
    }
}
