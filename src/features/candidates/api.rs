//! `/api/v1/candidates`.

pub mod adaptations;
pub mod livret;
pub mod ties;

use std::sync::Arc;

use entity::ids::CandidateId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use uuid::Uuid;

use super::actions::PieceInput;
use super::dossier::Dossier;
use super::queries::{self, Filter};
use super::shapes::{
    CandidateContactIn, CandidateCount, CandidateCounts, CandidateExclusionIn, CandidateIn, CandidateLackIn,
    CandidateOut, CandidatePage, CandidateStartIn, CandidateTransferIn, CandidateWithdrawalIn, IdentityIn,
    PieceWord, PositioningIn, StateWord,
};
use super::{CandidateError, actions, import, labels, veil};
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::db::Tx;
use crate::http::api::{
    ApiError, Caller, Content, Created, ImportForm, Imported, PageParams, Read, ShortText, Tag, if_match,
};
use crate::storage::receive::receive;

/// Candidates, from their enrolment to their certificate.
pub struct CandidatesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of candidates.
#[derive(ApiResponse)]
enum Listed {
    /// The candidates that the caller may see.
    #[oai(status = 200)]
    Page(Json<CandidatePage>),
}

/// Candidates counted.
#[derive(ApiResponse)]
enum Counted {
    /// How many of those that the caller may see are in each state.
    #[oai(status = 200)]
    Counts(Json<CandidateCounts>),
}

/// A file to attach.
#[derive(Debug, Multipart)]
struct CandidateFile {
    /// What it is.
    kind: PieceWord,
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
}

