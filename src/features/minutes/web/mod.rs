//! The pages of minutes: the frozen text, the signatures on a tablet, the control, the correction, the validation, the
//! publication, and the appeals of candidates. Each act has its page; every one works without a script.

mod acte;
mod appeal;
mod check;
mod documents;
mod rectify;
mod results;
mod show;
mod sign;
mod telling;
mod validate;

pub use acte::{ActeRow, ActeView, UnitMark};
pub use appeal::{AppealPage, AppealView};
pub use check::{CheckPage, PersonRow};
pub use rectify::{RectifyPage, RulingRow};
pub use results::{ResultsPage, ToldRow};
pub use show::MinutesPage;
pub use sign::{SignPage, SignerView};
pub use validate::ValidationPage;

use poem::http::StatusCode;
use poem::{Result, Route, get, post};

use super::MinutesError;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, WebError};

/// What stands in the way, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// Adds the pages of minutes.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/jurys/:number/pv", get(show::show).post(show::close))
        .at("/jurys/:number/pv/signatures", get(sign::show).post(sign::send))
        .at("/jurys/:number/pv/signatures/code", post(sign::send_code))
        .at("/jurys/:number/pv/controle", get(check::show).post(check::send))
        .at("/jurys/:number/pv/rectifier", get(rectify::show).post(rectify::send))
        .at("/jurys/:number/pv/documents/:id", get(documents::download))
        .at("/jurys/:number/validation", get(validate::show).post(validate::send))
        .at("/jurys/:number/resultats", get(results::show).post(results::send))
        .at("/candidats/:number/recours", get(appeal::show).post(appeal::send))
}

/// How a refusal comes back on its page; what is no refusal of this page is an error page.
fn refusal(error: MinutesError, form: &FormData) -> Result<(StatusCode, FormState, Refused)> {
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
