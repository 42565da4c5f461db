//! The documents to make again, over the API.

use std::sync::Arc;

use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries::{self, FailedDocument};
use super::{RedoError, actions};
use crate::app::App;
use crate::db::Cursor;
use crate::http::api::{ApiError, Caller, PageParams, Tag};

/// A document that the program could not typeset.
#[derive(Clone, Debug, Object)]
pub struct FailedDocumentOut {
    /// Key of the work.
    pub id: Uuid,
    /// What it is, `deposit-receipt`.
    pub kind: String,
    /// Its French title.
    pub title: String,
    /// Number of the file that it is about; empty when the file is no more.
    pub reference: String,
    /// How many times it was tried since it was last ordered.
    pub attempts: i32,
    /// Why it failed, as the program says it.
    pub error: String,
    /// When the act ordered it.
    pub created_at: OffsetDateTime,
}

impl From<FailedDocument> for FailedDocumentOut {
    fn from(document: FailedDocument) -> Self {
        Self {
            id: document.id.0,
            kind: document.kind,
            title: document.title.to_owned(),
            reference: document.reference,
            attempts: document.attempts,
            error: document.error,
            created_at: *document.created_at,
        }
    }
}

/// A page of documents to make again.
#[derive(Clone, Debug, Object)]
pub struct FailedDocumentPage {
    /// The documents, newest first.
    pub items: Vec<FailedDocumentOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The documents to make again.
pub struct WorkApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi]
impl WorkApi {
    /// The documents that the program could not typeset, newest first.
    #[oai(
        path = "/failed-documents",
        method = "get",
        operation_id = "failed_documents_list",
        tag = "Tag::Documents"
    )]
    async fn list(
        &self,
        caller: Caller,
        /// Rows wanted, from 1 to 200.
        limit: Query<Option<u32>>,
        /// Where to start.
        cursor: Query<Option<String>>,
    ) -> Result<Json<FailedDocumentPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = queries::list(self.app.db.read(), &caller.0, &page).await?;
        let next_cursor = found.next.as_ref().map(Cursor::encode);
        let items = found.items.into_iter().map(FailedDocumentOut::from).collect();
        Ok(Json(FailedDocumentPage { items, next_cursor }))
    }

    /// Orders a failed document again. Doing it twice gives one document.
    #[oai(
        path = "/failed-documents/:id/redo",
        method = "post",
        operation_id = "failed_documents_redo",
        tag = "Tag::Documents"
    )]
    async fn redo(&self, caller: Caller, id: Path<Uuid>) -> Result<Json<FailedDocumentOut>, ApiError> {
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::redo(&mut tx, id.0.into()).await?;
        tx.commit().await?;
        let found = queries::find(self.app.db.read(), id.0.into()).await?;
        Ok(Json(found.ok_or(RedoError::NotFound)?.into()))
    }
}
