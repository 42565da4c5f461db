//! Public holidays and working days of each territory.
//!
//! Eleven holidays are national (code du travail, L. 3133-1); Alsace-Moselle adds two, each overseas territory the
//! day of its own history. A working day here is « jour ouvré »: Monday to Friday, no holiday.
use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month, Weekday};

/// Which holidays apply in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The mainland and Corsica: the national days alone.
    Metropolitan,
    /// Moselle, Bas-Rhin, Haut-Rhin: Good Friday and 26 December too.
    AlsaceMoselle,
    /// 27 May.
    Guadeloupe,
    /// 22 May.
    Martinique,
    /// 10 June.
    Guyane,
    /// 20 December.
    Reunion,
    /// 27 April.
    Mayotte,
    /// The national days alone.
    SaintPierreEtMiquelon,
    /// 9 October.
    SaintBarthelemy,
    /// 28 May.
    SaintMartin,
    /// 29 July.
    WallisEtFutuna,
    /// 29 June.
    PolynesieFrancaise,
    /// 24 September.
    NouvelleCaledonie,
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its French name.
    pub name: &'static str,
}

/// National days with a fixed date.
const FIXED: [(Month, u8, &str); 8] = [
    (Month::January, 1, "Jour de l’an"),
    (Month::May, 1, "Fête du travail"),
    (Month::May, 8, "Victoire de 1945"),
    (Month::July, 14, "Fête nationale"),
    (Month::August, 15, "Assomption"),
    (Month::November, 1, "Toussaint"),
    (Month::November, 11, "Armistice de 1918"),
    (Month::December, 25, "Noël"),
];

/// National days by their distance from Easter Sunday, in days.
const AFTER_EASTER: [(i64, &str); 3] =
    [(1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte")];

impl Calendar {
    /// The local day with a fixed date, when the territory has one.
    fn local_day(self) -> Option<(Month, u8, &'static str)> {
        const ABOLITION: &str = "Abolition de l’esclavage";
        Some(match self {
            Self::Metropolitan | Self::SaintPierreEtMiquelon => return None,
            Self::AlsaceMoselle => (Month::December, 26, "Saint-Étienne"),
            Self::Guadeloupe => (Month::May, 27, ABOLITION),
            Self::Martinique => (Month::May, 22, ABOLITION),
            Self::Guyane => (Month::June, 10, ABOLITION),
            Self::Reunion => (Month::December, 20, ABOLITION),
            Self::Mayotte => (Month::April, 27, ABOLITION),
            Self::SaintBarthelemy => (Month::October, 9, ABOLITION),
            Self::SaintMartin => (Month::May, 28, ABOLITION),
            Self::WallisEtFutuna => (Month::July, 29, "Fête du territoire"),
            Self::PolynesieFrancaise => (Month::June, 29, "Fête de l’autonomie"),
            Self::NouvelleCaledonie => (Month::September, 24, "Fête de la citoyenneté"),
        })
    }

    /// The holidays of a year, in the order of the days. Two may share a date: the Ascension moves.
    #[must_use]
    pub fn holidays(self, year: i32) -> Vec<Holiday> {
        let dated = FIXED.into_iter().chain(self.local_day()).filter_map(|(month, day, name)| {
            Some(Holiday { date: Date::from_calendar_date(year, month, day).ok()?, name })
        });
        let good_friday = (self == Self::AlsaceMoselle).then_some((-2, "Vendredi saint"));
        let moving = easter(year).into_iter().flat_map(|sunday| {
            AFTER_EASTER
                .into_iter()
                .chain(good_friday)
                .map(move |(days, name)| Holiday { date: sunday.saturating_add(Duration::days(days)), name })
        });
        let mut holidays: Vec<Holiday> = dated.chain(moving).collect();
        holidays.sort_by_key(|holiday| holiday.date);
        holidays
    }

    /// The French name of the holiday that falls on this day.
    #[must_use]
    pub fn holiday(self, date: Date) -> Option<&'static str> {
        self.holidays(date.year())
            .into_iter()
            .find(|holiday| holiday.date == date)
            .map(|holiday| holiday.name)
    }

    /// Whether people work on this day: Monday to Friday, no holiday.
    #[must_use]
    pub fn is_working_day(self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && self.holiday(date).is_none()
    }

    /// The day itself when it is a working day, the first one that follows otherwise: where a deadline falls.
    #[must_use]
    pub fn next_working_day(self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working_day(day) && day < Date::MAX {
            day = day.saturating_add(Duration::DAY);
        }
        day
    }

    /// The day itself when it is a working day, the last one before it otherwise.
    #[must_use]
    pub fn previous_working_day(self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working_day(day) && day > Date::MIN {
            day = day.saturating_sub(Duration::DAY);
        }
        day
    }

    /// The `count`-th working day after a day that does not count itself; 0 gives the day unchanged.
    #[must_use]
    pub fn add_working_days(self, date: Date, count: u16) -> Date {
        (0..count).fold(date, |day, _| self.next_working_day(day.saturating_add(Duration::DAY)))
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous computation published in 1876).
///
/// `None` outside of the years that a date can hold.
#[must_use]
pub fn easter(year: i32) -> Option<Date> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15).rem_euclid(30);
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days_from_march = moon + sunday - 7 * late + 21;
    let march = Date::from_calendar_date(year, Month::March, 1).ok()?;
    march.checked_add(Duration::days(days_from_march.into()))
}

