//! Failed attempts to give a secret, per account, in the memory of the process.
//!
//! Beside the limit per address: someone who guesses from a thousand addresses waits all the same. A link by mail is
//! never delayed, so that nobody can shut a person out by failing in their place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

/// Attempts that cost nothing.
const FREE: u32 = 5;
/// Delay after the first attempt that costs; it doubles with each one.
const FIRST_DELAY: Duration = Duration::seconds(5);
/// Longest delay.
const LONGEST_DELAY: Duration = Duration::minutes(15);
/// Without any attempt for that long, everything is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::hours(2);
/// Above that many keys, those to forget are removed.
const MANY: usize = 10_000;

#[derive(Clone, Copy, Debug)]
struct Record {
    count: u32,
    last: OffsetDateTime,
}

/// The attempts of everyone.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<String, Record>>);

impl Attempts {
    /// Counts an attempt before its secret is looked at, so that parallel guesses are all counted.
    ///
    /// # Errors
    /// How long to wait, when this attempt comes too early; it is then not counted.
    pub fn take(&self, key: &str, now: OffsetDateTime) -> Result<(), Duration> {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if records.len() > MANY {
            records.retain(|_, record| record.last + FORGOTTEN_AFTER > now);
        }
        let record = records.get(key).filter(|record| record.last + FORGOTTEN_AFTER > now);
        let count = record.map_or(0, |record| record.count);
        if let Some(record) = record {
            let until = record.last + delay_after(count);
            if until > now {
                return Err(until - now);
            }
        }
        records.insert(key.to_owned(), Record { count: count.saturating_add(1), last: now });
        Ok(())
    }

    /// Forgets the attempts once the right secret was given.
    pub fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// How long to wait after that many failed attempts.
#[must_use]
fn delay_after(failed: u32) -> Duration {
    let Some(beyond) = failed.checked_sub(FREE) else { return Duration::ZERO };
    let doubled = FIRST_DELAY * 2_i32.pow(beyond.min(10));
    doubled.min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const START: OffsetDateTime = datetime!(2025-10-06 08:00 UTC);

    #[test]
    fn the_delay_grows_after_five_attempts_and_stops_at_a_quarter_of_an_hour() {
        for (failed, seconds) in
            [(0, 0), (4, 0), (5, 5), (6, 10), (8, 40), (12, 640), (13, 900), (4_000_000_000, 900)]
        {
            assert_eq!(delay_after(failed), Duration::seconds(seconds), "{failed}");
        }
    }

    #[test]
    fn an_attempt_too_early_is_refused_with_the_time_left() {
        let attempts = Attempts::default();
        for _ in 0..FREE {
            assert_eq!(attempts.take("a", START), Ok(()));
        }
        assert_eq!(attempts.take("a", START + Duration::seconds(2)), Err(Duration::seconds(3)));
        assert_eq!(attempts.take("b", START), Ok(()), "other accounts do not wait");
        assert_eq!(attempts.take("a", START + Duration::seconds(5)), Ok(()));
    }

    #[test]
    fn success_and_time_both_forget() {
        let attempts = Attempts::default();
        for _ in 0..FREE {
            assert_eq!(attempts.take("a", START), Ok(()));
        }
        attempts.forget("a");
        assert_eq!(attempts.take("a", START), Ok(()));
        for _ in 1..FREE {
            assert_eq!(attempts.take("a", START), Ok(()));
        }
        assert!(attempts.take("a", START).is_err());
        assert_eq!(attempts.take("a", START + FORGOTTEN_AFTER), Ok(()));
    }
}
