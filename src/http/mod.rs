//! Transport: the route tree on one screen, and nothing of what the product does.
//!
//! Order of the layers, outside in: request id and log, security headers, what is left under the limits, the form of what is
//! refused early, panic, rate limit, then the API (errors as problem+json) or the pages (errors as pages, a form pressed twice answered once), each over
//! the body limit, whose refusals look like every other.

pub mod api;
mod health;
mod listener;
pub mod metrics;
pub mod middleware;
pub mod web;

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::middleware::AddData;
use poem::{EndpointExt, Response, Route};
use poem_openapi::{OpenApi, OpenApiService, Webhook};

pub use listener::{Limits, serve};

use crate::app::App;

/// The whole application as one endpoint.
pub fn endpoint<A, W>(
    app: &Arc<App>,
    api: OpenApiService<A, W>,
    pages: Route,
) -> BoxEndpoint<'static, Response>
where
    A: OpenApi + 'static,
    W: Webhook + 'static,
{
    let document = api::document::Document::of(&api);
    let operations = &document.operations;
    let (known, shapes, refused) = (Arc::clone(operations), Arc::clone(operations), Arc::clone(operations));
    let api = Route::new()
        .nest("/v1", api)
        .at("/openapi.json", document.serve())
        .at("/docs", document.list())
        .around(middleware::idempotency::replay)
        .around(move |endpoint, request| api::body::layer(endpoint, request, Arc::clone(&shapes)))
        .around(middleware::limit_body::layer)
        .around(move |endpoint, request| api::operations::layer(endpoint, request, Arc::clone(&known)))
        .around(move |endpoint, request| api::problem::layer(endpoint, request, Arc::clone(&refused)));
    let pages = pages
        .nest("/assets", web::assets::Assets)
        .at("/healthz", poem::get(health::alive))
        .at("/readyz", poem::get(health::ready))
        .around(middleware::limit_body::layer)
        .around(web::once::layer)
        .around(web::error_layer::layer);
    Route::new()
        .nest("/api", api)
        .nest("/", pages)
        .with(middleware::rate_limit::RateLimit::new(&app.config))
        .around(middleware::panic::layer)
        .around(middleware::refusal::layer)
        .around(middleware::rate_limit::tell)
        .around(middleware::security_headers::layer)
        .around(middleware::request_log::layer)
        .with(AddData::new(Arc::clone(app)))
        .map_to_response()
        .boxed()
}
