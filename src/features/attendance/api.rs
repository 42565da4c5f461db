//! `/api/v1/training-sessions/{id}/attendance` and the hours of a period.

use std::sync::Arc;

use entity::attendance::Proof;
use entity::ids::{
    AttendanceId, AttendanceProofId, DocumentId, EnrolmentId, TrainingSessionId, TrainingSlotId,
};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use time::Date;
use uuid::Uuid;

use super::actions::{self, Attachment, Correction};
use super::input::Line;
use super::queries::{self, Sheet};
use super::shapes::{
    AttendanceCorrectIn, AttendanceProofIn, AttendanceRecordIn, AttendanceSheetOut, AttendedHoursPage,
    RoomCodesOut, typed,
};
use super::{AttendanceError, code, labels};
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::http::api::{ApiError, Caller, Content, PageParams, Tag, if_match};
use crate::storage::receive::receive;

/// Attendance by half-day.
pub struct AttendanceApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// The sheet of a session.
#[derive(ApiResponse)]
enum Told {
    /// The sheet, as it is now.
    #[oai(status = 200)]
    Sheet(Json<AttendanceSheetOut>),
}

/// The codes of a room.
#[derive(ApiResponse)]
enum Shown {
    /// The codes.
    #[oai(status = 200)]
    Codes(Json<RoomCodesOut>),
}

/// Hours.
#[derive(ApiResponse)]
enum Counted {
    /// A page of hours.
    #[oai(status = 200)]
    Page(Json<AttendedHoursPage>),
}

/// A scanned sheet.
#[derive(Debug, Multipart)]
struct SheetFile {
    /// PDF, JPEG or PNG.
    file: Upload,
    /// Whether it bears the signature of whoever teaches.
    countersigned: Option<bool>,
}

#[OpenApi(prefix_path = "/training-sessions", tag = "Tag::Training")]
impl AttendanceApi {
    /// Read the attendance sheet of a session
    ///
    /// Its half-days, who is on it, what is known, corrections and proofs.
    #[oai(path = "/:id/attendance", method = "get", operation_id = "attendance_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Told, ApiError> {
        self.told(&caller.0, id.0.into()).await
    }

    /// Show the codes of a room
    ///
    /// From shortly before a half-day until shortly after it. Asked again, the codes are the same.
    #[oai(path = "/:id/attendance/:slot_id/open", method = "post", operation_id = "attendance_open")]
    async fn open(&self, caller: Caller, id: Path<Uuid>, slot_id: Path<Uuid>) -> Result<Shown, ApiError> {
        let slot = TrainingSlotId(slot_id.0);
        self.sheet(&caller.0, id.0.into(), slot).await?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        if actions::open(&mut tx, slot).await? {
            tx.commit().await?;
        } else {
            drop(tx);
        }
        let sheet = self.sheet(&caller.0, id.0.into(), slot).await?;
        let until = sheet.slot(slot).and_then(|slot| slot.pin_until).ok_or(AttendanceError::NotFound)?;
        let token = code::room(&self.app, slot, *until).map_err(AttendanceError::from)?;
        let pin = code::pin(&self.app, slot, *until).map_err(AttendanceError::from)?;
        let url = self.app.url(&format!("/emargement/{token}"));
        Ok(Shown::Codes(Json(RoomCodesOut { url, pin, until: *until })))
    }

    /// Record who was there
    ///
    /// People whose presence is not known yet; another value of a known one is a correction.
    #[oai(path = "/:id/attendance/:slot_id/record", method = "post", operation_id = "attendance_record")]
    async fn record(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        slot_id: Path<Uuid>,
        body: Json<AttendanceRecordIn>,
    ) -> Result<Told, ApiError> {
        let slot = TrainingSlotId(slot_id.0);
        let sheet = self.sheet(&caller.0, id.0.into(), slot).await?;
        let minutes = sheet.slot(slot).map_or(0, |slot| u32::try_from(slot.minutes).unwrap_or_default());
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        for (position, line) in body.0.lines.iter().enumerate() {
            let read = typed(line.presence, line.minutes).read(&format!("/lines/{position}"), minutes);
            match read {
                Ok(known) => lines.push(Line { enrolment: EnrolmentId(line.enrolment_id), known }),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(AttendanceError::Invalid(faults).into());
        }
        let proof = match body.0.proof.map(Proof::from) {
            Some(proof @ (Proof::Paper | Proof::Remote)) => proof,
            _ => Proof::None,
        };
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::record(&mut tx, slot, &lines, proof).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Countersign a half-day
    ///
    /// For whoever teaches it, once everybody is known and remote sequences are proved.
    #[oai(
        path = "/:id/attendance/:slot_id/countersign",
        method = "post",
        operation_id = "attendance_countersign"
    )]
    async fn countersign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        slot_id: Path<Uuid>,
    ) -> Result<Told, ApiError> {
        let slot = TrainingSlotId(slot_id.0);
        self.sheet(&caller.0, id.0.into(), slot).await?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::countersign(&mut tx, slot).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Keep the scanned sheet of a half-day
    #[oai(path = "/:id/attendance/:slot_id/sheet", method = "post", operation_id = "attendance_keep_sheet")]
    async fn keep_sheet(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        slot_id: Path<Uuid>,
        form: SheetFile,
    ) -> Result<Told, ApiError> {
        let slot = TrainingSlotId(slot_id.0);
        let sheet = self.sheet(&caller.0, id.0.into(), slot).await?;
        let facts = sheet.facts_on(slot, &caller.0);
        let _allowed =
            allows(&caller.0, Permission::AttendanceRecord, &facts).map_err(AttendanceError::from)?;
        let countersigned = form.countersigned.unwrap_or_default();
        let name: String = form.file.file_name().unwrap_or_default().chars().take(200).collect();
        let unread = |_| AttendanceError::fault("/file", "file-unreadable", labels::FILE_UNREAD);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let file = stored(&self.app, &caller.0, name, bytes).await?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::keep_sheet(&mut tx, slot, &file, countersigned).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Correct a presence
    ///
    /// `If-Match` is needed, with the version of the line. Whoever teaches countersigns it again.
    #[oai(path = "/:id/attendance/lines/:line_id", method = "patch", operation_id = "attendance_correct")]
    async fn correct(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        line_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AttendanceCorrectIn>,
    ) -> Result<Told, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let line = self.line(&caller.0, id.0.into(), line_id.0).await?;
        let typed =
            Correction { presence: typed(body.0.presence, body.0.minutes), reason: body.0.reason.0.clone() };
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::correct(&mut tx, line, Some(seen), &typed).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Keep what proves a sequence
    #[oai(path = "/:id/attendance/lines/:line_id/proofs", method = "post", operation_id = "attendance_prove")]
    async fn prove(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        line_id: Path<Uuid>,
        body: Json<AttendanceProofIn>,
    ) -> Result<Told, ApiError> {
        let line = self.line(&caller.0, id.0.into(), line_id.0).await?;
        let new = body.0.typed().read(self.app.today()).map_err(AttendanceError::Invalid)?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::prove(&mut tx, line, new, None).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Take back what proved a sequence
    #[oai(
        path = "/:id/attendance/lines/:line_id/proofs/:proof_id/void",
        method = "post",
        operation_id = "attendance_void_proof"
    )]
    async fn void_proof(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        line_id: Path<Uuid>,
        proof_id: Path<Uuid>,
    ) -> Result<Told, ApiError> {
        self.line(&caller.0, id.0.into(), line_id.0).await?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::void_proof(&mut tx, AttendanceProofId(proof_id.0)).await?;
        tx.commit().await?;
        self.told(&caller.0, id.0.into()).await
    }

    /// Download a scanned sheet or a proof
    #[oai(path = "/:id/attendance/files/:file_id", method = "get", operation_id = "attendance_file")]
    async fn file(&self, caller: Caller, id: Path<Uuid>, file_id: Path<Uuid>) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let sheet = queries::get(conn, &caller.0, id.0.into()).await?;
        let file = queries::file(conn, &sheet, DocumentId(file_id.0)).await?;
        let content = self.app.storage.get(&file.sha256).await.map_err(AttendanceError::from)?;
        let facts = sheet.facts(&caller.0);
        actions::download(&self.app, &caller.0, (&facts, &sheet.session.number), &file).await?;
        Ok(Content::of(&content, &file.download_name(), &file.sha256))
    }

    /// List the hours attended in a period
    ///
    /// Everybody of the sessions that ended in it: what invoices, certificates and the yearly return add up.
    #[oai(path = "/attended-hours", method = "get", operation_id = "attended_hours_list")]
    async fn hours(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// First day of the period.
        from: Query<Option<Date>>,
        /// Last day of the period.
        until: Query<Option<Date>>,
    ) -> Result<Counted, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let today = self.app.today();
        let until = until.0.unwrap_or(today);
        let from = from.0.unwrap_or_else(|| crate::rules::deadline::add_months(until, -12));
        let found = queries::hours::of_period(self.app.db.read(), &caller.0, (from, until), &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Counted::Page(Json(AttendedHoursPage { items, next_cursor })))
    }
}

