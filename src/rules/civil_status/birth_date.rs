//! A date of birth whose day, or day and month, may be unknown.
//!
//! What a document does not say stays unknown: « né en 1985 » never becomes the first of January.
use crate::rules::calendar::{month_name, written};
use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month};

/// What is known of the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// The year.
    Year,
    /// The month and the year.
    Month,
    /// The whole date.
    Day,
}

/// A date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BirthDate {
    first: Date,
    last: Date,
    precision: Precision,
}

/// Why a date of birth is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BirthDateFault {
    /// No date can be read.
    #[error(
        "Écrivez la date de naissance ainsi\u{202f}: 31/01/1985\u{202f}; \
         si le jour ou le mois est inconnu, 01/1985 ou 1985"
    )]
    Unreadable,
    /// The year has not four digits, or is out of what the registers hold.
    #[error("L’année de naissance compte 4 chiffres, de 1900 à 2099")]
    Year,
    /// No such month.
    #[error("Le mois de naissance va de 1 à 12\u{202f}: {0} est à corriger")]
    Month(u8),
    /// No such day in that month.
    #[error("Le {day} n’existe pas en {} {year}", month_name(*.month))]
    Day {
        /// The day typed.
        day: u8,
        /// Its month.
        month: Month,
        /// Its year.
        year: i32,
    },
    /// A day of an unknown month.
    #[error("Le jour de naissance est indiqué sans le mois\u{202f}: complétez le mois, ou retirez le jour")]
    DayAlone,
    /// After today.
    #[error("La date de naissance est à venir\u{202f}: vérifiez l’année")]
    Future,
}

impl BirthDateFault {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable-date",
            Self::Year => "wrong-year",
            Self::Month(_) => "wrong-month",
            Self::Day { .. } => "wrong-day",
            Self::DayAlone => "day-without-month",
            Self::Future => "future-date",
        }
    }
}

impl BirthDate {
    /// A date from what is known of it.
    ///
    /// # Errors
    /// A year out of 1900 to 2099, a month or a day that does not exist, a day without its month.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Result<Self, BirthDateFault> {
        if !(1900..=2099).contains(&year) {
            return Err(BirthDateFault::Year);
        }
        let year = i32::from(year);
        let month = month
            .map(|month| Month::try_from(month).map_err(|_| BirthDateFault::Month(month)))
            .transpose()?;
        let date = |month: Month, day: u8| {
            Date::from_calendar_date(year, month, day).map_err(|_| BirthDateFault::Day { day, month, year })
        };
        let (precision, first, last) = match (month, day) {
            (None, Some(_)) => return Err(BirthDateFault::DayAlone),
            (None, None) => (Precision::Year, date(Month::January, 1)?, date(Month::December, 31)?),
            (Some(month), None) => (Precision::Month, date(month, 1)?, date(month, month.length(year))?),
            (Some(month), Some(day)) => (Precision::Day, date(month, day)?, date(month, day)?),
        };
        Ok(Self { first, last, precision })
    }

    /// Reads `31/01/1985`, `1985-01-31`, `01/1985`, `1985-01` or `1985`; `00` and `xx` stand for what is unknown.
    ///
    /// # Errors
    /// What is no such text, and what [`BirthDate::new`] refuses.
    pub fn parse(text: &str) -> Result<Self, BirthDateFault> {
        let parts: Vec<&str> = text.trim().split(['-', '/', '.', ' ']).collect();
        let year_first = parts.first().is_some_and(|part| part.len() == 4);
        let (year, month, day) = match (parts.as_slice(), year_first) {
            ([year], _) => (*year, "", ""),
            ([year, month], true) | ([month, year], false) => (*year, *month, ""),
            ([year, month, day], true) | ([day, month, year], false) => (*year, *month, *day),
            _ => return Err(BirthDateFault::Unreadable),
        };
        Self::from_parts(year, month, day)
    }

    /// Reads the three fields of a form; an empty one, `00` and `xx` stand for what is unknown.
    ///
    /// # Errors
    /// What is no number, and what [`BirthDate::new`] refuses.
    pub fn from_parts(year: &str, month: &str, day: &str) -> Result<Self, BirthDateFault> {
        let year = year.trim();
        if !is_number(year) {
            return Err(BirthDateFault::Unreadable);
        }
        if year.len() != 4 {
            return Err(BirthDateFault::Year);
        }
        let year = year.parse().map_err(|_| BirthDateFault::Year)?;
        Self::new(year, known(month)?, known(day)?)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The month, when it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.precision != Precision::Year).then(|| u8::from(self.first.month()))
    }

    /// The day of the month, when it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.precision == Precision::Day).then(|| self.first.day())
    }

    /// What is known of it.
    #[must_use]
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The first day that it may be.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.last
    }

    /// Whether it can only be later than a day.
    #[must_use]
    pub fn is_after(self, day: Date) -> bool {
        self.first > day
    }

    /// The age on a day, in years: the greatest that it may be.
    #[must_use]
    pub fn age_on(self, day: Date) -> i32 {
        let birthday_passed = (day.month(), day.day()) >= (self.first.month(), self.first.day());
        day.year() - self.first.year() - i32::from(!birthday_passed)
    }

    /// « 12 mai 1985 », « mai 1985 », « 1985 ».
    #[must_use]
    pub fn written(self) -> String {
        match self.precision {
            Precision::Day => written(self.first),
            Precision::Month => format!("{} {}", month_name(self.first.month()), self.year()),
            Precision::Year => self.year().to_string(),
        }
    }
}

