//! A clock that the story moves back, and that then tells the time as any other.

use std::sync::atomic::{AtomicI64, Ordering};

use time::{Duration, OffsetDateTime};

use crate::app::{Clock, SystemClock};

/// Not moved.
const FREE: i64 = i64::MIN;

/// The clock of the demonstration.
#[derive(Debug)]
pub struct DemoClock {
    /// The instant it stands at, in Unix milliseconds, or [`FREE`].
    stands_at: AtomicI64,
}

impl Default for DemoClock {
    fn default() -> Self {
        Self { stands_at: AtomicI64::new(FREE) }
    }
}

impl DemoClock {
    /// The real time.
    #[must_use]
    pub fn real_now(&self) -> OffsetDateTime {
        SystemClock.now()
    }

    /// Stops it at an instant, never after the real time.
    pub(super) fn set(&self, at: OffsetDateTime) {
        let at = at.min(self.real_now());
        let millis = i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(FREE);
        self.stands_at.store(millis, Ordering::SeqCst);
    }

    /// Lets it tell the real time.
    pub(super) fn release(&self) {
        self.stands_at.store(FREE, Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> OffsetDateTime {
        match self.stands_at.load(Ordering::SeqCst) {
            FREE => self.real_now(),
            millis => OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(millis),
        }
    }
}
