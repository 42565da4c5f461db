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

    /// The matter for which a contact of a structure is written to.
    ContactDutyWord as "ContactDuty" for entity::structure_contact::ContactDuty {
        /// Those who lead it.
        Management,
        /// Who answers for the certification.
        CqpReferent,
        /// Who answers for people with a disability.
        DisabilityReferent,
        /// Who invoices are for.
        Billing,
        /// Anything else, that the title tells.
        Other,
    }
}
