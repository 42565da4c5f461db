//! The life of an offer of a mission to one person, as data. Pure; `docs/states/mission-offer.md` is drawn from it.
//!
//! An offer moves inside an act of its mission, whose event tells it; whoever is kept in line is let go without an event
//! of their own, since they were never written to.

use entity::mission_offer::OfferState;

/// What may happen to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferStep {
    /// The mission is proposed to a first person.
    Propose,
    /// The person is kept in line, after those before.
    KeepInLine,
    /// The turn of the person has come.
    Ask,
    /// The person accepts.
    Accept,
    /// The person declines.
    Decline,
    /// Nobody answered in time.
    Expire,
    /// The person who had accepted cannot come any more.
    DropOut,
    /// The certifier takes the mission back from the person.
    TakeBack,
    /// The mission does not take place.
    Cancel,
    /// Someone kept in line is not asked any more: the mission was given, or they may not hold it.
    LetGo,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct OfferMove {
    /// State before; none for what begins.
    pub from: Option<OfferState>,
    /// What happens.
    pub step: OfferStep,
    /// State after.
    pub to: OfferState,
    /// Name and code of the event in the journal, that of the mission; none for who waits in line.
    pub event: Option<(&'static str, &'static str)>,
}

/// A step that the state of the offer does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct InvalidOfferStep {
    /// The state.
    pub from: Option<OfferState>,
    /// What was asked.
    pub step: OfferStep,
}

const fn line(from: Option<OfferState>, step: OfferStep, to: OfferState) -> OfferMove {
    let event = match step {
        OfferStep::Propose => Some(("mission.proposed", "MIS_PROPOSED")),
        OfferStep::Ask => Some(("mission.offered", "MIS_OFFERED")),
        OfferStep::Accept => Some(("mission.accepted", "MIS_ACCEPTED")),
        OfferStep::Decline => Some(("mission.declined", "MIS_DECLINED")),
        OfferStep::Expire => Some(("mission.expired", "MIS_EXPIRED")),
        OfferStep::DropOut => Some(("mission.dropped_out", "MIS_DROPPED_OUT")),
        OfferStep::TakeBack => Some(("mission.withdrawn", "MIS_WITHDRAWN")),
        OfferStep::Cancel => Some(("mission.cancelled", "MIS_CANCELLED")),
        OfferStep::KeepInLine | OfferStep::LetGo => None,
    };
    OfferMove { from, step, to, event }
}

/// The table.
pub const TABLE: &[OfferMove] = {
    use OfferState as S;
    &[
        line(None, OfferStep::Propose, S::Sent),
        line(None, OfferStep::KeepInLine, S::Waiting),
        line(Some(S::Waiting), OfferStep::Ask, S::Sent),
        line(Some(S::Waiting), OfferStep::LetGo, S::Withdrawn),
        line(Some(S::Sent), OfferStep::Accept, S::Accepted),
        line(Some(S::Sent), OfferStep::Decline, S::Declined),
        line(Some(S::Sent), OfferStep::Expire, S::Expired),
        line(Some(S::Sent), OfferStep::TakeBack, S::Withdrawn),
        line(Some(S::Sent), OfferStep::Cancel, S::Withdrawn),
        line(Some(S::Accepted), OfferStep::DropOut, S::DroppedOut),
        line(Some(S::Accepted), OfferStep::TakeBack, S::Withdrawn),
        line(Some(S::Accepted), OfferStep::Cancel, S::Withdrawn),
    ]
};

/// The line of the table for a step from a state; none for what begins.
///
/// # Errors
/// [`InvalidOfferStep`] when the table has none.
pub fn next(from: Option<OfferState>, step: OfferStep) -> Result<&'static OfferMove, InvalidOfferStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidOfferStep { from, step })
}

#[cfg(test)]
mod tests {
    use super::super::{Step, TABLE as OF_MISSION};
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        for state in OfferState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn an_offer_is_answered_once_by_who_was_asked() {
        for state in OfferState::all() {
            for step in [OfferStep::Accept, OfferStep::Decline, OfferStep::Expire] {
                let asked = state == OfferState::Sent;
                assert_eq!(next(Some(state), step).is_ok(), asked, "{state} {step:?}");
            }
            let accepted = state == OfferState::Accepted;
            assert_eq!(next(Some(state), OfferStep::DropOut).is_ok(), accepted, "{state}");
        }
    }

    #[test]
    fn an_offer_that_is_over_does_not_change() {
        use OfferState as S;
        for state in [S::Declined, S::Expired, S::Withdrawn, S::DroppedOut] {
            assert!(TABLE.iter().all(|line| line.from != Some(state)), "{state}");
        }
    }

    #[test]
    fn an_answer_has_the_event_of_the_mission() {
        for (own, of_mission) in [
            (OfferStep::Ask, Step::Offer),
            (OfferStep::Accept, Step::Accept),
            (OfferStep::Decline, Step::Decline),
            (OfferStep::Expire, Step::Expire),
            (OfferStep::DropOut, Step::DropOut),
            (OfferStep::TakeBack, Step::Withdraw),
            (OfferStep::Cancel, Step::Cancel),
        ] {
            let known = OF_MISSION.iter().find(|line| line.step == of_mission).unwrap();
            for line in TABLE.iter().filter(|line| line.step == own) {
                assert_eq!(line.event, Some((known.name, known.code)), "{own:?}");
            }
        }
    }
}
