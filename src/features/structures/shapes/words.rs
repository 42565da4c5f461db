//! The words of the API of structures.

use poem_openapi::Enum;

use super::super::queries::Standing;

/// Where a structure stands with its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "StructureStanding")]
pub enum StandingWord {
    /// It holds an agreement.
    Agreed,
    /// It holds none, and asks for one.
    Requesting,
    /// Neither.
    Neither,
}

impl From<StandingWord> for Standing {
    fn from(word: StandingWord) -> Self {
        match word {
            StandingWord::Agreed => Self::Agreed,
            StandingWord::Requesting => Self::Requesting,
            StandingWord::Neither => Self::Neither,
        }
    }
}

impl From<Standing> for StandingWord {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Agreed => Self::Agreed,
            Standing::Requesting => Self::Requesting,
            Standing::Neither => Self::Neither,
        }
    }
}
