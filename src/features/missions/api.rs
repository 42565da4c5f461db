//! `/api/v1/missions`.

mod expenses;
mod impediment;

pub use expenses::ExpensesApi;
pub(super) use expenses::{PAYABLE_FILE, stored};
pub use impediment::ImpedimentApi;

use std::sync::Arc;

use entity::ids::MissionId;
use entity::mission::MissionState;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use time::Date;
use uuid::Uuid;

use super::actions::{self, Via};
use super::dossier::Dossier;
use super::import;
use super::input::Refusal;
use super::queries::{self, Filter};
use super::shapes::{
    CandidatePage, DropOutIn, FeedOut, MissionIn, MissionOut, MissionPage, MoveIn, ObjectWord, OfferIn,
    ReasonIn, RefusalIn, ReportIn, ScoreIn, StateWord, substitutes,
};
use super::{MissionError, labels};
use crate::app::App;
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::http::api::{
    ApiError, Caller, Created, ImportForm, Imported, PageParams, Read, ShortText, Tag, if_match,
};
use crate::rules::typed_date::iso;

/// Missions of experts.
pub struct MissionsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of missions.
#[derive(ApiResponse)]
enum Listed {
    /// The missions that the caller may see.
    #[oai(status = 200)]
    Page(Json<MissionPage>),
}

/// The people who could hold a mission.
#[derive(ApiResponse)]
enum Candidates {
    /// The people.
    #[oai(status = 200)]
    Page(Json<CandidatePage>),
}

/// The address of an agenda.
#[derive(ApiResponse)]
enum Opened {
    /// The address, told once.
    #[oai(status = 201)]
    Feed(Json<FeedOut>),
}

/// A file beside a report, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct MissionReportFile {
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
}

/// Nothing to tell.
#[derive(ApiResponse)]
enum Closed {
    /// Done.
    #[oai(status = 204)]
    Done,
}

#[OpenApi(prefix_path = "/missions", tag = "Tag::Missions")]
impl MissionsApi {
    /// List missions
    ///
    /// The latest number first; an expert sees their own. `on` tells those that existed at the end of a day that is
    /// behind, each in the state that it had and with whom it was then.
    #[oai(path = "/", method = "get", operation_id = "mission_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        state: Query<Option<StateWord>>,
        object: Query<Option<ObjectWord>>,
        /// Of this expert.
        expert_id: Query<Option<Uuid>>,
        /// As they were at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let today = self.app.today();
        let filter = Filter {
            on: on.0.filter(|day| *day < today),
            q: q.0.map(String::from).unwrap_or_default(),
            states: state.0.map(Into::into).into_iter().collect(),
            object: object.0.map(Into::into),
            expert: expert_id.0.map(Into::into),
            ..Filter::default()
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(MissionOut::from).collect();
        Ok(Listed::Page(Json(MissionPage { items, next_cursor })))
    }

