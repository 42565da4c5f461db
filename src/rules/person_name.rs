//! A person's name, kept as the person writes it.
//!
//! Case, particles, apostrophes and accents are never changed: only spaces are tidied and the text composed
//! (NFC). There is no shortest name (single letters exist) and the longest leaves room for long Comorian and
//! Malagasy names. A person may have only one of the two names, and so each is optional where they are shown.
use super::fold::fold;
use super::thousands::grouped;
use super::typed_text::is_invisible;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Longest name kept, in characters.
pub const LONGEST: usize = 200;

/// A family name or first names, as typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a typed name is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    /// Nothing but spaces.
    #[error("Indiquez le nom")]
    Empty,
    /// A control character, or one that changes the direction of the text.
    #[error("Le nom contient un caractère invisible\u{202f}: saisissez-le à nouveau")]
    Invisible,
    /// More than [`LONGEST`] characters.
    #[error("Le nom compte {} caractères\u{202f}: 200 au plus sont acceptés", grouped(u64::try_from(*.0).unwrap_or(u64::MAX)))]
    TooLong(usize),
}

impl PersonNameError {
    /// The sentence shown beside the field.
    #[must_use]
    pub fn message(&self) -> String {
        self.to_string()
    }
}

impl PersonName {
    /// Reads a name: spaces at both ends go, several spaces in a row become one, letters are composed.
    ///
    /// # Errors
    /// An empty name, a control or direction character inside, more than [`LONGEST`] characters.
    pub fn parse(text: &str) -> Result<Self, PersonNameError> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        // joiners shape letters in some scripts, and stay
        let refused = |c: char| c.is_control() || (is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}'));
        if text.chars().any(refused) {
            return Err(PersonNameError::Invisible);
        }
        let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        match name.chars().count() {
            0 => Err(PersonNameError::Empty),
            count if count > LONGEST => Err(PersonNameError::TooLong(count)),
            _ => Ok(Self(name)),
        }
    }

    /// The name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form to search by.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// « Éléonore N’Guyen-d’Arc », as in a sentence; a missing name is left out.
#[must_use]
pub fn in_a_sentence(first_names: Option<&PersonName>, family_name: Option<&PersonName>) -> String {
    joined(first_names, family_name)
}

/// « N’Guyen-d’Arc Éléonore », as in an alphabetical list; a missing name is left out.
#[must_use]
pub fn in_a_list(first_names: Option<&PersonName>, family_name: Option<&PersonName>) -> String {
    joined(family_name, first_names)
}

/// First letters of the first first name and of the family name, in capitals: at most two letters.
#[must_use]
pub fn initials(first_names: Option<&PersonName>, family_name: Option<&PersonName>) -> String {
    [first_names, family_name]
        .into_iter()
        .flatten()
        .filter_map(|name| name.0.chars().find(|c| c.is_alphabetic()))
        .flat_map(char::to_uppercase)
        .collect()
}

/// What lists are sorted by: family name, then first names, folded.
#[must_use]
pub fn sort_key(first_names: Option<&PersonName>, family_name: Option<&PersonName>) -> String {
    fold(&in_a_list(first_names, family_name))
}

fn joined(one: Option<&PersonName>, other: Option<&PersonName>) -> String {
    [one, other].into_iter().flatten().map(PersonName::as_str).collect::<Vec<_>>().join(" ")
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = PersonNameError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> PersonName {
        PersonName::parse(text).unwrap()
    }

    #[test]
    fn names_are_kept_as_typed() {
        let long = "Saïd Hassane Ali M’Madi Ben Abdou-Rahamane Mohamed El-Habib Andriamanantenasoa";
        for text in [
            "N’Guyen-d’Arc",
            "d'Arc",
            "de la Tour",
            "Éléonore",
            "ÉLÉONORE",
            "van den Berg",
            "X",
            "Ö",
            "Cœur",
            long,
        ] {
            assert_eq!(name(text).as_str(), text);
        }
        assert_eq!(name(" \u{a0}de\u{202f} la   Tour\n").as_str(), "de la Tour");
        assert_eq!(name("E\u{301}le\u{301}onore").as_str(), "Éléonore");
        assert_eq!(name("L'Haÿ").folded(), "l hay");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(PersonName::parse(""), Err(PersonNameError::Empty));
        assert_eq!(PersonName::parse(" \u{200b}\t"), Err(PersonNameError::Empty));
        for text in ["a\nb", "a\tb", "a\0b", "a\u{202e}b", "a\u{feff}b", "a\u{85}b"] {
            assert_eq!(PersonName::parse(text), Err(PersonNameError::Invisible), "for {text:?}");
        }
        assert!(PersonName::parse(&"é".repeat(200)).is_ok());
        assert_eq!(PersonName::parse(&"é".repeat(201)), Err(PersonNameError::TooLong(201)));
    }

    #[test]
    fn a_person_with_one_name_only_is_shown_by_it() {
        let (first, family) = (name("Éléonore"), name("d’Arc"));
        assert_eq!(in_a_sentence(Some(&first), Some(&family)), "Éléonore d’Arc");
        assert_eq!(in_a_list(Some(&first), Some(&family)), "d’Arc Éléonore");
        assert_eq!(in_a_sentence(None, Some(&family)), "d’Arc");
        assert_eq!(in_a_list(Some(&first), None), "Éléonore");
        assert_eq!(initials(Some(&first), Some(&family)), "ÉD");
        assert_eq!(initials(None, Some(&name("’x"))), "X");
        assert_eq!(sort_key(Some(&first), Some(&family)), "d arc eleonore");
        assert_eq!(in_a_sentence(None, None), "");
    }

    proptest! {
        #[test]
        fn a_kept_name_is_stable_and_on_one_line(text in "[ a-zé'’\u{301}\u{a0}-]{0,40}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
                prop_assert!(!name.as_str().contains("  "));
            }
        }
    }
}
