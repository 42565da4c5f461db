//! The delays of an agreement in life: hearing, inspections, corrective actions, declared changes, undo.
//!
//! Every one is a proposal of the certifier's rules of procedure: the defaults below apply until a setting changes them. Days are
//! civil days, months are civil months. Delays of the request and of the right itself are in [`super::delays`].

use entity::nonconformity::Severity;
use serde::{Deserialize, Serialize};
use time::Date;

use super::deadline::{add_days, add_months};

/// The delays in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LifeDelays {
    /// Days that a structure has to comment before its right is suspended or withdrawn.
    pub hearing_days: u16,
    /// Days after the end of a reserve from which it may lead to a suspension.
    pub reserve_grace_days: u16,
    /// Hours within which an act on a right may be undone.
    pub undo_hours: u16,
    /// Days to review a declared change.
    pub change_review_days: u16,
    /// How far in its period an agreement is inspected, in hundredths.
    pub periodic_at_percent: u16,
    /// Days around that point within which a periodic inspection is proposed.
    pub periodic_ahead_days: u16,
    /// Days between the notice and an inspection, at least.
    pub notice_days: u16,
    /// Days after the date announced first to which an inspection may be moved, at most.
    pub postpone_days: u16,
    /// Days between an inspection and its provisional report, at most.
    pub report_within_days: u16,
    /// Days that a structure has to comment a provisional report.
    pub comment_days: u16,
    /// Days that a structure has to answer the statement that it refused an inspection.
    pub refusal_notice_days: u16,
    /// Months to put a major gap right.
    pub major_months: u16,
    /// Months to put a minor gap right.
    pub minor_months: u16,
    /// Days more that an insufficient action is given, once, at most.
    pub insufficient_days: u16,
    /// Days before the end of an action at which the structure is reminded, in falling order; negative after it.
    pub action_warning_days: Vec<i16>,
    /// Days after the end of actions from which a plan is escalated.
    pub escalate_after_days: u16,
    /// Days between a teaching support and its report, at most.
    pub support_report_days: u16,
}

impl Default for LifeDelays {
    fn default() -> Self {
        Self {
            hearing_days: 30,
            reserve_grace_days: 15,
            undo_hours: 24,
            change_review_days: 30,
            periodic_at_percent: 50,
            periodic_ahead_days: 60,
            notice_days: 15,
            postpone_days: 45,
            report_within_days: 15,
            comment_days: 15,
            refusal_notice_days: 30,
            major_months: 3,
            minor_months: 6,
            insufficient_days: 30,
            action_warning_days: vec![30, 7, -1],
            escalate_after_days: 15,
            support_report_days: 15,
        }
    }
}

/// Longest delay in days that makes sense here.
const MOST_DAYS: u16 = 365;
/// Longest delay in months.
const MOST_MONTHS: u16 = 24;
/// Longest window to undo: a month.
const MOST_HOURS: u16 = 744;

impl LifeDelays {
    /// Every value that cannot be, with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let days = [
            ("hearing_days", self.hearing_days),
            ("change_review_days", self.change_review_days),
            ("report_within_days", self.report_within_days),
            ("comment_days", self.comment_days),
            ("refusal_notice_days", self.refusal_notice_days),
            ("insufficient_days", self.insufficient_days),
            ("support_report_days", self.support_report_days),
            ("postpone_days", self.postpone_days),
        ];
        let free = [
            ("reserve_grace_days", self.reserve_grace_days),
            ("periodic_ahead_days", self.periodic_ahead_days),
            ("notice_days", self.notice_days),
            ("escalate_after_days", self.escalate_after_days),
        ];
        let months = [("major_months", self.major_months), ("minor_months", self.minor_months)];
        let day = |(field, _): (&'static str, u16)| (field, "Indiquez un nombre de jours entre 1 et 365");
        let any = |(field, _): (&'static str, u16)| (field, "Indiquez un nombre de jours entre 0 et 365");
        let month = |(field, _): (&'static str, u16)| (field, "Indiquez un nombre de mois entre 1 et 24");
        let mut faults: Vec<_> = days
            .into_iter()
            .filter(|(_, value)| !(1..=MOST_DAYS).contains(value))
            .map(day)
            .chain(free.into_iter().filter(|(_, value)| *value > MOST_DAYS).map(any))
            .chain(months.into_iter().filter(|(_, value)| !(1..=MOST_MONTHS).contains(value)).map(month))
            .collect();
        let mut refuse = |wrong: bool, field, message| {
            if wrong {
                faults.push((field, message));
            }
        };
        refuse(self.undo_hours > MOST_HOURS, "undo_hours", "Indiquez un nombre d’heures entre 0 et 744");
        refuse(
            !(1..=99).contains(&self.periodic_at_percent),
            "periodic_at_percent",
            "Indiquez une part de la période entre 1 et 99 %",
        );
        refuse(
            !self.action_warning_days.is_sorted_by(|one, next| one > next),
            "action_warning_days",
            "Les rappels d’une action vont du plus éloigné au plus proche de l’échéance, puis après elle",
        );
        faults
    }

    /// The day before which a gap is put right, once actions are asked for.
    #[must_use]
    pub fn action_due(&self, severity: Severity, asked_on: Date) -> Date {
        let months = match severity {
            Severity::Major => self.major_months,
            Severity::Minor => self.minor_months,
        };
        add_months(asked_on, i32::from(months))
    }

    /// From which day a plan that is late is escalated.
    #[must_use]
    pub fn escalates_on(&self, due_on: Date) -> Date {
        add_days(due_on, i32::from(self.escalate_after_days))
    }

    /// From which day a reserve that is not closed may lead to a suspension: the days of grace are left whole.
    #[must_use]
    pub fn reserve_counts_from(&self, due_on: Date) -> Date {
        add_days(due_on, i32::from(self.reserve_grace_days) + 1)
    }

    /// The day around which a period is inspected.
    #[must_use]
    pub fn periodic_on(&self, starts_on: Date, ends_on: Date) -> Date {
        let days = i64::from((ends_on.to_julian_day() - starts_on.to_julian_day()).max(0));
        let at = days * i64::from(self.periodic_at_percent) / 100;
        add_days(starts_on, i32::try_from(at).unwrap_or_default())
    }

    /// Whether a date to which an inspection is moved may be: between the notice from today and so many days after the one announced
    /// first.
    #[must_use]
    pub fn may_move_to(&self, announced: Date, new: Date, today: Date) -> bool {
        new >= add_days(today, i32::from(self.notice_days))
            && new <= add_days(announced, i32::from(self.postpone_days))
    }
}

/// A period of an agreement, as the proposals of inspections know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownPeriod {
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
    /// Whether a periodic inspection was planned in it, and not cancelled.
    pub inspected: bool,
    /// The last inspection that was performed, whatever its trigger.
    pub last_inspection: Option<Date>,
}

