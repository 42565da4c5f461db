//! `/api/v1/jury-sessions`.

pub mod day;

use std::sync::Arc;

use entity::ids::{CandidateId, DocumentId, ExpertId, JurySessionId, StructureId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::load::Whole;
use super::queries::{self, Filter};
use super::shapes::{
    JuryCandidatesIn, JuryIn, JuryOut, JuryPage, JuryPlanIn, JuryPostponeIn, JuryReasonIn, StateWord,
};
use super::{JuryError, actions};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, ShortText, Tag};

/// Sessions of juries.
pub struct JuriesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of sessions.
#[derive(ApiResponse)]
enum Listed {
    /// The sessions that the caller may see.
    #[oai(status = 200)]
    Page(Json<JuryPage>),
}

#[OpenApi(prefix_path = "/jury-sessions", tag = "Tag::Juries")]
impl JuriesApi {
    /// List sessions of juries
    ///
    /// The latest number first; `q` finds words of the number, of the structure or of the place. A structure sees its own, an
    /// expert those in which they sit.
    #[oai(path = "/", method = "get", operation_id = "jury_session_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only this structure.
        structure_id: Query<Option<Uuid>>,
        /// Only this region, by its INSEE code.
        region: Query<Option<ShortText>>,
        /// Only those over which this expert presides, or is asked to.
        president_id: Query<Option<Uuid>>,
        /// Only those that begin from this instant on.
        from: Query<Option<OffsetDateTime>>,
        /// Only those that begin before this instant.
        before: Query<Option<OffsetDateTime>>,
        /// Only those of this civil year of Paris that were held and whose decisions stand, which figures count.
        held_in: Query<Option<i32>>,
        /// Only those of the certification of this code.
        certification: Query<Option<ShortText>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            structure: structure_id.0.map(StructureId),
            region: region.0.map(String::from),
            president: president_id.0.map(ExpertId),
            from: from.0,
            before: before.0,
            held_in: held_in.0,
            held: false,
            certification: certification.0.map(String::from),
            version: None,
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(JuryPage { items, next_cursor })))
    }

    /// Read a session
    #[oai(path = "/:id", method = "get", operation_id = "jury_session_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<JuryOut>, ApiError> {
        let conn = self.app.db.read();
        let whole = Whole::get(conn, &caller.0, JurySessionId(id.0)).await?;
        let documents = queries::documents(conn, &caller.0, &whole).await?;
        let look = actions::Look::of(&caller.0, &whole, self.app.now());
        let missing = actions::missing(conn, &whole, look).await?;
        Ok(Read::new(JuryOut::of(&whole, missing, &documents), whole.session.version))
    }

    /// Ask for a jury
    ///
    /// For a structure that holds an agreement to organise the assessment of the certification. Candidates named already are
    /// admitted, and expected in no other session.
    #[oai(path = "/", method = "post", operation_id = "jury_session_request")]
    async fn request(&self, caller: Caller, body: Json<JuryIn>) -> Result<Created<JuryOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::request(&mut tx, &body.0.typed()).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/jury-sessions/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Reject a request
    #[oai(path = "/:id/reject", method = "post", operation_id = "jury_session_reject")]
    async fn reject(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryReasonIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::reject(&mut tx, JurySessionId(id.0), seen, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Withdraw a request
    ///
    /// By the structure that asked, as long as it has no date. Its candidates may be named in another.
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "jury_session_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryReasonIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::withdraw(&mut tx, JurySessionId(id.0), seen, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Plan a session
    ///
    /// Also when it was postponed. Hours are those of the place; the rules are those of the latest published referential.
    #[oai(path = "/:id/plan", method = "post", operation_id = "jury_session_plan")]
    async fn plan(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryPlanIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::plan(&mut tx, JurySessionId(id.0), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Choose the candidates of a session
    ///
    /// The whole list, in the order of their turns, until they are called.
    #[oai(path = "/:id/candidates", method = "put", operation_id = "jury_session_choose_candidates")]
    async fn choose(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryCandidatesIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let candidates: Vec<_> = body.0.candidates.into_iter().map(CandidateId).collect();
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::choose(&mut tx, JurySessionId(id.0), seen, &candidates).await?;
        done(tx, id.0.into()).await
    }

    /// Confirm a session
    ///
    /// Once its president accepted, a quorum is within reach and a candidate is chosen; else `blocking` says what lacks.
    #[oai(path = "/:id/confirm", method = "post", operation_id = "jury_session_confirm")]
    async fn confirm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::confirm(&mut tx, JurySessionId(id.0), seen).await?;
        done(tx, id.0.into()).await
    }

    /// Call the candidates of a session
    ///
    /// The program does it by itself some days before, as the referential says.
    #[oai(path = "/:id/convoke", method = "post", operation_id = "jury_session_convoke")]
    async fn convoke(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::convoke(&mut tx, JurySessionId(id.0), seen)).await?;
        done(tx, id.0.into()).await
    }

    /// Postpone a session
    ///
    /// To another date, in the same room; it is then planned and confirmed again. Everybody who knew the first date is told.
    #[oai(path = "/:id/postpone", method = "post", operation_id = "jury_session_postpone")]
    async fn postpone(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryPostponeIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::postpone(&mut tx, JurySessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Cancel a session
    ///
    /// Its candidates may be called to another; everybody is told.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "jury_session_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryReasonIn>,
    ) -> Result<Read<JuryOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::cancel(&mut tx, JurySessionId(id.0), seen, &body.0.reason.0)).await?;
        done(tx, id.0.into()).await
    }

    /// Download a document of a session
    #[oai(path = "/:id/documents/:paper_id", method = "get", operation_id = "jury_session_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        paper_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let whole = Whole::get(conn, &caller.0, JurySessionId(id.0)).await?;
        let file = queries::document(conn, &caller.0, &whole, DocumentId(paper_id.0)).await?;
        let content = self.app.storage.get(&file.sha256).await.map_err(JuryError::from)?;
        actions::download(&self.app, &caller.0, &whole, &file).await?;
        Ok(Content::of(&content, &file.file_name, &file.sha256))
    }
}

/// The session as the transaction leaves it.
async fn after(tx: &Tx, id: JurySessionId) -> Result<JuryOut, ApiError> {
    let whole = Whole::get(tx.conn(), tx.actor(), id).await?;
    let documents = queries::documents(tx.conn(), tx.actor(), &whole).await?;
    let look = actions::Look::of(tx.actor(), &whole, tx.now());
    let missing = actions::missing(tx.conn(), &whole, look).await?;
    Ok(JuryOut::of(&whole, missing, &documents))
}

/// Commits, and answers the session.
async fn done(mut tx: Tx, id: JurySessionId) -> Result<Read<JuryOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.session.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
