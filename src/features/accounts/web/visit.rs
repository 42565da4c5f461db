//! What the sign-in pages know of a browser, and where they send it afterwards.

use std::sync::Arc;

use poem::web::{Data, Redirect};
use poem::{FromRequest, IntoResponse, Request, RequestBody, Response, Result};
use time::Duration;

use super::super::actions::{Browser, Opened};
use super::super::{labels, sign_in_actor};
use crate::app::App;
use crate::authz::{Actor, Channel, SessionActor, by_session};
use crate::db;
use crate::http::middleware::request_log::RequestId;
use crate::http::web::layout::Shell;
use crate::http::web::session::{Session, second_factor_missing, with_cookie};
use crate::http::web::{WebError, flash, page};

/// Longest path kept to come back to.
const LONGEST_PATH: usize = 500;

/// A browser on a sign-in page.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// What every part shares.
    pub(super) app: AppHandle,
    /// Its session, complete or not.
    pub(super) session: Option<SessionActor>,
    device: String,
    request_id: Option<String>,
}

/// The application, without its inside in debug output.
#[derive(Clone)]
pub(super) struct AppHandle(pub(super) Arc<App>);

impl std::fmt::Debug for AppHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl std::ops::Deref for AppHandle {
    type Target = Arc<App>;

    fn deref(&self) -> &Arc<App> {
        &self.0
    }
}

impl<'a> FromRequest<'a> for Visit {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        Ok(Self {
            app: AppHandle(Arc::clone(Data::<&Arc<App>>::from_request_without_body(request).await?.0)),
            session: Session::from_request(request, body).await?.0,
            device: labels::device(request.header("user-agent").unwrap_or_default()),
            request_id: request.data::<RequestId>().map(|id| id.0.clone()),
        })
    }
}

impl Visit {
    /// Who acts until someone is signed in.
    pub(super) fn actor(&self) -> Actor {
        sign_in_actor(Channel::Web, self.request_id.clone())
    }

    /// What the new session keeps of the browser.
    pub(super) fn browser(&self) -> Browser {
        Browser { device: self.device.clone(), previous: self.session.as_ref().map(|found| found.session.id) }
    }

    /// The shell of a page of sign-in: public, even for someone whose second factor is awaited.
    pub(super) fn shell(&self, title: &str, path: &str) -> Shell {
        let csrf = self.session.as_ref().map(|found| found.session.csrf.clone()).unwrap_or_default();
        Shell::public(title, self.app.config.organisation.clone(), csrf).at(path)
    }

    /// Whether the second factor is awaited.
    pub(super) fn is_awaited(&self) -> bool {
        self.session.as_ref().is_some_and(|found| second_factor_missing(&self.app.config, found))
    }

    /// Opens the session just made in the browser and goes on: to the second factor, or to the page wanted.
    pub(super) async fn enter(&self, opened: &Opened, next: &str) -> Result<Response> {
        let found = session_of(&self.app, &opened.token).await?;
        let awaited = found.is_some_and(|found| second_factor_missing(&self.app.config, &found));
        let target =
            if awaited { with_next("/connexion/second-facteur", next) } else { landing(next).to_owned() };
        Ok(with_cookie(&self.app.config, Redirect::see_other(target), &opened.token))
    }
}

/// The session of a token just given to the browser.
pub(super) async fn session_of(app: &App, token: &str) -> Result<Option<SessionActor>> {
    let idle = Duration::minutes(app.config.session_idle_minutes);
    let found = by_session(&app.db, token, app.now(), idle).await.map_err(db::Error::from);
    Ok(found.map_err(WebError::from)?)
}

/// The shell of a connected page for a session whose tokens just changed.
pub(super) fn fresh_shell(app: &App, found: Option<&SessionActor>, title: &str, path: &str) -> Shell {
    page::shell(app, found, path, Vec::new()).titled(title)
}

/// A path of this site to come back to; anything else becomes empty. Pages of sign-in are no place to come back to.
#[must_use]
pub(super) fn local_path(text: &str) -> &str {
    let local = text.starts_with('/')
        && !text.starts_with("//")
        && text.len() <= LONGEST_PATH
        && !text.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace())
        && !text.starts_with("/connexion")
        && !text.starts_with("/deconnexion");
    if local { text } else { "" }
}

/// Where to go once signed in.
#[must_use]
pub(super) fn landing(next: &str) -> &str {
    if next.is_empty() { "/accueil" } else { next }
}

/// An address that carries the page wanted.
#[must_use]
pub(super) fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let encoded: String =
        next.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("{path}?suite={encoded}")
}

/// The page wanted, from the address.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Suite {
    #[serde(default)]
    suite: String,
}

impl Suite {
    /// The path, or empty.
    pub(super) fn path(&self) -> &str {
        local_path(&self.suite)
    }
}

/// Goes to a page with a message, and another token for the session.
pub(super) fn redirect_with_token(
    app: &App,
    path: &str,
    message: &crate::http::web::layout::Flash,
    token: &str,
) -> Response {
    with_cookie(&app.config, flash::redirect(path, message), token).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_a_place_to_come_back_to() {
        for (text, kept) in [
            ("/agrements", true),
            ("/agrements?etat=deposee&q=caf%C3%A9", true),
            ("", false),
            ("agrements", false),
            ("//ailleurs.exemple", false),
            ("/\\ailleurs.exemple", false),
            ("https://ailleurs.exemple", false),
            ("/agrements\r\nSet-Cookie: a=b", false),
            ("/connexion", false),
            ("/deconnexion", false),
        ] {
            assert_eq!(local_path(text), if kept { text } else { "" }, "{text}");
        }
        assert_eq!(
            with_next("/connexion/second-facteur", "/a?b=c&d"),
            "/connexion/second-facteur?suite=/a%3Fb%3Dc%26d"
        );
        assert_eq!(landing(""), "/accueil");
    }
}
