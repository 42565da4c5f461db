//! `/compte/securite/second-facteur`: switching the second factor on, its recovery codes, its removal.
//!
//! The page that switches it on also opens to someone whose role demands a second factor and who has none yet.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Redirect;
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions;
use super::super::error::AccountError;
use super::super::labels::WRONG_RECOVERY_CODE;
use super::super::second_factor::Draft;
use super::labels;
use super::pages::{SecondFactorSetupPage, SetupStep};
use super::second_factor::{given, take_attempt};
use super::visit::{Visit, fresh_shell, session_of};
use crate::authz::SessionActor;
use crate::error::DomainError;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{self, Shell, Tone};
use crate::http::web::session::with_cookie;
use crate::http::web::{FormData, Page, WebError, filters, flash};

const PATH: &str = "/compte/securite/second-facteur";

/// `/compte/securite/second-facteur/retrait`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/second_factor_removal.html")]
pub struct SecondFactorRemovalPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form: `code` or `recovery_code`.
    pub form: FormState,
}

/// The session that may set up a second factor, or where to go instead.
fn settling(visit: &Visit) -> Result<&SessionActor, Response> {
    let elsewhere = |path: &'static str| Redirect::see_other(path).into_response();
    match &visit.session {
        None => Err(elsewhere("/connexion")),
        Some(found) if found.account.totp_confirmed_at.is_none() => Ok(found),
        Some(_) if visit.is_awaited() => Err(elsewhere("/connexion/second-facteur")),
        Some(_) => Err(elsewhere("/compte/securite")),
    }
}

/// The key, as a square code and as text. Nothing is kept before the first right code.
#[handler]
#[expect(clippy::unused_async, reason = "a handler takes what the request gives, by value")]
pub(super) async fn show(visit: Visit) -> Result<Response> {
    match settling(&visit) {
        Err(elsewhere) => Ok(elsewhere),
        Ok(found) => scan(&visit, found, StatusCode::OK, &Draft::new(&visit.app), FieldErrors::default()),
    }
}

fn scan(
    visit: &Visit,
    found: &SessionActor,
    status: StatusCode,
    draft: &Draft,
    errors: FieldErrors,
) -> Result<Response> {
    let sealed = draft.sealed(&visit.app, found.session.id).map_err(WebError::from)?;
    let issuer = &visit.app.config.organisation;
    let qr_svg = draft.qr_svg(issuer, &found.account.email).map_err(WebError::from)?;
    let form = FormState::filled([("key", sealed)]).with_errors(errors);
    let summary = form.summary(labels::SECOND_FACTOR_NOT_SET);
    let shell = if visit.is_awaited() {
        visit.shell(labels::SECOND_FACTOR, PATH)
    } else {
        fresh_shell(&visit.app, Some(found), labels::SECOND_FACTOR, PATH)
    };
    let page = SecondFactorSetupPage {
        shell: shell.with_errors(summary.is_some()),
        summary,
        step: SetupStep::Scan { qr_svg, secret: draft.grouped() },
        form,
        tone: Tone::Done,
    };
    answer(status, &page)
}

fn answer(status: StatusCode, page: &impl Template) -> Result<Response> {
    layout::answer(status, page).map_err(poem::error::InternalServerError)
}

/// Takes the first code and shows the recovery codes, once.
#[handler]
pub(super) async fn confirm(visit: Visit, form: FormData) -> Result<Response> {
    let found = match settling(&visit) {
        Err(elsewhere) => return Ok(elsewhere),
        Ok(found) => found,
    };
    let draft = match Draft::open(&visit.app, found.session.id, form.text("key")) {
        Ok(draft) => draft,
        Err(error @ AccountError::SetupLost) => {
            let errors = [("", error.detail())].into_iter().collect();
            return scan(&visit, found, StatusCode::UNPROCESSABLE_ENTITY, &Draft::new(&visit.app), errors);
        }
        Err(error) => return Err(WebError::from(error).into()),
    };
    match enable(&visit, found, &draft, form.text("code")).await {
        Ok((codes, token)) => {
            let fresh = session_of(&visit.app, &token).await?;
            let shell = fresh_shell(&visit.app, fresh.as_ref(), labels::SECOND_FACTOR, PATH);
            Ok(with_cookie(&visit.app.config, codes_page(shell, codes)?, &token))
        }
        Err(error @ (AccountError::WrongCode | AccountError::TooManyAttempts(_))) => {
            let errors = [("/code", error.detail())].into_iter().collect();
            scan(&visit, found, StatusCode::UNPROCESSABLE_ENTITY, &draft, errors)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn enable(
    visit: &Visit,
    found: &SessionActor,
    draft: &Draft,
    code: &str,
) -> Result<(Vec<String>, String), AccountError> {
    let attempts = take_attempt(visit, found)?;
    let mut tx = visit.app.begin(found.actor.clone()).await?;
    let done = actions::enable_second_factor(&mut tx, found.session.id, draft, code).await?;
    tx.commit().await?;
    visit.app.attempts.forget(&attempts);
    Ok(done)
}

fn codes_page(shell: Shell, codes: Vec<String>) -> Result<Response> {
    let page = SecondFactorSetupPage {
        shell,
        summary: None,
        step: SetupStep::Codes(codes),
        form: FormState::default(),
        tone: Tone::Done,
    };
    answer(StatusCode::OK, &page)
}

/// Makes new recovery codes and shows them, once.
#[handler]
pub(super) async fn renew_codes(page: Page, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let codes = actions::renew_recovery_codes(&mut tx).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    codes_page(page.shell(labels::RECOVERY_CODES), codes)
}

/// The page that removes the second factor.
#[handler]
#[expect(clippy::unused_async, reason = "a handler takes what the request gives, by value")]
pub(super) async fn show_removal(page: Page) -> Result<Response> {
    if page.visitor.account.totp_confirmed_at.is_none() {
        return Ok(Redirect::see_other("/compte/securite").into_response());
    }
    removal(&page, StatusCode::OK, FieldErrors::default())
}

fn removal(page: &Page, status: StatusCode, errors: FieldErrors) -> Result<Response> {
    let form = FormState::default().with_errors(errors);
    let summary = form.summary(labels::SECOND_FACTOR_NOT_REMOVED);
    let shell = page.shell(labels::REMOVE_SECOND_FACTOR).with_errors(summary.is_some());
    page.answer_with(status, &SecondFactorRemovalPage { shell, summary, form })
}

/// Removes the second factor with a code.
#[handler]
pub(super) async fn remove(page: Page, visit: Visit, form: FormData) -> Result<Response> {
    let (field, given) = given(&form);
    let done = async {
        let attempts = take_attempt(&visit, &page.visitor)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::disable_second_factor(&mut tx, page.visitor.session.id, &given).await?;
        tx.commit().await?;
        page.app.attempts.forget(&attempts);
        Ok::<_, AccountError>(())
    };
    let message = match done.await {
        Ok(()) => return Ok(flash::redirect("/compte/securite", &labels::second_factor_removed())),
        Err(AccountError::WrongCode) if field == "/recovery_code" => WRONG_RECOVERY_CODE.to_owned(),
        Err(error @ (AccountError::WrongCode | AccountError::TooManyAttempts(_))) => error.detail(),
        Err(error) => return Err(WebError::from(error).into()),
    };
    removal(&page, StatusCode::UNPROCESSABLE_ENTITY, [(field, message)].into_iter().collect())
}
