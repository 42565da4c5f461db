//! What the product does, one folder per feature; this file gathers their faces and nothing else.

pub mod access;
pub mod accounts;
pub mod agreements;
pub mod availability;
pub mod candidates;
pub mod certificates;
pub mod certifications;
pub mod experts;
pub mod figures;
pub mod home;
pub mod import;
pub mod inspections;
pub mod journal;
pub mod juries;
pub mod mail;
pub mod meetings;
pub mod minutes;
pub mod missions;
pub mod network;
pub mod notices;
pub mod panels;
pub mod rights;
pub mod settings;
pub mod site;
pub mod structures;
pub mod supports;
pub mod ties;
pub mod work;

use std::sync::Arc;

use poem::{EndpointExt, Route};
use poem_openapi::{OpenApi, OpenApiService};

use crate::app::App;
use crate::worker::{JobKind, Periodic, Work};

/// Every operation of the API, grouped by area (a tuple holds sixteen).
pub fn api(app: &Arc<App>) -> OpenApiService<impl OpenApi + use<>, ()> {
    let agreements = agreements::api::api(app);
    let app = || Arc::clone(app);
    let all = (
        (agreements, supports::api::SupportsApi { app: app() }),
        (
            accounts::AccountsApi { app: app() },
            accounts::SessionsApi { app: app() },
            accounts::ColleaguesApi { app: app() },
        ),
        (structures::api::StructuresApi { app: app() }, access::AccessApi { app: app() }),
        (
            certifications::api::CertificationsApi { app: app() },
            certifications::api::referentials::ReferentialsApi { app: app() },
            certificates::api::CertificatesApi { app: app() },
            certificates::api::VerificationApi { app: app() },
        ),
        (experts::api::ExpertsApi { app: app() }, network::api::NetworkApi { app: app() }),
        (
            experts::api::habilitations::HabilitationsApi { app: app() },
            experts::api::pieces::PiecesApi { app: app() },
        ),
        rights::api::RightsApi { app: app() },
        availability::api::AvailabilityApi { app: app() },
        (
            meetings::api::MeetingsApi { app: app() },
            (
                candidates::api::CandidatesApi { app: app() },
                candidates::api::livret::LivretsApi { app: app() },
                candidates::api::adaptations::AdaptationsApi { app: app() },
                candidates::api::ties::CandidateTiesApi { app: app() },
            ),
            (juries::api::JuriesApi { app: app() }, juries::api::day::JuryDayApi { app: app() }),
            (panels::api::PanelsApi { app: app() }, panels::api::CollegesApi { app: app() }),
            (minutes::api::MinutesApi { app: app() }, minutes::api::AppealsApi { app: app() }),
        ),
        (
            missions::api::MissionsApi { app: app() },
            missions::api::ExpensesApi { app: app() },
            missions::api::ImpedimentApi { app: app() },
            (
                inspections::api::InspectionsApi { app: app() },
                inspections::api::CorrectionsApi { app: app() },
                inspections::api::DrawsApi { app: app() },
            ),
        ),
        settings::api::SettingsApi { app: app() },
        journal::api::JournalApi { app: app() },
        (
            mail::api::MailsApi { app: app() },
            mail::api::templates::MailTemplatesApi { app: app() },
            work::api::WorkApi { app: app() },
        ),
        notices::NoticesApi { app: app() },
        (home::HomeApi { app: app() }, figures::api::FiguresApi { app: app() }),
        ties::api::TiesApi { app: app() },
    );
    OpenApiService::new(all, "Parchemin", env!("CARGO_PKG_VERSION")).server("/api/v1")
}

/// Every page, with the counters of its header.
#[must_use]
pub fn pages() -> Route {
    counted(every_page())
}

fn counted(pages: Route) -> Route {
    Route::new().nest("/", pages.data(home::web::COUNTING))
}

fn every_page() -> Route {
    let features: Vec<fn(Route) -> Route> = vec![
        home::pages,
        accounts::pages,
        agreements::web::pages,
        supports::web::pages,
        journal::web::pages,
        mail::pages,
        work::web::pages,
        notices::web::pages,
        structures::web::pages,
        access::web::pages,
        certifications::web::pages,
        certificates::web::pages,
        experts::web::pages,
        network::web::pages,
        ties::web::pages,
        rights::web::pages,
        availability::web::pages,
        meetings::web::pages,
        missions::web::pages,
        inspections::web::pages,
        candidates::web::pages,
        juries::web::pages,
        panels::web::pages,
        minutes::web::pages,
        figures::web::pages,
        settings::web::pages,
        site::web::pages,
    ];
    features.into_iter().fold(Route::new(), |route, add| add(route))
}

/// Every page of the demonstration, besides the others.
#[must_use]
pub fn demo_pages() -> Route {
    let features: [fn(Route) -> Route; 1] = [accounts::demo_pages];
    counted(features.into_iter().fold(every_page(), |route, add| add(route)))
}

/// Every kind of queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    let ties = vec![ties::jobs::recheck_job(|app, _| recheck_ties(app))];
    [
        agreements::jobs::jobs(),
        candidates::jobs::jobs(),
        certificates::jobs::jobs(),
        experts::jobs::jobs(),
        inspections::jobs::jobs(),
        juries::jobs::jobs(),
        minutes::jobs::jobs(),
        missions::jobs::jobs(),
        ties,
    ]
    .concat()
}

/// Everything done by itself at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    [
        access::jobs::periodic(),
        accounts::periodic(),
        agreements::jobs::periodic(),
        rights::jobs::periodic(),
        experts::jobs::periodic(),
        missions::jobs::periodic(),
        inspections::jobs::periodic(),
        meetings::jobs::periodic(),
        juries::jobs::periodic(),
        notices::jobs::periodic(),
        supports::jobs::periodic(),
        journal::jobs::periodic(),
        ties::jobs::periodic(recheck_ties),
    ]
    .concat()
}

/// The features that give duties which ties may stand in the way of.
const HOLDERS: &[ties::Holder] = &[agreements::visits_held, missions::missions_held];

/// Weighs again the duties already given.
fn recheck_ties(app: Arc<App>) -> Work {
    ties::jobs::work(app, HOLDERS)
}
