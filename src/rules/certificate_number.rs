//! The numbers of certificates, `CQPSP-2025-000123-Q7KD4MTX`.
//!
//! Certification, year of delivery, serial without a hole, then a group that nobody guesses: six characters drawn at
//! random and two of a keyed hash of all the others. Each character is one of 32, so a group is one of 2^40 for whoever
//! has no key, and one of 2^30 for whoever stole it. Serials are known to everybody: with a group of two characters, fifty
//! thousand tries would find about fifty certificates; with eight, they find one in twenty million times.
//!
//! The alphabet has neither 0 and O nor 1 and I. Whoever reads one of them in a group misread a Q or an L, and is
//! understood; elsewhere letters and digits have their places, so that the same confusions are undone.

use std::fmt;

/// The characters of the last group: 32, without those that are taken for one another.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters drawn at random.
pub const DRAWN: usize = 6;
/// Characters of the keyed hash.
const KEYED: usize = 2;
/// Length of the last group.
pub const GROUP: usize = DRAWN + KEYED;
/// Digits of the serial, at least.
const SERIAL: usize = 6;
/// Digits of the year.
const YEAR: usize = 4;
/// Longest prefix.
const LONGEST_PREFIX: usize = 12;
/// Longest text that is looked at.
const LONGEST: usize = 60;

/// A number before its keyed characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft(String);

impl Draft {
    /// Everything but the keyed characters. Each byte drawn gives one character.
    #[must_use]
    pub fn new(prefix: &str, year: i32, serial: u32, drawn: [u8; DRAWN]) -> Self {
        let group: String = drawn.iter().map(|byte| letter(*byte)).collect();
        Self(format!("{prefix}-{year:04}-{serial:06}-{group}"))
    }

    /// What is hashed with the key.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The number, with the first characters of the keyed hash of [`Draft::text`].
    #[must_use]
    pub fn finish(&self, keyed_hash: &[u8]) -> Number {
        let keyed: String = keyed_hash.iter().take(KEYED).map(|byte| letter(*byte)).collect();
        Number(format!("{}{keyed}", self.0))
    }
}

/// A number in its one form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Reads a number as somebody typed it: any case, spaces or dashes of any kind or none, letters and digits taken for
    /// one another. None for a text that is no number of this form, which says nothing of whether it was ever given.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let bare = bare(typed)?;
        let (rest, group) = bare.split_at_checked(bare.len().checked_sub(GROUP)?)?;
        let parts = split(typed);
        let (prefix, year, serial) = if let [prefix, year, serial, _, ..] = parts.as_slice() {
            // Whole parts; a space inside the group does not matter.
            (prefix.as_str(), year.as_str(), serial.as_str())
        } else {
            let (rest, serial) = rest.split_at_checked(rest.len().checked_sub(SERIAL)?)?;
            let (prefix, year) = rest.split_at_checked(rest.len().checked_sub(YEAR)?)?;
            (prefix, year, serial)
        };
        let is_whole = prefix.len() + year.len() + serial.len() == rest.len();
        if !is_whole || year.len() != YEAR || serial.len() < SERIAL {
            return None;
        }
        let (prefix, year, serial) = (letters(prefix)?, digits(year)?, digits(serial)?);
        Some(Self(format!("{prefix}-{year}-{serial}-{}", group_of(group)?)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the keyed characters were made from.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft(self.0[..self.0.len() - KEYED].to_owned())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What begins the numbers of a certification: the letters and digits of its code, which begin with a letter.
#[must_use]
pub fn prefix(code: &str) -> String {
    let kept: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let kept = kept.to_ascii_uppercase();
    let kept: String =
        kept.trim_start_matches(|c: char| c.is_ascii_digit()).chars().take(LONGEST_PREFIX).collect();
    if kept.is_empty() { "CERT".to_owned() } else { letters(&kept).unwrap_or(kept) }
}

/// What a number of any form is looked for by: those of this form in it, past ones in capitals with single dashes.
#[must_use]
pub fn wanted(typed: &str) -> String {
    match Number::read(typed) {
        Some(number) => number.0,
        None => split(typed).join("-").chars().take(LONGEST).collect(),
    }
}

/// Whether what was typed holds a character that no last group has, which a reader mistakes for another.
#[must_use]
pub fn may_be_misread(typed: &str) -> bool {
    let parts = split(typed);
    parts.last().is_some_and(|group| group.contains(['0', 'O', '1', 'I']))
}

fn letter(byte: u8) -> char {
    char::from(ALPHABET[usize::from(byte % 32)])
}

/// The parts between dashes or spaces, in capitals; other signs are dropped.
fn split(typed: &str) -> Vec<String> {
    let parts = typed.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '_' | '.' | '/') || ('\u{2010}'..='\u{2015}').contains(&c)
    });
    let kept = parts.map(|part| part.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    kept.map(|part| part.to_ascii_uppercase()).filter(|part| !part.is_empty()).collect()
}

