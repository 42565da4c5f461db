//! `/api/v1/inspections` and `/api/v1/draws`.

mod corrections;
mod draws;

pub use corrections::CorrectionsApi;
pub(super) use corrections::stored;
pub use draws::DrawsApi;

use std::sync::Arc;

use entity::ids::InspectionId;
use entity::inspection::{InspectionState, Trigger};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::actions::{self, Synced};
use super::dossier::Dossier;
use super::error::InspectionError;
use super::input::PerformInput;
use super::queries::{self, Filter};
use super::shapes::{
    AnswerIn, AssignIn, ChangeOut, CloseIn, CommentIn, ConcludeIn, ConclusionIn, EscalateIn,
    InspectionDateIn, InspectionItem, InspectionMoveIn, InspectionOut, InspectionPage, InspectionPlanIn,
    InspectionStateWord, Parts, PersonsMetIn, RefusalStatementIn, ReportTextIn, SettleIn, TriggerWord, WhyIn,
};
use crate::app::App;
use crate::authz::Actor;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag};

/// Inspections in the life of agreements.
pub struct InspectionsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of inspections.
#[derive(ApiResponse)]
enum Listed {
    /// The inspections that the caller may see.
    #[oai(status = 200)]
    Page(Json<InspectionPage>),
}

/// What became of an answer.
#[derive(ApiResponse)]
enum Sent {
    /// Applied or not, it is kept.
    #[oai(status = 200)]
    Change(Json<ChangeOut>),
}

