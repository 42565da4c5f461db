//! Telephone numbers of France and its overseas territories, kept in the E.164 form.
//!
//! The five departments share the ten-digit plan of the mainland with their own country codes: the series tells
//! (0692 is La Réunion wherever the person lives). The four Pacific and Atlantic territories have short numbers
//! without a leading zero: there the department decides.
use super::typed_text::is_invisible;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Country code of each overseas department, by department code.
const OVERSEAS: [(&str, &str); 11] = [
    ("971", "590"),
    ("972", "596"),
    ("973", "594"),
    ("974", "262"),
    ("975", "508"),
    ("976", "262"),
    ("977", "590"),
    ("978", "590"),
    ("986", "681"),
    ("987", "689"),
    ("988", "687"),
];

/// Country codes of the Republic; none is the beginning of another.
const CODES: [&str; 9] = ["33", "590", "594", "596", "262", "508", "681", "687", "689"];

/// Series of the ten-digit plan that belong to an overseas country code: first three digits after the zero.
const SERIES: [(&str, &str); 16] = [
    ("590", "590"),
    ("690", "590"),
    ("691", "590"),
    ("594", "594"),
    ("694", "594"),
    ("596", "596"),
    ("696", "596"),
    ("697", "596"),
    ("262", "262"),
    ("263", "262"),
    ("269", "262"),
    ("639", "262"),
    ("692", "262"),
    ("693", "262"),
    ("976", "262"),
    ("508", "508"),
];

/// A telephone number: `+`, country code, number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a typed number is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was typed.
    #[error("Indiquez un numéro de téléphone, par exemple 06 12 34 56 78")]
    Empty,
    /// A letter or a sign that no number holds.
    #[error(
        "Un numéro de téléphone ne contient que des chiffres\u{202f}: «\u{202f}{0}\u{202f}» est à corriger"
    )]
    Character(char),
    /// Not as many digits as the territory's numbers have.
    #[error(
        "Ce numéro compte {found} chiffres, {expected} sont attendus\u{202f}; pour un numéro étranger, commencez par + et l’indicatif du pays"
    )]
    Length {
        /// Digits typed, the leading zero included.
        found: usize,
        /// Digits of a number of that territory.
        expected: usize,
    },
    /// An international number shorter or longer than any.
    #[error(
        "Ce numéro international est incomplet ou trop long\u{202f}: vérifiez l’indicatif et les chiffres"
    )]
    International,
    /// No national number starts so.
    #[error("Un numéro de téléphone à 10 chiffres commence par 0 suivi d’un chiffre de 1 à 9")]
    Start,
}

impl PhoneError {
    /// The sentence shown beside the field.
    #[must_use]
    pub fn message(&self) -> String {
        self.to_string()
    }
}

/// A recorded number as people read it, in groups; as it is when it is not one.
#[must_use]
pub fn grouped(recorded: &str) -> String {
    Phone::parse(recorded, None).map_or_else(|_| recorded.to_owned(), |phone| phone.grouped())
}

impl Phone {
    /// Reads a number as typed. `department` is the code of the person's or the structure's department, when it
    /// is known: it gives the country code of the short numbers of 975, 986, 987 and 988.
    ///
    /// # Errors
    /// The fault found first.
    pub fn parse(text: &str, department: Option<&str>) -> Result<Self, PhoneError> {
        let typed = typed(text)?;
        if let Some(international) = typed.strip_prefix('+').or_else(|| typed.strip_prefix("00")) {
            return from_international(international);
        }
        let code = department.and_then(country_code);
        let short = code.filter(|code| matches!(*code, "508" | "681" | "687" | "689"));
        if let Some(code) = short
            && digits_of(code).contains(&typed.len())
            && !(typed.len() == 9 && typed.starts_with('0'))
        {
            return Ok(Self(format!("+{code}{typed}")));
        }
        from_national(&typed, code.unwrap_or("33"))
    }

