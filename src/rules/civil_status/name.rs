//! The names of a civil status: which characters they hold, how two spellings are compared, how they travel.
//!
//! A name is kept as typed ([`PersonName`]). Every letter of a Latin alphabet is accepted, with any mark, and so are
//! spaces, hyphens, apostrophes and full stops; there is no shortest name, and neither case nor particles are judged.
use crate::rules::fold::fold;
use crate::rules::person_name::{PersonName, PersonNameError};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text of a name or a place in the file sent to the Caisse des Dépôts, in characters (schema 1.1.2).
pub const LONGEST_IN_FLOW: usize = 60;

/// Why a name of a civil status is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Refused as the name of any person.
    #[error(transparent)]
    Person(#[from] PersonNameError),
    /// A digit.
    #[error("Un nom ne contient pas de chiffre\u{202f}: «\u{202f}{0}\u{202f}» est à corriger")]
    Digit(char),
    /// Several names in one field.
    #[error("Indiquez un seul prénom par champ, sans virgule")]
    Comma,
    /// A letter of another alphabet.
    #[error(
        "Écrivez le nom en lettres latines, comme sur le document d’identité français\u{202f}: \
         «\u{202f}{0}\u{202f}» est à remplacer"
    )]
    OtherAlphabet(char),
    /// A sign that no name holds.
    #[error(
        "Un nom ne contient que des lettres, des espaces, des traits d’union et des apostrophes\u{202f}: \
         «\u{202f}{0}\u{202f}» est à corriger"
    )]
    Sign(char),
    /// Hyphens or apostrophes alone.
    #[error("Un nom contient au moins une lettre")]
    NoLetter,
}

impl NameFault {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person(PersonNameError::Empty) => "missing",
            Self::Person(PersonNameError::Invisible) => "invisible-character",
            Self::Person(PersonNameError::TooLong(_)) => "too-long",
            Self::Digit(_) => "digit",
            Self::Comma => "several-names",
            Self::OtherAlphabet(_) => "other-alphabet",
            Self::Sign(_) => "unexpected-character",
            Self::NoLetter => "no-letter",
        }
    }
}

/// Reads a name of a civil status.
///
/// # Errors
/// What [`PersonName::parse`] refuses, then the first character that no name holds.
pub fn parse(text: &str) -> Result<PersonName, NameFault> {
    let name = PersonName::parse(text)?;
    let fault = name.as_str().chars().find_map(refusal);
    match fault {
        Some(fault) => Err(fault),
        None if name.as_str().chars().any(is_latin) => Ok(name),
        None => Err(NameFault::NoLetter),
    }
}

fn refusal(c: char) -> Option<NameFault> {
    match c {
        c if is_latin(c) || is_combining_mark(c) || is_joint(c) => None,
        ',' | ';' => Some(NameFault::Comma),
        c if c.is_numeric() => Some(NameFault::Digit(c)),
        c if c.is_alphabetic() => Some(NameFault::OtherAlphabet(c)),
        c => Some(NameFault::Sign(c)),
    }
}

/// A letter of a Latin alphabet, accented ones and those of transliterations included.
fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}'
            | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

