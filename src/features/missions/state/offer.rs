//! The life of an offer of a mission to one person, as data. Pure; `docs/states/mission-offer.md` is drawn from it.
//!
//! An offer moves inside an act of its mission, whose event tells it; whoever is kept in line is let go without an event
//! of their own, since they were never written to.

use entity::mission_offer::OfferState;

use super::{Step, told};
use crate::rules::transitions::{Refused, Row, Table, Told};

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

/// A step that the state of the offer does not allow.
pub type InvalidOfferStep = Refused<Option<OfferState>, OfferStep>;

/// Its event when the mission begins, which is no step of a mission.
pub const PROPOSED: Told = ("mission.proposed", "MIS_PROPOSED");

const fn line(
    from: Option<OfferState>,
    step: OfferStep,
    to: OfferState,
) -> Row<Option<OfferState>, OfferStep, OfferState, Option<Told>> {
    let event = match step {
        OfferStep::Propose => Some(PROPOSED),
        OfferStep::Ask => Some(told(Step::Offer)),
        OfferStep::Accept => Some(told(Step::Accept)),
        OfferStep::Decline => Some(told(Step::Decline)),
        OfferStep::Expire => Some(told(Step::Expire)),
        OfferStep::DropOut => Some(told(Step::DropOut)),
        OfferStep::TakeBack => Some(told(Step::Withdraw)),
        OfferStep::Cancel => Some(told(Step::Cancel)),
        OfferStep::KeepInLine | OfferStep::LetGo => None,
    };
    Row::new(from, step, to, event)
}

/// The table.
pub const TABLE: Table<Option<OfferState>, OfferStep, OfferState, Option<Told>> = {
    use OfferState as S;
    Table(&[
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
    ])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in OfferState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn an_offer_is_answered_once_by_who_was_asked() {
        for state in OfferState::all() {
            for step in [OfferStep::Accept, OfferStep::Decline, OfferStep::Expire] {
                let asked = state == OfferState::Sent;
                assert_eq!(TABLE.can(state, step), asked, "{state} {step:?}");
            }
            let accepted = state == OfferState::Accepted;
            assert_eq!(TABLE.can(state, OfferStep::DropOut), accepted, "{state}");
        }
    }

    #[test]
    fn an_offer_that_is_over_does_not_change() {
        use OfferState as S;
        for state in [S::Declined, S::Expired, S::Withdrawn, S::DroppedOut] {
            assert!(TABLE.iter().all(|line| line.from != Some(state)), "{state}");
        }
    }
}
