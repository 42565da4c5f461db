//! `/api/v1/agreement-requests`, `/committees`, `/agreements`, `/partner-updates`, `/documents`.
//!
//! Every transition is `POST /agreement-requests/{id}/<event>`; it answers the whole request and its version.

pub mod agreements;
pub mod bodies;
pub mod catalogue;
pub mod changes;
pub mod committees;
pub mod decision;
pub mod decision_bodies;
pub mod documents;
pub mod examination;
pub mod life;
pub mod life_shapes;
pub mod request_parts;
pub mod request_shape;
pub mod requests;
pub mod right_shapes;
pub mod shapes;
pub mod steps;
pub mod visit;
pub mod words;

pub use steps::STEPS;

use std::sync::Arc;

use entity::agreement_request;
use poem_openapi::OpenApi;
use poem_openapi::payload::Json;

use super::error::AgreementError;
use super::whole;
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Read};
use request_shape::AgreementRequestOut;

/// Every operation of the feature.
pub fn api(app: &Arc<App>) -> impl OpenApi + use<> {
    let app = || Arc::clone(app);
    (
        requests::RequestsApi { app: app() },
        examination::ExaminationApi { app: app() },
        visit::VisitApi { app: app() },
        decision::DecisionApi { app: app() },
        catalogue::CatalogueApi { app: app() },
        committees::CommitteesApi { app: app() },
        agreements::AgreementsApi { app: app() },
        life::LifeApi { app: app() },
        changes::ChangesApi { app: app() },
        documents::DocumentsApi { app: app() },
    )
}

/// The request as the act leaves it, once committed.
async fn done(mut tx: Tx, request: agreement_request::Model) -> Result<Read<AgreementRequestOut>, ApiError> {
    let version = request.version;
    let whole = whole::around(tx.conn(), request).await?;
    let out = AgreementRequestOut::of(&whole, tx.actor(), tx.now());
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await.map_err(AgreementError::from)?;
    Ok(read)
}

/// A list, or anything that has no version.
#[derive(poem_openapi::ApiResponse)]
enum Listed<T: poem_openapi::types::ParseFromJSON + poem_openapi::types::ToJSON + Send + Sync> {
    /// Found.
    #[oai(status = 200)]
    Found(Json<T>),
}
