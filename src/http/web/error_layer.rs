//! Makes a page of every refusal that did not make its own, wherever it came from.

use std::sync::Arc;

use poem::http::{HeaderValue, header};
use poem::{Endpoint, Error, IntoResponse, Request, RequestBody, Response, Result};

use super::error_page;
use super::page::shell;
use super::session::Session;
use crate::app::App;
use crate::authz::SessionActor;
use crate::http::middleware::rate_limit::RetryAfter;
use crate::http::middleware::request_log::RequestId;

/// Detail of a refusal, carried by the error to its page.
#[derive(Clone, Debug)]
pub struct Detail(pub String);

/// Renders errors as pages.
///
/// # Errors
/// None: errors become responses here.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, request: Request) -> Result<Response> {
    use poem::FromRequest;
    let app = request.data::<Arc<App>>().cloned();
    let request_id = request.data::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let session = Session::from_request(&request, &mut RequestBody::default()).await.ok().and_then(|s| s.0);
    let path = request.original_uri().path().to_owned();
    let error = match endpoint.call(request).await {
        Ok(response) => return Ok(response.into_response()),
        Err(error) => error,
    };
    let Some(app) = app else { return Ok(error.into_response()) };
    Ok(page(&app, session.as_ref(), &path, &request_id, error))
}

/// The page of an error, or the answer that it carries.
#[must_use]
pub fn page(
    app: &App,
    session: Option<&SessionActor>,
    path: &str,
    request_id: &str,
    error: Error,
) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let (status, retry) = (error.status(), error.data::<RetryAfter>().copied());
    let detail = error.data::<Detail>().map(|detail| detail.0.clone()).unwrap_or_default();
    if status.is_server_error() {
        tracing::error!(request_id, %error, "page failed");
    }
    let shell = shell(app, session, path, Vec::new());
    let html = error_page::render_with_delay(status, &detail, request_id, retry.map(|r| r.0), shell);
    let mut response = Response::builder().status(status).content_type("text/html; charset=utf-8").body(html);
    if let Some(retry) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, retry.header());
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("HX-Request"));
    response
}
