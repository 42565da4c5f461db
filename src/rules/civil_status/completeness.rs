//! How much of a civil status is known: what still lacks, and a score of 0 to 100.
//!
//! A day or a month that the document does not say lacks nothing: it is unknown, and stays so.
use super::birthplace::Birthplace;
use super::{CivilStatus, Field};

/// What lacks in a civil status; `Display` is the French name of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The birth name.
    #[error("le nom de naissance")]
    BirthName,
    /// The first of the first names.
    #[error("le premier prénom")]
    FirstName,
    /// The sex.
    #[error("le sexe")]
    Sex,
    /// The date of birth.
    #[error("la date de naissance")]
    BirthDate,
    /// The commune or the country of birth.
    #[error("le lieu de naissance")]
    Birthplace,
    /// The district, in Paris, Lyon or Marseille.
    #[error("l’arrondissement de naissance")]
    District,
    /// The town, abroad.
    #[error("la ville de naissance à l’étranger")]
    Town,
    /// Nobody has seen a document.
    #[error("le document d’identité vu")]
    Document,
}

impl Missing {
    /// What it takes off the score. The values that the Caisse des Dépôts compares first weigh most.
    #[must_use]
    pub const fn points(self) -> u8 {
        match self {
            Self::BirthName | Self::FirstName | Self::BirthDate | Self::Birthplace => 20,
            Self::Sex => 15,
            Self::District | Self::Town | Self::Document => 5,
        }
    }

    /// The field where it is typed; none for the document.
    #[must_use]
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::BirthName => Some(Field::BirthName),
            Self::FirstName => Some(Field::FirstName(0)),
            Self::Sex => Some(Field::Sex),
            Self::BirthDate => Some(Field::BirthDate),
            Self::Birthplace | Self::District => Some(Field::BirthCommune),
            Self::Town => Some(Field::BirthLocality),
            Self::Document => None,
        }
    }
}

/// What lacks, and the score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// What lacks, in the order of the form.
    pub missing: Vec<Missing>,
}

impl Completeness {
    /// From 0, nothing known, to 100, nothing lacks.
    #[must_use]
    pub fn score(&self) -> u8 {
        self.missing.iter().fold(100_u8, |score, missing| score.saturating_sub(missing.points()))
    }

    /// Whether nothing lacks.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// What lacks in a civil status; `document_seen` says whether somebody has seen a document that proves it.
#[must_use]
pub fn completeness(status: &CivilStatus, document_seen: bool) -> Completeness {
    let names = &status.first_names;
    let lacking = [
        (status.birth_name.is_none() && !status.has_no_birth_name, Missing::BirthName),
        (names.in_order.is_empty() && !status.has_no_first_name, Missing::FirstName),
        (status.sex.is_none(), Missing::Sex),
        (status.birth_date.is_none(), Missing::BirthDate),
        (status.birthplace.is_none(), Missing::Birthplace),
        (status.birthplace.as_ref().is_some_and(lacks_district), Missing::District),
        (status.birthplace.as_ref().is_some_and(|place| place.town().is_none()), Missing::Town),
        (!document_seen, Missing::Document),
    ];
    let missing = lacking.into_iter().filter(|(lacks, _)| *lacks).map(|(_, missing)| missing).collect();
    Completeness { missing }
}

/// Births in Paris, Lyon and Marseille are coded by district.
pub(super) fn lacks_district(place: &Birthplace) -> bool {
    matches!(place, Birthplace::Commune(commune) if commune.has_districts())
}
