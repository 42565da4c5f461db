//! `/api/v1/experts/{id}/pieces`: the pieces of an expert and their files.

use std::sync::Arc;

use entity::ids::ExpertId;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use uuid::Uuid;

use super::super::actions::PieceFile;
use super::super::shapes::{PieceCorrectionIn, PieceIn, PieceOut, PiecePage, PieceVoidIn};
use super::super::{ExpertError, actions, labels, queries};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::error::Fault;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Tag};
use crate::storage::receive::receive;

/// Longest name of a file.
const LONGEST_NAME: usize = 150;

/// The pieces of experts.
pub struct PiecesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// The file of a piece, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct ExpertPieceUpload {
    /// The file: PDF, JPEG, PNG, ODT, DOCX or XLSX, up to 25 MB.
    file: Upload,
}

/// The pieces of an expert.
#[derive(ApiResponse)]
enum Listed {
    /// The pieces.
    #[oai(status = 200)]
    Page(Json<PiecePage>),
}

/// A piece and its file.
#[derive(ApiResponse)]
enum Filed {
    /// The piece.
    #[oai(status = 200)]
    Piece(Json<PieceOut>),
}

#[OpenApi(prefix_path = "/experts", tag = "Tag::Experts")]
impl PiecesApi {
    /// List the pieces of an expert
    ///
    /// The latest first, each with its file when it has one.
    #[oai(path = "/:id/pieces", method = "get", operation_id = "expert_piece_list")]
    async fn list(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let found = queries::get(conn, &caller.0, id.0.into()).await?;
        let pieces = queries::pieces(conn, found.expert.id).await?;
        let (pieces, next_cursor) = PageParams::part(pieces, &page, |piece| piece.id.to_string())?;
        let files = queries::piece_files(conn, &pieces).await?;
        actions::view(&self.app, &caller.0, &found.expert).await?;
        let items = pieces.iter().map(|row| PieceOut::of(row, files.get(&row.id))).collect();
        Ok(Listed::Page(Json(PiecePage { items, next_cursor })))
    }

    /// Record a piece of an expert
    ///
    /// A CV, a certificate, an attestation. One with an end is a dated right. Its file is sent afterwards.
    #[oai(path = "/:id/pieces", method = "post", operation_id = "expert_piece_add")]
    async fn add(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<PieceIn>,
    ) -> Result<Created<PieceOut>, ApiError> {
        let expert: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::add_piece(&mut tx, expert, &body.0.typed()).await?;
        tx.commit().await?;
        Ok(Created::new(PieceOut::of(&row, None), &format!("/experts/{expert}"), 1))
    }

    /// Correct the last day of a piece of an expert
    ///
    /// Its right follows, and those of the pieces of the same nature that it had cut short or kept from counting.
    #[oai(path = "/:id/pieces/:piece_id/correct", method = "post", operation_id = "expert_piece_correct")]
    async fn correct(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
        body: Json<PieceCorrectionIn>,
    ) -> Result<Filed, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        let row = actions::correct_piece(&mut tx, id.0.into(), piece_id.0.into(), &typed).await?;
        let files = queries::piece_files(tx.conn(), std::slice::from_ref(&row)).await?;
        tx.commit().await?;
        Ok(Filed::Piece(Json(PieceOut::of(&row, files.get(&row.id)))))
    }

    /// Take back a piece of an expert that was recorded by mistake
    ///
    /// It leaves the list, and its right never counted. The journal keeps the reason.
    #[oai(path = "/:id/pieces/:piece_id/void", method = "post", operation_id = "expert_piece_void")]
    async fn void(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
        body: Json<PieceVoidIn>,
    ) -> Result<Filed, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let reason = &body.0.reason.0;
        let row = actions::void_piece(&mut tx, id.0.into(), piece_id.0.into(), reason).await?;
        tx.commit().await?;
        Ok(Filed::Piece(Json(PieceOut::of(&row, None))))
    }

    /// Send the file of a piece of an expert
    ///
    /// It takes the place of the one that the piece had.
    #[oai(path = "/:id/pieces/:piece_id/file", method = "post", operation_id = "expert_piece_attach")]
    async fn attach(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
        form: ExpertPieceUpload,
    ) -> Result<Filed, ApiError> {
        let found = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?.expert;
        let expert: ExpertId = found.id;
        // asked again by the action: a file that nobody may attach is not stored
        let _allowed = allows(&caller.0, Permission::ExpertPieceAdd, &Facts::of_expert(&found))?;
        let name = form.file.file_name().unwrap_or_default().to_owned();
        let unread =
            |_| ExpertError::from(vec![Fault::new("/file", "file-unreadable", labels::faults::FILE_UNREAD)]);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let file = stored(&self.app, &caller.0, &name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let piece = actions::file_piece(&mut tx, expert, piece_id.0.into(), &file).await?;
        let kept = queries::piece_file(tx.conn(), expert, piece.id).await?;
        tx.commit().await?;
        Ok(Filed::Piece(Json(PieceOut::of(&piece, Some(&kept)))))
    }

    /// Download the file of a piece of an expert
    ///
    /// The last one received. The journal keeps who took it, unless it is the person whose piece it is.
    #[oai(path = "/:id/pieces/:piece_id/file", method = "get", operation_id = "expert_piece_file")]
    async fn file(&self, caller: Caller, id: Path<Uuid>, piece_id: Path<Uuid>) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let found = queries::get(conn, &caller.0, id.0.into()).await?;
        let document = queries::piece_file(conn, found.expert.id, piece_id.0.into()).await?;
        let content = self.app.storage.get(&document.sha256).await.map_err(ExpertError::from)?;
        actions::download_piece(&self.app, &caller.0, &found.expert, &document).await?;
        Ok(Content::of(&content, &document.file_name, &document.sha256))
    }
}

/// Receives the file of a piece, before any transaction.
///
/// # Errors
/// A file that is refused, a store that does not answer.
pub(in crate::features::experts) async fn stored(
    app: &Arc<App>,
    actor: &Actor,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<PieceFile, ExpertError> {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let file_name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(PieceFile { file_name, sha256: file.sha256, size: file.size, media_type })
}
