//! A panic in a handler is an answer 500 and a line in the logs, never a lost connection.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use poem::http::StatusCode;
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result};

/// Turns a panic into an error.
///
/// # Errors
/// 500 when the handler panicked, or what it answered.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, request: Request) -> Result<Response> {
    match AssertUnwindSafe(endpoint.call(request)).catch_unwind().await {
        Ok(answer) => Ok(answer?.into_response()),
        Err(panic) => {
            let what = panic.downcast_ref::<&str>().map(ToString::to_string);
            let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            tracing::error!(%what, "a handler panicked");
            Err(Error::from_status(StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}
