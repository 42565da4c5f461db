//! Whether a dated right holds on a day: habilitation, agreement, registration, insurance, certificate.
//!
//! One function, [`standing_on`], answers for every kind; [`valid_on`] is its yes or no. Nothing else compares the days
//! of a right. A right that was suspended and given back still tells the days on which it did not count, so that any
//! list can be shown as of a date.
use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use super::calendar::written;
use super::deadline::add_days;
use super::period::Period;

/// Days from the first to the last, both included; no last day while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day, still inside.
    pub until: Option<Date>,
}

impl Span {
    /// A span; none when it would end before it begins.
    #[must_use]
    pub fn new(from: Date, until: Option<Date>) -> Option<Self> {
        until.is_none_or(|until| from <= until).then_some(Self { from, until })
    }

    /// Whether a day is inside.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether two spans share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.until.is_none_or(|until| other.from <= until)
            && other.until.is_none_or(|until| self.from <= until)
    }
}

/// « du 1er janvier 2024 au 31 décembre 2026 », « à partir du 1er janvier 2024 ».
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Some(until) => write!(f, "du {} au {}", written(self.from), written(until)),
            None => write!(f, "à partir du {}", written(self.from)),
        }
    }
}

/// What decides whether a right holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedRight<'a> {
    /// Its days.
    pub span: Span,
    /// Until when it still holds after its last day.
    pub grace_until: Option<Date>,
    /// It waits for something, a signature for instance: its days are kept, it entitles to nothing.
    pub pending: bool,
    /// It never counted.
    pub void: bool,
    /// Days on which it does not count.
    pub suspensions: &'a [Span],
}

/// A right that nothing but its days decides.
impl From<Span> for DatedRight<'static> {
    fn from(span: Span) -> Self {
        Self { span, grace_until: None, pending: false, void: false, suspensions: &[] }
    }
}

/// Where a right stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It holds.
    InForce,
    /// Its last day is behind, and it holds until a renewal is decided.
    InGrace,
    /// It is set aside.
    Suspended,
    /// It waits for something before it may begin.
    Pending,
    /// Its first day is ahead.
    ToCome,
    /// Its last day is behind.
    Ended,
    /// It never counted.
    Void,
}

impl Standing {
    /// Every standing, in the order of a life.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::ToCome, Self::InForce, Self::InGrace, Self::Suspended, Self::Ended, Self::Void];

    /// Whether the right entitles to something.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::InForce | Self::InGrace)
    }

    /// The stable word of the API and of addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::InGrace => "in_grace",
            Self::Suspended => "suspended",
            Self::Pending => "pending",
            Self::ToCome => "to_come",
            Self::Ended => "ended",
            Self::Void => "void",
        }
    }
}

/// Where a right stands on a day.
#[must_use]
pub fn standing_on(right: &DatedRight<'_>, day: Date) -> Standing {
    if right.void {
        return Standing::Void;
    }
    if day < right.span.from {
        return if right.pending { Standing::Pending } else { Standing::ToCome };
    }
    let inside = right.span.contains(day);
    if !inside && right.grace_until.is_none_or(|grace| grace < day) {
        return Standing::Ended;
    }
    if right.pending {
        return Standing::Pending;
    }
    if right.suspensions.iter().any(|span| span.contains(day)) {
        return Standing::Suspended;
    }
    if inside { Standing::InForce } else { Standing::InGrace }
}

/// Whether a right holds on a day.
#[must_use]
pub fn valid_on(right: &DatedRight<'_>, day: Date) -> bool {
    standing_on(right, day).is_valid()
}

/// The days to propose for what follows a right: from the day after its last one, or from today when that day is behind.
#[must_use]
pub fn next_period(last: Option<Date>, today: Date, months: u16) -> Period {
    let from = last.map_or(today, |last| add_days(last, 1)).max(today);
    Period::months(from, months)
}

