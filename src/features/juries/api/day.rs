//! The day of a session: `/api/v1/jury-sessions/{id}/day` and what is done on it.

use std::sync::Arc;

use entity::ids::{CandidatePieceId, JuryIncidentId, JuryMemberId, JuryPassageId, JurySessionId};
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::super::actions::day as acts;
use super::super::day::{self, Day, files};
use super::super::load::Whole;
use super::super::shapes::{
    JuryAbstentionIn, JuryChangesIn, JuryChangesOut, JuryCheckInIn, JuryDayOut, JuryDecisionIn,
    JuryIncidentIn, JuryIncidentWithdrawalIn, JuryNoQuorumIn, JuryPiecesOut, JuryPresenceIn,
};
use crate::app::App;
use crate::authz::Permission;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Content, Read, Tag, if_match};

/// The day of sessions of juries.
pub struct JuryDayApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/jury-sessions", tag = "Tag::Juries")]
impl JuryDayApi {
    /// Read the day of a session
    ///
    /// For those who sit, and for whoever runs the certification.
    #[oai(path = "/:id/day", method = "get", operation_id = "jury_session_day")]
    async fn read(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<JuryDayOut>, ApiError> {
        let conn = self.app.db.read();
        let whole = Whole::get(conn, &caller.0, JurySessionId(id.0)).await?;
        let _allowed = day::right(&caller.0, &whole, Permission::JuryDayView)?;
        let version = whole.session.version;
        let found = Day::around(conn, whole, self.app.now()).await?;
        let people: Vec<_> = found.whole.passages.iter().map(|one| &one.candidate).collect();
        let measures = day::measures(&self.app, &caller.0, &found.whole, &people).await?;
        Ok(Read::new(JuryDayOut::of(&found).with_measures(measures), version))
    }

    /// List the pieces of a candidate that the jury reads
    ///
    /// For those who sit with a vote and do not stay apart from this candidate, from the convocation to the end of the
    /// deliberation; empty for anybody else who sees the day.
    #[oai(path = "/:id/passages/:passage_id/pieces", method = "get", operation_id = "jury_passage_pieces")]
    async fn pieces(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        passage_id: Path<Uuid>,
    ) -> Result<Json<JuryPiecesOut>, ApiError> {
        let found = self.read_day(&caller, id.0).await?;
        let one = found.whole.passing(JuryPassageId(passage_id.0))?;
        let rows = files::pieces(self.app.db.read(), &caller.0, &found, one).await?;
        Ok(Json(JuryPiecesOut { items: rows.iter().map(Into::into).collect() }))
    }

    /// Download a piece of a candidate
    ///
    /// One of those that the jury reads. The journal keeps who took it.
    #[oai(
        path = "/:id/passages/:passage_id/pieces/:piece_id",
        method = "get",
        operation_id = "jury_passage_piece"
    )]
    async fn piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        passage_id: Path<Uuid>,
        piece_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let found = self.read_day(&caller, id.0).await?;
        let one = found.whole.passing(JuryPassageId(passage_id.0))?;
        let piece = CandidatePieceId(piece_id.0);
        let (file, content) = files::open(&self.app, &caller.0, &found, one, piece).await?;
        Ok(Content::of(&content, &file.file_name, &file.sha256))
    }

    /// Say whether a member is in the room
    ///
    /// Their identity is checked, and they sign their declaration of impartiality and confidentiality (J9).
    #[oai(path = "/:id/members/:member_id/check-in", method = "post", operation_id = "jury_member_check_in")]
    async fn check_in(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        member_id: Path<Uuid>,
        body: Json<JuryCheckInIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        acts::check_in(&mut tx, JurySessionId(id.0), JuryMemberId(member_id.0), body.0.said()).await?;
        done(tx, id.0.into()).await
    }

    /// Declare one's impartiality
    ///
    /// By a member, from their own account.
    #[oai(path = "/:id/members/:member_id/declare", method = "post", operation_id = "jury_member_declare")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        member_id: Path<Uuid>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        acts::declare(&mut tx, JurySessionId(id.0), JuryMemberId(member_id.0)).await?;
        done(tx, id.0.into()).await
    }

    /// Open a session
    ///
    /// By its president, on its day and not before `opens_at` of the day (setting `juries.opening`): the quorum is in the room, each member there was identified and declared their
    /// impartiality; else `blocking` says what lacks.
    #[oai(path = "/:id/open", method = "post", operation_id = "jury_session_open")]
    async fn open(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        acts::open(&mut tx, JurySessionId(id.0), seen).await?;
        done(tx, id.0.into()).await
    }

    /// Record that the quorum lacks
    ///
    /// Nobody is heard, nobody loses an attempt. By the president, or by the team when the president is who lacks.
    #[oai(path = "/:id/no-quorum", method = "post", operation_id = "jury_session_no_quorum")]
    async fn no_quorum(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryNoQuorumIn>,
    ) -> Result<Read<super::JuryOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(acts::no_quorum(&mut tx, JurySessionId(id.0), seen, &body.0.typed())).await?;
        super::done(tx, id.0.into()).await
    }

    /// Record whether a candidate came
    ///
    /// It may be said again until the deliberation: what was said before is taken back, with what it set. `If-Match` is the
    /// version of the passage.
    #[oai(
        path = "/:id/passages/:passage_id/presence",
        method = "post",
        operation_id = "jury_passage_record_presence"
    )]
    async fn presence(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        passage_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryPresenceIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let passage = JuryPassageId(passage_id.0);
        Box::pin(acts::record_presence(&mut tx, JurySessionId(id.0), passage, seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Stay apart from a candidate
    ///
    /// The quorum is counted again for that candidate, who is adjourned when it lacks. By the member, or by the president.
    #[oai(path = "/:id/abstain", method = "post", operation_id = "jury_session_abstain")]
    async fn abstain(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<JuryAbstentionIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (member, passage) = (JuryMemberId(body.0.member_id), JuryPassageId(body.0.passage_id));
        acts::abstain(&mut tx, JurySessionId(id.0), member, passage, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Record an incident
    ///
    /// The certifier is told at once of what may be a fraud, which names a candidate.
    #[oai(path = "/:id/record-incident", method = "post", operation_id = "jury_session_record_incident")]
    async fn incident(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<JuryIncidentIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        acts::record_incident(&mut tx, JurySessionId(id.0), &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Withdraw an incident
    ///
    /// One that was recorded by mistake, until the end of the deliberation: it stays, and does not go into the minutes.
    #[oai(path = "/:id/withdraw-incident", method = "post", operation_id = "jury_session_withdraw_incident")]
    async fn withdraw_incident(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<JuryIncidentWithdrawalIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let incident = JuryIncidentId(body.0.incident_id);
        acts::withdraw_incident(&mut tx, JurySessionId(id.0), incident, &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Send what was typed on a tablet
    ///
    /// Late or twice: each change counts once, by its key. What another device wrote since the person looked is a conflict,
    /// and is not written over; the person chooses, and sends again with the version that is answered.
    #[oai(path = "/:id/changes", method = "post", operation_id = "jury_session_send_changes")]
    async fn changes(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<JuryChangesIn>,
    ) -> Result<Json<JuryChangesOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (received, is_new) = acts::receive(&mut tx, JurySessionId(id.0), &body.0.sending()).await?;
        if is_new {
            tx.commit().await?;
        }
        Ok(Json(JuryChangesOut { changes: received.iter().map(Into::into).collect() }))
    }

    /// Begin the deliberation
    ///
    /// Once everybody who came was heard; else `blocking` says what lacks.
    #[oai(path = "/:id/deliberate", method = "post", operation_id = "jury_session_deliberate")]
    async fn deliberate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        acts::deliberate(&mut tx, JurySessionId(id.0), seen).await?;
        done(tx, id.0.into()).await
    }

    /// Decide on a candidate
    ///
    /// By the majority of the rules, with the quorum of that candidate, until the deliberation is closed. `If-Match` is the
    /// version of the passage.
    #[oai(path = "/:id/passages/:passage_id/decide", method = "post", operation_id = "jury_passage_decide")]
    async fn decide(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        passage_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryDecisionIn>,
    ) -> Result<Read<JuryDayOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let passage = JuryPassageId(passage_id.0);
        acts::decide(&mut tx, JurySessionId(id.0), passage, seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }
}

impl JuryDayApi {
    /// The day of a session, for whoever may see it.
    async fn read_day(&self, caller: &Caller, id: Uuid) -> Result<Day, ApiError> {
        let conn = self.app.db.read();
        let whole = Whole::get(conn, &caller.0, JurySessionId(id)).await?;
        let _allowed = day::right(&caller.0, &whole, Permission::JuryDayView)?;
        Ok(Day::around(conn, whole, self.app.now()).await?)
    }
}

/// Commits, and answers the day.
async fn done(mut tx: Tx, id: JurySessionId) -> Result<Read<JuryDayOut>, ApiError> {
    let whole = Whole::get(tx.conn(), tx.actor(), id).await?;
    let version = whole.session.version;
    let found = Day::around(tx.conn(), whole, tx.now()).await?;
    let read = Read::new(JuryDayOut::of(&found), version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
