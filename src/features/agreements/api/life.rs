//! The acts on an agreement in its life: what they would change, notice, suspension, withdrawal by two people, undo.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::Listed;
use super::agreements::done;
use super::life_shapes::{
    RightActOut, RightActs, RightChargeIn, RightCloseIn, RightConsequencesOut, RightLetterIn, RightNoticeIn,
    RightObservationsIn, RightPlanIn, RightReasonsIn,
};
use super::right_shapes::AgreementOut;
use super::words::ActKindWord;
use crate::app::App;
use crate::features::agreements::actions::life;
use crate::features::agreements::queries::acts;
use crate::features::agreements::{AgreementError, consequences, queries};
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};
use crate::rules::sanction::Sanction;

/// The life of agreements.
pub struct LifeApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(tag = "Tag::Agreements")]
impl LifeApi {
    /// List the acts on an agreement
    ///
    /// All of them, the last one first.
    #[oai(path = "/agreements/:id/acts", method = "get", operation_id = "agreement_acts")]
    async fn acts(&self, caller: Caller, id: Path<Uuid>) -> Result<Listed<RightActs>, ApiError> {
        let conn = self.app.db.read();
        let agreement = queries::agreement(conn, &caller.0, id.0.into()).await?;
        let found = acts::of_agreement(conn, agreement.id).await?;
        let grounds = acts::grounds_of(conn, &found).await?;
        let items = found.iter().map(|act| RightActOut::of(act, &grounds)).collect();
        Ok(Listed::Found(Json(RightActs { items })))
    }

    /// Tell what an act would change now
    ///
    /// The act itself walks this list and nothing else.
    #[oai(path = "/agreements/:id/consequences", method = "get", operation_id = "agreement_consequences")]
    async fn consequences(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// A suspension unless given.
        act: Query<Option<ActKindWord>>,
    ) -> Result<Listed<RightConsequencesOut>, ApiError> {
        let conn = self.app.db.read();
        let agreement = queries::agreement(conn, &caller.0, id.0.into()).await?;
        let kind = act.0.unwrap_or(ActKindWord::Suspension).into();
        let touched = consequences::of(conn, &agreement, kind, self.app.now()).await?.read_by(&caller.0);
        Ok(Listed::Found(Json((&touched).into())))
    }

    /// Serve a notice that announces a suspension or a withdrawal
    ///
    /// The structure may then comment, within the delay of the settings.
    #[oai(path = "/agreements/:id/serve-notice", method = "post", operation_id = "agreement_serve_notice")]
    async fn serve_notice(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightNoticeIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let sanction = body.0.sanction.into();
        let charge = body.0.charge.read(sanction).map_err(AgreementError::Invalid)?;
        let agreement = life::serve_notice(&mut tx, id.0.into(), seen, &charge).await?;
        done(tx, agreement).await
    }

    /// Answer a notice
    #[oai(path = "/agreements/:id/answer-notice", method = "post", operation_id = "agreement_answer_notice")]
    async fn answer_notice(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<RightObservationsIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::answer_notice(&mut tx, id.0.into(), &body.0.text.0).await?;
        done(tx, agreement).await
    }

    /// Suspend an agreement at once
    ///
    /// For a fraud or a danger, with the reason of the urgency; otherwise a notice comes first.
    #[oai(path = "/agreements/:id/suspend", method = "post", operation_id = "agreement_suspend")]
    async fn suspend(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightChargeIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let charge = body.0.read(Sanction::Suspend).map_err(AgreementError::Invalid)?;
        let agreement = life::suspend(&mut tx, id.0.into(), seen, &charge).await?;
        done(tx, agreement).await
    }

    /// Suspend an agreement as its notice announced
    #[oai(
        path = "/agreements/:id/suspend-after-notice",
        method = "post",
        operation_id = "agreement_suspend_after_notice"
    )]
    async fn suspend_after_notice(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::suspend_after_notice(&mut tx, id.0.into(), seen).await?;
        done(tx, agreement).await
    }

    /// Suspend an agreement whose reserves are overdue
    #[oai(
        path = "/agreements/:id/suspend-for-reserves",
        method = "post",
        operation_id = "agreement_suspend_for_reserves"
    )]
    async fn suspend_for_reserves(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightReasonsIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let reasons = body.0.reasons.0;
        let agreement = life::suspend_for_reserves(&mut tx, id.0.into(), seen, &reasons).await?;
        done(tx, agreement).await
    }

    /// Give a suspended agreement back
    #[oai(path = "/agreements/:id/reinstate", method = "post", operation_id = "agreement_reinstate")]
    async fn reinstate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightReasonsIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::reinstate(&mut tx, id.0.into(), seen, &body.0.reasons.0).await?;
        done(tx, agreement).await
    }

    /// Ask for the withdrawal that a notice announced
    ///
    /// The agreement stays until another person confirms.
    #[oai(
        path = "/agreements/:id/ask-withdrawal",
        method = "post",
        operation_id = "agreement_ask_withdrawal"
    )]
    async fn ask_withdrawal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightPlanIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::ask_withdrawal(&mut tx, id.0.into(), seen, &body.0.plan.0).await?;
        done(tx, agreement).await
    }

    /// Confirm a withdrawal that another person asked for
    #[oai(
        path = "/agreements/:id/confirm-withdrawal",
        method = "post",
        operation_id = "agreement_confirm_withdrawal"
    )]
    async fn confirm_withdrawal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::confirm_withdrawal(&mut tx, id.0.into(), seen).await?;
        done(tx, agreement).await
    }

    /// Give up the agreement of one's structure
    #[oai(path = "/agreements/:id/renounce", method = "post", operation_id = "agreement_renounce")]
    async fn renounce(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RightPlanIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = life::renounce(&mut tx, id.0.into(), seen, &body.0.plan.0).await?;
        done(tx, agreement).await
    }

    /// Give up a procedure
    #[oai(path = "/agreements/:id/acts/:act_id/drop", method = "post", operation_id = "agreement_act_drop")]
    async fn drop_act(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        act_id: Path<Uuid>,
        body: Json<RightCloseIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let reason = body.0.reason.0;
        let agreement = life::drop_act(&mut tx, id.0.into(), act_id.0.into(), &reason).await?;
        done(tx, agreement).await
    }

    /// Undo the last act within its window
    #[oai(path = "/agreements/:id/acts/:act_id/undo", method = "post", operation_id = "agreement_act_undo")]
    async fn undo(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        act_id: Path<Uuid>,
        body: Json<RightCloseIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let reason = body.0.reason.0;
        let agreement = life::undo(&mut tx, id.0.into(), act_id.0.into(), &reason).await?;
        done(tx, agreement).await
    }

    /// Record the registered letter of an act
    #[oai(
        path = "/agreements/:id/acts/:act_id/record-letter",
        method = "post",
        operation_id = "agreement_act_record_letter"
    )]
    async fn record_letter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        act_id: Path<Uuid>,
        body: Json<RightLetterIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let RightLetterIn { number, sent_on } = body.0;
        let (id, act) = (id.0.into(), act_id.0.into());
        let agreement = life::record_act_letter(&mut tx, id, act, &number.0, Some(sent_on)).await?;
        done(tx, agreement).await
    }
}