/// Distances before the end at which people are told, by kind of right, in days and in falling order. An agreement
/// has its own delays, in the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertDistances {
    /// Habilitation of an expert.
    pub habilitation: Vec<u16>,
    /// Presence of a certification in a register.
    pub registration: Vec<u16>,
    /// State convention of a structure.
    pub state_convention: Vec<u16>,
    /// Qualiopi certificate.
    pub qualiopi: Vec<u16>,
    /// Insurance.
    pub insurance: Vec<u16>,
    /// Any other piece with an end.
    pub piece: Vec<u16>,
}

impl Default for AlertDistances {
    fn default() -> Self {
        Self {
            habilitation: vec![180, 90, 30],
            registration: vec![365, 180, 90],
            state_convention: vec![90, 30],
            qualiopi: vec![180, 90, 30],
            insurance: vec![60, 15],
            piece: vec![60, 15],
        }
    }
}

impl AlertDistances {
    /// The fields whose distances are not in falling order, or go beyond ten years.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let wrong = |distances: &Vec<u16>| {
            distances.windows(2).any(|pair| pair[0] <= pair[1]) || distances.iter().any(|days| *days > 3650)
        };
        let fields = [
            ("habilitation", &self.habilitation),
            ("registration", &self.registration),
            ("state_convention", &self.state_convention),
            ("qualiopi", &self.qualiopi),
            ("insurance", &self.insurance),
            ("piece", &self.piece),
        ];
        let message = "Les rappels vont du plus éloigné au plus proche de la fin, dix ans au plus";
        fields.into_iter().filter(|(_, days)| wrong(days)).map(|(field, _)| (field, message)).collect()
    }
}