/// When a periodic inspection is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The day around which it should take place.
    pub around: Date,
    /// Whether that day is behind.
    pub late: bool,
}

/// The periodic inspection to propose today, if there is one: once in a period, from some days before its middle, until its end.
/// An inspection that was performed since those days began takes its place.
#[must_use]
pub fn periodic(delays: &LifeDelays, period: KnownPeriod, today: Date) -> Option<Proposal> {
    if period.inspected || today > period.ends_on {
        return None;
    }
    let around = delays.periodic_on(period.starts_on, period.ends_on);
    let ahead = i32::from(delays.periodic_ahead_days);
    let opens = add_days(around, -ahead).max(period.starts_on);
    let recent = period.last_inspection.is_some_and(|day| day >= opens && day >= period.starts_on);
    (today >= opens && !recent).then_some(Proposal { around, late: today > around })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_defaults_are_those_of_the_domain_reference() {
        let delays = LifeDelays::default();
        assert!(delays.faults().is_empty());
        assert_eq!(
            (delays.hearing_days, delays.reserve_grace_days, delays.escalate_after_days),
            (30, 15, 15)
        );
        assert_eq!(delays.action_due(Severity::Major, date!(2026 - 01 - 31)), date!(2026 - 04 - 30));
        assert_eq!(delays.action_due(Severity::Minor, date!(2026 - 01 - 31)), date!(2026 - 07 - 31));
        assert_eq!(delays.reserve_counts_from(date!(2026 - 03 - 01)), date!(2026 - 03 - 17));
        assert_eq!(delays.escalates_on(date!(2026 - 03 - 01)), date!(2026 - 03 - 16));
    }

    #[test]
    fn what_cannot_be_is_told_field_by_field() {
        let default = LifeDelays::default;
        for (delays, fields) in [
            (LifeDelays { hearing_days: 0, notice_days: 0, ..default() }, vec!["hearing_days"]),
            (
                LifeDelays { major_months: 25, undo_hours: 745, ..default() },
                vec!["major_months", "undo_hours"],
            ),
            (LifeDelays { periodic_at_percent: 100, ..default() }, vec!["periodic_at_percent"]),
            (LifeDelays { action_warning_days: vec![7, 30], ..default() }, vec!["action_warning_days"]),
            (LifeDelays { escalate_after_days: 366, ..default() }, vec!["escalate_after_days"]),
        ] {
            let found: Vec<_> = delays.faults().into_iter().map(|(field, _)| field).collect();
            assert_eq!(found, fields, "{delays:?}");
        }
    }

    #[test]
    fn a_periodic_inspection_is_proposed_once_around_the_middle_of_the_period() {
        let delays = LifeDelays::default();
        let period = KnownPeriod {
            starts_on: date!(2024 - 01 - 01),
            ends_on: date!(2026 - 12 - 31),
            inspected: false,
            last_inspection: None,
        };
        let around = date!(2025 - 07 - 01);
        assert_eq!(delays.periodic_on(period.starts_on, period.ends_on), around);
        let proposed = |late| Some(Proposal { around, late });
        for (period, today, expected) in [
            (period, date!(2025 - 05 - 01), None),
            (period, date!(2025 - 05 - 02), proposed(false)),
            (period, date!(2025 - 07 - 01), proposed(false)),
            (period, date!(2025 - 07 - 02), proposed(true)),
            (period, date!(2026 - 12 - 31), proposed(true)),
            (period, date!(2027 - 01 - 01), None),
            (KnownPeriod { inspected: true, ..period }, date!(2025 - 07 - 01), None),
            (
                KnownPeriod { last_inspection: Some(date!(2025 - 05 - 10)), ..period },
                date!(2025 - 07 - 01),
                None,
            ),
            (
                KnownPeriod { last_inspection: Some(date!(2024 - 02 - 01)), ..period },
                date!(2025 - 07 - 01),
                proposed(false),
            ),
        ] {
            assert_eq!(periodic(&delays, period, today), expected, "{period:?} on {today}");
        }
    }

    #[test]
    fn an_inspection_moves_within_the_notice_and_the_first_announcement() {
        let delays = LifeDelays::default();
        let (announced, today) = (date!(2026 - 03 - 20), date!(2026 - 03 - 10));
        for (new, expected) in [
            (date!(2026 - 03 - 24), false),
            (date!(2026 - 03 - 25), true),
            (date!(2026 - 05 - 04), true),
            (date!(2026 - 05 - 05), false),
        ] {
            assert_eq!(delays.may_move_to(announced, new, today), expected, "{new}");
        }
    }
}
