//! The words of the API of structures.

use super::super::queries::Standing;
use crate::http::api::words::words;

words! {
    /// Where a structure stands with its agreement.
    StandingWord as "StructureStanding" for Standing {
        /// It holds an agreement.
        Agreed,
        /// It holds none, and asks for one.
        Requesting,
        /// Neither.
        Neither,
    }
}
