//! Half-days: when they are signed, and how many minutes of them count (domain reference, 4.4, 4.10).
//!
//! Hours really attended feed certificates, invoices and the BPF: they are added here and nowhere else.
use entity::attendance::Presence;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// The rules in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AttendanceRules {
    /// Minutes before a half-day from which it is signed.
    pub opens_minutes: u16,
    /// Minutes after a half-day until which it is signed.
    pub closes_minutes: u16,
    /// Days after a half-day within which the trainer countersigns.
    pub countersign_days: u16,
    /// Half-days missed without a reason after which the team is told (indicator 12).
    pub absence_alert: u16,
}

impl Default for AttendanceRules {
    fn default() -> Self {
        Self { opens_minutes: 30, closes_minutes: 120, countersign_days: 2, absence_alert: 1 }
    }
}

impl AttendanceRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let checks = [
            (self.opens_minutes <= 240, ("opens_minutes", "Indiquez un nombre de minutes entre 0 et 240")),
            (self.closes_minutes <= 720, ("closes_minutes", "Indiquez un nombre de minutes entre 0 et 720")),
            (
                (1..=30).contains(&self.countersign_days),
                ("countersign_days", "Indiquez un nombre de jours entre 1 et 30"),
            ),
            (
                (1..=20).contains(&self.absence_alert),
                ("absence_alert", "Indiquez un nombre de demi-journées entre 1 et 20"),
            ),
        ];
        checks.into_iter().filter(|(sound, _)| !sound).map(|(_, fault)| fault).collect()
    }
}

/// Whether a half-day may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signing {
    /// Not before this instant.
    TooEarly(OffsetDateTime),
    /// Now.
    Open,
    /// Not after this instant: only a trainer or the team records it, with a reason.
    TooLate(OffsetDateTime),
}

/// Whether a half-day that lasts from an instant to another may be signed now by who attends it.
#[must_use]
pub fn signing(
    now: OffsetDateTime,
    (starts_at, ends_at): (OffsetDateTime, OffsetDateTime),
    rules: &AttendanceRules,
) -> Signing {
    let opens = starts_at - Duration::minutes(rules.opens_minutes.into());
    let closes = ends_at + Duration::minutes(rules.closes_minutes.into());
    if now < opens {
        Signing::TooEarly(opens)
    } else if now > closes {
        Signing::TooLate(closes)
    } else {
        Signing::Open
    }
}

/// The minutes taught between two instants, without the breaks.
#[must_use]
pub fn taught(starts_at: OffsetDateTime, ends_at: OffsetDateTime, break_minutes: u32) -> u32 {
    let minutes = u32::try_from((ends_at - starts_at).whole_minutes()).unwrap_or(0);
    minutes.saturating_sub(break_minutes)
}

/// The minutes that count for a presence; `told` are those of a partial one. None when they cannot be: more than the
/// half-day, or nothing at all for somebody who was there.
#[must_use]
pub fn counted(presence: Presence, told: Option<u32>, slot_minutes: u32) -> Option<u32> {
    match presence {
        Presence::Present => Some(slot_minutes).filter(|_| told.is_none_or(|told| told == slot_minutes)),
        Presence::Partial => told.filter(|told| (1..slot_minutes).contains(told)),
        Presence::Absent | Presence::AbsentExcused => Some(0).filter(|_| told.is_none_or(|told| told == 0)),
    }
}

/// What somebody attended of what was planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attended {
    /// Minutes really attended.
    pub done: u32,
    /// Minutes planned.
    pub planned: u32,
    /// Half-days on which they were there, in whole or in part.
    pub present: u32,
    /// Half-days on which they were not.
    pub absent: u32,
    /// Half-days of which nothing is known.
    pub unknown: u32,
}

impl Attended {
    /// Whether every half-day is known.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.unknown == 0
    }

    /// Whether they were there at all.
    #[must_use]
    pub const fn came(self) -> bool {
        self.present > 0
    }
}

/// Adds the half-days of a person: the minutes of each, with what is known of the presence and the minutes that count.
#[must_use]
pub fn attended(slots: &[(u32, Option<(Presence, u32)>)]) -> Attended {
    let mut sum = Attended::default();
    for (planned, known) in slots {
        sum.planned += planned;
        match known {
            None => sum.unknown += 1,
            Some((Presence::Present | Presence::Partial, minutes)) => {
                sum.present += 1;
                sum.done += minutes;
            }
            Some((Presence::Absent | Presence::AbsentExcused, _)) => sum.absent += 1,
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_half_day_is_signed_around_it() {
        let slot = (datetime!(2026-03-03 08:00 UTC), datetime!(2026-03-03 11:30 UTC));
        let (opens, closes) = (datetime!(2026-03-03 07:30 UTC), datetime!(2026-03-03 13:30 UTC));
        for (now, expected) in [
            (datetime!(2026-03-03 07:29 UTC), Signing::TooEarly(opens)),
            (opens, Signing::Open),
            (datetime!(2026-03-03 10:00 UTC), Signing::Open),
            (closes, Signing::Open),
            (datetime!(2026-03-03 13:31 UTC), Signing::TooLate(closes)),
        ] {
            assert_eq!(signing(now, slot, &AttendanceRules::default()), expected, "{now}");
        }
        assert_eq!(taught(slot.0, slot.1, 15), 195);
        assert_eq!(taught(slot.1, slot.0, 0), 0);
    }

    #[test]
    fn minutes_are_those_of_the_presence() {
        use Presence::{Absent, AbsentExcused, Partial, Present};
        let cases = [
            (Present, None, Some(210)),
            (Present, Some(210), Some(210)),
            (Present, Some(90), None),
            (Partial, Some(90), Some(90)),
            (Partial, Some(0), None),
            (Partial, Some(210), None),
            (Partial, None, None),
            (Absent, None, Some(0)),
            (Absent, Some(30), None),
            (AbsentExcused, Some(0), Some(0)),
        ];
        for (presence, told, expected) in cases {
            assert_eq!(counted(presence, told, 210), expected, "{presence} {told:?}");
        }
    }

    #[test]
    fn half_days_add_up() {
        let slots = [
            (210, Some((Presence::Present, 210))),
            (210, Some((Presence::Partial, 60))),
            (210, Some((Presence::Absent, 0))),
            (180, None),
        ];
        let sum = attended(&slots);
        assert_eq!(sum, Attended { done: 270, planned: 810, present: 2, absent: 1, unknown: 1 });
        assert!(!sum.is_complete() && sum.came());
        assert!(attended(&slots[..3]).is_complete() && !attended(&slots[2..]).came());
    }

    #[test]
    fn rules_stay_in_their_bounds() {
        assert!(AttendanceRules::default().faults().is_empty());
        let wrong = AttendanceRules {
            opens_minutes: 241,
            closes_minutes: 721,
            countersign_days: 0,
            absence_alert: 0,
        };
        assert_eq!(wrong.faults().len(), 4);
    }
}
