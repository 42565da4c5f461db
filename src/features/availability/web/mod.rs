//! The pages of the time of experts: the month, the little calendars of the file, the school holidays.

mod acts;
mod context;
mod mini;
mod month;
mod school;
mod school_year;
mod target;

pub use context::{DayCell, HalfCell, LineRow, MonthPage};
pub use mini::{MiniDay, MiniMonth, TwoMonths, two_months};
pub use school::{HolidayRow, SchoolPage};
pub use school_year::{HolidayFields, SchoolYearPage};

use poem::{Route, get, post};

/// Adds the pages of the time of experts: the same under the expert's own address and under the file for the team.
#[must_use]
pub fn pages(route: Route) -> Route {
    let route =
        ["/disponibilites", "/intervenants/:number/disponibilites"].into_iter().fold(route, |route, base| {
            let at = |verb: &str| format!("{base}/{verb}");
            route
                .at(at("comme-le-mois-dernier"), post(acts::repeat))
                .at(at("rythme"), post(acts::add_rhythm))
                .at(at("rythme/:id/arreter"), post(acts::end_rhythm))
                .at(at("absences"), post(acts::add_absence))
                .at(at("absences/:id/annuler"), post(acts::cancel_absence))
        });
    // a page that is read is written whole: the tests find its address here
    route
        .at("/disponibilites", get(month::show).post(acts::save))
        .at("/intervenants/:number/disponibilites", get(month::show).post(acts::save))
        .at("/intervenants/:number/disponibilites/demander", post(acts::ask))
        .at("/parametres/calendrier-scolaire", get(school::show).post(school::load))
        .at("/parametres/calendrier-scolaire/modifier", get(school_year::edit).post(school_year::keep))
}