/// Letters and digits alone; none when there are too many.
fn bare(typed: &str) -> Option<String> {
    let bare = split(typed).concat();
    (bare.len() <= LONGEST).then_some(bare)
}

/// A prefix: zero and one are letters there.
fn letters(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| match c {
            '0' => 'O',
            '1' => 'I',
            other => other,
        })
        .collect();
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && text.len() <= LONGEST_PREFIX).then_some(text)
}

/// A year or a serial: O and I are digits there.
fn digits(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    text.bytes().all(|c| c.is_ascii_digit()).then_some(text)
}

/// A last group: a zero or an O was a Q, a one or an I was an L.
fn group_of(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| match c {
            '0' | 'O' => 'Q',
            '1' | 'I' => 'L',
            other => other,
        })
        .collect();
    text.bytes().all(|c| ALPHABET.contains(&c)).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> Number {
        Draft::new("CQPSP", 2025, 123, [0, 5, 14, 20, 21, 31]).finish(&[13, 8, 255])
    }

    #[test]
    fn a_number_says_the_certification_the_year_and_the_serial() {
        assert_eq!(number().as_str(), "CQPSP-2025-000123-27GNPZFA");
        assert_eq!(number().draft().text(), "CQPSP-2025-000123-27GNPZ");
        let long = Draft::new("CQPSP", 2025, 1_234_567, [0; DRAWN]);
        assert_eq!(long.text(), "CQPSP-2025-1234567-222222");
    }

    #[test]
    fn what_people_type_is_understood() {
        for typed in [
            "CQPSP-2025-000123-27GNPZFA",
            " cqpsp 2025 000123 27gnpzfa ",
            "CQPSP–2025—000123‑27GNPZFA",
            "cqpsp2025000123 27GNPZFA",
            "cqpsp202500012327gnpzfa",
            "CQPSP-2O25-OOO123-27GNPZFA",
            "CQPSP-2025-000I23-27GNPZFA",
            "CQPSP-2025-000123-27GN PZFA",
        ] {
            assert_eq!(Number::read(typed), Some(number()), "{typed}");
        }
        let misread = Draft::new("CQPSP", 2025, 1, [22, 18, 22, 18, 0, 0]).finish(&[0, 0]);
        assert_eq!(misread.as_str(), "CQPSP-2025-000001-QLQL2222");
        assert_eq!(Number::read("CQPSP-2025-000001-0LQ12222"), Some(misread));
    }

    #[test]
    fn other_texts_are_no_number() {
        for typed in [
            "",
            "bonjour",
            "CQPSP-2025-000123",
            "CQPSP-2025-123-27GNPZFA",
            "2025-2025-000123-27GNPZFA",
            "CQPSP-25-000123-27GNPZFA",
        ] {
            assert_eq!(Number::read(typed), None, "{typed}");
        }
        assert_eq!(Number::read(&"A".repeat(10_000)), None);
        assert_eq!(wanted("cqp  2014 / 12"), "CQP-2014-12");
        assert_eq!(wanted("cqpsp 2025 000123 27gnpzfa"), number().as_str());
    }

    #[test]
    fn a_prefix_comes_from_the_code() {
        for (code, expected) in [("CQP_SP", "CQPSP"), ("cqp-epsp", "CQPEPSP"), ("123", "CERT"), ("", "CERT")]
        {
            assert_eq!(prefix(code), expected, "{code}");
        }
    }

    #[test]
    fn a_group_that_may_be_misread_is_noticed() {
        for (typed, expected) in
            [("CQPSP-2025-000123-27GNPZF0", true), ("CQPSP-2025-000101-27GNPZFA", false), ("", false)]
        {
            assert_eq!(may_be_misread(typed), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(year in 2013..2200_i32, serial in 1..2_000_000_u32, drawn: [u8; DRAWN], keyed: [u8; 2]) {
            let number = Draft::new("CQPSP", year, serial, drawn).finish(&keyed);
            prop_assert_eq!(Number::read(number.as_str()), Some(number.clone()));
            prop_assert_eq!(Number::read(&number.as_str().to_lowercase()), Some(number.clone()));
            prop_assert!(!may_be_misread(number.as_str()));
            prop_assert_eq!(number.draft().finish(&keyed), number);
        }

        #[test]
        fn any_text_is_read_without_a_fault(typed in "\\PC*") {
            let _ = Number::read(&typed);
            prop_assert!(wanted(&typed).len() <= LONGEST);
        }
    }
}