/// What stands between the letters of a name.
fn is_joint(c: char) -> bool {
    is_apostrophe(c) || is_hyphen(c) || matches!(c, ' ' | '.')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | 'ʻ' | 'ʼ' | '`' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// What two spellings of one name have in common: neither accents, case, hyphens, apostrophes nor spaces.
#[must_use]
pub fn comparable(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// Whether two texts spell one name.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    comparable(one) == comparable(other)
}

/// The text as the file for the Caisse des Dépôts holds it: accents kept, apostrophes and hyphens of a keyboard, at
/// most [`LONGEST_IN_FLOW`] characters.
#[must_use]
pub fn in_flow(text: &str) -> String {
    let plain = |c: char| {
        if is_apostrophe(c) {
            return '\'';
        }
        if is_hyphen(c) { '-' } else { c }
    };
    text.nfc().map(plain).take(LONGEST_IN_FLOW).collect::<String>().trim_end().to_owned()
}

/// How many characters of a text the file for the Caisse des Dépôts cannot hold.
#[must_use]
pub fn cut_in_flow(text: &str) -> usize {
    text.nfc().count().saturating_sub(LONGEST_IN_FLOW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_every_kind_are_kept_as_typed() {
        for text in [
            "N’Guyen-d’Arc",
            "N'Guyen d'Arc",
            "de la Tour",
            "van den Berg",
            "El-Habib Ben Abdou",
            "García--López",
            "L’Haÿ",
            "Cœur",
            "ÇELİK",
            "Đặng Thị",
            "Øystein",
            "Łukasz",
            "Əliyev",
            "Moʼea",
            "X",
            "Ö",
            "St. Clair",
            "M\u{331}adi",
            "Saïd Hassane Ali M’Madi Ben Abdou-Rahamane Mohamed El-Habib Andriamanantenasoa",
        ] {
            assert_eq!(parse(text).map(String::from), Ok(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_no_name_holds_is_refused_by_its_reason() {
        let cases = [
            ("", NameFault::Person(PersonNameError::Empty)),
            ("a\u{202e}b", NameFault::Person(PersonNameError::Invisible)),
            ("Jean2", NameFault::Digit('2')),
            ("Marie, Anne", NameFault::Comma),
            ("Мария", NameFault::OtherAlphabet('М')),
            ("محمد", NameFault::OtherAlphabet('م')),
            ("a@b", NameFault::Sign('@')),
            ("Dupont/Durand", NameFault::Sign('/')),
            ("Dupont (Durand)", NameFault::Sign('(')),
            ("a×b", NameFault::Sign('×')),
            ("-", NameFault::NoLetter),
            ("’ .", NameFault::NoLetter),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
        let long = "é".repeat(201);
        assert_eq!(parse(&long).map_err(NameFault::code), Err("too-long"));
        let message = parse("Jean2").unwrap_err().to_string();
        assert_eq!(
            message.replace('\u{202f}', " "),
            "Un nom ne contient pas de chiffre : « 2 » est à corriger"
        );
    }

    #[test]
    fn two_spellings_of_one_name_are_the_same() {
        for (one, other) in [
            ("N’Guyen-d’Arc", "NGUYEN D'ARC"),
            ("L’Haÿ", "l hay"),
            ("CŒUR", "Coeur"),
            ("Ben Abdou-Rahamane", "BENABDOU RAHAMANE"),
        ] {
            assert!(same(one, other), "{one} / {other}");
        }
        assert!(!same("Dupont", "Dupond"));
    }

    #[test]
    fn the_flow_gets_accents_and_at_most_sixty_characters() {
        assert_eq!(in_flow("N’Guyen\u{2011}d’Arc Porée"), "N'Guyen-d'Arc Porée");
        assert_eq!(in_flow("Pore\u{301}e"), "Porée");
        let long = format!("{} Andriamanantenasoa", "é".repeat(59));
        assert_eq!(in_flow(&long), "é".repeat(59));
        assert_eq!((cut_in_flow(&long), cut_in_flow("Porée")), (18, 0));
    }

    proptest! {
        #[test]
        fn a_kept_name_is_kept_again_and_travels(text in "[ A-Za-zéÉœç’'.-]{0,80}") {
            if let Ok(name) = parse(&text) {
                prop_assert_eq!(parse(name.as_str()), Ok(name.clone()));
                let sent = in_flow(name.as_str());
                prop_assert!(!sent.is_empty() && sent.chars().count() <= LONGEST_IN_FLOW);
                prop_assert!(same(&sent, name.as_str()) || cut_in_flow(name.as_str()) > 0);
            }
        }

        #[test]
        fn no_text_makes_the_reading_fail_otherwise_than_by_a_message(text in "\\PC*") {
            if let Err(fault) = parse(&text) {
                prop_assert!(!fault.to_string().is_empty());
            }
        }
    }
}
