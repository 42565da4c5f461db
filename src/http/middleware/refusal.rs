//! A form for the refusals that come before the API and the pages: too many requests, a panic. A problem under `/api`, a
//! page elsewhere, without looking for the session: what is refused must cost nothing.

use std::sync::Arc;

use poem::{Endpoint, IntoResponse, Request, Response, Result};

use super::request_log::RequestId;
use crate::app::App;
use crate::http::api::problem;
use crate::http::web::error_layer;

/// Renders them.
///
/// # Errors
/// None: errors become responses here.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, request: Request) -> Result<Response> {
    let app = request.data::<Arc<App>>().cloned();
    let request_id = request.data::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let path = request.uri().path().to_owned();
    let error = match endpoint.call(request).await {
        Ok(response) => return Ok(response.into_response()),
        Err(error) => error,
    };
    if path == "/api" || path.starts_with("/api/") {
        return Ok(problem::of(error, &request_id));
    }
    Ok(match app {
        Some(app) => error_layer::page(&app, None, &path, &request_id, error),
        None => error.into_response(),
    })
}
