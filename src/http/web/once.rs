//! A form pressed twice acts once: the second press is given the answer of the first.
//!
//! Every form carries, beside its token, the key of the page that showed it. What is sent under the same key by the same
//! account, to the same address and with the same content, is the same press. The first redirect is kept with the keys of
//! the API; a form that comes back, with its faults or a question, frees its key, so that it can be sent again.
//!
//! A browser drops the first answer when a button is pressed again: the act goes on in its own task, or nobody would keep
//! what it answers.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::ids::AccountId;
use poem::http::header::{LOCATION, SET_COOKIE};
use poem::http::{HeaderValue, Method, StatusCode};
use poem::web::Redirect;
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result};
use tokio::time::sleep;

use super::error_layer::Detail;
use super::{flash, labels};
use crate::app::App;
use crate::db::idempotency::{Answer, Claim, Earlier};

/// How often the second press asks whether the first has its answer.
const PAUSE: Duration = Duration::from_millis(100);
/// How many times it asks: ten seconds in all.
const PATIENCE: usize = 100;

/// Where the form that is being answered leaves its claim.
#[derive(Clone, Debug, Default)]
struct Slot(Arc<Mutex<Option<Claim>>>);

impl Slot {
    fn put(&self, claim: Claim) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(claim);
    }

    fn take(&self) -> Option<Claim> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Answers a form to its end, whether or not the browser waits, and keeps the first redirect.
///
/// # Errors
/// What the page answers.
pub async fn layer<E: Endpoint + 'static>(endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let app = request.data::<Arc<App>>().cloned();
    let (Some(app), true) = (app, request.method() == Method::POST) else {
        return Ok(endpoint.call(request).await?.into_response());
    };
    let slot = Slot::default();
    request.set_data(slot.clone());
    let (its_app, its_slot) = (Arc::clone(&app), slot.clone());
    let task = tokio::spawn(async move {
        let answered = endpoint.call(request).await.map(IntoResponse::into_response);
        let first = answered.as_ref().ok().and_then(kept);
        settle(&its_app, &its_slot, first).await;
        answered
    });
    match task.await {
        Ok(answered) => answered,
        Err(failed) => {
            settle(&app, &slot, None).await;
            match failed.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Error::from_status(StatusCode::SERVICE_UNAVAILABLE)),
            }
        }
    }
}

/// What a second press is given: a redirect and its message. An answer that opens a session, or shows a secret, is kept
/// nowhere.
fn kept(response: &Response) -> Option<Answer> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let cookies: Vec<&str> =
        response.headers().get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap_or("")).collect();
    let harmless = cookies.len() < 2 && cookies.iter().all(|cookie| flash::is_message(cookie));
    (response.status() == StatusCode::SEE_OTHER && harmless).then(|| Answer {
        location: Some(location.to_owned()),
        ..Answer::new(StatusCode::SEE_OTHER.as_u16(), cookies.concat())
    })
}

async fn settle(app: &App, slot: &Slot, first: Option<Answer>) {
    let Some(claim) = slot.take() else { return };
    let settled = match first {
        Some(answer) => claim.answer(&app.db, &answer).await,
        None => claim.free(&app.db).await,
    };
    if let Err(error) = settled {
        tracing::error!(%error, "key of a form");
    }
}

/// Takes the key of a form for this press; `sent` is the hash of its address and of its content.
///
/// # Errors
/// The answer of the first press; 409 when it is still awaited.
pub(super) async fn enter(request: &Request, account: AccountId, key: &str, sent: &[u8]) -> Result<()> {
    let (Some(app), Some(slot)) = (request.data::<Arc<App>>(), request.data::<Slot>()) else {
        return Ok(());
    };
    let claim = Claim::of_form(account, key, sent);
    for _ in 0..PATIENCE {
        match claim.earlier(&app.db).await.map_err(internal)? {
            Earlier::Answered(answer) => return Err(Error::from_response(again(answer))),
            Earlier::None => {
                if claim.open(&app.db, app.now()).await.map_err(internal)? {
                    slot.put(claim);
                    return Ok(());
                }
            }
            Earlier::Executed | Earlier::Different => sleep(PAUSE).await,
        }
    }
    let mut waiting = Error::from_status(StatusCode::CONFLICT);
    waiting.set_data(Detail(labels::STILL_SENT.to_owned()));
    Err(waiting)
}

fn again(answer: Answer) -> Response {
    let mut response = Redirect::see_other(answer.location.unwrap_or_default()).into_response();
    if let (false, Ok(message)) = (answer.body.is_empty(), HeaderValue::from_bytes(&answer.body)) {
        response.headers_mut().append(SET_COOKIE, message);
    }
    response
}

fn internal(error: sea_orm::DbErr) -> Error {
    Error::new(error, StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use super::super::layout::Flash;
    use super::*;

    #[test]
    fn a_redirect_is_kept_with_its_message_and_nothing_else_is() {
        let told = flash::redirect("/reunions/REU-1", &Flash::done("Réunion enregistrée.", ""));
        let answer = kept(&told).unwrap();
        assert_eq!(answer.location.as_deref(), Some("/reunions/REU-1"));
        let given = again(answer);
        assert_eq!(given.headers().get(SET_COOKIE), told.headers().get(SET_COOKIE));
        assert_eq!(given.status(), StatusCode::SEE_OTHER);
        assert!(kept(&Redirect::see_other("/accueil").into_response()).is_some());

        let opens = Redirect::see_other("/accueil").with_header(SET_COOKIE, "session=secret").into_response();
        let found = Redirect::temporary("/accueil").into_response();
        for other in [StatusCode::OK.into_response(), StatusCode::CONFLICT.into_response(), opens, found] {
            assert_eq!(kept(&other), None);
        }
    }
}
