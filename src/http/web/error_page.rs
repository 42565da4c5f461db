//! stand-in
use std::sync::Arc;
use poem::{Endpoint, IntoResponse, Request, Response, Result};
/// stand-in
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, request: Request) -> Result<Response> {
    Ok(endpoint.call(request).await?.into_response())
}
