//! The pages of rights.

mod certifier;
mod correct;
mod list;
pub mod records;

pub use certifier::{CertifierPage, CertifierSection};
pub use correct::{CorrectPage, Correction};
pub use list::{RightRow, RightsPage};
pub use records::RecordRow;

use poem::{Route, get};

/// Adds the pages of rights.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/droits", get(list::show))
        .at("/droits/certificateur", get(certifier::show).post(certifier::record))
        .at("/droits/:id/fin", get(correct::ending).post(correct::end))
        .at("/droits/:id/annuler", get(correct::taking_back).post(correct::take_back))
}
