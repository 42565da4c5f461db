//! No body without a limit of size and of time, no request without a limit of time: poem has none.

use std::sync::Arc;
use std::time::Duration;

use poem::http::StatusCode;
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result};
use tokio::time::timeout;

use crate::app::App;
use crate::storage::content::MAX_UPLOAD;

const BODY: usize = 1024 * 1024;
/// Uploads come as multipart: the file, its form fields and its boundaries.
const UPLOAD_BODY: usize = MAX_UPLOAD + 64 * 1024;
const READ: Duration = Duration::from_secs(30);
const READ_UPLOAD: Duration = Duration::from_mins(2);

/// Reads the body within its limits, then calls on; what was begun and takes too long is undone.
///
/// # Errors
/// 413 over the limit, 408 when the body stalls, 503 when the answer takes too long.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let patience =
        request.data::<Arc<App>>().map_or(READ, |app| Duration::from_secs(app.config.request_seconds));
    if request.method().is_safe() {
        return answer(&*endpoint, request, patience).await;
    }
    let upload = request.content_type().is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let (limit, deadline) = if upload { (UPLOAD_BODY, READ_UPLOAD) } else { (BODY, READ) };
    let body = request.take_body().into_bytes_limit(limit);
    let body =
        timeout(deadline, body).await.map_err(|_| Error::from_status(StatusCode::REQUEST_TIMEOUT))??;
    request.set_body(body);
    answer(&*endpoint, request, if upload { patience.max(READ_UPLOAD) } else { patience }).await
}

async fn answer<E: Endpoint>(endpoint: &E, request: Request, patience: Duration) -> Result<Response> {
    match timeout(patience, endpoint.call(request)).await {
        Ok(answered) => Ok(answered?.into_response()),
        Err(_) => Err(Error::from_status(StatusCode::SERVICE_UNAVAILABLE)),
    }
}