/// The distance of the alert to send today, if one is due and was not sent: when several passed while nothing ran,
/// only the nearest to the end is told.
#[must_use]
pub fn due_alert(ends_on: Date, distances: &[u16], alerted: Option<i32>, today: Date) -> Option<i32> {
    if today > ends_on {
        return None;
    }
    let reached =
        distances.iter().map(|days| i32::from(*days)).filter(|days| add_days(ends_on, -days) <= today);
    reached.min().filter(|days| alerted.is_none_or(|sent| *days < sent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    const FROM: Date = date!(2023 - 01 - 01);
    const UNTIL: Date = date!(2025 - 12 - 31);

    fn right(suspensions: &[Span]) -> DatedRight<'_> {
        let span = Span { from: FROM, until: Some(UNTIL) };
        DatedRight { span, grace_until: None, pending: false, void: false, suspensions }
    }

    #[test]
    fn a_right_holds_from_its_first_day_to_its_last() {
        for (day, expected) in [
            (date!(2022 - 12 - 31), Standing::ToCome),
            (FROM, Standing::InForce),
            (UNTIL, Standing::InForce),
            (date!(2026 - 01 - 01), Standing::Ended),
        ] {
            assert_eq!(standing_on(&right(&[]), day), expected, "{day}");
        }
        let open = DatedRight::from(Span { from: FROM, until: None });
        assert!(valid_on(&open, date!(2199 - 01 - 01)) && !valid_on(&open, date!(2022 - 12 - 31)));
    }

    #[test]
    fn grace_suspension_waiting_and_nullity_are_told_on_every_day() {
        let grace = DatedRight { grace_until: Some(date!(2026 - 03 - 31)), ..right(&[]) };
        assert_eq!(standing_on(&grace, date!(2026 - 03 - 31)), Standing::InGrace);
        assert_eq!(standing_on(&grace, date!(2026 - 04 - 01)), Standing::Ended);
        let spans = [
            Span { from: date!(2024 - 02 - 01), until: Some(date!(2024 - 02 - 29)) },
            Span { from: date!(2025 - 06 - 01), until: None },
        ];
        for (day, expected) in [
            (date!(2024 - 01 - 31), Standing::InForce),
            (date!(2024 - 02 - 29), Standing::Suspended),
            (date!(2024 - 03 - 01), Standing::InForce),
            (date!(2025 - 06 - 01), Standing::Suspended),
            (date!(2026 - 01 - 01), Standing::Ended),
        ] {
            assert_eq!(standing_on(&right(&spans), day), expected, "{day}");
        }
        let pending = DatedRight { pending: true, ..right(&[]) };
        assert_eq!(standing_on(&pending, FROM), Standing::Pending);
        let void = DatedRight { void: true, ..right(&[]) };
        assert_eq!(standing_on(&void, FROM), Standing::Void);
    }

    #[test]
    fn an_alert_is_sent_once_for_each_distance_and_the_nearest_when_late() {
        let distances = [180, 90, 30];
        for (alerted, day, expected) in [
            (None, date!(2025 - 07 - 03), None),
            (None, date!(2025 - 07 - 04), Some(180)),
            (Some(180), date!(2025 - 07 - 05), None),
            (Some(180), date!(2025 - 10 - 02), Some(90)),
            (None, date!(2025 - 12 - 15), Some(30)),
            (Some(30), date!(2025 - 12 - 31), None),
            (None, date!(2026 - 01 - 01), None),
        ] {
            assert_eq!(due_alert(UNTIL, &distances, alerted, day), expected, "{alerted:?} {day}");
        }
        assert_eq!(due_alert(UNTIL, &[], None, UNTIL), None);
    }

    #[test]
    fn what_follows_a_right_begins_the_day_after_or_today() {
        for (last, today, from) in [
            (None, date!(2025 - 10 - 06), date!(2025 - 10 - 06)),
            (Some(UNTIL), date!(2025 - 10 - 06), date!(2026 - 01 - 01)),
            (Some(UNTIL), date!(2026 - 03 - 15), date!(2026 - 03 - 15)),
        ] {
            assert_eq!(next_period(last, today, 12), Period::months(from, 12), "{last:?} {today}");
        }
    }

    #[test]
    fn distances_fall() {
        assert!(AlertDistances::default().faults().is_empty());
        let wrong =
            AlertDistances { piece: vec![15, 60], insurance: vec![4000], ..AlertDistances::default() };
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["insurance", "piece"]);
    }

    fn span(from: i32, long: Option<i32>) -> Span {
        let start = add_days(FROM, from);
        Span { from: start, until: long.map(|long| add_days(start, long)) }
    }

    proptest! {
        #[test]
        fn spans_overlap_when_they_share_a_day(a in 0i32..30, b in 0i32..30, la in proptest::option::of(0i32..20), lb in proptest::option::of(0i32..20)) {
            let (one, two) = (span(a, la), span(b, lb));
            let shared = (0..60).map(|day| add_days(FROM, day)).any(|day| one.contains(day) && two.contains(day));
            prop_assert_eq!(one.overlaps(two), shared);
            prop_assert_eq!(two.overlaps(one), shared);
        }

        #[test]
        fn valid_means_inside_or_in_grace_and_in_no_suspension(
            from in 0i32..20, long in proptest::option::of(0i32..30), grace in proptest::option::of(1i32..15),
            s in 0i32..60, sl in proptest::option::of(0i32..20), day in 0i32..80,
        ) {
            let suspensions = [span(s, sl)];
            let span = span(from, long);
            let grace_until = span.until.zip(grace).map(|(until, days)| add_days(until, days));
            let right = DatedRight { span, grace_until, pending: false, void: false, suspensions: &suspensions };
            let day = add_days(FROM, day);
            let inside = span.from <= day && span.until.is_none_or(|until| day <= grace_until.unwrap_or(until));
            prop_assert_eq!(valid_on(&right, day), inside && !suspensions[0].contains(day));
            let pending = DatedRight { pending: true, ..right };
            prop_assert!(!valid_on(&pending, day));
        }
    }
}
