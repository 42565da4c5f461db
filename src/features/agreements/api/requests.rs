//! Lists, reads, drafts, pieces, submission and withdrawal.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use time::Date;
use uuid::Uuid;

use super::bodies::{
    AgreementRequestChangeIn, AgreementRequestIn, OptionalReasonIn, PieceReviewIn, PieceUpload,
};
use super::catalogue::{ControllerOut, ControllerPage, EventOut, EventPage};
use super::request_shape::AgreementRequestOut;
use super::shapes::{AgreementRequestPage, DocumentPage};
use super::words::StateWord;
use super::{Listed, done};
use crate::app::App;
use crate::authz::{self, Actor, Permission};
use crate::features::agreements::actions::{examination, filing};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::queries::{self, RequestFilter};
use crate::features::agreements::{state, whole};
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::storage::receive::receive;

/// Requests of agreement.
pub struct RequestsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/agreement-requests", tag = "Tag::Agreements")]
impl RequestsApi {
    /// List requests
    ///
    /// Newest first; `q` finds words of the number, the structure or the SIREN.
    #[oai(path = "/", method = "get", operation_id = "agreement_request_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Words of the number or of the structure: name, town, SIREN, SIRET of a site, with or without spaces.
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only this structure.
        structure_id: Query<Option<Uuid>>,
        /// As they were at the end of this day, in Paris: those that existed, each in the state that it had; dates announced
        /// since are left out. A day to come is today.
        on: Query<Option<Date>>,
    ) -> Result<Listed<AgreementRequestPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = RequestFilter {
            states: state.0.map(Into::into).into_iter().collect(),
            q: q.0.map(String::from).unwrap_or_default(),
            structure: structure_id.0.map(Into::into),
            on: on.0.filter(|day| *day < self.app.today()),
            ..RequestFilter::default()
        };
        let found = queries::requests(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.into_iter().map(Into::into).collect();
        Ok(Listed::Found(Json(AgreementRequestPage { items, next_cursor })))
    }

    /// Open a draft
    ///
    /// One per structure and certification version.
    #[oai(path = "/", method = "post", operation_id = "agreement_request_create")]
    async fn create(
        &self,
        caller: Caller,
        body: Json<AgreementRequestIn>,
    ) -> Result<Created<AgreementRequestOut>, ApiError> {
        let new = filing::NewRequest {
            structure: body.0.structure_id.into(),
            version: body.0.certification_version_id.into(),
            kind: body.0.kind.into(),
            role: body.0.role.into(),
        };
        let mut tx = self.app.begin(caller.0).await?;
        let request = filing::create(&mut tx, new).await?;
        let (version, path) = (request.version, format!("/agreement-requests/{}", request.id));
        let whole = whole::around(tx.conn(), request).await?;
        let out = AgreementRequestOut::of(&whole, tx.actor(), tx.now());
        let created = Created::new(out, &path, version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Read a request
    #[oai(path = "/:id", method = "get", operation_id = "agreement_request_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<AgreementRequestOut>, ApiError> {
        let conn = self.app.db.read();
        let dossier = queries::request(conn, &caller.0, id.0.into()).await?;
        let version = dossier.request.version;
        let whole = whole::around(conn, dossier.request).await?;
        Ok(Read::new(AgreementRequestOut::of(&whole, &caller.0, self.app.now()), version))
    }

    /// Change the form of a request
    ///
    /// A draft, or a file sent back. Only the fields given change. `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "agreement_request_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AgreementRequestChangeIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = Dossier::locked(&tx, id.0.into()).await?;
        let _ = tx.authorize(Permission::RequestEdit, &dossier.facts()).map_err(AgreementError::from)?;
        let form = body.0.apply(queries::form(&dossier.request, &dossier.sites));
        let request = filing::edit(&mut tx, id.0.into(), Some(seen), form).await?;
        done(tx, request).await
    }

    /// Add a piece, or a new version of one
    #[oai(path = "/:id/pieces", method = "post", operation_id = "agreement_request_add_piece")]
    async fn add_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        upload: PieceUpload,
    ) -> Result<Created<AgreementRequestOut>, ApiError> {
        let dossier = queries::request(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _ = authz::allows(&caller.0, Permission::RequestEdit, &dossier.facts())
            .map_err(AgreementError::from)?;
        state::takes_pieces(dossier.request.state).map_err(AgreementError::from)?;
        let input = self.stored(&caller.0, upload).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let piece = filing::add_piece(&mut tx, id.0.into(), input).await?;
        let dossier = queries::request(tx.conn(), tx.actor(), piece.request_id).await?;
        let (version, path) = (dossier.request.version, format!("/documents/{}", piece.document_id));
        let whole = whole::around(tx.conn(), dossier.request).await?;
        let out = AgreementRequestOut::of(&whole, tx.actor(), tx.now());
        let created = Created::new(out, &path, version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Take a piece back
    ///
    /// Named by its last version, in a draft or in a file sent back; all its versions leave the file. Once the file was
    /// submitted, a piece that it needs or that was asked for stays.
    #[oai(path = "/:id/pieces/:piece_id", method = "delete", operation_id = "agreement_request_remove_piece")]
    async fn remove_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let request = filing::remove_piece(&mut tx, id.0.into(), piece_id.0.into()).await?;
        done(tx, request).await
    }

    /// Accept a piece, or say why it must be replaced
    #[oai(
        path = "/:id/pieces/:piece_id/review",
        method = "post",
        operation_id = "agreement_request_review_piece"
    )]
    async fn review_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
        body: Json<PieceReviewIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let reason = (!body.0.accepted).then_some(body.0.reason.0.as_str());
        let piece = examination::review_piece(&mut tx, id.0.into(), piece_id.0.into(), reason).await?;
        let dossier = queries::request(tx.conn(), tx.actor(), piece.request_id).await?;
        done(tx, dossier.request).await
    }

    /// Submit, the first time or again
    ///
    /// Every fault of the form and every piece that lacks are told at once.
    #[oai(path = "/:id/submit", method = "post", operation_id = "agreement_request_submit")]
    async fn submit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = filing::submit(&mut tx, id.0.into(), seen).await?;
        done(tx, request).await
    }

    /// Withdraw the request
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "agreement_request_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<OptionalReasonIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = filing::withdraw(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, request).await
    }

    /// List the contrôleurs who could make the visit
    ///
    /// With, for each, what stands in the way.
    #[oai(path = "/:id/controllers", method = "get", operation_id = "agreement_request_controllers")]
    async fn controllers(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed<ControllerPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = whole::controllers(self.app.db.read(), &caller.0, id.0.into(), self.app.now()).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.candidate.expert.id.to_string())?;
        let items = found.iter().map(ControllerOut::from).collect();
        Ok(Listed::Found(Json(ControllerPage { items, next_cursor })))
    }

    /// Read the history of a request
    ///
    /// Oldest first, with that of the right it gave.
    #[oai(path = "/:id/history", method = "get", operation_id = "agreement_request_history")]
    async fn history(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed<EventPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = whole::history(self.app.db.read(), &caller.0, id.0.into(), &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let internal = whole::is_internal(&caller.0);
        let items = found.items.iter().map(|event| EventOut::of(event, internal)).collect();
        Ok(Listed::Found(Json(EventPage { items, next_cursor })))
    }

    /// List the documents of a request
    ///
    /// Oldest first.
    #[oai(path = "/:id/documents", method = "get", operation_id = "agreement_request_documents")]
    async fn documents(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed<DocumentPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let dossier = queries::request(conn, &caller.0, id.0.into()).await?;
        let mut found = queries::documents(conn, dossier.request.id).await?;
        found.retain(|document| whole::opens(&caller.0, document));
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.id.to_string())?;
        let items = found.iter().map(Into::into).collect();
        Ok(Listed::Found(Json(DocumentPage { items, next_cursor })))
    }
}

impl RequestsApi {
    /// The file, received: nothing slow is left for the transaction.
    async fn stored(&self, actor: &Actor, upload: PieceUpload) -> Result<filing::PieceInput, AgreementError> {
        let file_name: String = upload.file.file_name().unwrap_or_default().chars().take(200).collect();
        let unreadable =
            || AgreementError::fault("/file", "file-unreadable", "Ce fichier n’a pas pu être lu");
        let content = upload.file.into_vec().await.map_err(|_| unreadable())?;
        let file = receive(&self.app, actor, &file_name, content).await?;
        Ok(filing::PieceInput {
            code: upload.code,
            file_name,
            sha256: file.sha256,
            size: file.size,
            media_type: file.kind.media_type(),
            proof_on: upload.proof_on,
            valid_until: upload.valid_until,
        })
    }
}
