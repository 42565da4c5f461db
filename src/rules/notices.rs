//! When a message may reach a person: its class, what the person wishes, the quiet hours where they live.
//!
//! Legal messages (decisions, delays that open a right, dates to be present at) and those about the safety of an
//! account leave at once, whatever anybody wishes. The others are sent at once, gathered once a day, or not sent.
//! Reminders sent at once, which the program writes by itself at any hour, wait for the end of the quiet hours;
//! messages of work, which somebody's act has just caused, wait with them where that is wished. Hours are those of
//! the person's own zone, changes of hour included.

use super::deadline::{add_days, instant, local};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, Time, Weekday};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A decision, a delay that opens a right, a date to be present at, something that may have to be proved.
    Legal,
    /// About the safety of an account.
    Security,
    /// Something to do or to know for one's work.
    Work,
    /// A date that comes near, already told once.
    Reminder,
    /// The daily digest itself.
    Digest,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 5] = [Self::Legal, Self::Security, Self::Work, Self::Reminder, Self::Digest];

    /// The classes about which a person may wish something.
    pub const CHOSEN: [Self; 2] = [Self::Work, Self::Reminder];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::Security => "security",
            Self::Work => "work",
            Self::Reminder => "reminder",
            Self::Digest => "digest",
        }
    }

    /// The class of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// What a person wishes for a class of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Each message when it is written.
    #[default]
    AtOnce,
    /// One message a day for all of them.
    Digest,
    /// No message; they stay on the page of notifications.
    Never,
}

impl Wish {
    /// Every wish.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Never];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Digest => "digest",
            Self::Never => "never",
        }
    }

    /// The wish of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.word() == word)
    }
}

/// Hours of the day and days of the week; the certifier proposes, each person may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Hour at which quiet begins.
    pub quiet_from: u8,
    /// Hour at which it ends; the same hour = never quiet.
    pub quiet_until: u8,
    /// Whether messages of work wait as reminders do.
    pub work_waits: bool,
    /// Whether messages arrive on Saturdays and Sundays.
    pub weekends: bool,
    /// Hour of the daily digest.
    pub digest_at: u8,
}

impl Default for Hours {
    fn default() -> Self {
        Self { quiet_from: 20, quiet_until: 7, work_waits: false, weekends: true, digest_at: 8 }
    }
}

/// Name of the setting that holds what the certifier proposes.
pub const SETTING: &str = "notices.hours";

/// What becomes of a message for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It leaves.
    Now,
    /// It leaves then.
    At(OffsetDateTime),
    /// It joins the next digest.
    Digest,
    /// It is not sent.
    Never,
}

impl Hours {
    /// What cannot be: the field and the sentence for the person who typed it.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let hours = [
            ("quiet_from", self.quiet_from),
            ("quiet_until", self.quiet_until),
            ("digest_at", self.digest_at),
        ];
        let wrong = hours.into_iter().filter(|(_, hour)| *hour > 23);
        wrong.map(|(field, _)| (field, "Indiquez une heure, de 0 à 23")).collect()
    }

    /// What becomes of a message now.
    #[must_use]
    pub fn way(&self, class: Class, wish: Wish, zone: &str, now: OffsetDateTime) -> Way {
        match (class, wish) {
            (Class::Legal | Class::Security | Class::Digest, _) => Way::Now,
            (_, Wish::Digest) => Way::Digest,
            (_, Wish::Never) => Way::Never,
            (Class::Work, Wish::AtOnce) if !self.work_waits => Way::Now,
            (_, Wish::AtOnce) => self.quiet_end(zone, now).map_or(Way::Now, Way::At),
        }
    }

    /// The end of the quiet hours, when it is quiet now.
    fn quiet_end(self, zone: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let here = local(now, zone).ok()?;
        let (hour, today) = (here.hour(), here.date());
        let ends_on = if self.is_quiet(hour) {
            let tonight = self.quiet_from > self.quiet_until && hour >= self.quiet_from;
            Some(if tonight { add_days(today, 1) } else { today })
        } else {
            self.rests(today).then(|| add_days(today, 1))
        };
        let mut day = ends_on?;
        while self.rests(day) {
            day = add_days(day, 1);
        }
        let at = instant(day, hour_of(self.quiet_until), zone).ok()?;
        (at > now).then_some(at)
    }

    fn is_quiet(self, hour: u8) -> bool {
        let (from, until) = (self.quiet_from, self.quiet_until);
        if from <= until { (from..until).contains(&hour) } else { hour >= from || hour < until }
    }

    fn rests(self, day: Date) -> bool {
        !self.weekends && matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// When a message held at an instant is told: at the next hour of the digest, on a day when messages arrive.
    #[must_use]
    pub fn digest_after(&self, zone: &str, held_at: OffsetDateTime) -> Option<OffsetDateTime> {
        let mut day = local(held_at, zone).ok()?.date();
        loop {
            let at = instant(day, hour_of(self.digest_at), zone).ok()?;
            if at > held_at && !self.rests(day) {
                return Some(at);
            }
            day = add_days(day, 1);
        }
    }
}

