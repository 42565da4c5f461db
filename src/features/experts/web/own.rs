//! `/ma-fiche`: leads an expert to their own file, whose number they need not know. An account that no file is linked to
//! yet reads what to do: it has nothing to find elsewhere.

use askama::Template;
use entity::account_role::Role;
use poem::web::Redirect;
use poem::{IntoResponse, Response, Result, handler};

use super::super::{ExpertError, labels, queries};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

/// `/ma-fiche`, for an account without a file.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/unlinked.html")]
pub struct UnlinkedPage {
    /// The shell.
    pub shell: Shell,
    /// The address of the account, to be quoted to the team.
    pub email: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let Some(id) = page.actor().expert() else {
        if !page.actor().has(Role::Expert) {
            return Err(WebError::from(ExpertError::NotFound).into());
        }
        let email = page.visitor.account.email.clone();
        return page.answer(&UnlinkedPage { shell: page.shell(labels::OWN_FILE), email });
    };
    let found = queries::get(page.app.db.read(), page.actor(), id).await.map_err(WebError::from)?;
    Ok(Redirect::see_other(format!("/intervenants/{}", found.expert.number)).into_response())
}