/// The number of a month or of a day; none when it is said to be unknown.
fn known(part: &str) -> Result<Option<u8>, BirthDateFault> {
    match part.trim() {
        "" | "0" | "00" | "x" | "xx" | "X" | "XX" => Ok(None),
        part if is_number(part) && part.len() <= 2 => {
            part.parse().map(Some).map_err(|_| BirthDateFault::Unreadable)
        }
        _ => Err(BirthDateFault::Unreadable),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

/// `1985-05-12`, `1985-05` or `1985`, as stored and as the API holds it.
impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year())?;
        for part in [self.month(), self.day()].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for BirthDate {
    type Error = BirthDateFault;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<BirthDate> for String {
    fn from(date: BirthDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn what_is_unknown_stays_unknown() {
        let cases = [
            ("31/01/1985", "1985-01-31", "31 janvier 1985"),
            ("1985-01-31", "1985-01-31", "31 janvier 1985"),
            ("1.5.1985", "1985-05-01", "1er mai 1985"),
            (" 29 02 2000 ", "2000-02-29", "29 février 2000"),
            ("00/05/1985", "1985-05", "mai 1985"),
            ("xx/05/1985", "1985-05", "mai 1985"),
            ("05/1985", "1985-05", "mai 1985"),
            ("1985-05", "1985-05", "mai 1985"),
            ("00/00/1985", "1985", "1985"),
            ("1985-00-00", "1985", "1985"),
            ("1985", "1985", "1985"),
        ];
        for (text, stored, shown) in cases {
            let read = BirthDate::parse(text).unwrap();
            assert_eq!((read.to_string().as_str(), read.written().as_str()), (stored, shown), "{text}");
            assert_eq!(BirthDate::parse(stored), Ok(read));
        }
        let february = BirthDate::parse("02/1984").unwrap();
        assert_eq!(
            (february.first_day(), february.last_day()),
            (date!(1984 - 02 - 01), date!(1984 - 02 - 29))
        );
        assert_eq!((february.year(), february.month(), february.day()), (1984, Some(2), None));
        assert_eq!(february.precision(), Precision::Month);
    }

    #[test]
    fn what_is_no_date_is_refused_by_its_reason() {
        let cases = [
            ("", BirthDateFault::Unreadable),
            ("hier", BirthDateFault::Unreadable),
            ("1985-1-2-3", BirthDateFault::Unreadable),
            ("31/janvier/1985", BirthDateFault::Unreadable),
            ("+1/01/1985", BirthDateFault::Unreadable),
            ("001/01/1985", BirthDateFault::Unreadable),
            ("31/01/85", BirthDateFault::Year),
            ("31/01/1885", BirthDateFault::Year),
            ("31/13/1985", BirthDateFault::Month(13)),
            ("30/02/1985", BirthDateFault::Day { day: 30, month: Month::February, year: 1985 }),
            ("29/02/1900", BirthDateFault::Day { day: 29, month: Month::February, year: 1900 }),
            ("12/00/1985", BirthDateFault::DayAlone),
        ];
        for (text, fault) in cases {
            assert_eq!(BirthDate::parse(text), Err(fault), "{text}");
        }
        let fault = BirthDate::parse("30/02/1985").unwrap_err();
        assert_eq!(fault.to_string(), "Le 30 n’existe pas en février 1985");
        assert_eq!(fault.code(), "wrong-day");
    }

    #[test]
    fn an_age_counts_whole_years() {
        let born = BirthDate::parse("12/05/2000").unwrap();
        assert_eq!(born.age_on(date!(2018 - 05 - 11)), 17);
        assert_eq!(born.age_on(date!(2018 - 05 - 12)), 18);
        assert_eq!(BirthDate::parse("2000").unwrap().age_on(date!(2018 - 01 - 01)), 18);
        assert!(BirthDate::parse("13/05/2018").unwrap().is_after(date!(2018 - 05 - 12)));
        assert!(!BirthDate::parse("2018").unwrap().is_after(date!(2018 - 05 - 12)));
    }

    #[test]
    fn json_holds_what_is_known() {
        let born = BirthDate::parse("05/1985").unwrap();
        assert_eq!(serde_json::to_string(&born).unwrap(), "\"1985-05\"");
        assert_eq!(serde_json::from_str::<BirthDate>("\"1985-05\"").unwrap(), born);
        assert!(serde_json::from_str::<BirthDate>("\"1985-13\"").is_err());
    }

    proptest! {
        #[test]
        fn what_is_stored_is_read_again(
            year in 1900u16..=2099,
            month in proptest::option::of(1u8..=12),
            day in 1u8..=31,
        ) {
            for day in [None, month.map(|_| day)] {
                if let Ok(date) = BirthDate::new(year, month, day) {
                    prop_assert_eq!(BirthDate::parse(&date.to_string()), Ok(date));
                    prop_assert!(date.first_day() <= date.last_day());
                    prop_assert_eq!((date.month(), date.day()), (month, day));
                }
            }
        }

        #[test]
        fn no_text_makes_the_reading_fail_otherwise_than_by_a_message(text in "\\PC*") {
            if let Err(fault) = BirthDate::parse(&text) {
                prop_assert!(!fault.to_string().is_empty());
            }
        }
    }
}
