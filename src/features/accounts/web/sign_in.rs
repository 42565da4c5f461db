//! `/connexion`: a link by mail, a password, and the way out.

use std::time::Duration;

use poem::http::{HeaderValue, StatusCode};
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions::{self, LINK_LIFE, Opened};
use super::super::error::AccountError;
use super::super::{password, queries};
use super::labels;
use super::pages::{ConfirmLinkPage, LinkSentPage, SignInPage};
use super::visit::{Suite, Visit, landing, local_path, with_next};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Tone;
use crate::http::web::page::PublicPage;
use crate::http::web::session::with_cookie;
use crate::http::web::{FormData, WebError, flash};
use crate::rules::email_address::EmailAddress;

/// The answer to a request for a link leaves after that long, whatever was done, so that its time tells nothing.
const LINK_ANSWER: Duration = Duration::from_millis(300);
const PATH: &str = "/connexion";

/// The page; someone already signed in goes on.
#[handler]
#[expect(clippy::unused_async, reason = "a handler takes what the request gives, by value")]
pub(super) async fn show(page: PublicPage, visit: Visit, Query(suite): Query<Suite>) -> Result<Response> {
    match (&visit.session, visit.is_awaited()) {
        (Some(_), true) => {
            Ok(Redirect::see_other(with_next("/connexion/second-facteur", suite.path())).into_response())
        }
        (Some(_), false) => Ok(Redirect::see_other(landing(suite.path())).into_response()),
        (None, _) => answer(&page, &visit, StatusCode::OK, &Forms::default(), suite.path()),
    }
}

/// What the two forms of the page show.
#[derive(Default)]
struct Forms {
    link: (String, FieldErrors),
    password: (String, FieldErrors),
}

fn answer(
    page: &PublicPage,
    visit: &Visit,
    status: StatusCode,
    forms: &Forms,
    next: &str,
) -> Result<Response> {
    let state = |prefix: &str, (email, errors): &(String, FieldErrors)| {
        FormState::filled([("email", email.as_str())]).with_errors(errors.clone()).with_prefix(prefix)
    };
    let (link, password) = (state("lien", &forms.link), state("mdp", &forms.password));
    let summary = link.summary(labels::LINK_NOT_SENT).or_else(|| password.summary(labels::NOT_SIGNED_IN));
    let mut shell = visit.shell(labels::SIGN_IN, PATH).with_errors(summary.is_some());
    shell.flash = page.shell("").flash;
    page.answer_with(status, &SignInPage { shell, summary, link, password, next: next.to_owned() })
}

/// Asks for a link. The answer is the same for every address.
#[handler]
pub(super) async fn ask_link(page: PublicPage, visit: Visit, form: FormData) -> Result<Response> {
    let (typed, next) = (form.text("email"), local_path(form.text("suite")));
    let email = match EmailAddress::parse(typed) {
        Ok(email) => email,
        Err(error) => {
            let errors = [("/email", error.message())].into_iter().collect();
            let forms = Forms { link: (typed.to_owned(), errors), ..Forms::default() };
            return answer(&page, &visit, StatusCode::UNPROCESSABLE_ENTITY, &forms, next);
        }
    };
    let folded = email.key();
    let (sent, ()) = tokio::join!(send_link(&visit, &folded, next), tokio::time::sleep(LINK_ANSWER));
    sent.map_err(WebError::from)?;
    let sent = LinkSentPage {
        shell: visit.shell(labels::LINK_SENT, PATH),
        email: email.to_string(),
        minutes: u32::try_from(LINK_LIFE.whole_minutes()).unwrap_or_default(),
        tone: Tone::Info,
    };
    page.answer_with(StatusCode::OK, &sent)
}

async fn send_link(visit: &Visit, folded: &str, next: &str) -> Result<(), AccountError> {
    let mut tx = visit.app.begin(visit.actor()).await?;
    match actions::request_link(&mut tx, folded, next).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(error) if error.kind() == ErrorKind::Internal => Err(error),
        Err(error) => {
            tracing::info!(%error, "no sign-in link sent");
            Ok(())
        }
    }
}

