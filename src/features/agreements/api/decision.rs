//! The committee, the decision, the appeal.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::bodies::TextIn;
use super::decision_bodies::{
    AdjournIn, AgendaIn, GrantIn, GrantWithReservesIn, LetterIn, OverturnIn, ReasonsIn, ResumeIn,
};
use super::done;
use super::request_shape::AgreementRequestOut;
use crate::app::App;
use crate::features::agreements::actions::decision::{self, ResumeTo};
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::DecisionInput;
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};
use entity::appeal::AppealOutcome;

/// Decision on a request.
pub struct DecisionApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/agreement-requests", tag = "Tag::Agreements")]
impl DecisionApi {
    /// Put on the agenda of a committee
    #[oai(path = "/:id/put-on-agenda", method = "post", operation_id = "agreement_request_put_on_agenda")]
    async fn put_on_agenda(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AgendaIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = decision::put_on_agenda(&mut tx, id.0.into(), seen, body.0.committee_id.into()).await?;
        done(tx, request).await
    }

    /// Grant
    #[oai(path = "/:id/grant", method = "post", operation_id = "agreement_request_grant")]
    async fn grant(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<GrantIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let GrantIn { starts_on, ends_on, text, replaces } = body.0;
        let reserves = Vec::new();
        let input = DecisionInput::Grant { starts_on, ends_on, reserves, text: text.0, replaces };
        let request = decision::decide(&mut tx, id.0.into(), seen, input).await?;
        done(tx, request).await
    }

    /// Grant, with things still to do
    #[oai(
        path = "/:id/grant-with-reserves",
        method = "post",
        operation_id = "agreement_request_grant_with_reserves"
    )]
    async fn grant_with_reserves(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<GrantWithReservesIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let GrantWithReservesIn { starts_on, ends_on, reserves, text, replaces } = body.0;
        if reserves.is_empty() {
            let message = "Indiquez au moins une réserve, ou accordez sans réserve";
            return Err(AgreementError::fault("/reserves", "reserves-missing", message).into());
        }
        let reserves = reserves.into_iter().map(Into::into).collect();
        let input = DecisionInput::Grant { starts_on, ends_on, reserves, text: text.0, replaces };
        let request = decision::decide(&mut tx, id.0.into(), seen, input).await?;
        done(tx, request).await
    }

    /// Put off
    #[oai(path = "/:id/adjourn", method = "post", operation_id = "agreement_request_adjourn")]
    async fn adjourn(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AdjournIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let input = DecisionInput::Adjourn { text: body.0.text.0, due_on: body.0.due_on };
        let request = decision::decide(&mut tx, id.0.into(), seen, input).await?;
        done(tx, request).await
    }

    /// Refuse
    #[oai(path = "/:id/refuse", method = "post", operation_id = "agreement_request_refuse")]
    async fn refuse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonsIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let input = DecisionInput::Refuse { reasons: body.0.reasons.0 };
        let request = decision::decide(&mut tx, id.0.into(), seen, input).await?;
        done(tx, request).await
    }

    /// Record the registered letter of a refusal
    ///
    /// Of the last decision, in place of what was recorded of it: once sent, then once presented. Nobody is written to.
    #[oai(path = "/:id/record-letter", method = "post", operation_id = "agreement_request_record_letter")]
    async fn record_letter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<LetterIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = decision::record_letter(&mut tx, id.0.into(), seen, &body.0.into()).await?;
        done(tx, request).await
    }

    /// Resume after an adjournment
    #[oai(path = "/:id/resume", method = "post", operation_id = "agreement_request_resume")]
    async fn resume(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ResumeIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let to = body.0.committee_id.map_or(ResumeTo::Visit, |id| ResumeTo::Committee(id.into()));
        let request = decision::resume(&mut tx, id.0.into(), seen, to).await?;
        done(tx, request).await
    }

    /// Appeal against a refusal
    #[oai(path = "/:id/lodge-recours", method = "post", operation_id = "agreement_request_lodge_recours")]
    async fn lodge_recours(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<TextIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = decision::appeal(&mut tx, id.0.into(), seen, &body.0.text.0).await?;
        done(tx, request).await
    }

    /// Confirm the refusal
    ///
    /// By someone who neither decided nor inspected.
    #[oai(path = "/:id/uphold", method = "post", operation_id = "agreement_request_uphold")]
    async fn uphold(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonsIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request =
            decision::settle(&mut tx, id.0.into(), seen, AppealOutcome::Upheld, &body.0.reasons.0, None)
                .await?;
        done(tx, request).await
    }

    /// Give up the refusal
    ///
    /// The file goes back to a committee.
    #[oai(path = "/:id/overturn", method = "post", operation_id = "agreement_request_overturn")]
    async fn overturn(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<OverturnIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let committee = body.0.committee_id.map(Into::into);
        let outcome = AppealOutcome::Overturned;
        let request =
            decision::settle(&mut tx, id.0.into(), seen, outcome, &body.0.reasons.0, committee).await?;
        done(tx, request).await
    }
}
