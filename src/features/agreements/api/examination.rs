//! What an officer does with a submitted file.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::bodies::{AssignIn, ReasonIn, ReturnIn};
use super::done;
use super::request_shape::AgreementRequestOut;
use crate::app::App;
use crate::features::agreements::actions::{examination, visit};
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};

/// Examination of a request.
pub struct ExaminationApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/agreement-requests", tag = "Tag::Agreements")]
impl ExaminationApi {
    /// Send the file back
    ///
    /// With the list of the pieces that are missing or not valid.
    #[oai(path = "/:id/return", method = "post", operation_id = "agreement_request_return")]
    async fn return_request(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReturnIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let asked: Vec<_> = body
            .0
            .pieces
            .into_iter()
            .map(|piece| examination::AskedPiece { code: piece.code.0, reason: piece.reason.0 })
            .collect();
        let message = body.0.message.0;
        let request = examination::return_request(&mut tx, id.0.into(), seen, &asked, &message).await?;
        done(tx, request).await
    }

    /// Declare the file complete
    ///
    /// Every piece must be accepted; `blocking` lists those that are not.
    #[oai(
        path = "/:id/declare-complete",
        method = "post",
        operation_id = "agreement_request_declare_complete"
    )]
    async fn complete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = examination::complete(&mut tx, id.0.into(), seen).await?;
        done(tx, request).await
    }

    /// Give the visit to a contrôleur
    ///
    /// The habilitation and the independence are checked; `blocking` says what stands in the way.
    #[oai(
        path = "/:id/assign-controller",
        method = "post",
        operation_id = "agreement_request_assign_controller"
    )]
    async fn assign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AssignIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (expert, reason) = (body.0.controller_id.into(), body.0.override_reason.map(|reason| reason.0));
        let request = visit::assign(&mut tx, id.0.into(), seen, expert, reason.as_deref()).await?;
        done(tx, request).await
    }

    /// Do without the visit
    #[oai(path = "/:id/waive-visit", method = "post", operation_id = "agreement_request_waive_visit")]
    async fn waive_visit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = examination::waive_visit(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, request).await
    }
}