    /// The number as stored, `+33612345678`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// « 06 12 34 56 78 » for a French number of ten digits, « +687 12 34 56 » otherwise, with no-break spaces.
    #[must_use]
    pub fn grouped(&self) -> String {
        let digits = self.0.trim_start_matches('+');
        let Some((code, rest)) = CODES.iter().find_map(|code| Some((code, digits.strip_prefix(code)?)))
        else {
            return self.0.clone();
        };
        let national = format!("0{rest}");
        if rest.len() == 9 && from_national(&national, code).as_ref() == Ok(self) {
            return by_two(&national);
        }
        format!("+{code}\u{202f}{}", by_two(rest))
    }
}

/// Country code of a department of overseas; `None` in the mainland.
#[must_use]
pub fn country_code(department: &str) -> Option<&'static str> {
    OVERSEAS.iter().find(|(code, _)| *code == department).map(|(_, country)| *country)
}

/// Digits that follow each country code that we know.
fn digits_of(code: &str) -> &'static [usize] {
    match code {
        "33" | "590" | "594" | "596" | "262" => &[9],
        // Saint-Pierre-et-Miquelon keeps its short numbers beside those of the ten-digit plan
        "508" => &[6, 9],
        "681" | "687" => &[6],
        _ => &[8],
    }
}

/// The digits, with a leading `+` when there was one and without « (0) ».
fn typed(text: &str) -> Result<String, PhoneError> {
    let mut kept = String::new();
    for c in text.replace("(0)", "").chars() {
        match c {
            '0'..='9' => kept.push(c),
            '+' if kept.is_empty() => kept.push(c),
            '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' => {}
            c if c.is_whitespace() || is_invisible(c) => {}
            c => return Err(PhoneError::Character(c)),
        }
    }
    if kept.trim_start_matches('+').is_empty() { Err(PhoneError::Empty) } else { Ok(kept) }
}

fn from_international(digits: &str) -> Result<Phone, PhoneError> {
    for code in CODES {
        let Some(rest) = digits.strip_prefix(code) else { continue };
        // « +33 06… » is a frequent slip
        let rest = if digits_of(code) == [9] { rest.strip_prefix('0').unwrap_or(rest) } else { rest };
        return match digits_of(code).contains(&rest.len()) {
            true if code == "33" => from_national(&format!("0{rest}"), code),
            true => Ok(Phone(format!("+{code}{rest}"))),
            false => Err(PhoneError::International),
        };
    }
    let plausible = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
    if plausible { Ok(Phone(format!("+{digits}"))) } else { Err(PhoneError::International) }
}

/// `code` is the country code of the place, for the length expected.
fn from_national(typed: &str, code: &str) -> Result<Phone, PhoneError> {
    let rest = match (typed.len(), typed.strip_prefix('0')) {
        (10, Some(rest)) => rest,
        (10, None) => return Err(PhoneError::Start),
        // spreadsheets drop the leading zero
        (9, None) => typed,
        (found, _) => {
            let expected = digits_of(code)[0];
            return Err(PhoneError::Length { found, expected: if expected == 9 { 10 } else { expected } });
        }
    };
    if rest.starts_with('0') {
        return Err(PhoneError::Start);
    }
    let series = SERIES.iter().find(|(start, _)| rest.starts_with(start)).map(|(_, country)| *country);
    Ok(Phone(format!("+{}{rest}", series.unwrap_or("33"))))
}

