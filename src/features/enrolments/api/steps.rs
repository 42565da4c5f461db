//! The steps of an enrolment, `/api/v1/enrolments/{id}/…`.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::read;
use crate::app::App;
use crate::features::enrolments::actions::{self, By, Presence};
use crate::features::enrolments::shapes::{
    EnrolmentCancelIn, EnrolmentContractIn, EnrolmentFile, EnrolmentMoveIn, EnrolmentPersonIn,
    EnrolmentRefusalIn,
};
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};

/// What happens to an enrolment.
pub struct EnrolmentStepsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/enrolments", tag = "Tag::Training")]
impl EnrolmentStepsApi {
    /// Take somebody in
    ///
    /// A request, or an enrolment that had ended: a seat, or a place in the waiting list when the session is full.
    #[oai(path = "/:id/take-in", method = "post", operation_id = "enrolment_take_in")]
    async fn take_in(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::take_in(&mut tx, id.0.into(), seen)).await?;
        read(tx, &row).await
    }

    /// Refuse a request
    #[oai(path = "/:id/refuse", method = "post", operation_id = "enrolment_refuse")]
    async fn refuse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentRefusalIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::refuse(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, &row).await
    }

    /// Take an offer back
    ///
    /// The person waits again, first.
    #[oai(path = "/:id/recall-offer", method = "post", operation_id = "enrolment_recall_offer")]
    async fn recall_offer(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::recall_offer(&mut tx, id.0.into(), seen).await?;
        read(tx, &row).await
    }

    /// Record the signature of the contract or of the convention
    ///
    /// What an individual signed is confirmed once the days to withdraw have passed; a convention confirms at once.
    #[oai(path = "/:id/contract", method = "post", operation_id = "enrolment_contract")]
    async fn contract(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentContractIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::contract(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, &row).await
    }

    /// Replace a person
    ///
    /// By somebody of the same employer, for nothing, until the day before the session. Answers the newcomer.
    #[oai(path = "/:id/replace", method = "post", operation_id = "enrolment_replace")]
    async fn replace(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentPersonIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::replace(&mut tx, id.0.into(), seen, &body.0.typed())).await?;
        read(tx, &row).await
    }

    /// Move a person to another session
    ///
    /// A seat there, or a place in its waiting list. Answers the new enrolment.
    #[oai(path = "/:id/move", method = "post", operation_id = "enrolment_move")]
    async fn transfer(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentMoveIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let target = body.0.session_id.into();
        let row = Box::pin(actions::transfer(&mut tx, id.0.into(), seen, target)).await?;
        read(tx, &row).await
    }

    /// Cancel for the person or their employer
    ///
    /// What is owed follows from the day; the seat is offered to the next.
    #[oai(path = "/:id/cancel-by-client", method = "post", operation_id = "enrolment_cancel_by_client")]
    async fn cancel_by_client(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentCancelIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        let row = Box::pin(actions::cancel_as_typed(&mut tx, id.0.into(), seen, By::Client, &typed)).await?;
        read(tx, &row).await
    }

    /// Cancel for the certifier
    ///
    /// Nothing is owed. Within its own delay, unless nobody could do otherwise.
    #[oai(path = "/:id/cancel-by-provider", method = "post", operation_id = "enrolment_cancel_by_provider")]
    async fn cancel_by_provider(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentCancelIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        let row =
            Box::pin(actions::cancel_as_typed(&mut tx, id.0.into(), seen, By::Provider, &typed)).await?;
        read(tx, &row).await
    }

    /// Mark a person present
    #[oai(path = "/:id/mark-present", method = "post", operation_id = "enrolment_mark_present")]
    async fn mark_present(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        self.mark(caller, id, seen, Presence::Present).await
    }

    /// Mark a person absent
    #[oai(path = "/:id/mark-absent", method = "post", operation_id = "enrolment_mark_absent")]
    async fn mark_absent(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        self.mark(caller, id, seen, Presence::Absent).await
    }

    /// Record that the training was followed to its end
    #[oai(path = "/:id/complete", method = "post", operation_id = "enrolment_complete")]
    async fn complete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        self.mark(caller, id, seen, Presence::Completed).await
    }

    /// Go back on an end
    ///
    /// Somebody who gave up came back, or what was said of the end was a mistake.
    #[oai(path = "/:id/return", method = "post", operation_id = "enrolment_return")]
    async fn go_back(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        self.mark(caller, id, seen, Presence::Returned).await
    }

    /// Record that somebody gave up on the way
    #[oai(path = "/:id/drop-out", method = "post", operation_id = "enrolment_drop_out")]
    async fn drop_out(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentCancelIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::drop_out(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, &row).await
    }
}

impl EnrolmentStepsApi {
    async fn mark(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        seen: Header<Option<String>>,
        presence: Presence,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::mark(&mut tx, id.0.into(), seen, presence).await?;
        read(tx, &row).await
    }
}