#[OpenApi(prefix_path = "/candidates", tag = "Tag::Candidates")]
impl CandidatesApi {
    /// List candidates
    ///
    /// The last enrolled first; `q` finds words of the number or of the names. A structure sees those it follows.
    #[oai(path = "/", method = "get", operation_id = "candidate_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only those that this structure follows.
        structure_id: Query<Option<Uuid>>,
        /// Only those who aim at a version of this certification.
        certification_id: Query<Option<Uuid>>,
        /// Only those who aim at this version.
        certification_version_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            states: state.0.map(Into::into).into_iter().collect(),
            structure: structure_id.0.map(Into::into),
            certification: certification_id.0.map(Into::into),
            version: certification_version_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(CandidatePage { items, next_cursor })))
    }

    /// Count candidates
    #[oai(path = "/counts", method = "get", operation_id = "candidate_counts")]
    async fn counts(&self, caller: Caller) -> Result<Counted, ApiError> {
        let found = queries::counts(self.app.db.read(), &caller.0).await?;
        let mut states: Vec<_> = found.into_iter().collect();
        states.sort_unstable_by_key(|(state, _)| *state);
        let count = |(state, count): (entity::candidate::CandidateState, i64)| CandidateCount {
            state: state.into(),
            count,
        };
        Ok(Counted::Counts(Json(CandidateCounts { states: states.into_iter().map(count).collect() })))
    }

    /// Read a candidate
    #[oai(path = "/:id", method = "get", operation_id = "candidate_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CandidateOut>, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let version = dossier.candidate.version;
        let whole = queries::whole(conn, dossier).await?;
        Ok(Read::new(CandidateOut::of(&whole, self.app.today()), version))
    }

    /// Enrol a candidate
    ///
    /// The structure holds an agreement for the certification today. The civil status may lack something, which is then
    /// flagged. Somebody of the same names, born on the same day, is told (409 `candidate-alike`): send `confirmed` to
    /// go on.
    #[oai(path = "/", method = "post", operation_id = "candidate_enrol")]
    async fn enrol(
        &self,
        caller: Caller,
        body: Json<CandidateIn>,
    ) -> Result<Created<CandidateOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::enrol(&mut tx, &body.0.typed()).await?;
        let (id, version) = (dossier.candidate.id, dossier.candidate.version);
        let out = out(&tx, dossier).await?;
        let created = Created::new(out, &format!("/candidates/{id}"), version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Enrol people from a file
    ///
    /// A CSV or XLSX file of 300 people at most, one a line, columns in French. When a line is wrong nothing is recorded and
    /// every fault is told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(path = "/import", method = "post", operation_id = "candidate_import")]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let report = import::import(&self.app, caller.0, &sent.bytes, &sent.name, sent.options).await?;
        Imported::of(report, sent.options)
    }

    /// Change how a candidate is reached
    ///
    /// The whole of it; `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "candidate_change_contact")]
    async fn change_contact(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateContactIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::change_contact(&mut tx, id.0.into(), Some(seen), &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Correct the civil status of a candidate
    ///
    /// The whole of it. A structure corrects until the file is handed in, the team at any time.
    #[oai(
        path = "/:id/correct-civil-status",
        method = "post",
        operation_id = "candidate_correct_civil_status"
    )]
    async fn correct_civil_status(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<IdentityIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::correct_civil_status(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Record the positioning
    ///
    /// A result for each skill of the published referential; the sheet is among the pieces already.
    #[oai(path = "/:id/record-positioning", method = "post", operation_id = "candidate_record_positioning")]
    async fn record_positioning(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PositioningIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        let dossier = actions::record_positioning(&mut tx, id.0.into(), seen, &typed, None).await?;
        read(tx, dossier).await
    }

    /// Begin the path
    #[oai(path = "/:id/start-path", method = "post", operation_id = "candidate_start_path")]
    async fn start_path(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateStartIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let day = crate::rules::typed_date::iso(body.0.starts_on);
        let dossier = actions::start_path(&mut tx, id.0.into(), seen, &day).await?;
        read(tx, dossier).await
    }

    /// Add a piece
    #[oai(path = "/:id/pieces", method = "post", operation_id = "candidate_add_piece")]
    async fn add_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        form: CandidateFile,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        // asked again by the action: a file that nobody may add is not stored
        let _allowed =
            allows(&caller.0, Permission::CandidateEdit, &dossier.facts()).map_err(CandidateError::from)?;
        let name: String = form.file.file_name().unwrap_or_default().chars().take(200).collect();
        let unread = |_| CandidateError::fault("/file", "file-unreadable", labels::faults::FILE_UNREAD);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let piece = stored(&self.app, &caller.0, form.kind.into(), name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::add_piece(&mut tx, id.0.into(), &piece).await?;
        read(tx, dossier).await
    }

    /// Take a piece back
    ///
    /// The file is kept with the journal, and leaves the list.
    #[oai(path = "/:id/pieces/:piece_id/remove", method = "post", operation_id = "candidate_remove_piece")]
    async fn remove_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        piece_id: Path<Uuid>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::remove_piece(&mut tx, id.0.into(), piece_id.0.into()).await?;
        read(tx, dossier).await
    }

    /// Hand the file in
    ///
    /// Once every mandatory piece is there; what it says is frozen by its hash.
    #[oai(path = "/:id/submit-file", method = "post", operation_id = "candidate_submit_file")]
    async fn submit_file(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::submit_file(&mut tx, id.0.into(), seen).await?;
        read(tx, dossier).await
    }

    /// Ask for what lacks
    #[oai(path = "/:id/ask-completion", method = "post", operation_id = "candidate_ask_completion")]
    async fn ask_completion(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateLackIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::ask_completion(&mut tx, id.0.into(), seen, &body.0.lack.0).await?;
        read(tx, dossier).await
    }

    /// Admit a candidate to sit
    #[oai(path = "/:id/admit", method = "post", operation_id = "candidate_admit")]
    async fn admit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::admit(&mut tx, id.0.into(), seen).await?;
        read(tx, dossier).await
    }

    /// Let a candidate sit again
    ///
    /// After an absence, a decision that was told and is not that everything is acquired, or an appeal that annulled the
    /// passage; within the years that the referential gives. Only what lacks is taken again.
    #[oai(path = "/:id/plan-resit", method = "post", operation_id = "candidate_plan_resit")]
    async fn plan_resit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::plan_resit(&mut tx, id.0.into(), seen).await?;
        read(tx, dossier).await
    }

    /// Record that a candidate gives up
    ///
    /// Leaving for a job is a success.
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "candidate_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateWithdrawalIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::withdraw(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Put a candidate out for fraud
    ///
    /// Once they were heard, or asked to come.
    #[oai(path = "/:id/exclude-for-fraud", method = "post", operation_id = "candidate_exclude_for_fraud")]
    async fn exclude(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateExclusionIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::exclude(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Have another structure follow a candidate
    ///
    /// The new structure holds an agreement for the certification; the file is kept.
    #[oai(path = "/:id/change-structure", method = "post", operation_id = "candidate_change_structure")]
    async fn change_structure(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CandidateTransferIn>,
    ) -> Result<Read<CandidateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::change_structure(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Download a document of a candidate
    #[oai(path = "/:id/documents/:document_id", method = "get", operation_id = "candidate_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        document_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let id: CandidateId = id.0.into();
        let dossier = Dossier::get(conn, &caller.0, id).await?;
        let documents = queries::candidate_documents(conn, id).await?;
        let file = documents.iter().find(|row| row.id.0 == document_id.0);
        let file = file.ok_or(CandidateError::NotFound)?;
        let content = self.app.storage.get(&file.sha256).await.map_err(CandidateError::from)?;
        actions::download(&self.app, &caller.0, &dossier, file).await?;
        Ok(Content::of(&content, &file.file_name, &file.sha256))
    }
}

/// Receives a file, before any transaction.
///
/// # Errors
/// A file that is refused, a store that does not answer.
pub(super) async fn stored(
    app: &Arc<App>,
    actor: &Actor,
    kind: entity::candidate_piece::CandidatePieceKind,
    file_name: String,
    bytes: Vec<u8>,
) -> Result<PieceInput, CandidateError> {
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(PieceInput { kind, file_name, sha256: file.sha256, size: file.size, media_type })
}

/// Commits and answers the file.
async fn read(mut tx: Tx, dossier: Dossier) -> Result<Read<CandidateOut>, ApiError> {
    let version = dossier.candidate.version;
    let read = Read::new(out(&tx, dossier).await?, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

/// The file as the transaction leaves it.
async fn out(tx: &Tx, mut dossier: Dossier) -> Result<CandidateOut, ApiError> {
    dossier.candidate = veil::seen_by(tx.actor(), dossier.candidate);
    let whole = queries::whole(tx.conn(), dossier).await?;
    Ok(CandidateOut::of(&whole, tx.app().today()))
}
