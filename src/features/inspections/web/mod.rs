//! The pages of inspections: the list, one inspection with its acts, its grid, the answers of the structure, the periodic
//! proposals, and draws. Every one works without a script.

mod act;
mod assign;
mod documents;
mod draws;
mod gap;
mod grid;
mod labels;
mod list;
mod plan;
mod proposals;
mod show;

pub use assign::{AssignPage, PersonRow};
pub use draws::{DrawFormPage, DrawListPage, DrawPage, DrawRow, PickRow};
pub use gap::GapPage;
pub use grid::{CriterionRow, DomainLink, GridPage, PhotoRow};
pub use list::{ListPage, Row};
pub use plan::PlanPage;
pub use proposals::{ProposalRow, ProposalsPage};
pub use show::{AnswerRow, ChangeRow, DocumentRow, GapRow, ShowPage};

use poem::http::StatusCode;
use poem::{Result, Route, get, post};

use super::error::InspectionError;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, WebError};

/// What stands in the way, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// Adds the pages of inspections.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/controles", get(list::show))
        .at("/controles/export.csv", get(list::export))
        .at("/controles/nouveau", get(plan::show).post(plan::send))
        .at("/controles/propositions", get(proposals::show))
        .at("/controles/tirages", get(draws::list))
        .at("/controles/tirages/nouveau", get(draws::blank).post(draws::send))
        .at("/controles/tirages/:number", get(draws::show))
        .at("/controles/tirages/:number/proces-verbal", get(draws::record))
        .at("/controles/tirages/:number/:verb", post(draws::submit))
        .at("/controles/:number", get(show::show))
        .at("/controles/:number/confier", get(assign::show).post(assign::send))
        .at("/controles/:number/grille", get(grid::show).post(grid::keep))
        .at("/controles/:number/grille/photos", post(grid::attach))
        .at("/controles/:number/ecarts/:criterion", get(gap::show).post(gap::send))
        .at("/controles/:number/documents/:id", get(documents::download))
        .at("/controles/:number/:verb", post(act::submit))
}

/// How a refusal comes back on its page; what is no refusal of this page is an error page.
fn refusal(error: InspectionError, form: &FormData) -> Result<(StatusCode, FormState, Refused)> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    Ok((status, FormState::filled(form.fields()).with_errors(errors), refused))
}
