//! Durations as people type them, in hours, kept in minutes.

use crate::rules::money;

/// Reads `7`, `12,5`, `12.5 h`; none when it is no number of hours.
#[must_use]
pub fn minutes(text: &str) -> Option<i32> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != 'h').collect();
    // two digits after the comma, as an amount has
    let hundredths = money::parse(&text)?;
    i32::try_from((hundredths * 60 + 50) / 100).ok()
}

/// `12,5`, as a field of a form shows it; nothing for nothing.
#[must_use]
pub fn hours(minutes: Option<i32>) -> String {
    let hundredths = minutes.map(|minutes| (i64::from(minutes) * 100 + 30) / 60).unwrap_or_default();
    let field = money::field(hundredths);
    field.strip_suffix('0').filter(|_| field.contains(',')).map_or(field.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, expected) in [
            ("7", Some(420)),
            ("12,5", Some(750)),
            ("12.5 h", Some(750)),
            ("3,25", Some(195)),
            ("sept", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn hours_are_shown_as_they_are_typed() {
        for (known, expected) in [
            (None, ""),
            (Some(420), "7"),
            (Some(750), "12,5"),
            (Some(195), "3,25"),
            (Some(600), "10"),
            (Some(50), "0,83"),
        ] {
            assert_eq!(hours(known), expected);
            assert_eq!(minutes(expected), known, "{expected}");
        }
    }
}
