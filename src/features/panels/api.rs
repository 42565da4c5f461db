//! `/api/v1/jury-sessions/{id}/panel` and `/api/v1/college-seats`.

use std::sync::Arc;

use entity::ids::JurySessionId;
use entity::jury_member::Seat;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::panel::Panel;
use super::queries::{self, Filter};
use super::shapes::{
    ChoiceOut, ChoicePage, CollegeSeatEndIn, CollegeSeatIn, CollegeSeatOut, CollegeSeatPage, CollegeWord,
    MemberIn, PanelOut, RemovalIn, ReplacementIn, SeatWord,
};
use super::{PanelError, actions, composer};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, Tag, if_match};
use crate::rules::typed_date::iso;

/// The people of juries.
pub struct PanelsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// The colleges that people sit for.
pub struct CollegesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// The people who could have a seat.
#[derive(ApiResponse)]
enum Choices {
    /// The people.
    #[oai(status = 200)]
    Page(Json<ChoicePage>),
}

/// A page of seats.
#[derive(ApiResponse)]
enum Seats {
    /// The seats of the people whom the caller may see.
    #[oai(status = 200)]
    Page(Json<CollegeSeatPage>),
}

#[OpenApi(prefix_path = "/jury-sessions", tag = "Tag::Missions")]
impl PanelsApi {
    /// Read who sits in a jury
    ///
    /// With what the checks J1 to J9 find today, the candidates being those of today, and what the quorum lacks.
    #[oai(path = "/:id/panel", method = "get", operation_id = "jury_panel_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<PanelOut>, ApiError> {
        let conn = self.app.db.read();
        let panel = Panel::get(conn, &caller.0, id.0.into()).await?;
        let seated = queries::seated(conn, &panel, self.app.now()).await?;
        Ok(Read::new(PanelOut::of(&panel, &seated), panel.session.version))
    }

    /// Rank who could have a seat of a jury
    ///
    /// Those who may be chosen first: the checks J1 to J8, then what they declared of their time, distance and load. Those
    /// who are refused are there too, with the reasons.
    #[oai(path = "/:id/panel/choices", method = "get", operation_id = "jury_panel_choices")]
    async fn choices(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The seat; to preside unless given.
        seat: Query<Option<SeatWord>>,
    ) -> Result<Choices, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let panel = Panel::get(conn, &caller.0, id.0.into()).await?;
        let seat = seat.0.map_or(Seat::President, Into::into);
        let found = composer::choices(conn, &panel, seat, self.app.now()).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.standing.expert.id.to_string())?;
        let items = found.iter().map(|one| ChoiceOut::of(&panel, one)).collect();
        Ok(Choices::Page(Json(ChoicePage { items, next_cursor })))
    }

    /// Ask somebody to sit in a jury
    ///
    /// To preside, or as a member: a mission is proposed to them. Refused when a check blocks, when they are not entitled
    /// or already taken; a warning wants a written reason.
    #[oai(path = "/:id/panel/members", method = "post", operation_id = "jury_panel_assign")]
    async fn assign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<MemberIn>,
    ) -> Result<Created<PanelOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::assign(&mut tx, id.0.into(), seen, &body.0.wanted())).await?;
        let out = after(&tx, id.0.into()).await?;
        let version = out.version;
        let created = Created::new(out, &format!("/jury-sessions/{}/panel", id.0), version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Take a seat of a jury back
    ///
    /// The mission is withdrawn: the person and their calendar are told.
    #[oai(path = "/:id/panel/members/:member_id/remove", method = "post", operation_id = "jury_panel_remove")]
    async fn remove(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        member_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RemovalIn>,
    ) -> Result<Read<PanelOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (id, member, reason) = (id.0.into(), member_id.0.into(), &body.0.reason.0);
        Box::pin(actions::remove(&mut tx, id, seen, member, reason)).await?;
        done(tx, id).await
    }

    /// Ask somebody else to take the seat of a member
    ///
    /// In one act: the seat is taken back and the other person is asked.
    #[oai(
        path = "/:id/panel/members/:member_id/replace",
        method = "post",
        operation_id = "jury_panel_replace"
    )]
    async fn replace(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        member_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReplacementIn>,
    ) -> Result<Read<PanelOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let (reason, wanted) = body.0.wanted();
        let mut tx = self.app.begin(caller.0).await?;
        let (id, member) = (id.0.into(), member_id.0.into());
        Box::pin(actions::replace(&mut tx, id, seen, member, &reason, &wanted)).await?;
        done(tx, id).await
    }
}

/// The people as the transaction leaves them.
async fn after(tx: &Tx, id: JurySessionId) -> Result<PanelOut, PanelError> {
    let panel = Panel::locked(tx, id).await?;
    let seated = queries::seated(tx.conn(), &panel, tx.now()).await?;
    Ok(PanelOut::of(&panel, &seated))
}

/// Commits, and answers the people.
async fn done(mut tx: Tx, id: JurySessionId) -> Result<Read<PanelOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

#[OpenApi(prefix_path = "/college-seats", tag = "Tag::Experts")]
impl CollegesApi {
    /// List the colleges that people sit for in juries
    ///
    /// The latest first; of the people whom the caller may see.
    #[oai(path = "/", method = "get", operation_id = "college_seat_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Of this expert.
        expert_id: Query<Option<Uuid>>,
        /// Of this college.
        college: Query<Option<CollegeWord>>,
        /// Valid on this day.
        on: Query<Option<Date>>,
    ) -> Result<Seats, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter =
            Filter { expert: expert_id.0.map(Into::into), college: college.0.map(Into::into), on: on.0 };
        let found = queries::college_seats(self.app.db.read(), &caller.0, filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Seats::Page(Json(CollegeSeatPage { items, next_cursor })))
    }

    /// Read a college that somebody sits for
    #[oai(path = "/:id", method = "get", operation_id = "college_seat_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CollegeSeatOut>, ApiError> {
        let found = queries::college_seat(self.app.db.read(), &caller.0, id.0.into()).await?;
        Ok(Read::new((&found).into(), found.row.version))
    }

    /// Record that somebody sits for a college
    #[oai(path = "/", method = "post", operation_id = "college_seat_record")]
    async fn record(
        &self,
        caller: Caller,
        body: Json<CollegeSeatIn>,
    ) -> Result<Created<CollegeSeatOut>, ApiError> {
        let expert = body.0.expert_id.into();
        let new = body.0.typed().read().map_err(PanelError::Invalid)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::record_seat(&mut tx, expert, &new).await?;
        let found = queries::college_seat(tx.conn(), tx.actor(), row.id).await?;
        let path = format!("/college-seats/{}", row.id);
        let created = Created::new((&found).into(), &path, row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Record until when somebody sits for a college
    #[oai(path = "/:id/end", method = "post", operation_id = "college_seat_end")]
    async fn end(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CollegeSeatEndIn>,
    ) -> Result<Read<CollegeSeatOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::end_seat(&mut tx, id.0.into(), seen, &iso(body.0.until)).await?;
        let found = queries::college_seat(tx.conn(), tx.actor(), row.id).await?;
        let read = Read::new((&found).into(), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }
}
