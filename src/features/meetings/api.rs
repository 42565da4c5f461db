//! `/api/v1/meetings`.

use std::sync::Arc;

use entity::ids::{ExpertId, MeetingActionId, MeetingId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use time::Date;
use uuid::Uuid;

use super::queries::{self, Filter};
use super::shapes::{
    AttendanceIn, DecisionTextIn, GuestAnswerIn, KindWord, MeetingActionIn, MeetingAgendaIn, MeetingCancelIn,
    MeetingIn, MeetingMoveIn, MeetingOut, MeetingPage, MeetingPaperIn, MeetingSeriesIn, MeetingSeriesOut,
    MinutesIn, StateWord,
};
use super::{MeetingError, actions, documents, labels};
use crate::app::App;
use crate::authz::Actor;
use crate::db::Tx;
use crate::db::idempotency::Answer;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::storage::receive::receive;

/// Working meetings of experts.
pub struct MeetingsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of meetings.
#[derive(ApiResponse)]
enum Listed {
    /// The meetings that the caller may see.
    #[oai(status = 200)]
    Page(Json<MeetingPage>),
}

/// A series that was planned.
#[derive(ApiResponse)]
enum Series {
    /// Its meetings.
    #[oai(status = 201)]
    Planned(Json<MeetingSeriesOut>),
}

/// A file to attach.
#[derive(Debug, Multipart)]
struct MeetingFile {
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
}

#[OpenApi(prefix_path = "/meetings", tag = "Tag::Experts")]
impl MeetingsApi {
    /// List meetings
    ///
    /// The latest first; `q` finds words of the number or of the place. An expert sees those they are invited to. `on` tells
    /// those that were planned at the end of a day that is behind, each in the state that it had.
    #[oai(path = "/", method = "get", operation_id = "meeting_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only this kind.
        kind: Query<Option<KindWord>>,
        /// Only those to come, or only those that are over.
        coming: Query<Option<bool>>,
        /// As they were at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let today = self.app.today();
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            kind: kind.0.map(Into::into),
            coming: coming.0,
            on: on.0.filter(|day| *day < today),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(MeetingPage { items, next_cursor })))
    }

    /// Read a meeting as of a date
    ///
    /// `on` tells the state, the date, who was invited, the answers, the attendance and the minutes of the end of a day that
    /// is behind. The place and the agenda are empty when they changed since and nothing keeps them. Not found when it was
    /// not planned yet.
    #[oai(path = "/:id", method = "get", operation_id = "meeting_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// As it was at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let (conn, today) = (self.app.db.read(), self.app.today());
        let mut found = queries::get(conn, &caller.0, id.0.into()).await?;
        if let Some(day) = on.0.filter(|day| *day < today) {
            found = queries::as_of(conn, &caller.0, found, day).await?;
        }
        Ok(Read::new((&found).into(), found.meeting.version))
    }

    /// Plan a meeting
    ///
    /// Nobody is invited yet. A meeting of the past may be recorded, then held.
    #[oai(path = "/", method = "post", operation_id = "meeting_create")]
    async fn create(&self, caller: Caller, body: Json<MeetingIn>) -> Result<Created<MeetingOut>, ApiError> {
        let new = body.0.typed().read(self.app.today()).map_err(MeetingError::Invalid)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::create(&mut tx, &new).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/meetings/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Plan a series of quarterly meetings
    ///
    /// Four meetings in one act, all or none; each is then a meeting like any other, to which nobody is invited yet.
    /// The days are to come, in order, and not days on which these people already meet.
    #[oai(path = "/series", method = "post", operation_id = "meeting_create_series")]
    async fn create_series(&self, caller: Caller, body: Json<MeetingSeriesIn>) -> Result<Series, ApiError> {
        let (now, today) = (self.app.now(), self.app.today());
        let series = body.0.typed().read(now, today).map_err(MeetingError::Invalid)?;
        let mut tx = self.app.begin(caller.0).await?;
        let planned = actions::create_series(&mut tx, &series).await?;
        let out = MeetingSeriesOut { items: planned.iter().map(Into::into).collect() };
        // Whoever repeats the request reads what it planned, rather than that these days are taken.
        tx.keep_answer(Answer::new(201, out.to_json_string()));
        tx.commit().await?;
        Ok(Series::Planned(Json(out)))
    }

    /// Change the agenda of a meeting
    ///
    /// `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "meeting_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MeetingAgendaIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::edit(&mut tx, id.0.into(), Some(seen), &body.0.agenda.0).await?;
        read(tx, id.0.into()).await
    }

    /// Send the invitations
    ///
    /// To everyone whose habilitation is valid on the day, each at the hour of where they live.
    #[oai(path = "/:id/invite", method = "post", operation_id = "meeting_invite")]
    async fn invite(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::invite(&mut tx, id.0.into(), None).await?;
        read(tx, id.0.into()).await
    }

    /// Move a meeting
    ///
    /// Guests are told; who is entitled is looked at again on the new day.
    #[oai(path = "/:id/move", method = "post", operation_id = "meeting_move")]
    async fn reschedule(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MeetingMoveIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.place.typed();
        actions::reschedule(&mut tx, id.0.into(), None, &typed, &body.0.reason.0).await?;
        read(tx, id.0.into()).await
    }

    /// Cancel a meeting
    #[oai(path = "/:id/cancel", method = "post", operation_id = "meeting_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MeetingCancelIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::cancel(&mut tx, id.0.into(), None, &body.0.reason.0).await?;
        read(tx, id.0.into()).await
    }

    /// Answer an invitation
    ///
    /// For the guest alone; the last answer counts. What they already hold on its half-days refuses nothing: `notes` say
    /// it.
    #[oai(path = "/:id/answer", method = "post", operation_id = "meeting_answer")]
    async fn answer(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<GuestAnswerIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let meeting = actions::answer(&mut tx, id.0.into(), body.0.coming).await?;
        let engaged =
            if body.0.coming { queries::engaged(tx.conn(), tx.actor(), &meeting).await? } else { Vec::new() };
        let notes = if engaged.is_empty() { Vec::new() } else { vec![labels::also_engaged(&engaged)] };
        let out = MeetingOut { notes, ..after(&tx, id.0.into()).await? };
        committed(tx, out).await
    }

    /// Record who was there
    ///
    /// Once the meeting has begun; may be corrected until the minutes are published.
    #[oai(path = "/:id/hold", method = "post", operation_id = "meeting_hold")]
    async fn hold(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<AttendanceIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let present: Vec<ExpertId> = body.0.present.into_iter().map(Into::into).collect();
        let mut tx = self.app.begin(caller.0).await?;
        actions::hold(&mut tx, id.0.into(), None, &present).await?;
        read(tx, id.0.into()).await
    }

    /// Write down a decision
    #[oai(path = "/:id/decisions", method = "post", operation_id = "meeting_decide")]
    async fn decide(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<DecisionTextIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_decision(&mut tx, id.0.into(), None, &body.0.text.0).await?;
        read(tx, id.0.into()).await
    }

    /// Write down something to do
    #[oai(path = "/:id/actions", method = "post", operation_id = "meeting_action_add")]
    async fn add_action(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MeetingActionIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_action(&mut tx, id.0.into(), None, &body.0.typed()).await?;
        read(tx, id.0.into()).await
    }

    /// Say that something is done
    #[oai(path = "/:id/actions/:action_id/done", method = "post", operation_id = "meeting_action_finish")]
    async fn finish_action(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        action_id: Path<Uuid>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::finish_action(&mut tx, id.0.into(), MeetingActionId(action_id.0)).await?;
        read(tx, id.0.into()).await
    }

    /// Publish the minutes
    ///
    /// Everyone invited receives the decisions and what is to be done.
    #[oai(path = "/:id/publish", method = "post", operation_id = "meeting_publish")]
    async fn publish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MinutesIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let spent = body.0.time_spent_minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let mut tx = self.app.begin(caller.0).await?;
        actions::publish(&mut tx, id.0.into(), None, &body.0.minutes.0, &spent).await?;
        read(tx, id.0.into()).await
    }

    /// Attach a file to a meeting
    #[oai(path = "/:id/documents", method = "post", operation_id = "meeting_attach")]
    async fn attach(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        form: MeetingFile,
    ) -> Result<Read<MeetingOut>, ApiError> {
        queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let name: String = form.file.file_name().unwrap_or_default().chars().take(200).collect();
        let unread = |_| MeetingError::fault("/file", "file-unreadable", labels::FILE_UNREAD);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let file = stored(&self.app, &caller.0, name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::attach(&mut tx, id.0.into(), &file).await?;
        read(tx, id.0.into()).await
    }

    /// Make a document of a meeting
    ///
    /// The sheet that people sign, once they are invited; the minutes, once they are published. The PDF is kept with the
    /// files of the meeting; asked again, the same version of the meeting gives the same file.
    #[oai(path = "/:id/issue-document", method = "post", operation_id = "meeting_issue_document")]
    async fn issue(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MeetingPaperIn>,
    ) -> Result<Read<MeetingOut>, ApiError> {
        let id: MeetingId = id.0.into();
        let found = queries::get(self.app.db.read(), &caller.0, id).await?;
        documents::issue(&self.app, &caller.0, &found, body.0.document.into()).await?;
        let found = queries::get(self.app.db.read(), &caller.0, id).await?;
        Ok(Read::new((&found).into(), found.meeting.version))
    }

    /// Download a file of a meeting
    #[oai(path = "/:id/documents/:document_id", method = "get", operation_id = "meeting_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        document_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let found = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let file = found.documents.iter().find(|row| row.id.0 == document_id.0);
        let file = file.ok_or(MeetingError::NotFound)?;
        let content = self.app.storage.get(&file.sha256).await.map_err(MeetingError::from)?;
        actions::download(&self.app, &caller.0, &found, file).await?;
        Ok(Content::of(&content, &file.download_name(), &file.sha256))
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
) -> Result<actions::Attachment, MeetingError> {
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(actions::Attachment { file_name, sha256: file.sha256, size: file.size, media_type })
}

/// Commits and answers the meeting.
async fn read(tx: Tx, id: MeetingId) -> Result<Read<MeetingOut>, ApiError> {
    let out = after(&tx, id).await?;
    committed(tx, out).await
}

/// Commits and answers the meeting as it was read, with what the act told.
async fn committed(mut tx: Tx, out: MeetingOut) -> Result<Read<MeetingOut>, ApiError> {
    let version = out.meeting.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

/// The meeting as the transaction leaves it.
async fn after(tx: &Tx, id: MeetingId) -> Result<MeetingOut, ApiError> {
    Ok((&queries::get(tx.conn(), tx.actor(), id).await?).into())
}
