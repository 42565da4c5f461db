//! One line per request: its identifier, method, path without query, status, duration. No personal data. What is logged
//! while it is answered carries the same identifier, method and path.

use std::sync::Arc;

use poem::http::HeaderValue;
use poem::web::Data;
use poem::{Endpoint, FromRequest, IntoResponse, Request, Response, Result};
use tracing::Instrument;

use crate::app::App;

/// Identifier of a request, in its logs, its journal lines and its error pages.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives the request its identifier and writes its line.
///
/// # Errors
/// When the application is missing from the request, which only a wrong assembly does.
pub async fn layer<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let app = Arc::clone(Data::<&Arc<App>>::from_request_without_body(&request).await?.0);
    let id = app.new_id().simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().clone(), public_path(request.uri().path()));
    let started = std::time::Instant::now();
    // Of the level of errors, or a filter that keeps only those would lose the identifier with the span.
    let span = tracing::error_span!("answering", request_id = %id, %method, %path);
    let mut response = match endpoint.call(request).instrument(span).await {
        Ok(response) => response.into_response(),
        Err(error) => error.into_response(),
    };
    let took = started.elapsed();
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    app.metrics.answered(response.status().as_u16(), took);
    tracing::info!(request_id = %id, %method, %path, status = response.status().as_u16(), milliseconds, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    Ok(response)
}

/// What comes before a token in the paths that carry one.
const TOKEN_AFTER: [&str; 6] = [
    "/lien/",
    "/desabonnement/",
    "/missions/reponse/",
    "/reunions/reponse/",
    "/visites/reponse/",
    "/agenda/",
];

/// Tokens travel in some paths: only what comes before them is written.
fn public_path(path: &str) -> String {
    let found = TOKEN_AFTER.iter().find_map(|before| path.find(*before).map(|at| at + before.len()));
    found.map_or_else(|| path.to_owned(), |end| format!("{}…", &path[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_written_in_the_logs() {
        for (path, written) in [
            ("/connexion/lien/q7d0kX", "/connexion/lien/…"),
            ("/desabonnement/q7d0kX", "/desabonnement/…"),
            ("/missions/reponse/q7d0kX", "/missions/reponse/…"),
            ("/reunions/reponse/q7d0kX", "/reunions/reponse/…"),
            ("/visites/reponse/q7d0kX", "/visites/reponse/…"),
            ("/agenda/q7d0kX.ics", "/agenda/…"),
            ("/agrements/AGR-2026-0042", "/agrements/AGR-2026-0042"),
        ] {
            assert_eq!(public_path(path), written);
        }
    }
}
