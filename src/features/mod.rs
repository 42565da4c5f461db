//! What the product does, one folder per feature; this file gathers their faces.

use std::sync::Arc;

use poem::Route;
use poem_openapi::OpenApiService;

use crate::app::App;

/// Every operation of the API.
#[must_use]
pub fn api(_app: &Arc<App>) -> OpenApiService<(), ()> {
    OpenApiService::new((), "Parchemin", env!("CARGO_PKG_VERSION")).server("/api/v1")
}

/// Every page.
#[must_use]
pub fn pages() -> Route {
    Route::new()
}
