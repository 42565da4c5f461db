//! A civil date as a form, a file or a person writes it.
use time::{Date, Month};

/// Reads `2026-01-31`, `31/01/2026`, `31.01.2026` or `31-01-2026`; years from 1900 to 2200.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit()) && (1..=4).contains(&text.len());
    if ![one, two, three].into_iter().all(|part| digits(part)) {
        return None;
    }
    let (year, month, day) = if one.len() == 4 { (one, two, three) } else { (three, two, one) };
    let year: i32 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

/// The same, for a field that wants a date.
///
/// # Errors
/// What to type instead.
pub fn read(text: &str) -> Result<Date, &'static str> {
    parse(text).ok_or("Indiquez une date, par exemple 31/12/2026")
}

/// `2026-01-31`, as date fields of pages and the API hold it.
#[must_use]
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn both_usual_orders_are_read_and_nothing_else() {
        for text in ["2026-01-31", "31/01/2026", "31.1.2026", " 31-01-2026 "] {
            assert_eq!(parse(text), Some(date!(2026 - 01 - 31)), "{text}");
        }
        for text in ["", "31/13/2026", "30/02/2026", "31/01/26", "demain", "2026-01", "+031/01/2026"] {
            assert_eq!(parse(text), None, "{text}");
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(iso(date!(2026 - 02 - 01)), "2026-02-01");
    }
}
