//! The signed-in browser: its cookie, its actor, and the token that every form carries.

use std::sync::Arc;

use poem::http::uri::PathAndQuery;
use poem::http::{StatusCode, Uri, header};
use poem::web::cookie::{Cookie, SameSite};
use poem::web::{Data, Redirect};
use poem::{Error, FromRequest, IntoResponse, Request, RequestBody, Response, Result};
use subtle::ConstantTimeEq;
use time::Duration;

use super::{flash, labels};
use crate::app::App;
use crate::authz::{Actor, SessionActor, by_session};
use crate::config::Config;
use crate::http::middleware::rate_limit::AccountLimit;
use crate::http::middleware::request_log::RequestId;

/// Name of the cookie; the prefix makes browsers refuse it from another host or without TLS.
#[must_use]
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-session" } else { "session" }
}

/// The cookie that carries a session token, or ends it when the token is empty.
#[must_use]
pub fn cookie(config: &Config, token: &str) -> Cookie {
    let mut cookie = Cookie::new_with_str(cookie_name(config), token);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(config.is_https());
    cookie.set_same_site(SameSite::Lax);
    if token.is_empty() {
        cookie.set_max_age(std::time::Duration::ZERO);
    }
    cookie
}

/// The session of the request, when there is one.
#[derive(Clone, Debug)]
pub struct Session(pub Option<SessionActor>);

impl<'a> FromRequest<'a> for Session {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let app = Data::<&Arc<App>>::from_request_without_body(request).await?.0;
        let Some(token) = session_token(request, &app.config) else { return Ok(Self(None)) };
        let idle = Duration::minutes(app.config.session_idle_minutes);
        let found = by_session(&app.db, &token, app.now(), idle).await;
        let mut found = found.map_err(|error| Error::new(error, StatusCode::INTERNAL_SERVER_ERROR))?;
        if let Some(found) = &mut found {
            if let Some(limit) = request.data::<AccountLimit>() {
                limit.count(found.account.id)?;
            }
            found.actor.request_id = request.data::<RequestId>().map(|id| id.0.clone());
        }
        Ok(Self(found))
    }
}

fn session_token(request: &Request, config: &Config) -> Option<String> {
    let name = cookie_name(config);
    let cookies = request.headers().get_all(poem::http::header::COOKIE).iter();
    let pairs = cookies.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let found = pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name);
    found.map(|(_, token)| token.trim_matches('"').to_owned()).filter(|token| !token.is_empty())
}

/// Someone signed in, second factor given where it is required. Anyone else is sent to the sign-in page,
/// and comes back after.
#[derive(Clone, Debug)]
pub struct SignedIn(pub SessionActor);

impl SignedIn {
    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.0.actor.clone()
    }
}

impl<'a> FromRequest<'a> for SignedIn {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let app = Data::<&Arc<App>>::from_request_without_body(request).await?.0;
        match Session::from_request(request, body).await?.0 {
            Some(found) if second_factor_missing(&app.config, &found) => {
                Err(sent_to("/connexion/second-facteur"))
            }
            Some(found) => Ok(Self(found)),
            None => Err(to_sign_in(request, &app.config)),
        }
    }
}

/// Whether the account must give a second factor that this session does not have.
#[must_use]
pub fn second_factor_missing(config: &Config, found: &SessionActor) -> bool {
    if found.session.second_factor {
        return false;
    }
    let required = || {
        let words = &config.second_factor_roles;
        !config.demo && found.actor.held.iter().any(|held| words.contains(&held.role.word()))
    };
    found.account.totp_confirmed_at.is_some() || required()
}

/// Sends to the sign-in page; someone whose session ended is told so, and that nothing is lost.
fn to_sign_in(request: &Request, config: &Config) -> Error {
    let path = sign_in_path(request);
    match session_token(request, config) {
        Some(_) => Error::from_response(flash::redirect(&path, &labels::signed_out())),
        None => sent_to(&path),
    }
}

/// The sign-in page that comes back to the page asked, or to the page whose form was sent.
fn sign_in_path(request: &Request) -> String {
    let page = if request.method().is_safe() { Some(request.uri().clone()) } else { page_of_form(request) };
    let wanted = page.as_ref().and_then(Uri::path_and_query).map_or("/", PathAndQuery::as_str);
    if wanted == "/" || !wanted.starts_with('/') {
        return "/connexion".to_owned();
    }
    let encoded: String = wanted.bytes().map(encode).collect();
    format!("/connexion?suite={encoded}")
}

/// Browsers name the page whose form they send; only its path is used.
pub(super) fn page_of_form(request: &Request) -> Option<Uri> {
    request.headers().get(header::REFERER)?.to_str().ok()?.parse().ok()
}

fn encode(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

fn sent_to(path: &str) -> Error {
    Error::from_response(Redirect::see_other(path).into_response())
}

/// Carried by the refusal of a form whose token is not that of the session: the page was opened under another session, or
/// long ago. It is no matter of rights, and is told in its own words.
#[derive(Clone, Copy, Debug)]
pub struct StaleForm;

/// Checks the token of a form against that of the session.
///
/// # Errors
/// 403 when it is missing or another.
pub fn check_csrf(found: &SessionActor, given: &str) -> Result<()> {
    let same: bool = found.session.csrf.as_bytes().ct_eq(given.as_bytes()).into();
    if same {
        return Ok(());
    }
    let mut refused = Error::from_status(StatusCode::FORBIDDEN);
    refused.set_data(StaleForm);
    Err(refused)
}

/// A response that opens or ends the session of the browser.
#[must_use]
pub fn with_cookie(config: &Config, response: impl IntoResponse, token: &str) -> Response {
    let mut response = response.into_response();
    if let Ok(value) = cookie(config, token).to_string().parse() {
        response.headers_mut().append(poem::http::header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use poem::http::Method;

    use super::*;

    #[test]
    fn a_page_asked_is_found_again_after_the_sign_in() {
        let asked = Request::builder().uri_str("/agrements?q=kaz").finish();
        assert_eq!(sign_in_path(&asked), "/connexion?suite=/agrements%3Fq%3Dkaz");
        let home = Request::builder().uri_str("/").finish();
        assert_eq!(sign_in_path(&home), "/connexion");
    }

    #[test]
    fn a_form_sent_too_late_leads_back_to_its_page() {
        let form = |referer: &str| {
            let builder = Request::builder().method(Method::POST).uri_str("/agrements/BRO-1/deposer");
            sign_in_path(&builder.header(header::REFERER, referer).finish())
        };
        let page = "http://127.0.0.1:8080/agrements/BRO-1/brouillon?etape=projet";
        assert_eq!(form(page), "/connexion?suite=/agrements/BRO-1/brouillon%3Fetape%3Dprojet");
        assert_eq!(form("http://127.0.0.1:8080"), "/connexion");
        let without = Request::builder().method(Method::POST).uri_str("/agrements/BRO-1/deposer").finish();
        assert_eq!(sign_in_path(&without), "/connexion");
    }
}
