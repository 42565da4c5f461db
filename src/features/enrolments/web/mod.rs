//! The pages of enrolments, for the team and for structures. Those of the links of messages are of the catalogue.

mod act;
mod adaptations;
mod buttons;
mod list;
mod new;
mod session;
mod show;

pub use act::{ActKind, EnrolmentActPage};
pub use adaptations::{EnrolmentAdaptationsPage, EnrolmentMeasureRow};
pub use list::{EnrolmentCounter, EnrolmentRow, EnrolmentsPage};
pub use new::{Forecast, NewEnrolmentPage, PersonFields};
pub use session::{SessionEnrolmentsPage, SessionPerson};
pub use show::EnrolmentShowPage;

use poem::{Route, get, post};

/// Adds the pages of enrolments.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/inscriptions", get(list::show))
        .at("/inscriptions/export", post(list::export))
        .at("/inscriptions/nouvelle", get(new::blank).post(new::create))
        .at("/inscriptions/sessions/:number", get(session::show))
        .at("/inscriptions/sessions/:number/proposer", post(session::offer))
        .at("/inscriptions/dossiers/:reference", get(show::show))
        .at("/inscriptions/dossiers/:reference/prendre", post(buttons::take_in))
        .at("/inscriptions/dossiers/:reference/reprendre", post(buttons::recall))
        .at("/inscriptions/dossiers/:reference/lien", post(buttons::send_link))
        .at("/inscriptions/dossiers/:reference/adaptations", get(adaptations::show).post(adaptations::agree))
        .at("/inscriptions/dossiers/:reference/adaptations/:id/terminer", post(adaptations::end))
        .at("/inscriptions/dossiers/:reference/:act", get(act::show).post(act::submit))
}