#[OpenApi(prefix_path = "/inspections", tag = "Tag::Agreements")]
impl InspectionsApi {
    /// List inspections
    ///
    /// The latest number first. A structure sees those that it was told of, or that took place; an expert their own.
    #[oai(path = "/", method = "get", operation_id = "inspection_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        state: Query<Option<InspectionStateWord>>,
        trigger: Query<Option<TriggerWord>>,
        /// Of this right.
        agreement_id: Query<Option<Uuid>>,
        /// Only those that are not over, or only those that are.
        open: Query<Option<bool>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(InspectionState::from),
            trigger: trigger.0.map(Trigger::from),
            agreement: agreement_id.0.map(Into::into),
            open: open.0,
            ..Filter::default()
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(InspectionItem::from).collect();
        Ok(Listed::Page(Json(InspectionPage { items, next_cursor })))
    }

    /// Read an inspection
    #[oai(path = "/:id", method = "get", operation_id = "inspection_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<InspectionOut>, ApiError> {
        let conn = self.app.db.read();
        let dossier = queries::get(conn, &caller.0, id.0.into()).await?;
        let out = whole(conn, &caller.0, &dossier).await?;
        let version = out.version;
        Ok(Read::new(out, version))
    }

    /// Plan an inspection
    ///
    /// Nobody is told of it.
    #[oai(path = "/", method = "post", operation_id = "inspection_plan")]
    async fn plan(
        &self,
        caller: Caller,
        body: Json<InspectionPlanIn>,
    ) -> Result<Created<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::plan(&mut tx, &body.0.typed()).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/inspections/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Answer a criterion
    ///
    /// From a form or a tablet that was without network: the same key is taken once. Another value than the one that was written
    /// meanwhile, and what arrives too late, is kept for somebody to choose.
    #[oai(path = "/:id/answers", method = "post", operation_id = "inspection_answer")]
    async fn answer(&self, caller: Caller, id: Path<Uuid>, body: Json<AnswerIn>) -> Result<Sent, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        match actions::answer(&mut tx, id.0.into(), &body.0.typed()).await? {
            Synced::Again(change) => Ok(Sent::Change(Json((&change).into()))),
            Synced::Kept(change) => {
                tx.commit().await?;
                Ok(Sent::Change(Json((&change).into())))
            }
        }
    }

    /// Choose what becomes of what was kept aside
    #[oai(path = "/:id/changes/:change_id/settle", method = "post", operation_id = "inspection_settle")]
    async fn settle(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        change_id: Path<Uuid>,
        body: Json<SettleIn>,
    ) -> Result<Sent, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let change = actions::settle(&mut tx, id.0.into(), change_id.0.into(), body.0.keep).await?;
        tx.commit().await?;
        Ok(Sent::Change(Json((&change).into())))
    }

    /// Propose the mission of an inspection
    ///
    /// The structure learns nothing of it. Whoever accepts makes the inspection.
    #[oai(path = "/:id/assign", method = "post", operation_id = "inspection_assign")]
    async fn assign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AssignIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::assign(&mut tx, id.0.into(), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Tell the structure of the date
    #[oai(path = "/:id/notify", method = "post", operation_id = "inspection_notify")]
    async fn notify(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InspectionDateIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::notify(&mut tx, id.0.into(), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Move an inspection
    ///
    /// The structure may do it once.
    #[oai(path = "/:id/move", method = "post", operation_id = "inspection_move")]
    async fn postpone(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InspectionMoveIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::postpone(&mut tx, id.0.into(), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Record that an inspection took place
    ///
    /// Every criterion is scored; each gap becomes a non-conformity.
    #[oai(path = "/:id/perform", method = "post", operation_id = "inspection_perform")]
    async fn perform(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PersonsMetIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let input = PerformInput { persons_met: body.0.persons_met.into() };
        actions::perform(&mut tx, id.0.into(), seen, &input).await?;
        done(tx, id.0.into()).await
    }

    /// State that the structure refused
    #[oai(path = "/:id/state-refusal", method = "post", operation_id = "inspection_state_refusal")]
    async fn state_refusal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RefusalStatementIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::state_refusal(&mut tx, id.0.into(), seen, &body.0.statement.0).await?;
        done(tx, id.0.into()).await
    }

    /// Take up an inspection that was refused
    #[oai(path = "/:id/resume", method = "post", operation_id = "inspection_resume")]
    async fn resume(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::resume(&mut tx, id.0.into(), seen).await?;
        done(tx, id.0.into()).await
    }

    /// Send the provisional report
    #[oai(path = "/:id/send-report", method = "post", operation_id = "inspection_send_report")]
    async fn send_report(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReportTextIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::send_report(&mut tx, id.0.into(), seen, &body.0.report.0).await?;
        done(tx, id.0.into()).await
    }

    /// Comment the provisional report
    ///
    /// Kept as it is written.
    #[oai(path = "/:id/comments", method = "post", operation_id = "inspection_comment")]
    async fn comment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<CommentIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::comment(&mut tx, id.0.into(), &body.0.text.0).await?;
        done(tx, id.0.into()).await
    }

    /// Propose how an inspection ends
    ///
    /// For whoever inspected, once the structure was heard.
    #[oai(path = "/:id/propose", method = "post", operation_id = "inspection_propose")]
    async fn propose(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ConclusionIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::propose_conclusion(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Conclude an inspection
    ///
    /// For somebody who did not inspect.
    #[oai(path = "/:id/conclude", method = "post", operation_id = "inspection_conclude")]
    async fn conclude(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ConcludeIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::conclude(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Close an inspection, every gap being put right
    #[oai(path = "/:id/close", method = "post", operation_id = "inspection_close")]
    async fn close(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CloseIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::close(&mut tx, id.0.into(), seen, &body.0.closing.0).await?;
        done(tx, id.0.into()).await
    }

    /// Bring an inspection to the right
    ///
    /// Serves the notice that announces a suspension: late actions, or a refusal that stands.
    #[oai(path = "/:id/escalate", method = "post", operation_id = "inspection_escalate")]
    async fn escalate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EscalateIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::escalate(&mut tx, id.0.into(), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Cancel an inspection
    #[oai(path = "/:id/cancel", method = "post", operation_id = "inspection_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<WhyIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::cancel(&mut tx, id.0.into(), seen, &body.0.reason.0)).await?;
        done(tx, id.0.into()).await
    }

    /// Open an inspection again
    ///
    /// One that was closed or cancelled by mistake.
    #[oai(path = "/:id/reopen", method = "post", operation_id = "inspection_reopen")]
    async fn reopen(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<WhyIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::reopen(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }
}

/// An inspection, as the reader may know it.
pub(super) async fn whole(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
) -> Result<InspectionOut, InspectionError> {
    let row = &dossier.inspection;
    let own = actor.expert().is_some() && actor.expert() == row.controller_id;
    let gaps = queries::gaps(conn, row.id).await?;
    let actions = queries::answers_to(conn, &gaps).await?;
    let answers = queries::answers(conn, row.id).await?;
    let comments = queries::comments(conn, row.id).await?;
    Ok(InspectionOut::of(&Parts {
        row,
        inside: actor.is_staff() || own,
        answers: &answers,
        gaps: &gaps,
        actions: &actions,
        comments: &comments,
    }))
}

/// The inspection as the transaction leaves it.
async fn after(tx: &Tx, id: InspectionId) -> Result<InspectionOut, ApiError> {
    let dossier = Dossier::locked(tx, id).await?;
    Ok(whole(tx.conn(), tx.actor(), &dossier).await?)
}

/// Commits, and answers the inspection.
async fn done(mut tx: Tx, id: InspectionId) -> Result<Read<InspectionOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
