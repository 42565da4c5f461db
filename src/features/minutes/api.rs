//! `/api/v1/jury-sessions/{id}/minutes`, the acts S15 to S21, and the appeals of candidates.

use std::sync::Arc;

use entity::candidate_appeal;
use entity::ids::{CandidateId, DocumentId, JuryMemberId, JurySessionId};
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::load::Book;
use super::shapes::{
    AppealListOut, JuryAppealAnswerIn, JuryAppealIn, MinutesCheckIn, MinutesCloseIn, MinutesCodeIn,
    MinutesCorrectionIn, MinutesOut, MinutesReasonIn, MinutesSignatureIn, MinutesValidationIn,
};
use super::{MinutesError, actions, queries};
use crate::app::App;
use crate::db::Tx;
use crate::features::candidates::Dossier;
use crate::features::certificates::actions::signing_key;
use crate::http::api::{ApiError, Caller, Content, Read, Tag, if_match};

/// Minutes of juries.
pub struct MinutesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Appeals against the decisions of juries.
pub struct AppealsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/jury-sessions", tag = "Tag::Juries")]
impl MinutesApi {
    /// Read the minutes of a session
    ///
    /// The latest first, with who signed; nothing before the deliberation is closed. A structure reads none.
    #[oai(path = "/:id/minutes", method = "get", operation_id = "jury_minutes_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<MinutesOut>, ApiError> {
        let book = Book::get(self.app.db.read(), &caller.0, JurySessionId(id.0)).await?;
        Ok(Read::new(MinutesOut::from(&book), book.whole.session.version))
    }

    /// Close the deliberation
    ///
    /// By whoever presides: one decision for each candidate who came, an observation for each unit that is not acquired; else
    /// `blocking` says what lacks. The text is then frozen, and each member is asked to sign it.
    #[oai(path = "/:id/close-deliberation", method = "post", operation_id = "jury_minutes_close")]
    async fn close(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesCloseIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::close(&mut tx, JurySessionId(id.0), seen, &body.0.remarks())).await?;
        done(tx, id.0.into()).await
    }

    /// Send a one-time code to a member
    ///
    /// By mail, to sign on a device that is not theirs. It is valid for fifteen minutes; the codes sent before are not any
    /// more.
    #[oai(path = "/:id/signature-codes", method = "post", operation_id = "jury_minutes_code")]
    async fn send_code(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MinutesCodeIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::send_code(&mut tx, JurySessionId(id.0), JuryMemberId(body.0.member_id)).await?;
        done(tx, id.0.into()).await
    }

    /// Sign the minutes, or refuse with a reason
    ///
    /// Each member once: from their own account, or on that of another member with a one-time code, with a drawing or
    /// without. The last answer makes the minutes signed.
    #[oai(path = "/:id/sign", method = "post", operation_id = "jury_minutes_sign")]
    async fn sign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesSignatureIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        if let Err(error) = Box::pin(actions::sign(&mut tx, JurySessionId(id.0), seen, &body.0.typed())).await
        {
            drop(tx);
            actions::count_miss(&self.app, &error).await?;
            return Err(error.into());
        }
        done(tx, id.0.into()).await
    }

    /// Say that the minutes conform
    ///
    /// By somebody of the certifier who did not sit, every point looked at.
    #[oai(path = "/:id/control-ok", method = "post", operation_id = "jury_minutes_control_ok")]
    async fn control_ok(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesCheckIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::control_ok(&mut tx, JurySessionId(id.0), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Send the minutes back to the jury
    ///
    /// With what is to be corrected; the decisions are looked at again.
    #[oai(path = "/:id/control-ko", method = "post", operation_id = "jury_minutes_control_ko")]
    async fn control_ko(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesCheckIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::control_ko(&mut tx, JurySessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Correct the minutes
    ///
    /// By whoever presides: a new text that names the first, which is kept, and that the same jury signs.
    #[oai(path = "/:id/rectify", method = "post", operation_id = "jury_minutes_rectify")]
    async fn rectify(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesCorrectionIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::rectify(&mut tx, JurySessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Validate the decisions
    ///
    /// With the day of delivery and, where the rules ask for it, the list that the joint body of the branch validated.
    #[oai(path = "/:id/validate", method = "post", operation_id = "jury_minutes_validate")]
    async fn validate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesValidationIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::validate(&mut tx, JurySessionId(id.0), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Take a validation back
    ///
    /// As long as nobody was told and no certificate went out.
    #[oai(path = "/:id/take-back", method = "post", operation_id = "jury_minutes_take_back")]
    async fn take_back(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MinutesReasonIn>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::take_back(&mut tx, JurySessionId(id.0), seen, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Tell the decisions
    ///
    /// The candidates are moved and written to, the certificates delivered, in one transaction; a certificate that says
    /// otherwise is revoked first: `blocking` names it and nothing is sent. Whoever has an incomplete civil status is told,
    /// and their certificate waits for another delivery.
    #[oai(path = "/:id/notify", method = "post", operation_id = "jury_minutes_notify")]
    async fn notify(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MinutesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let key = signing_key(&self.app).await?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::publish(&mut tx, &key, JurySessionId(id.0), seen)).await?;
        done(tx, id.0.into()).await
    }

    /// Download a document of minutes
    #[oai(path = "/:id/minutes/documents/:file_id", method = "get", operation_id = "jury_minutes_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        file_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let book = Book::get(self.app.db.read(), &caller.0, JurySessionId(id.0)).await?;
        let file = queries::document(&book, DocumentId(file_id.0))?;
        let content = self.app.storage.get(&file.sha256).await.map_err(MinutesError::from)?;
        actions::download(&self.app, &caller.0, &book, &file).await?;
        Ok(Content::of(&content, &file.file_name, &file.sha256))
    }
}

#[OpenApi(prefix_path = "/candidates", tag = "Tag::Candidates")]
impl AppealsApi {
    /// Read the appeals of a candidate
    #[oai(path = "/:id/appeals", method = "get", operation_id = "candidate_appeal_list")]
    async fn list(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<AppealListOut>, ApiError> {
        let found = queries::appeals_of(self.app.db.read(), &caller.0, id.0.into()).await?;
        Ok(listed(&found))
    }

    /// Lodge an appeal for a candidate
    ///
    /// Within the time that the referential gives from the notification, reasoned; by their structure or by the team.
    #[oai(path = "/:id/lodge-appeal", method = "post", operation_id = "candidate_appeal_lodge")]
    async fn lodge(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryAppealIn>,
    ) -> Result<Read<AppealListOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::lodge(&mut tx, CandidateId(id.0), seen, &body.0.typed())).await?;
        answered(tx, id.0.into()).await
    }

    /// Say to a candidate that their appeal arrived
    #[oai(path = "/:id/acknowledge-appeal", method = "post", operation_id = "candidate_appeal_acknowledge")]
    async fn acknowledge(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AppealListOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::acknowledge(&mut tx, CandidateId(id.0), seen).await?;
        answered(tx, id.0.into()).await
    }

    /// Answer the appeal of a candidate
    ///
    /// The decision stands, or the file goes back to a jury.
    #[oai(path = "/:id/settle-appeal", method = "post", operation_id = "candidate_appeal_settle")]
    async fn settle(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryAppealAnswerIn>,
    ) -> Result<Read<AppealListOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::settle(&mut tx, CandidateId(id.0), seen, &body.0.typed())).await?;
        answered(tx, id.0.into()).await
    }
}

/// Commits, and answers the minutes of the session.
async fn done(mut tx: Tx, id: JurySessionId) -> Result<Read<MinutesOut>, ApiError> {
    let book = Book::get(tx.conn(), tx.actor(), id).await?;
    let version = book.whole.session.version;
    let read = Read::new(MinutesOut::from(&book), version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

fn listed((dossier, rows): &(Dossier, Vec<candidate_appeal::Model>)) -> Read<AppealListOut> {
    let version = dossier.candidate.version;
    Read::new(AppealListOut { items: rows.iter().map(Into::into).collect(), version }, version)
}

/// Commits, and answers the appeals of the candidate.
async fn answered(mut tx: Tx, id: CandidateId) -> Result<Read<AppealListOut>, ApiError> {
    let found = queries::appeals_of(tx.conn(), tx.actor(), id).await?;
    let read = listed(&found).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
