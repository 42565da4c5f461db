//! `/connexion/second-facteur`: the code that completes a sign-in.

use poem::http::StatusCode;
use poem::web::{Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions::{self, Given};
use super::super::error::AccountError;
use super::super::labels::WRONG_RECOVERY_CODE;
use super::labels;
use super::pages::SecondFactorPage;
use super::visit::{Suite, Visit, landing, local_path, with_next};
use crate::authz::SessionActor;
use crate::error::DomainError;
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::page::PublicPage;
use crate::http::web::session::with_cookie;
use crate::http::web::{FormData, WebError};

const PATH: &str = "/connexion/second-facteur";

/// Where this browser goes instead, when no code is awaited.
fn elsewhere(visit: &Visit, next: &str) -> Option<Response> {
    let target = match &visit.session {
        None => with_next("/connexion", next),
        Some(_) if !visit.is_awaited() => landing(next).to_owned(),
        Some(found) if found.account.totp_confirmed_at.is_none() => {
            "/compte/securite/second-facteur".to_owned()
        }
        Some(_) => return None,
    };
    Some(Redirect::see_other(target).into_response())
}

/// The page. Who has no second factor yet goes and sets one up.
#[handler]
#[expect(clippy::unused_async, reason = "a handler takes what the request gives, by value")]
pub(super) async fn show(page: PublicPage, visit: Visit, Query(suite): Query<Suite>) -> Result<Response> {
    match elsewhere(&visit, suite.path()) {
        Some(response) => Ok(response),
        None => answer(&page, &visit, StatusCode::OK, &FieldErrors::default(), suite.path()),
    }
}

fn answer(
    page: &PublicPage,
    visit: &Visit,
    status: StatusCode,
    errors: &FieldErrors,
    next: &str,
) -> Result<Response> {
    let code = FormState::default().with_errors(only(errors, "/code"));
    let recovery = FormState::default().with_errors(only(errors, "/recovery_code"));
    let summary = code.summary(labels::NOT_SIGNED_IN).or_else(|| recovery.summary(labels::NOT_SIGNED_IN));
    let shell = visit.shell(labels::YOUR_CODE, PATH).with_errors(summary.is_some());
    page.answer_with(status, &SecondFactorPage { shell, summary, code, recovery, next: next.to_owned() })
}

fn only(errors: &FieldErrors, pointer: &str) -> FieldErrors {
    let kept = errors.as_slice().iter().filter(|error| error.pointer == pointer);
    kept.map(|error| (error.pointer.clone(), error.message.clone())).collect()
}

/// Takes the code.
#[handler]
pub(super) async fn give(page: PublicPage, visit: Visit, form: FormData) -> Result<Response> {
    let next = local_path(form.text("suite"));
    if let Some(response) = elsewhere(&visit, next) {
        return Ok(response);
    }
    let Some(found) = &visit.session else { return Ok(Redirect::see_other("/connexion").into_response()) };
    let (field, given) = given(&form);
    let error = match complete(&visit, found, &given).await {
        Ok(token) => {
            return Ok(with_cookie(&visit.app.config, Redirect::see_other(landing(next)), &token));
        }
        Err(error) => error,
    };
    let (status, message) = match (&error, field) {
        (AccountError::WrongCode, "/recovery_code") => {
            (StatusCode::UNPROCESSABLE_ENTITY, WRONG_RECOVERY_CODE.to_owned())
        }
        (AccountError::WrongCode, _) => (StatusCode::UNPROCESSABLE_ENTITY, error.detail()),
        (AccountError::TooManyAttempts(_), _) => (StatusCode::TOO_MANY_REQUESTS, error.detail()),
        _ => return Err(WebError::from(error).into()),
    };
    answer(&page, &visit, status, &[(field, message)].into_iter().collect(), next)
}

/// What a form gives: a recovery code when its field is filled, a code of the application otherwise.
pub(super) fn given(form: &FormData) -> (&'static str, Given) {
    match form.optional("recovery_code") {
        Some(code) => ("/recovery_code", Given::RecoveryCode(code.to_owned())),
        None => ("/code", Given::Totp(form.text("code").to_owned())),
    }
}

/// Counts an attempt to give a code for an account.
pub(super) fn take_attempt(visit: &Visit, found: &SessionActor) -> Result<String, AccountError> {
    let key = format!("second-factor:{}", found.account.id);
    visit.app.attempts.take(&key, visit.app.now()).map_err(AccountError::TooManyAttempts)?;
    Ok(key)
}

async fn complete(visit: &Visit, found: &SessionActor, given: &Given) -> Result<String, AccountError> {
    let attempts = take_attempt(visit, found)?;
    let mut tx = visit.app.begin(found.actor.clone()).await?;
    let token = actions::give_second_factor(&mut tx, found.session.id, given).await?;
    tx.commit().await?;
    visit.app.attempts.forget(&attempts);
    Ok(token)
}
