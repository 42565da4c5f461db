//! The other public numbers of a structure: RNA of an association, declaration of activity of a training
//! organisation (NDA), collective agreement (IDCC).
use super::typed_text::compact;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a typed identifier is refused; `Display` is the French message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// The RNA number is not `W`, three characters, six digits.
    #[error("Le numéro RNA commence par W, suivi de 3 caractères puis de 6 chiffres, par exemple W751000001")]
    Rna,
    /// Nothing to keep as a declaration number.
    #[error("Indiquez le numéro de déclaration d’activité, 11 chiffres")]
    NdaEmpty,
    /// Far longer than any declaration number.
    #[error("Le numéro de déclaration d’activité compte 11 chiffres\u{202f}: celui-ci est trop long")]
    NdaTooLong,
    /// The collective agreement is not a number of one to four digits.
    #[error("Le numéro de convention collective (IDCC) compte 4 chiffres, par exemple 3016")]
    Idcc,
}

/// Number of an association in the national register: `W`, three characters, six digits.
///
/// Associations of Alsace-Moselle have none (volume and folio of the local court): the field stays optional.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rna(String);

impl Rna {
    /// Reads an RNA number; separators are ignored and letters become capitals.
    ///
    /// # Errors
    /// [`IdentifierError::Rna`] when the shape is another.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let number = compact(text).to_ascii_uppercase();
        let fits = number.len() == 10
            && number.bytes().enumerate().all(|(place, c)| match place {
                0 => c == b'W',
                1..=3 => c.is_ascii_digit() || c.is_ascii_uppercase(),
                _ => c.is_ascii_digit(),
            });
        if fits { Ok(Self(number)) } else { Err(IdentifierError::Rna) }
    }
}

/// Declaration of activity of a training organisation, normally 11 digits.
///
/// Older region codes and regional variants survive, and so an unusual number is kept: [`Nda::doubt`] says what
/// to check, and never blocks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nda(String);

impl Nda {
    /// Keeps the number without its separators.
    ///
    /// # Errors
    /// Only when there is nothing, or more than 20 characters.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let number = compact(text);
        match number.chars().count() {
            0 => Err(IdentifierError::NdaEmpty),
            1..=20 => Ok(Self(number)),
            _ => Err(IdentifierError::NdaTooLong),
        }
    }

    /// What looks wrong in the number, for a warning beside the field.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        if !self.0.bytes().all(|c| c.is_ascii_digit()) {
            return Some(
                "Un numéro de déclaration d’activité ne contient que des chiffres\u{202f}: vérifiez-le"
                    .into(),
            );
        }
        let found = self.0.len();
        (found != 11).then(|| {
            format!(
                "Un numéro de déclaration d’activité compte 11 chiffres, celui-ci en compte {found}\u{202f}: vérifiez-le"
            )
        })
    }
}

/// Number of a national collective agreement, four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Idcc(u16);

impl Idcc {
    /// Collective agreement of the « ateliers et chantiers d’insertion ».
    pub const ACI: Self = Self(3016);

    /// Reads one to four digits; missing zeros are added in front.
    ///
    /// # Errors
    /// [`IdentifierError::Idcc`] otherwise.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let number = compact(text);
        let fits = (1..=4).contains(&number.len()) && number.bytes().all(|c| c.is_ascii_digit());
        match number.parse() {
            Ok(value) if fits && value > 0 => Ok(Self(value)),
            _ => Err(IdentifierError::Idcc),
        }
    }
}

impl fmt::Display for Rna {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Nda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Idcc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

/// The three travel as strings.
macro_rules! as_text {
    ($identifier:ty) => {
        impl TryFrom<String> for $identifier {
            type Error = IdentifierError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$identifier> for String {
            fn from(identifier: $identifier) -> Self {
                identifier.to_string()
            }
        }
    };
}
as_text!(Rna);
as_text!(Nda);
as_text!(Idcc);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_association_number_is_w_three_characters_six_digits() {
        for (text, kept) in
            [("W751000001", "W751000001"), ("w 2a1 000 123", "W2A1000123"), (" W9R1-000456 ", "W9R1000456")]
        {
            assert_eq!(Rna::parse(text).unwrap().to_string(), kept);
        }
        for text in ["", "W75100001", "W7510000011", "A751000001", "W75100000O", "WÉ51000001", "751000001"] {
            assert_eq!(Rna::parse(text), Err(IdentifierError::Rna), "for {text:?}");
        }
    }

    #[test]
    fn an_unusual_declaration_number_is_kept_and_doubted() {
        assert_eq!(Nda::parse("11 75 32629 75").unwrap().to_string(), "11753262975");
        assert_eq!(Nda::parse("11753262975").unwrap().doubt(), None);
        let short = Nda::parse("1175326297").unwrap();
        assert!(short.doubt().unwrap().contains("celui-ci en compte 10"));
        assert!(Nda::parse("942A0001234").unwrap().doubt().unwrap().contains("que des chiffres"));
        assert_eq!(Nda::parse(" . "), Err(IdentifierError::NdaEmpty));
        assert_eq!(Nda::parse(&"1".repeat(21)), Err(IdentifierError::NdaTooLong));
    }

    #[test]
    fn a_collective_agreement_is_four_digits() {
        assert_eq!(Idcc::parse("3016"), Ok(Idcc::ACI));
        assert_eq!(Idcc::parse("16").unwrap().to_string(), "0016");
        for text in ["", "0000", "30166", "30l6", "-16", "+16"] {
            let read = Idcc::parse(text);
            assert_eq!(
                read.is_ok(),
                text == "-16",
                "for {text:?}: a hyphen is a separator, a sign is refused"
            );
        }
        assert_eq!(serde_json::to_string(&Idcc::ACI).unwrap(), "\"3016\"");
    }
}
