//! Who gets a seat: people in the order given, in the seats that are free. Nobody passes before who waits.

/// What one person is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A seat.
    Held,
    /// A place in the waiting list, from 1.
    Waiting(u32),
}

/// The seats of a session at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Seats that there are.
    pub seats: u32,
    /// Seats taken, offered ones included.
    pub held: u32,
    /// People who wait.
    pub waiting: u32,
}

impl Tally {
    /// Seats that whoever comes now may take: none while somebody waits.
    #[must_use]
    pub const fn free(self) -> u32 {
        if self.waiting > 0 { 0 } else { self.seats.saturating_sub(self.held) }
    }

    /// Seats that may be offered to those who wait.
    #[must_use]
    pub const fn to_offer(self) -> u32 {
        let left = self.seats.saturating_sub(self.held);
        if left < self.waiting { left } else { self.waiting }
    }

    /// Whether whoever comes now waits.
    #[must_use]
    pub const fn is_full(self) -> bool {
        self.free() == 0
    }
}

/// What each of `people` is given, in the order of their coming: shown before it is confirmed, and done alike.
#[must_use]
pub fn places(people: u32, tally: Tally) -> Vec<Place> {
    let free = tally.free();
    (0..people)
        .map(
            |number| {
                if number < free { Place::Held } else { Place::Waiting(tally.waiting + number - free + 1) }
            },
        )
        .collect()
}

/// How many of `people` get a seat, and how many wait.
#[must_use]
pub fn allotment(people: u32, tally: Tally) -> (u32, u32) {
    let free = tally.free();
    let held = people.min(free);
    (held, people - held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn tally(seats: u32, held: u32, waiting: u32) -> Tally {
        Tally { seats, held, waiting }
    }

    #[test]
    fn seats_are_given_then_people_wait() {
        let cases = [
            (14, tally(12, 0, 0), (12, 2)),
            (5, tally(12, 0, 0), (5, 0)),
            (3, tally(12, 10, 0), (2, 1)),
            (3, tally(12, 12, 4), (0, 3)),
            // a seat is free, and is offered to who waits first
            (1, tally(12, 11, 1), (0, 1)),
            (0, tally(12, 0, 0), (0, 0)),
            // fewer seats than before
            (1, tally(8, 10, 0), (0, 1)),
        ];
        for (people, tally, expected) in cases {
            assert_eq!(allotment(people, tally), expected, "{people} {tally:?}");
        }
        assert_eq!(places(3, tally(2, 0, 0)), [Place::Held, Place::Held, Place::Waiting(1)]);
        assert_eq!(places(2, tally(2, 2, 7)), [Place::Waiting(8), Place::Waiting(9)]);
    }

    #[test]
    fn what_is_free_is_offered_while_somebody_waits() {
        for (tally, free, offered) in [
            (tally(20, 20, 180), 0, 0),
            (tally(20, 15, 180), 0, 5),
            (tally(20, 15, 2), 0, 2),
            (tally(20, 15, 0), 5, 0),
            (tally(10, 15, 3), 0, 0),
        ] {
            assert_eq!((tally.free(), tally.to_offer()), (free, offered), "{tally:?}");
            assert_eq!(tally.is_full(), free == 0);
        }
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_no_seat_is_given_twice(people in 0_u32..300, seats in 0_u32..60, held in 0_u32..60, waiting in 0_u32..20) {
            let tally = tally(seats, held, waiting);
            let places = places(people, tally);
            let (given, waits) = allotment(people, tally);
            prop_assert_eq!(places.len(), people as usize);
            prop_assert_eq!(places.iter().filter(|place| **place == Place::Held).count(), given as usize);
            prop_assert!(given == 0 || held + given <= seats);
            let ranks: Vec<u32> = places.iter().filter_map(|place| match place { Place::Waiting(rank) => Some(*rank), Place::Held => None }).collect();
            prop_assert_eq!(ranks, (waiting + 1..=waiting + waits).collect::<Vec<_>>());
        }
    }
}
