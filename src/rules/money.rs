//! Amounts as people type them, kept in cents.

/// Largest amount of one entry, in cents.
const MOST: i64 = 10_000_000;

/// Reads `240`, `240,5`, `1 240,50 €`; none when it is no amount between 0 and 100 000 euros.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (euros, cents) = compact.split_once([',', '.']).unwrap_or((&compact, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if euros.is_empty() || euros.len() > 6 || cents.len() > 2 || !digits(euros) || !digits(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(euros.parse::<i64>().ok()? * 100 + cents).filter(|amount| *amount <= MOST)
}

/// `240,50`, always with its cents, as files and typed amounts have it.
#[must_use]
pub fn exact(cents: i64) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

/// `240,50`, as a field of a form shows it; nothing for zero.
#[must_use]
pub fn field(cents: i64) -> String {
    match (cents / 100, cents % 100) {
        (0, 0) => String::new(),
        (euros, 0) => euros.to_string(),
        (euros, cents) => format!("{euros},{cents:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, cents) in [
            ("240", Some(24_000)),
            ("240,5", Some(24_050)),
            ("1\u{202f}240,50\u{a0}€", Some(124_050)),
            ("0", Some(0)),
            ("12.34", Some(1234)),
            ("", None),
            ("-3", None),
            ("12,345", None),
            ("100001", None),
            ("douze", None),
        ] {
            assert_eq!(parse(text), cents, "{text}");
        }
        assert_eq!((field(0), field(24_000), field(24_050)), (String::new(), "240".into(), "240,50".into()));
        for (cents, written) in [(0, "0,00"), (5, "0,05"), (24_000, "240,00"), (MOST, "100000,00")] {
            assert_eq!(exact(cents), written);
            assert_eq!(parse(written), Some(cents), "{written}");
        }
    }
}