/// French names of the months, January first.
const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 16 janvier 2024 », « 1er mai 2024 »: a date inside a French sentence.
#[must_use]
pub fn written(date: Date) -> String {
    format!("{} {} {}", day_number(date), month_name(date.month()), date.year())
}

/// The number of the day as French writes it: « 1er », then « 2 » to « 31 ».
#[must_use]
pub fn day_number(date: Date) -> String {
    if date.day() == 1 { "1er".into() } else { date.day().to_string() }
}

/// The French name of a month.
#[must_use]
pub fn month_name(month: Month) -> &'static str {
    MONTHS[usize::from(u8::from(month)) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn easter_is_where_almanacs_put_it() {
        for sunday in [
            date!(1818 - 03 - 22),
            date!(1943 - 04 - 25),
            date!(1954 - 04 - 18),
            date!(1981 - 04 - 19),
            date!(2000 - 04 - 23),
            date!(2008 - 03 - 23),
            date!(2011 - 04 - 24),
            date!(2024 - 03 - 31),
            date!(2025 - 04 - 20),
            date!(2026 - 04 - 05),
            date!(2038 - 04 - 25),
            date!(2049 - 04 - 18),
        ] {
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn a_metropolitan_year_has_eleven_holidays() {
        let days: Vec<Date> =
            Calendar::Metropolitan.holidays(2024).iter().map(|holiday| holiday.date).collect();
        assert_eq!(
            days,
            [
                date!(2024 - 01 - 01),
                date!(2024 - 04 - 01),
                date!(2024 - 05 - 01),
                date!(2024 - 05 - 08),
                date!(2024 - 05 - 09),
                date!(2024 - 05 - 20),
                date!(2024 - 07 - 14),
                date!(2024 - 08 - 15),
                date!(2024 - 11 - 01),
                date!(2024 - 11 - 11),
                date!(2024 - 12 - 25),
            ]
        );
        assert_eq!(Calendar::Metropolitan.holidays(2008).len(), 11, "Ascension and 1 May share a day");
        assert!(Calendar::Metropolitan.holidays(200_000).is_empty());
    }

    #[test]
    fn each_territory_has_its_own_day() {
        let cases = [
            (Calendar::AlsaceMoselle, date!(2024 - 12 - 26)),
            (Calendar::AlsaceMoselle, date!(2024 - 03 - 29)),
            (Calendar::Guadeloupe, date!(2024 - 05 - 27)),
            (Calendar::Martinique, date!(2024 - 05 - 22)),
            (Calendar::Guyane, date!(2024 - 06 - 10)),
            (Calendar::Reunion, date!(2024 - 12 - 20)),
            (Calendar::Mayotte, date!(2026 - 04 - 27)),
            (Calendar::SaintBarthelemy, date!(2024 - 10 - 09)),
            (Calendar::SaintMartin, date!(2024 - 05 - 28)),
            (Calendar::WallisEtFutuna, date!(2024 - 07 - 29)),
            (Calendar::PolynesieFrancaise, date!(2026 - 06 - 29)),
            (Calendar::NouvelleCaledonie, date!(2024 - 09 - 24)),
        ];
        for (calendar, day) in cases {
            assert!(calendar.holiday(day).is_some(), "{calendar:?} on {day}");
            assert!(!calendar.is_working_day(day));
            assert!(Calendar::Metropolitan.is_working_day(day), "{day} is worked in the mainland");
        }
        assert_eq!(Calendar::Mayotte.holiday(date!(2024 - 07 - 14)), Some("Fête nationale"));
    }

    #[test]
    fn working_days_skip_week_ends_and_holidays() {
        let (paris, mayotte) = (Calendar::Metropolitan, Calendar::Mayotte);
        // the bridge of May 2024: Wednesday 8 and Thursday 9 are holidays
        assert_eq!(paris.add_working_days(date!(2024 - 05 - 07), 1), date!(2024 - 05 - 10));
        assert_eq!(paris.add_working_days(date!(2024 - 05 - 07), 2), date!(2024 - 05 - 13));
        assert_eq!(paris.add_working_days(date!(2024 - 05 - 07), 0), date!(2024 - 05 - 07));
        assert_eq!(paris.next_working_day(date!(2024 - 05 - 08)), date!(2024 - 05 - 10));
        assert_eq!(paris.next_working_day(date!(2024 - 05 - 10)), date!(2024 - 05 - 10));
        assert_eq!(paris.next_working_day(date!(2024 - 12 - 28)), date!(2024 - 12 - 30));
        assert_eq!(paris.previous_working_day(date!(2024 - 05 - 09)), date!(2024 - 05 - 07));
        assert_eq!(paris.previous_working_day(date!(2024 - 05 - 10)), date!(2024 - 05 - 10));
        assert_eq!(paris.previous_working_day(date!(2024 - 12 - 29)), date!(2024 - 12 - 27));
        // Monday 27 April 2026 is worked in Paris, not in Mayotte
        assert_eq!(paris.add_working_days(date!(2026 - 04 - 24), 1), date!(2026 - 04 - 27));
        assert_eq!(mayotte.add_working_days(date!(2026 - 04 - 24), 1), date!(2026 - 04 - 28));
    }

    #[test]
    fn dates_are_written_the_french_way() {
        assert_eq!(written(date!(2024 - 01 - 16)), "16 janvier 2024");
        assert_eq!(written(date!(2024 - 05 - 01)), "1er mai 2024");
        assert_eq!(written(date!(2024 - 12 - 31)), "31 décembre 2024");
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_between_22_march_and_25_april(year in 1600i32..4000) {
            let sunday = easter(year).unwrap();
            prop_assert_eq!(sunday.weekday(), Weekday::Sunday);
            let earliest = Date::from_calendar_date(year, Month::March, 22).unwrap();
            let latest = Date::from_calendar_date(year, Month::April, 25).unwrap();
            prop_assert!(earliest <= sunday && sunday <= latest);
        }

        #[test]
        fn a_working_day_is_always_found_and_counted(day in 0i32..30_000, count in 0u16..40) {
            let from = Date::from_julian_day(2_450_000 + day).unwrap();
            let reached = Calendar::Reunion.add_working_days(from, count);
            let mut worked = 0;
            let mut at = from;
            while at < reached {
                at = at.next_day().unwrap();
                worked += u16::from(Calendar::Reunion.is_working_day(at));
            }
            prop_assert_eq!(worked, count);
        }
    }
}
