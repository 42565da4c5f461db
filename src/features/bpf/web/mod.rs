//! The pages of the annual return, and its file.

mod people;
mod show;

pub use people::{BpfPeoplePage, BpfPerson};
pub use show::{BpfPage, BpfRow, BpfTable};

use poem::{Route, get};

/// Adds the pages of the annual return.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/bpf", get(show::show))
        .at("/bpf.csv", get(show::export))
        .at("/bpf/inscriptions", get(people::show))
}
