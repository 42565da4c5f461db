//! What an act would change and who would be told, read before it is done.

use entity::training_session::SessionState;

use super::labels::consequences as words;
use super::load::Whole;
use super::state::Step;

/// What an act would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// People who have a seat.
    pub seated: usize,
    /// Those who are bound by a contract or a convention.
    pub bound: usize,
    /// People who wait.
    pub waiting: usize,
    /// People who teach.
    pub trainers: usize,
    /// Half-days of rooms that come free.
    pub rooms: usize,
}

impl Consequences {
    /// Those of a session as it is.
    #[must_use]
    pub fn of(whole: &Whole) -> Self {
        use entity::enrolment::EnrolmentState as E;
        let bound = |state| !matches!(state, E::Requested | E::Waitlisted | E::Offered | E::Held);
        let in_room = |slot: &&super::load::Slot| slot.is_on_site() && whole.room_of(slot).is_some();
        Self {
            seated: whole.people.iter().filter(|one| one.has_seat()).count(),
            bound: whole.people.iter().filter(|one| bound(one.state)).count(),
            waiting: whole.people.iter().filter(|one| !one.has_seat()).count(),
            trainers: whole.trainers().len(),
            rooms: whole.slots.iter().filter(in_room).count(),
        }
    }

    /// The list that is read before a step, in French.
    #[must_use]
    pub fn told(&self, step: Step, whole: &Whole) -> Vec<String> {
        let to = whole.next(step).map_or(whole.session.state, |line| line.to);
        let mut told = vec![words::becomes(to)];
        match step {
            Step::Cancel | Step::Postpone => told.extend(self.ends(step == Step::Postpone)),
            Step::Confirm => told.extend(words::people_told(self.seated)),
            Step::Unconfirm => told.extend(words::people_told(self.seated)),
            Step::Withdraw => told.push(words::LEAVES_CATALOGUE.to_owned()),
            Step::Open
            | Step::Start
            | Step::Finish
            | Step::Close
            | Step::Reopen
            | Step::Reschedule
            | Step::Restore => {}
        }
        if matches!(step, Step::Cancel | Step::Postpone | Step::Confirm | Step::Unconfirm) {
            told.extend(words::trainers_told(self.trainers, takes_away(to)));
        }
        told.push(words::RECORDED.to_owned());
        told
    }

    fn ends(&self, postponed: bool) -> Vec<String> {
        let mut told = words::people(self.seated, postponed);
        told.extend(words::bound(self.bound, postponed));
        told.extend(words::waiting(self.waiting, postponed));
        told.extend(words::rooms(self.rooms));
        told
    }
}

const fn takes_away(to: SessionState) -> bool {
    matches!(to, SessionState::Cancelled | SessionState::Postponed)
}
