//! The pages of papers: the list, those of a session, one of them, the dry run of the convocations, the page where somebody
//! signs by a link. Each act has its page; every one works without a script.

mod issue;
mod link;
mod list;
mod session;
mod show;
mod summons;

pub use issue::IssuePage;
pub use link::{ReadPage, SignPage};
pub use list::{PaperRow, PapersPage};
pub use session::SessionPapersPage;
pub use show::{PaperShowPage, SignatoryView, VoidPage};
pub use summons::{SummonsPage, SummonsRow};

use poem::http::StatusCode;
use poem::{Result, Route, get};

use super::PaperError;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, WebError};

/// What stands in the way, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// Adds the pages of papers.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/papiers", get(list::show))
        .at("/sessions/:number/papiers", get(session::show))
        .at("/sessions/:number/papiers/etablir", get(issue::show).post(issue::send))
        .at("/sessions/:number/papiers/etablir/apercu", get(issue::glance))
        .at("/sessions/:number/papiers/convocations", get(summons::show).post(summons::send))
        .at("/sessions/:number/papiers/:seq", get(show::show).post(show::send))
        .at("/sessions/:number/papiers/:seq/retirer", get(show::ask_void).post(show::take_back))
        .at("/sessions/:number/papiers/:seq/fichiers/:id", get(show::read_file))
        .at("/signer/:token", get(link::show).post(link::send))
        .at("/signer/:token/fichier", get(link::to_sign))
        .at("/papiers-recus/:token", get(link::received))
        .at("/papiers-recus/:token/fichier", get(link::given))
}

/// How a refusal comes back on its page; what is no refusal of this page is an error page.
fn refusal(error: PaperError, form: &FormData) -> Result<(StatusCode, FormState, Refused)> {
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
