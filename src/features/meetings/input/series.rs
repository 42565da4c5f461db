//! A series: the quarterly meetings of the same people, planned in one act.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};

use super::{BEFORE_THE_LAST, FOUR_DAYS, Meeting, NOT_TO_COME, SAME_DAY, TypedMeeting, TypedPlace};
use crate::error::Fault;
use crate::rules::typed_date;

/// Meetings of a series: one a quarter.
pub const QUARTERS: usize = 4;

/// A series, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSeries {
    /// What every meeting says; its day is left aside.
    pub meeting: TypedMeeting,
    /// The days, the first one first.
    pub days: Vec<String>,
}

/// The place of a day among what was sent.
#[must_use]
pub fn pointer(rank: usize) -> String {
    format!("/days/{rank}")
}

impl TypedSeries {
    /// The meetings, or every fault: one for each day at most, and what they share once.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, now: OffsetDateTime, today: Date) -> Result<Vec<Meeting>, Vec<Fault>> {
        let mut of_days = self.out_of_order(today);
        let (mut shared, mut meetings) = (Vec::new(), Vec::new());
        for (rank, day) in self.days.iter().take(QUARTERS).enumerate() {
            match self.on(day).read(today) {
                Ok(meeting) if meeting.place.starts_at <= now => {
                    of_days.entry(rank).or_insert_with(|| Fault::new(pointer(rank), "past", NOT_TO_COME));
                }
                Ok(meeting) => meetings.push(meeting),
                Err(faults) => {
                    let (own, others): (Vec<_>, Vec<_>) =
                        faults.into_iter().partition(|fault| fault.pointer == "/day");
                    if let Some(fault) = own.into_iter().next() {
                        let fault = Fault { pointer: pointer(rank), ..fault };
                        of_days.entry(rank).or_insert(fault);
                    }
                    shared = others;
                }
            }
        }
        let count = (self.days.len() != QUARTERS).then(|| Fault::new("/days", "wrong-count", FOUR_DAYS));
        let faults: Vec<_> = count.into_iter().chain(of_days.into_values()).chain(shared).collect();
        if faults.is_empty() { Ok(meetings) } else { Err(faults) }
    }

    /// The meeting of one day.
    fn on(&self, day: &str) -> TypedMeeting {
        let place = TypedPlace { day: day.to_owned(), ..self.meeting.place.clone() };
        TypedMeeting { place, ..self.meeting.clone() }
    }

    /// What is wrong of the days that can be read, beside today and beside one another, by their rank.
    fn out_of_order(&self, today: Date) -> BTreeMap<usize, Fault> {
        let read = |(rank, typed): (usize, &String)| Some((rank, typed_date::parse(typed)?));
        let days: Vec<_> = self.days.iter().take(QUARTERS).enumerate().filter_map(read).collect();
        let mut faults = BTreeMap::new();
        for (place, (rank, day)) in days.iter().enumerate() {
            let before = &days[..place];
            let (code, message) = if *day < today {
                ("past", NOT_TO_COME)
            } else if before.iter().any(|(_, other)| other == day) {
                ("same-day", SAME_DAY)
            } else if before.last().is_some_and(|(_, last)| day < last) {
                ("not-in-order", BEFORE_THE_LAST)
            } else {
                continue;
            };
            faults.insert(*rank, Fault::new(pointer(*rank), code, message));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2025 - 10 - 06);
    const NOW: OffsetDateTime = datetime!(2025-10-06 08:00 UTC);

    fn series(days: &[&str]) -> TypedSeries {
        TypedSeries {
            meeting: TypedMeeting {
                kind: "mandataires".to_owned(),
                place: TypedPlace {
                    day: String::new(),
                    time: "9:30".to_owned(),
                    zone: "Europe/Paris".to_owned(),
                    mode: "video".to_owned(),
                    place: "https://visio.exemple/reunion".to_owned(),
                    lasts: String::new(),
                },
                agenda: "Retour sur les jurys".to_owned(),
            },
            days: days.iter().map(|day| (*day).to_owned()).collect(),
        }
    }

    fn faults(typed: &TypedSeries) -> Vec<(String, &'static str)> {
        let faults = typed.read(NOW, TODAY).unwrap_err().into_iter();
        faults.map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn each_day_gives_a_meeting_at_the_same_hour() {
        let read =
            series(&["2025-12-02", "03/03/2026", "2026-06-02", "2026-09-01"]).read(NOW, TODAY).unwrap();
        let starts: Vec<_> = read.iter().map(|meeting| meeting.place.starts_at).collect();
        assert_eq!(
            starts,
            [
                datetime!(2025-12-02 08:30 UTC),
                datetime!(2026-03-03 08:30 UTC),
                datetime!(2026-06-02 07:30 UTC),
                datetime!(2026-09-01 07:30 UTC),
            ]
        );
    }

    #[test]
    fn a_wrong_day_is_told_where_it_is() {
        for (days, expected) in [
            (["2025-12-02", "2026-06-02", "2026-03-03", "2026-09-01"], vec![("/days/2", "not-in-order")]),
            (["2025-12-02", "2026-03-03", "2026-03-03", "2026-09-01"], vec![("/days/2", "same-day")]),
            (["2025-12-02", "2026-03-03", "2026-06-02", "2025-12-02"], vec![("/days/3", "same-day")]),
            (["2025-10-05", "2026-03-03", "2026-06-02", "2026-09-01"], vec![("/days/0", "past")]),
            (["2025-10-06", "2026-03-03", "2026-06-02", "2026-09-01"], vec![("/days/0", "past")]),
            (["2025-12-02", "2026-03-03", "2026-06-02", "2028-01-01"], vec![("/days/3", "too-far")]),
            (["", "demain", "2026-06-02", "2026-09-01"], vec![("/days/0", "date"), ("/days/1", "date")]),
            (
                ["2025-12-02", "2025-01-07", "2025-12-02", "x"],
                vec![("/days/1", "past"), ("/days/2", "same-day"), ("/days/3", "date")],
            ),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(pointer, code)| (pointer.to_owned(), code)).collect();
            assert_eq!(faults(&series(&days)), expected, "{days:?}");
        }
    }

    #[test]
    fn four_days_are_wanted_and_what_the_meetings_share_is_told_once() {
        for days in [&["2025-12-02"][..], &[], &["2025-12-02"; 5]] {
            assert_eq!(faults(&series(days))[0], ("/days".to_owned(), "wrong-count"), "{days:?}");
        }
        let mut wrong = series(&["2025-12-02", "2026-03-03", "2026-06-02", "2026-06-02"]);
        wrong.meeting.kind = "amis".to_owned();
        wrong.meeting.place.time = "25:00".to_owned();
        wrong.meeting.agenda = String::new();
        let told = faults(&wrong);
        let told: Vec<_> = told.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(told, ["/days/3", "/kind", "/time", "/agenda"]);
    }
}
