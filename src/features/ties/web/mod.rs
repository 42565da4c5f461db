//! The pages of ties, and the short lists that the files of a person and of a structure show.

mod acts;
mod person;
mod rows;
mod structure;

pub use person::{AlertRow, EmploymentRow, InterestRow, JudgedRow, PersonPage};
pub use rows::{Panel, TieRow, panel_of_expert, panel_of_structure};
pub use structure::StructurePage;

use poem::{Route, get, post};

/// Adds the pages of ties.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/intervenants/:number/independance", get(person::show))
        .at("/intervenants/:number/liens", post(acts::declare))
        .at("/intervenants/:number/liens/:id/fin", post(acts::end_interest))
        .at("/intervenants/:number/liens/:id/annuler", post(acts::void_interest))
        .at("/intervenants/:number/declaration", post(acts::declare_year))
        .at("/intervenants/:number/employeurs", post(acts::employ))
        .at("/intervenants/:number/employeurs/:id/fin", post(acts::end_employment))
        .at("/intervenants/:number/alertes/:id/maintenir", post(acts::keep))
        .at("/structures/:siren/liens", get(structure::show))
        .at("/structures/:siren/groupe", post(structure::group))
}