fn hour_of(hour: u8) -> Time {
    Time::from_hms(hour.min(23), 0, 0).unwrap_or(Time::MIDNIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const PARIS: &str = "Europe/Paris";
    const CAYENNE: &str = "America/Cayenne";
    const MAMOUDZOU: &str = "Indian/Mayotte";
    const SAINT_DENIS: &str = "Indian/Reunion";

    #[test]
    fn quiet_hours_are_those_of_the_person() {
        let hours = Hours::default();
        let all = Hours { work_waits: true, ..hours };
        for (zone, now, expected) in [
            (PARIS, datetime!(2026-01-14 09:00 UTC), Way::Now),
            (PARIS, datetime!(2026-01-14 18:59 UTC), Way::Now),
            (PARIS, datetime!(2026-01-14 19:00 UTC), Way::At(datetime!(2026-01-15 06:00 UTC))),
            (PARIS, datetime!(2026-01-15 03:00 UTC), Way::At(datetime!(2026-01-15 06:00 UTC))),
            (PARIS, datetime!(2026-01-15 06:00 UTC), Way::Now),
            // 20 h in Paris is 16 h in Cayenne and 22 h in Mamoudzou
            (CAYENNE, datetime!(2026-01-14 19:00 UTC), Way::Now),
            (CAYENNE, datetime!(2026-01-14 23:00 UTC), Way::At(datetime!(2026-01-15 10:00 UTC))),
            (CAYENNE, datetime!(2026-01-15 09:59 UTC), Way::At(datetime!(2026-01-15 10:00 UTC))),
            (MAMOUDZOU, datetime!(2026-01-14 16:59 UTC), Way::Now),
            (MAMOUDZOU, datetime!(2026-01-14 17:00 UTC), Way::At(datetime!(2026-01-15 04:00 UTC))),
            (MAMOUDZOU, datetime!(2026-01-15 04:00 UTC), Way::Now),
            (SAINT_DENIS, datetime!(2026-01-14 15:59 UTC), Way::Now),
            (SAINT_DENIS, datetime!(2026-01-14 16:00 UTC), Way::At(datetime!(2026-01-15 03:00 UTC))),
            // changes of hour: 29 March and 25 October 2026
            (PARIS, datetime!(2026-03-28 20:00 UTC), Way::At(datetime!(2026-03-29 05:00 UTC))),
            (PARIS, datetime!(2026-03-29 04:59 UTC), Way::At(datetime!(2026-03-29 05:00 UTC))),
            (PARIS, datetime!(2026-10-24 18:00 UTC), Way::At(datetime!(2026-10-25 06:00 UTC))),
            (PARIS, datetime!(2026-10-25 05:00 UTC), Way::At(datetime!(2026-10-25 06:00 UTC))),
            // … which are those of Paris alone: in Cayenne and Saint-Denis the hour stays
            (CAYENNE, datetime!(2026-03-28 23:30 UTC), Way::At(datetime!(2026-03-29 10:00 UTC))),
            (CAYENNE, datetime!(2026-10-24 23:30 UTC), Way::At(datetime!(2026-10-25 10:00 UTC))),
            (SAINT_DENIS, datetime!(2026-03-28 20:00 UTC), Way::At(datetime!(2026-03-29 03:00 UTC))),
            (SAINT_DENIS, datetime!(2026-10-24 20:00 UTC), Way::At(datetime!(2026-10-25 03:00 UTC))),
            ("America/Miquelon", datetime!(2026-03-08 01:00 UTC), Way::At(datetime!(2026-03-08 09:00 UTC))),
        ] {
            assert_eq!(hours.way(Class::Reminder, Wish::AtOnce, zone, now), expected, "{zone} {now}");
            assert_eq!(all.way(Class::Work, Wish::AtOnce, zone, now), expected, "{zone} {now}");
            assert_eq!(hours.way(Class::Work, Wish::AtOnce, zone, now), Way::Now, "{zone} {now}");
        }
    }

    #[test]
    fn an_hour_that_does_not_exist_that_night_ends_the_quiet_all_the_same() {
        let hours = Hours { quiet_from: 22, quiet_until: 2, ..Hours::default() };
        let now = datetime!(2026-03-28 23:00 UTC);
        let Way::At(at) = hours.way(Class::Reminder, Wish::AtOnce, PARIS, now) else { panic!("quiet") };
        assert!((datetime!(2026-03-29 00:30 UTC)..=datetime!(2026-03-29 01:00 UTC)).contains(&at), "{at}");
    }

    #[test]
    fn weekends_wait_for_monday_when_wished() {
        let hours = Hours { weekends: false, ..Hours::default() };
        let monday = Way::At(datetime!(2026-01-19 06:00 UTC));
        for (now, expected) in [
            (datetime!(2026-01-16 12:00 UTC), Way::Now),
            (datetime!(2026-01-16 20:00 UTC), monday),
            (datetime!(2026-01-17 12:00 UTC), monday),
            (datetime!(2026-01-18 22:00 UTC), monday),
            (datetime!(2026-01-19 06:00 UTC), Way::Now),
        ] {
            assert_eq!(hours.way(Class::Reminder, Wish::AtOnce, PARIS, now), expected, "{now}");
        }
    }

    #[test]
    fn what_is_legal_leaves_whatever_is_wished() {
        let night = datetime!(2026-01-14 23:00 UTC);
        let hours = Hours { weekends: false, ..Hours::default() };
        for wish in Wish::ALL {
            for class in [Class::Legal, Class::Security, Class::Digest] {
                assert_eq!(hours.way(class, wish, PARIS, night), Way::Now, "{class:?} {wish:?}");
            }
        }
        assert_eq!(hours.way(Class::Work, Wish::Digest, PARIS, night), Way::Digest);
        assert_eq!(hours.way(Class::Reminder, Wish::Never, PARIS, night), Way::Never);
    }

    #[test]
    fn quiet_may_fall_in_the_day_or_never() {
        let noon = datetime!(2026-01-14 11:30 UTC);
        let siesta = Hours { quiet_from: 12, quiet_until: 14, ..Hours::default() };
        assert_eq!(
            siesta.way(Class::Reminder, Wish::AtOnce, PARIS, noon),
            Way::At(datetime!(2026-01-14 13:00 UTC))
        );
        let never = Hours { quiet_from: 12, quiet_until: 12, ..Hours::default() };
        assert_eq!(never.way(Class::Reminder, Wish::AtOnce, PARIS, noon), Way::Now);
    }

    #[test]
    fn one_digest_a_day_at_the_hour_of_the_person() {
        let hours = Hours::default();
        for (zone, held_at, expected) in [
            (PARIS, datetime!(2026-01-14 06:59 UTC), datetime!(2026-01-14 07:00 UTC)),
            (PARIS, datetime!(2026-01-14 07:00 UTC), datetime!(2026-01-15 07:00 UTC)),
            (PARIS, datetime!(2026-01-14 22:00 UTC), datetime!(2026-01-15 07:00 UTC)),
            (CAYENNE, datetime!(2026-01-14 07:00 UTC), datetime!(2026-01-14 11:00 UTC)),
            (MAMOUDZOU, datetime!(2026-01-14 07:00 UTC), datetime!(2026-01-15 05:00 UTC)),
            (PARIS, datetime!(2026-03-28 12:00 UTC), datetime!(2026-03-29 06:00 UTC)),
            (PARIS, datetime!(2026-10-24 12:00 UTC), datetime!(2026-10-25 07:00 UTC)),
        ] {
            assert_eq!(hours.digest_after(zone, held_at), Some(expected), "{zone} {held_at}");
        }
        let rests = Hours { weekends: false, ..hours };
        let friday = datetime!(2026-01-16 12:00 UTC);
        assert_eq!(rests.digest_after(PARIS, friday), Some(datetime!(2026-01-19 07:00 UTC)));
        assert_eq!(hours.digest_after("Europe/Nevers", friday), None);
    }

    #[test]
    fn hours_are_hours() {
        assert!(Hours::default().faults().is_empty());
        let wrong = Hours { quiet_from: 24, digest_at: 99, ..Hours::default() };
        assert_eq!(wrong.faults().len(), 2);
    }
}
