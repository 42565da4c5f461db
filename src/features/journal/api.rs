//! `/api/v1/journal`.

use std::sync::Arc;

use poem::Body;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{ApiResponse, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries::{self, Search};
use super::shapes::{
    ConsistencyProofOut, InclusionProofOut, JournalEventDetailOut, JournalEventOut, JournalEventPage,
    JournalSealPage, VerificationOut,
};
use super::{JournalError, actions, proof};
use crate::app::App;
use crate::http::api::{ApiError, Caller, PageParams, Read, ShortText, Tag};

/// The longest time a verification may take before the answer.
pub(super) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(25);

/// The journal: search, proofs, export, verification.
pub struct JournalApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of events.
#[derive(ApiResponse)]
enum Listed {
    /// The events found.
    #[oai(status = 200)]
    Page(Json<JournalEventPage>),
}

/// A page of seals.
#[derive(ApiResponse)]
enum Seals {
    /// The seals.
    #[oai(status = 200)]
    Page(Json<JournalSealPage>),
}

/// The exported file.
#[derive(ApiResponse)]
enum Exported {
    /// The file, one JSON object per line.
    #[oai(status = 200, content_type = "application/jsonl")]
    File(
        Binary<Body>,
        /// Its name.
        #[oai(header = "Content-Disposition")]
        String,
    ),
}

/// What a verification found.
#[derive(ApiResponse)]
enum Verified {
    /// The verification ran; `intact` says what it found.
    #[oai(status = 200)]
    Done(Json<VerificationOut>),
}

#[OpenApi(prefix_path = "/journal", tag = "Tag::Journal")]
impl JournalApi {
    /// Search the journal
    ///
    /// The newest first. Personal values are not in the list; read one event to have them. A search whose `until` comes
    /// before its `from` is refused.
    #[oai(path = "/events", method = "get", operation_id = "audit_event_list")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the address")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// From this instant.
        from: Query<Option<OffsetDateTime>>,
        /// Before this instant.
        until: Query<Option<OffsetDateTime>>,
        /// Kind of the subject, `agreement_request`.
        subject_kind: Query<Option<ShortText>>,
        /// Key of the subject.
        subject_id: Query<Option<Uuid>>,
        /// What the subject was called, `AGR-2026-0042`.
        subject: Query<Option<ShortText>>,
        /// Name of the event, `agreement_request.granted`.
        name: Query<Option<ShortText>>,
        /// Key of the account that acted.
        actor: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let text = |value: Option<ShortText>| value.map(String::from).filter(|text| !text.is_empty());
        let search = Search {
            from: from.0,
            until: until.0,
            subject_kind: text(subject_kind.0),
            subject_id: subject_id.0,
            subject_label: text(subject.0),
            name: text(name.0),
            families: Vec::new(),
            actor: actor.0,
        };
        let found = queries::search(self.app.db.read(), &caller.0, &search, &page).await?;
        let items = found.items.iter().map(JournalEventOut::from).collect();
        let next_cursor = found.next.map(|cursor| cursor.encode());
        Ok(Listed::Page(Json(JournalEventPage { items, next_cursor })))
    }

    /// Read an event
    #[oai(path = "/events/:id", method = "get", operation_id = "audit_event_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<JournalEventDetailOut>, ApiError> {
        let (entry, personal) = queries::one(self.app.db.read(), &caller.0, id.0.into()).await?;
        let version = if entry.seq.is_some() { 2 } else { 1 };
        let personal = personal.iter().map(Into::into).collect();
        Ok(Read::new(JournalEventDetailOut { event: (&entry).into(), personal }, version))
    }

    /// Prove that an event is under the newest seal
    #[oai(path = "/events/:id/proof", method = "get", operation_id = "audit_event_proof")]
    async fn proof(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<InclusionProofOut>, ApiError> {
        let conn = self.app.db.read();
        queries::one(conn, &caller.0, id.0.into()).await?;
        let proof = proof::inclusion(conn, id.0.into()).await?;
        let version = i32::try_from(proof.seal.tree_size).unwrap_or(i32::MAX);
        Ok(Read::new(InclusionProofOut::of(id.0, &proof), version))
    }

    /// List the seals
    #[oai(path = "/seals", method = "get", operation_id = "audit_seal_list")]
    async fn seals(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Seals, ApiError> {
        let limit = PageParams::read(limit.0, None)?.limit;
        let below = cursor.0.filter(|text| !text.is_empty());
        let below = below.map(|text| text.parse().map_err(|_| ApiError::bad_cursor())).transpose()?;
        let (rows, next) = queries::seals(self.app.db.read(), &caller.0, limit, below).await?;
        let items = rows.iter().map(Into::into).collect();
        Ok(Seals::Page(Json(JournalSealPage { items, next_cursor: next.map(|size| size.to_string()) })))
    }

    /// Prove that a seal continues an older one
    #[oai(path = "/seals/:tree_size/consistency", method = "get", operation_id = "audit_seal_consistency")]
    async fn consistency(
        &self,
        caller: Caller,
        tree_size: Path<u64>,
        /// Size of the older seal.
        from: Query<u64>,
    ) -> Result<Read<ConsistencyProofOut>, ApiError> {
        queries::readable_by(&caller.0)?;
        let proof = proof::consistency(self.app.db.read(), from.0, tree_size.0).await?;
        Ok(Read::new((&proof).into(), 1))
    }

    /// Export the journal
    ///
    /// A file that verifies alone with `parchemin journal verify --file`. The export is itself an event.
    #[oai(path = "/export", method = "get", operation_id = "journal_export")]
    async fn export(&self, caller: Caller) -> Result<Exported, ApiError> {
        let export = actions::export(&self.app, caller.0).await?;
        let name = file_name(export.header().tree_size);
        Ok(Exported::File(Binary(Body::from_bytes_stream(export.stream())), name))
    }

    /// Verify the journal
    ///
    /// Recomputes every hash, root and signature. The verification is itself an event.
    #[oai(path = "/verification", method = "post", operation_id = "journal_verify")]
    async fn verify(&self, caller: Caller) -> Result<Verified, ApiError> {
        let verification = actions::verify(&self.app, caller.0, None, |_| Vec::new());
        let outcome =
            tokio::time::timeout(PATIENCE, verification).await.map_err(|_| JournalError::TooLong)??;
        Ok(Verified::Done(Json((&outcome).into())))
    }
}

/// The header that names the file.
pub(super) fn file_name(tree_size: u64) -> String {
    format!("attachment; filename=\"journal-{tree_size}.jsonl\"")
}
