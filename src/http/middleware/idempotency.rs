//! `Idempotency-Key` on every POST of the API: the same key and body give the same answer, executed once.

use std::sync::Arc;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result};

use crate::app::App;
use crate::db::idempotency::{Answer, Claim, Earlier};

/// The header, as the document writes it.
pub const HEADER: &str = "Idempotency-Key";
/// Longest key, in characters.
pub const LONGEST_KEY: usize = 200;
/// Longest body kept, in bytes: after a longer one, a second call is told that the first was executed.
const LONGEST_BODY: usize = 4 * 1024 * 1024;

/// Gives again the answer of an earlier call, or executes and keeps the answer.
///
/// # Errors
/// 422 for a key used with another body, 409 while the first call runs, 400 for a key too long.
pub async fn replay<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let key = request.header(HEADER).map(str::to_owned);
    let (Some(key), true) = (key, request.method() == Method::POST) else {
        return Ok(endpoint.call(request).await?.into_response());
    };
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(Error::from_string("idempotency key length", StatusCode::BAD_REQUEST));
    }
    let Some(app) = request.data::<Arc<App>>().cloned() else {
        return Err(Error::from_status(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let claim = claim(&mut request, &key).await?;
    match claim.earlier(&app.db).await.map_err(internal)? {
        Earlier::Answered(answer) => return Ok(again(answer)),
        Earlier::Executed => return Err(Error::from_status(StatusCode::CONFLICT)),
        Earlier::Different => return Err(Error::from_status(StatusCode::UNPROCESSABLE_ENTITY)),
        Earlier::None => {}
    }
    request.extensions_mut().insert(claim.clone());
    let mut response = endpoint.call(request).await?.into_response();
    if response.status().is_success() && !is_secret(&response) {
        let body = response.take_body().into_bytes().await.map_err(internal)?;
        if body.len() <= LONGEST_BODY {
            let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
            let answer = Answer {
                status: response.status().as_u16(),
                body: body.to_vec(),
                content_type: text(header::CONTENT_TYPE),
                disposition: text(header::CONTENT_DISPOSITION),
                location: text(header::LOCATION),
                etag: text(header::ETAG),
            };
            claim.answer(&app.db, &answer).await.map_err(internal)?;
        }
        response.set_body(body);
    }
    Ok(response)
}

/// An answer that says it must be kept nowhere holds a secret: a second call is told that the first was executed.
fn is_secret(response: &Response) -> bool {
    response.headers().get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store")
}

async fn claim(request: &mut Request, key: &str) -> Result<Claim> {
    let caller = request.header(header::AUTHORIZATION).unwrap_or_default().to_owned();
    let path = request.uri().path().to_owned();
    let body = request.take_body().into_bytes().await.map_err(internal)?;
    let claim = Claim::new(&caller, key, &[path.as_bytes(), b"\n", &body].concat());
    request.set_body(body);
    Ok(claim)
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(error, StatusCode::INTERNAL_SERVER_ERROR)
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let kind = answer.content_type.as_deref().unwrap_or("application/json");
    let mut response = Response::builder().status(status).content_type(kind).body(answer.body);
    for (name, value) in [
        (header::CONTENT_DISPOSITION, answer.disposition),
        (header::LOCATION, answer.location),
        (header::ETAG, answer.etag),
    ] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