/// In groups of two; the first one of three when the digits are odd in number.
fn by_two(digits: &str) -> String {
    let odd = digits.len() % 2;
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > odd && (place - odd).is_multiple_of(2) {
            shown.push('\u{202f}');
        }
        shown.push(digit);
    }
    shown
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text, None)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_kept_in_one_form() {
        let cases = [
            ("06 12 34 56 78", None, "+33612345678"),
            ("06.12.34.56.78", Some("75"), "+33612345678"),
            ("612345678", None, "+33612345678"),
            ("+33 6 12 34 56 78", None, "+33612345678"),
            ("+33 (0)6 12 34 56 78", None, "+33612345678"),
            ("+33 06 12 34 56 78", None, "+33612345678"),
            ("0033612345678", None, "+33612345678"),
            ("0590 12 34 56", Some("971"), "+590590123456"),
            ("0690\u{a0}12\u{202f}34-56", None, "+590690123456"),
            ("0590 12 34 56", Some("978"), "+590590123456"),
            ("0696 12 34 56", Some("972"), "+596696123456"),
            ("0694 12 34 56", Some("973"), "+594694123456"),
            ("0692 12 34 56", Some("974"), "+262692123456"),
            ("0692 12 34 56", Some("75"), "+262692123456"),
            ("+33 692 12 34 56", None, "+262692123456"),
            ("0639 12 34 56", Some("976"), "+262639123456"),
            ("0269 61 12 34", Some("976"), "+262269611234"),
            ("06 12 34 56 78", Some("974"), "+33612345678"),
            ("41 12 34", Some("975"), "+508411234"),
            ("0508 41 12 34", Some("975"), "+508508411234"),
            ("72 12 34", Some("986"), "+681721234"),
            ("40 12 34 56", Some("987"), "+68940123456"),
            ("27 12 34", Some("988"), "+687271234"),
            ("+687 27 12 34", None, "+687271234"),
            ("+32 2 123 45 67", None, "+3221234567"),
        ];
        for (text, department, kept) in cases {
            assert_eq!(Phone::parse(text, department).map(String::from), Ok(kept.into()), "for {text:?}");
        }
    }

    #[test]
    fn wrong_numbers_say_why() {
        let cases = [
            ("", None, PhoneError::Empty),
            ("+", None, PhoneError::Empty),
            ("06 12 34 56 7O", None, PhoneError::Character('O')),
            ("06 12 34 56", None, PhoneError::Length { found: 8, expected: 10 }),
            ("27 12 3", Some("988"), PhoneError::Length { found: 5, expected: 6 }),
            ("06 12 34 56 789", None, PhoneError::Length { found: 11, expected: 10 }),
            ("16 12 34 56 78", None, PhoneError::Start),
            ("00 12 34 56", None, PhoneError::International),
            ("+33 6 12", None, PhoneError::International),
            ("+1", None, PhoneError::International),
        ];
        for (text, department, reason) in cases {
            assert_eq!(Phone::parse(text, department), Err(reason), "for {text:?}");
        }
    }

    #[test]
    fn numbers_are_shown_by_two_digits() {
        let shown =
            |text, department| Phone::parse(text, department).unwrap().grouped().replace('\u{202f}', " ");
        assert_eq!(shown("0612345678", None), "06 12 34 56 78");
        assert_eq!(shown("0692123456", Some("974")), "06 92 12 34 56");
        assert_eq!(shown("271234", Some("988")), "+687 27 12 34");
        assert_eq!(shown("40123456", Some("987")), "+689 40 12 34 56");
        assert_eq!(shown("+3221234567", None), "+3221234567");
        for (recorded, expected) in [
            ("+33612345678", "06 12 34 56 78"),
            ("+262639981970", "06 39 98 19 70"),
            ("+262262123456", "02 62 12 34 56"),
            ("+590690123456", "06 90 12 34 56"),
            ("+590709123456", "+590 709 12 34 56"),
            ("+596696123456", "06 96 12 34 56"),
            ("+594694123456", "06 94 12 34 56"),
            ("+508411234", "+508 41 12 34"),
            ("+508508411234", "05 08 41 12 34"),
            ("+681721234", "+681 72 12 34"),
            ("+687271234", "+687 27 12 34"),
            ("+68940123456", "+689 40 12 34 56"),
            ("à confirmer", "à confirmer"),
            ("", ""),
        ] {
            assert_eq!(grouped(recorded).replace('\u{202f}', " "), expected, "{recorded}");
        }
    }

    proptest! {
        #[test]
        fn what_was_kept_is_read_again_the_same(text in "[0-9+ .()-]{0,18}", place in 0usize..12) {
            let department = OVERSEAS.get(place).map(|(code, _)| *code);
            if let Ok(phone) = Phone::parse(&text, department) {
                prop_assert_eq!(Phone::parse(phone.as_str(), None), Ok(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.grouped(), department), Ok(phone));
            }
        }
    }
}
