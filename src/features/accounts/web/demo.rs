//! `/demo`: one button per role. These routes exist in the demonstration only.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Redirect;
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions;
use super::super::error::AccountError;
use super::super::labels::role;
use super::super::queries;
use super::labels;
use super::visit::Visit;
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::session::with_cookie;
use crate::http::web::{FormData, WebError, filters};
use entity::account_role::Role;

/// One account of the demonstration.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// Its role, as a word: `admin`.
    pub word: String,
    /// Its role, in French.
    pub role: &'static str,
    /// Its address.
    pub email: String,
    /// Its name.
    pub name: String,
}

/// `/demo`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/demo.html")]
pub struct DemoPage {
    /// The shell.
    pub shell: Shell,
    /// The accounts, one per role.
    pub accounts: Vec<DemoAccount>,
}

/// The address of the account of a role.
fn address(role: Role) -> String {
    format!("{}@demo.test", role.word())
}

/// The page.
#[handler]
pub(super) async fn show(page: PublicPage, visit: Visit) -> Result<Response> {
    let addresses = Role::all().map(address).collect();
    let found = queries::by_addresses(visit.app.db.read(), addresses).await.map_err(WebError::from)?;
    let account = |one: Role| {
        let found = found.iter().find(|found| found.email_folded == address(one))?;
        let (email, name) = (found.email.clone(), found.name.clone());
        Some(DemoAccount { word: one.word(), role: role(one), email, name })
    };
    let accounts = Role::all().filter_map(account).collect();
    let shell = visit.shell(labels::DEMO, "/demo");
    page.answer_with(StatusCode::OK, &DemoPage { shell, accounts })
}

/// Signs in at once.
#[handler]
pub(super) async fn sign_in(visit: Visit, form: FormData) -> Result<Response> {
    let done = async {
        let role = Role::from_word(form.text("role")).ok_or(AccountError::NotFound)?;
        let mut tx = visit.app.begin(visit.actor()).await?;
        let opened = actions::sign_in_by_demonstration(&mut tx, &address(role), visit.browser()).await?;
        tx.commit().await?;
        Ok::<_, AccountError>(opened)
    };
    let opened = done.await.map_err(WebError::from)?;
    Ok(with_cookie(&visit.app.config, Redirect::see_other("/accueil"), &opened.token).into_response())
}