    /// Import past missions
    ///
    /// A CSV or XLSX file, one mission a line, columns in French. Each is recorded as settled and nobody is told; it counts
    /// in the ties, the load and the renewal. A line whose `référence` is recorded with the same facts changes nothing.
    /// When a line is wrong nothing is recorded and every fault is told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(path = "/import", method = "post", operation_id = "mission_import")]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let done = import::import(&self.app, caller.0, &sent.bytes, &sent.name, sent.options);
        Imported::of(Box::pin(done).await?, sent.options)
    }

    /// Open the address of the own agenda
    ///
    /// A secret address under which calendars read the missions held. It is told once; an earlier one stops working.
    #[oai(path = "/feed", method = "post", operation_id = "agenda_feed_open")]
    async fn open_feed(&self, caller: Caller) -> Result<Opened, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let url = actions::open_feed(&mut tx).await?;
        tx.commit().await?;
        Ok(Opened::Feed(Json(FeedOut { url })))
    }

    /// Close the address of the own agenda
    #[oai(path = "/feed/close", method = "post", operation_id = "agenda_feed_close")]
    async fn close_feed(&self, caller: Caller) -> Result<Closed, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::close_feed(&mut tx).await?;
        tx.commit().await?;
        Ok(Closed::Done)
    }

    /// Read a mission as of a date
    ///
    /// `on` tells the state, the person and the offers of the end of a day that is behind; the dates, the place and the fee
    /// are those of today. Not found when it did not exist yet.
    #[oai(path = "/:id", method = "get", operation_id = "mission_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// As it was at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (conn, today) = (self.app.db.read(), self.app.today());
        let mut dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        if let Some(day) = on.0.filter(|day| *day < today) {
            dossier = queries::as_of(conn, &caller.0, &dossier, day).await?;
        }
        Ok(Read::new(MissionOut::of(&dossier, caller.0.is_staff()), dossier.mission.version))
    }

    /// Propose a mission
    ///
    /// The person receives a mail whose link answers without an account. Refused when the person is not
    /// habilitated on the days of the mission, tied with the structure, or already taken. An absence declared on its
    /// half-days refuses nothing: `notes` say it.
    #[oai(path = "/", method = "post", operation_id = "mission_propose")]
    async fn propose(&self, caller: Caller, body: Json<MissionIn>) -> Result<Created<MissionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::propose(&mut tx, &body.0.proposal()).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/missions/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Rank who could hold a mission instead
    ///
    /// Those who may first: independence, then what they declared of their time, then distance and load.
    #[oai(path = "/:id/candidates", method = "get", operation_id = "mission_candidates")]
    async fn candidates(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Candidates, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::MissionManage, &dossier.facts())?;
        let found = queries::candidates(conn, &dossier, self.app.now()).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.expert.id.to_string())?;
        let items = found.iter().map(Into::into).collect();
        Ok(Candidates::Page(Json(CandidatePage { items, next_cursor })))
    }

    /// Accept a mission
    ///
    /// An absence declared on its half-days stays beside it: `notes` say it.
    #[oai(path = "/:id/accept", method = "post", operation_id = "mission_accept")]
    async fn accept(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::accept(&mut tx, id.0.into(), seen, Via::Account).await?;
        done(tx, row.id).await
    }

    /// Decline a mission
    ///
    /// The next person in line is asked, or the team is told. With the reason `tie`, a `tie` is added to the ties that the
    /// person declared.
    #[oai(path = "/:id/decline", method = "post", operation_id = "mission_decline")]
    async fn decline(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RefusalIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let refusal = refusal(body.0.reason.into(), body.0.note.map(String::from))?;
        let refusal = refusal.with_tie(body.0.tie.map(Into::into));
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::decline(&mut tx, id.0.into(), seen, &refusal, Via::Account).await?;
        done(tx, row.id).await
    }

    /// Say that someone cannot come any more
    ///
    /// With substitutes, which the team alone names, the first one is asked at once.
    #[oai(path = "/:id/drop-out", method = "post", operation_id = "mission_drop_out")]
    async fn drop_out(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<DropOutIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let refusal = refusal(body.0.reason.into(), body.0.note.map(String::from))?;
        let next = substitutes(body.0.substitutes, body.0.hours);
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::drop_out(&mut tx, id.0.into(), seen, &refusal, &next).await?;
        done(tx, row.id).await
    }

    /// Offer a vacant mission to other people
    ///
    /// The first one is asked at once; the next ones in their order, when the one before declines or does not answer.
    #[oai(path = "/:id/offer", method = "post", operation_id = "mission_offer")]
    async fn offer(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<OfferIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let next = substitutes(body.0.substitutes, body.0.hours);
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::offer(&mut tx, id.0.into(), seen, &next.people, next.hours).await?;
        done(tx, row.id).await
    }

    /// Move a mission
    ///
    /// Calendars follow.
    #[oai(path = "/:id/move", method = "post", operation_id = "mission_move")]
    async fn reschedule(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MoveIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let (first, last) = (iso(body.0.starts_on), body.0.ends_on.map(iso).unwrap_or_default());
        let typed = [first.as_str(), &body.0.starts_time.0, &last, &body.0.ends_time.0];
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::reschedule(&mut tx, id.0.into(), seen, typed, &body.0.reason.0).await?;
        done(tx, row.id).await
    }

    /// Withdraw a mission
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "mission_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::withdraw(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row.id).await
    }

    /// Cancel a mission
    ///
    /// The person and the structure are told, when they had been told that it would take place.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "mission_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::cancel(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row.id).await
    }

    /// Begin a mission
    ///
    /// The program does it by itself at the hour of the start.
    #[oai(path = "/:id/start", method = "post", operation_id = "mission_start")]
    async fn start(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::start(&mut tx, id.0.into(), seen).await?;
        done(tx, row.id).await
    }

    /// Say that a mission took place
    #[oai(path = "/:id/finish", method = "post", operation_id = "mission_finish")]
    async fn finish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::finish(&mut tx, id.0.into(), seen).await?;
        done(tx, row.id).await
    }

    /// Say that a mission did not take place after all
    ///
    /// It is accepted again, its report and its score are taken off, a claim that waits comes back to the person. Refused
    /// once the claim was certified.
    #[oai(path = "/:id/reopen", method = "post", operation_id = "mission_reopen")]
    async fn reopen(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = actions::reopen(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row.id).await
    }

    /// Keep how satisfied those for whom a mission was done were
    ///
    /// From 1 to 5, once it took place; the last score counts, for the renewal of whoever held the mission. Nobody rates
    /// their own.
    #[oai(path = "/:id/satisfaction", method = "post", operation_id = "mission_rate")]
    async fn rate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ScoreIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::rate(&mut tx, id.0.into(), seen, body.0.score).await?;
        done(tx, row.id).await
    }

    /// File the report of a mission
    #[oai(path = "/:id/report", method = "post", operation_id = "mission_report")]
    async fn report(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReportIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::report(&mut tx, id.0.into(), seen, &body.0.report.0).await?;
        done(tx, row.id).await
    }

    /// Keep a file beside the report of a mission
    ///
    /// Once it took place, and until the fee is claimed.
    #[oai(path = "/:id/report-file", method = "post", operation_id = "mission_report_file_add")]
    async fn report_file(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        form: MissionReportFile,
    ) -> Result<Read<MissionOut>, ApiError> {
        // Asked again by the action: a file that nobody may send is not stored.
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::MissionCarry, &dossier.facts())?;
        actions::report_receivable(dossier.mission.state)?;
        let name = form.file.file_name().unwrap_or_default().to_owned();
        let unread = |_| MissionError::fault("/file", "file-unreadable", labels::faults::FILE_UNREAD);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let file = stored(&self.app, &caller.0, &name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_report_file(&mut tx, id.0.into(), &file).await?;
        done(tx, id.0.into()).await
    }
}

fn refusal(
    reason: entity::mission_offer::DeclineReason,
    note: Option<String>,
) -> Result<Refusal, super::MissionError> {
    Ok(Refusal::read(&reason.word(), &note.unwrap_or_default())?)
}

/// The mission as the transaction leaves it. Whoever gave it up sees no more of it than that.
async fn after(tx: &Tx, id: MissionId) -> Result<MissionOut, ApiError> {
    let mut found = Dossier::locked(tx, id).await?;
    let team = tx.actor().is_staff();
    if let Some(own) = tx.actor().expert().filter(|own| !team && *own != found.mission.expert_id) {
        found.mission.expert_id = own;
        found.mission.state = MissionState::Declined;
        found.offers.retain(|offer| offer.expert_id == own);
    }
    let ahead = matches!(found.mission.state, MissionState::Proposed | MissionState::Accepted);
    let notes = if ahead {
        queries::contradicted(tx.conn(), &found.mission, &found.expert).await?
    } else {
        Vec::new()
    };
    Ok(MissionOut { notes, ..MissionOut::of(&found, team) })
}

/// Commits, and answers the mission: its facts for who may still see it.
async fn done(mut tx: Tx, id: MissionId) -> Result<Read<MissionOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
