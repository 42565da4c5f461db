//! The pages of fundings: the list, a new one, one of them, and the page of each act. Every one works without a script.

mod act;
mod list;
mod new;
mod show;

pub use act::{FundingAct, FundingActPage};
pub use list::{FundingRow, FundingsPage};
pub use new::NewFundingPage;
pub use show::{FundingPieceRow, FundingShowPage};

use entity::funding::Scheme;
use poem::http::StatusCode;
use poem::{Result, Route, get, post};

use super::input::TypedTerms;
use super::{FundingError, labels};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Choice;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, WebError};

/// What stands in the way, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// Adds the pages of fundings.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/financements", get(list::show))
        .at("/financements/nouveau", get(new::blank).post(new::create))
        .at("/financements/:reference", get(show::show))
        .at("/financements/:reference/pieces/:piece/retirer", post(act::take_back))
        .at("/financements/:reference/:act", get(act::show).post(act::submit))
}

/// How a refusal comes back on its page; what is no refusal of this page is an error page.
fn refusal(error: FundingError, form: &FormData) -> Result<(StatusCode, FormState, Refused)> {
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

/// The schemes, to choose one.
fn schemes() -> Vec<Choice> {
    Scheme::all().map(|one| Choice::new(one.word(), labels::scheme(one))).collect()
}

/// What a form says of the terms.
fn terms(form: &FormData) -> TypedTerms {
    TypedTerms {
        scheme: form.text("scheme").to_owned(),
        funder: form.text("funder").to_owned(),
        subrogation: form.ticked("subrogation"),
        eu_funded: form.ticked("eu_funded"),
    }
}
