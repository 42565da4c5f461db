//! `/api/v1/papers`, and what is asked of a session under `/api/v1/training-sessions/{id}`.

use std::sync::Arc;

use entity::ids::{DocumentId, TrainingDocumentId, TrainingSessionId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::actions;
use super::gather::Material;
use super::queries::plan::{Becomes, Planned, plan};
use super::queries::{self, Filter};
use super::shapes::{
    PaperAnswerIn, PaperIn, PaperKindWord, PaperOut, PaperPage, PaperReasonIn, PaperStateWord, SummonsOut,
};
use super::{PaperError, Record};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, Tag, if_match};

/// Papers of training.
pub struct PapersApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// The papers of a session.
pub struct SessionPapersApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[derive(ApiResponse)]
enum Listed {
    /// The papers that the caller may see.
    #[oai(status = 200)]
    Page(Json<PaperPage>),
}

#[OpenApi(prefix_path = "/papers", tag = "Tag::Documents")]
impl PapersApi {
    /// List papers of training
    ///
    /// The latest first; a structure sees those of what it buys or delivers, a trainee their own.
    #[oai(path = "/", method = "get", operation_id = "paper_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Only those in this state.
        state: Query<Option<PaperStateWord>>,
        /// Only those of this kind.
        kind: Query<Option<PaperKindWord>>,
        /// Only those of this session.
        session_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            state: state.0.map(Into::into),
            kind: kind.0.map(Into::into),
            session: session_id.0.map(TrainingSessionId),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.into_iter().map(Into::into).collect();
        Ok(Listed::Page(Json(PaperPage { items, next_cursor })))
    }

    /// Read a paper of training
    ///
    /// With its frozen text and who signs it.
    #[oai(path = "/:id", method = "get", operation_id = "paper_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<PaperOut>, ApiError> {
        let conn = self.app.db.read();
        let record = Record::get(conn, &caller.0, TrainingDocumentId(id.0)).await?;
        let files = queries::documents(conn, &record).await?;
        Ok(Read::new(PaperOut::of(&record, &files)?, record.paper.version))
    }

    /// Sign a paper, or refuse with a reason
    ///
    /// For the body, for the structure that buys or delivers, or for oneself; once. The last required signature makes the
    /// paper signed, and what it binds follows.
    #[oai(path = "/:id/sign", method = "post", operation_id = "paper_sign")]
    async fn sign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PaperAnswerIn>,
    ) -> Result<Read<PaperOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::sign(&mut tx, TrainingDocumentId(id.0), seen, &body.0.typed())).await?;
        done(tx, TrainingDocumentId(id.0)).await
    }

    /// Take a paper back
    #[oai(path = "/:id/void", method = "post", operation_id = "paper_void")]
    async fn void(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PaperReasonIn>,
    ) -> Result<Read<PaperOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::void(&mut tx, TrainingDocumentId(id.0), seen, &body.0.reason.0).await?;
        done(tx, TrainingDocumentId(id.0)).await
    }

    /// Download a file of a paper
    #[oai(path = "/:id/documents/:file_id", method = "get", operation_id = "paper_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        file_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let record = Record::get(conn, &caller.0, TrainingDocumentId(id.0)).await?;
        let file = queries::document(conn, &record, DocumentId(file_id.0)).await?;
        let content = self.app.storage.get(&file.sha256).await.map_err(PaperError::from)?;
        actions::download(&self.app, &caller.0, &record, &file).await?;
        Ok(Content::of(&content, &file.download_name(), &file.sha256))
    }
}

#[OpenApi(prefix_path = "/training-sessions", tag = "Tag::Documents")]
impl SessionPapersApi {
    /// Issue a paper of a session
    ///
    /// What it says is gathered, checked and frozen, then typeset. When mentions that its kind must have lack, nothing is
    /// issued and `blocking` names each of them.
    #[oai(path = "/:id/papers", method = "post", operation_id = "paper_issue")]
    async fn issue(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<PaperIn>,
    ) -> Result<Created<PaperOut>, ApiError> {
        let order = body.0.typed().read().map_err(PaperError::from)?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = Box::pin(actions::issue(&mut tx, TrainingSessionId(id.0), order)).await?;
        let out = PaperOut::of(&record, &[])?;
        let path = format!("/papers/{}", record.paper.id);
        let created = Created::new(out, &path, record.paper.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// See what calling a session would do
    ///
    /// Who is called, who was, who waits, and what lacks. Nothing is written.
    #[oai(path = "/:id/summons", method = "get", operation_id = "paper_summons_plan")]
    async fn plan(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SummonsOut>, ApiError> {
        let material = queries::for_issue(&self.app, &caller.0, TrainingSessionId(id.0)).await?;
        let out = planned(&plan(self.app.db.read(), &material).await?, None);
        Ok(Read::new(out, material.session.version))
    }

    /// Call everybody of a session
    ///
    /// Whoever is confirmed and was not called yet; the representative of a minor is told the same. The answer is the plan
    /// after it.
    #[oai(path = "/:id/summon", method = "post", operation_id = "paper_summon")]
    async fn summon(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SummonsOut>, ApiError> {
        let session = TrainingSessionId(id.0);
        let mut tx = self.app.begin(caller.0).await?;
        let called = Box::pin(actions::summon(&mut tx, session)).await?;
        let material = Material::read(tx.app(), tx.conn(), session).await?;
        let out = planned(&plan(tx.conn(), &material).await?, Some(called));
        let read = Read::new(out, material.session.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }
}

/// What calling does, or how many were called and what is left to do.
fn planned(people: &[Planned], called: Option<usize>) -> SummonsOut {
    let next = people.iter().filter(|one| one.becomes == Becomes::Called).count();
    let called = u32::try_from(called.unwrap_or(next)).unwrap_or(u32::MAX);
    SummonsOut { called, items: people.iter().map(Into::into).collect() }
}

/// Commits and answers the paper.
async fn done(mut tx: Tx, id: TrainingDocumentId) -> Result<Read<PaperOut>, ApiError> {
    let record = Record::get(tx.conn(), tx.actor(), id).await?;
    let files = queries::documents(tx.conn(), &record).await?;
    let read = Read::new(PaperOut::of(&record, &files)?, record.paper.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
