//! A message for the next page, carried by a short-lived cookie: works without JavaScript and without state.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::http::header::{COOKIE, SET_COOKIE};
use poem::web::Redirect;
use poem::web::cookie::{Cookie, SameSite};
use poem::{IntoResponse, Request, Response};

use super::layout::Flash;

const NAME: &str = "message";

/// Goes to a page, with a message.
#[must_use]
pub fn redirect(path: &str, flash: &Flash) -> Response {
    let mut response = Redirect::see_other(path).into_response();
    let value = serde_json::to_vec(flash).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default();
    set(&mut response, &value, std::time::Duration::from_mins(1));
    response
}

/// The message waiting for this page.
#[must_use]
pub fn read(request: &Request) -> Option<Flash> {
    let cookies = request.headers().get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == NAME)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value.trim_matches('"')).ok()?).ok()
}

/// Whether a cookie that is set carries such a message.
#[must_use]
pub fn is_message(cookie: &str) -> bool {
    cookie.split_once('=').is_some_and(|(name, _)| name == NAME)
}

/// Forgets the message once shown.
pub fn forget(response: &mut Response) {
    set(response, "", std::time::Duration::ZERO);
}

fn set(response: &mut Response, value: &str, age: std::time::Duration) {
    let mut cookie = Cookie::new_with_str(NAME, value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_max_age(age);
    if let Ok(value) = cookie.to_string().parse() {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