/// The page of a link: it signs in by its button only, because mail programs open links by themselves.
#[handler]
pub(super) async fn show_link(
    page: PublicPage,
    visit: Visit,
    Path(token): Path<String>,
    Query(suite): Query<Suite>,
) -> Result<Response> {
    let found = queries::account_of_link(visit.app.db.read(), &token, visit.app.now()).await;
    let account = found.map_err(WebError::from)?;
    let (title, status) = match account {
        Some(_) => (labels::SIGN_IN, StatusCode::OK),
        None => (labels::LINK_OVER, StatusCode::GONE),
    };
    let confirm = ConfirmLinkPage {
        shell: visit.shell(title, "/connexion/lien"),
        valid: account.is_some(),
        email: account.map(|account| account.email).unwrap_or_default(),
        action: format!("/connexion/lien/{token}"),
        next: suite.path().to_owned(),
    };
    page.answer_with(status, &confirm)
}

/// Uses a link.
#[handler]
pub(super) async fn use_link(
    page: PublicPage,
    visit: Visit,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    match open_link(&visit, &token).await {
        Ok(opened) => visit.enter(&opened, local_path(form.text("suite"))).await,
        Err(AccountError::LinkUnusable) => {
            let over = ConfirmLinkPage {
                shell: visit.shell(labels::LINK_OVER, "/connexion/lien"),
                valid: false,
                email: String::new(),
                action: String::new(),
                next: String::new(),
            };
            page.answer_with(StatusCode::GONE, &over)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn open_link(visit: &Visit, token: &str) -> Result<Opened, AccountError> {
    let mut tx = visit.app.begin(visit.actor()).await?;
    let opened = actions::sign_in_by_link(&mut tx, token, visit.browser()).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Signs in by password.
#[handler]
pub(super) async fn by_password(page: PublicPage, visit: Visit, form: FormData) -> Result<Response> {
    let (typed, next) = (form.text("email"), local_path(form.text("suite")));
    let error = match open_by_password(&visit, typed, form.text("password")).await {
        Ok(opened) => return visit.enter(&opened, next).await,
        Err(error) => error,
    };
    let status = match &error {
        AccountError::WrongCredentials => StatusCode::UNPROCESSABLE_ENTITY,
        AccountError::TooManyAttempts(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => return Err(WebError::from(error).into()),
    };
    let errors = [("/password", error.detail())].into_iter().collect();
    let forms = Forms { password: (typed.to_owned(), errors), ..Forms::default() };
    answer(&page, &visit, status, &forms, next)
}

async fn open_by_password(visit: &Visit, typed: &str, given: &str) -> Result<Opened, AccountError> {
    let email = EmailAddress::parse(typed).map_err(|_| AccountError::WrongCredentials)?;
    let (folded, app) = (email.key(), &visit.app);
    let attempts = format!("password:{folded}");
    app.attempts.take(&attempts, app.now()).map_err(AccountError::TooManyAttempts)?;
    let account = queries::by_address(app.db.read(), &folded).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(given, hash.clone()).await?;
    let (Some(account), Some(hash), true) = (account, hash, right) else {
        tracing::info!(request_id = ?visit.actor().request_id, "sign-in by password refused");
        return Err(AccountError::WrongCredentials);
    };
    let mut tx = app.begin(visit.actor()).await?;
    let opened = actions::sign_in_by_password(&mut tx, account.id, &hash, visit.browser()).await?;
    tx.commit().await?;
    app.attempts.forget(&attempts);
    Ok(opened)
}

/// Signs out.
#[handler]
pub(super) async fn sign_out(visit: Visit, _form: FormData) -> Result<Response> {
    if let Some(found) = &visit.session {
        let mut tx = visit.app.begin(visit.actor()).await.map_err(WebError::from)?;
        match actions::sign_out(&mut tx, found.session.id).await {
            Ok(()) => tx.commit().await.map_err(WebError::from)?,
            Err(AccountError::NotFound) => {}
            Err(error) => return Err(WebError::from(error).into()),
        }
    }
    let mut response = with_cookie(&visit.app.config, flash::redirect(PATH, &labels::signed_out()), "");
    // What pages kept on the device for want of network, whether or not their script is there to forget it.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(response)
}
