//! What the product does, one folder per feature; this file gathers their faces and nothing else.

pub mod accounts;
pub mod agreements;
pub mod availability;
pub mod certifications;
pub mod experts;
pub mod home;
pub mod import;
pub mod journal;
pub mod mail;
pub mod meetings;
pub mod rights;
pub mod settings;
pub mod site;
pub mod structures;

use std::sync::Arc;

use poem::Route;
use poem_openapi::{OpenApi, OpenApiService};

use crate::app::App;
use crate::worker::{JobKind, Periodic};

/// Every operation of the API, grouped by area (a tuple holds sixteen).
pub fn api(app: &Arc<App>) -> OpenApiService<impl OpenApi + use<>, ()> {
    let agreements = agreements::api::api(app);
    let app = || Arc::clone(app);
    let all = (
        agreements,
        accounts::AccountsApi { app: app() },
        structures::api::StructuresApi { app: app() },
        certifications::api::CertificationsApi { app: app() },
        certifications::api::referentials::ReferentialsApi { app: app() },
        experts::api::ExpertsApi { app: app() },
        experts::api::habilitations::HabilitationsApi { app: app() },
        rights::api::RightsApi { app: app() },
        availability::api::AvailabilityApi { app: app() },
        meetings::api::MeetingsApi { app: app() },
        settings::api::SettingsApi { app: app() },
        journal::api::JournalApi { app: app() },
        mail::api::MailsApi { app: app() },
        home::HomeApi { app: app() },
    );
    OpenApiService::new(all, "Parchemin", env!("CARGO_PKG_VERSION")).server("/api/v1")
}

/// Every page.
#[must_use]
pub fn pages() -> Route {
    let features: Vec<fn(Route) -> Route> = vec![
        home::pages,
        accounts::pages,
        agreements::web::pages,
        journal::web::pages,
        mail::pages,
        structures::web::pages,
        certifications::web::pages,
        experts::web::pages,
        rights::web::pages,
        availability::web::pages,
        meetings::web::pages,
        settings::web::pages,
        site::web::pages,
    ];
    features.into_iter().fold(Route::new(), |route, add| add(route))
}

/// Every page of the demonstration, besides the others.
#[must_use]
pub fn demo_pages() -> Route {
    let features: [fn(Route) -> Route; 1] = [accounts::demo_pages];
    features.into_iter().fold(pages(), |route, add| add(route))
}

/// Every kind of queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    [agreements::jobs::jobs()].concat()
}

/// Everything done by itself at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    [
        accounts::periodic(),
        agreements::jobs::periodic(),
        rights::jobs::periodic(),
        experts::jobs::periodic(),
        journal::jobs::periodic(),
    ]
    .concat()
}