impl AttendanceApi {
    /// The sheet of a session that has this half-day.
    async fn sheet(
        &self,
        actor: &Actor,
        id: TrainingSessionId,
        slot: TrainingSlotId,
    ) -> Result<Sheet, AttendanceError> {
        let sheet = queries::get(self.app.db.read(), actor, id).await?;
        if sheet.slot(slot).is_none() {
            return Err(AttendanceError::NotFound);
        }
        Ok(sheet)
    }

    /// A line of the sheet of a session.
    async fn line(
        &self,
        actor: &Actor,
        id: TrainingSessionId,
        line: Uuid,
    ) -> Result<AttendanceId, AttendanceError> {
        let sheet = queries::get(self.app.db.read(), actor, id).await?;
        let found = sheet.lines.iter().find(|row| row.id.0 == line);
        found.map(|row| row.id).ok_or(AttendanceError::NotFound)
    }

    /// The sheet as it is now.
    async fn told(&self, actor: &Actor, id: TrainingSessionId) -> Result<Told, ApiError> {
        let conn = self.app.db.read();
        let sheet = queries::get(conn, actor, id).await?;
        let lines: Vec<AttendanceId> = sheet.lines.iter().map(|row| row.id).collect();
        let beside = queries::beside(conn, &lines).await?;
        Ok(Told::Sheet(Json(AttendanceSheetOut::of(&sheet, &beside))))
    }
}

/// Receives a file, before any transaction.
///
/// # Errors
/// A file that is refused, a store that does not answer.
pub(super) async fn stored(
    app: &Arc<App>,
    actor: &Actor,
    file_name: String,
    bytes: Vec<u8>,
) -> Result<Attachment, AttendanceError> {
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(Attachment { file_name, sha256: file.sha256, size: file.size, media_type })
}
