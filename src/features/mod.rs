//! What the product does, one folder per feature; this file gathers their faces and nothing else.

pub mod accounts;
pub mod agreements;
pub mod experts;
pub mod settings;
pub mod structures;

use std::sync::Arc;

use poem::Route;
use poem_openapi::{OpenApi, OpenApiService};

use crate::app::App;
use crate::worker::{JobKind, Periodic};

/// Every operation of the API, grouped by area (a tuple holds sixteen).
pub fn api(app: &Arc<App>) -> OpenApiService<impl OpenApi + use<>, ()> {
    let app = || Arc::clone(app);
    let all = (
        accounts::AccountsApi { app: app() },
        structures::api::StructuresApi { app: app() },
        settings::api::SettingsApi { app: app() },
    );
    OpenApiService::new(all, "Parchemin", env!("CARGO_PKG_VERSION")).server("/api/v1")
}

/// Every page.
#[must_use]
pub fn pages() -> Route {
    let features: [fn(Route) -> Route; 0] = [];
    features.into_iter().fold(Route::new(), |route, add| add(route))
}

/// Every kind of queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    [Vec::new()].concat()
}

/// Everything done by itself at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    [accounts::periodic()].concat()
}
