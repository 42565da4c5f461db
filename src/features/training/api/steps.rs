//! The steps of a session.

use std::sync::Arc;

use entity::ids::TrainingSessionId;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::done;
use crate::app::App;
use crate::features::training::actions;
use crate::features::training::shapes::{SessionEndIn, SessionOut, SessionSlotsIn, typed_slots};
use crate::features::training::state::Step;
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};

/// The steps of training sessions.
pub struct TrainingStepsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/training-sessions", tag = "Tag::Training")]
impl TrainingStepsApi {
    /// Open a training session
    ///
    /// People may enrol.
    #[oai(path = "/:id/open", method = "post", operation_id = "training_session_open")]
    async fn open(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Open).await
    }

    /// Withdraw a training session
    ///
    /// It is a project again; nobody is enrolled.
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "training_session_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Withdraw).await
    }

    /// Confirm a training session
    ///
    /// Enough people, somebody who teaches and a room on each half-day; the refusal tells everything that lacks.
    #[oai(path = "/:id/confirm", method = "post", operation_id = "training_session_confirm")]
    async fn confirm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Confirm).await
    }

    /// Take back the confirmation of a training session
    #[oai(path = "/:id/unconfirm", method = "post", operation_id = "training_session_unconfirm")]
    async fn unconfirm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Unconfirm).await
    }

    /// Start a training session
    ///
    /// Once its first half-day has begun; the program does it by itself.
    #[oai(path = "/:id/start", method = "post", operation_id = "training_session_start")]
    async fn start(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Start).await
    }

    /// End a training session
    ///
    /// Once its last half-day has ended; the program does it by itself.
    #[oai(path = "/:id/finish", method = "post", operation_id = "training_session_finish")]
    async fn finish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Finish).await
    }

    /// Close a training session
    ///
    /// Every presence is countersigned, every paper signed.
    #[oai(path = "/:id/close", method = "post", operation_id = "training_session_close")]
    async fn close(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Close).await
    }

    /// Reopen a training session
    ///
    /// A proof is to be corrected.
    #[oai(path = "/:id/reopen", method = "post", operation_id = "training_session_reopen")]
    async fn reopen(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Reopen).await
    }

    /// Restore a training session
    ///
    /// That was cancelled by mistake: a project again.
    #[oai(path = "/:id/restore", method = "post", operation_id = "training_session_restore")]
    async fn restore(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SessionOut>, ApiError> {
        self.step(caller, id.0, seen.0, Step::Restore).await
    }

    /// Postpone a training session
    ///
    /// It waits for other dates, and those who had a seat with it. Refused less than the days of the settings before, but for
    /// force majeure.
    #[oai(path = "/:id/postpone", method = "post", operation_id = "training_session_postpone")]
    async fn postpone(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionEndIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::postpone(&mut tx, TrainingSessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Give a training session other dates
    ///
    /// That was postponed; it opens again, and those who had a seat get one in the order of their coming.
    #[oai(path = "/:id/reschedule", method = "post", operation_id = "training_session_reschedule")]
    async fn reschedule(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionSlotsIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let slots = typed_slots(&body.0.slots);
        Box::pin(actions::reschedule(&mut tx, TrainingSessionId(id.0), seen, &slots)).await?;
        done(tx, id.0.into()).await
    }

    /// Cancel a training session
    ///
    /// Its enrolments end, with nothing to pay. Refused less than the days of the settings before, but for force majeure.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "training_session_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionEndIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::cancel(&mut tx, TrainingSessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }
}

impl TrainingStepsApi {
    /// A step that asks for nothing.
    async fn step(
        &self,
        caller: Caller,
        id: Uuid,
        seen: Option<String>,
        step: Step,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::step(&mut tx, TrainingSessionId(id), seen, step)).await?;
        done(tx, id.into()).await
    }
}
