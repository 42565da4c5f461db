//! Operations on ties: `/api/v1/experts/{id}/ties`, `/structures/{id}/ties` and what hangs on them.

use std::sync::Arc;

use entity::ids::{ExpertId, StructureId};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use sha2::{Digest, Sha256};
use time::Date;
use uuid::Uuid;

use super::shapes::{
    DeclarationIn, DeclarationPage, EmploymentEndIn, EmploymentIn, GroupIn, InterestEndIn, InterestIn,
    InterestOut, InterestPage, InterestVoidIn, OverrideIn, TieAlertOut, TieAlertPage, TieOut, TiePage,
};
use super::{TieError, actions, queries};
use crate::app::App;
use crate::db::{PageRequest, Tx};
use crate::http::api::{ApiError, Caller, Created, PageParams, Tag};

/// Ties between people and structures, declarations of interests, alerts.
pub struct TiesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Something that was asked for.
#[derive(ApiResponse)]
enum Found<T: poem_openapi::types::ParseFromJSON + poem_openapi::types::ToJSON + Send + Sync> {
    /// Here it is.
    #[oai(status = 200)]
    Here(Json<T>),
}

#[OpenApi(tag = "Tag::Experts")]
impl TiesApi {
    /// List the ties of an expert
    ///
    /// With each structure, from data and from declarations, and what each does to each duty. Those that the expert
    /// declared are told to the manager and the expert alone.
    #[oai(path = "/experts/:id/ties", method = "get", operation_id = "expert_ties")]
    async fn of_expert(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The day looked at, that of today unless given: what was known then, and what it does to each duty on it.
        on: Query<Option<Date>>,
    ) -> Result<Found<TiePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let on = on.0.unwrap_or_else(|| self.app.today());
        let lines = queries::of_expert(self.app.db.read(), &caller.0, id.0.into(), on).await?;
        self.read(&caller, id.0.into()).await?;
        Ok(Found::Here(Json(part(lines, &page)?)))
    }

    /// List the people tied with a structure
    ///
    /// Ties that people declared are told to the manager alone.
    #[oai(path = "/structures/:id/ties", method = "get", operation_id = "structure_ties")]
    async fn of_structure(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The day looked at, that of today unless given: what was known then, and what it does to each duty on it.
        on: Query<Option<Date>>,
    ) -> Result<Found<TiePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let on = on.0.unwrap_or_else(|| self.app.today());
        let lines = queries::of_structure(self.app.db.read(), &caller.0, id.0.into(), on).await?;
        Ok(Found::Here(Json(part(lines, &page)?)))
    }

    /// Name the group of a structure
    ///
    /// Structures whose groups have the same letters are of one group. Answers the ties of the structure.
    #[oai(path = "/structures/:id/group", method = "post", operation_id = "structure_group")]
    async fn group(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<GroupIn>,
    ) -> Result<Found<TiePage>, ApiError> {
        let id: StructureId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::set_group(&mut tx, id, &body.0.group.0).await?;
        let lines = queries::of_structure(tx.conn(), tx.actor(), id, self.app.today()).await?;
        tx.commit().await?;
        Ok(Found::Here(Json(whole(&lines))))
    }

    /// Record an employer of an expert
    ///
    /// Present or past. Answers the ties of the expert.
    #[oai(path = "/experts/:id/employments", method = "post", operation_id = "employment_record")]
    async fn employ(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<EmploymentIn>,
    ) -> Result<Created<TiePage>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::record_employment(&mut tx, id, &body.0.typed()).await?;
        let out = self.ties(&tx, id).await?;
        let version = version(&tx, id).await?;
        tx.commit().await?;
        Ok(Created::new(out, &format!("/experts/{id}/ties"), version))
    }

    /// Record the end of an employment
    ///
    /// Answers the ties of the expert.
    #[oai(
        path = "/experts/:id/employments/:employment_id/end",
        method = "post",
        operation_id = "employment_end"
    )]
    async fn end_employment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        employment_id: Path<Uuid>,
        body: Json<EmploymentEndIn>,
    ) -> Result<Found<TiePage>, ApiError> {
        let (id, which): (ExpertId, _) = (id.0.into(), employment_id.0.into());
        let until = crate::rules::typed_date::iso(body.0.until);
        let mut tx = self.app.begin(caller.0).await?;
        actions::end_employment(&mut tx, id, which, &until).await?;
        let out = self.ties(&tx, id).await?;
        tx.commit().await?;
        Ok(Found::Here(Json(out)))
    }

    /// List the interests of an expert
    ///
    /// Confidential: the manager and the expert alone.
    #[oai(path = "/experts/:id/interests", method = "get", operation_id = "interest_list")]
    async fn interests(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Found<InterestPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = queries::interests(self.app.db.read(), &caller.0, id.0.into()).await?;
        self.read(&caller, id.0.into()).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.row.id.to_string())?;
        Ok(Found::Here(Json(InterestPage { next_cursor, ..interests(&found) })))
    }

    /// Declare an interest
    ///
    /// Confidential. Answers every interest of the expert.
    #[oai(path = "/experts/:id/interests", method = "post", operation_id = "interest_declare")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<InterestIn>,
    ) -> Result<Created<InterestPage>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::declare_interest(&mut tx, id, &body.0.typed()).await?;
        let found = queries::interests(tx.conn(), tx.actor(), id).await?;
        let version = version(&tx, id).await?;
        tx.commit().await?;
        Ok(Created::new(interests(&found), &format!("/experts/{id}/interests"), version))
    }

    /// Record the end of a declared interest
    ///
    /// It goes on counting for the months that the matrix says. Confidential. Answers every interest of the expert.
    #[oai(path = "/experts/:id/interests/:interest_id/end", method = "post", operation_id = "interest_end")]
    async fn end_interest(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        interest_id: Path<Uuid>,
        body: Json<InterestEndIn>,
    ) -> Result<Found<InterestPage>, ApiError> {
        let (id, which): (ExpertId, _) = (id.0.into(), interest_id.0.into());
        let until = crate::rules::typed_date::iso(body.0.until);
        let mut tx = self.app.begin(caller.0).await?;
        actions::end_interest(&mut tx, id, which, &until).await?;
        let found = queries::interests(tx.conn(), tx.actor(), id).await?;
        tx.commit().await?;
        Ok(Found::Here(Json(interests(&found))))
    }

    /// Take back a declared interest
    ///
    /// One that was recorded by mistake: it counts no more, on any day. Confidential. Answers every interest of the
    /// expert.
    #[oai(path = "/experts/:id/interests/:interest_id/void", method = "post", operation_id = "interest_void")]
    async fn void_interest(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        interest_id: Path<Uuid>,
        body: Json<InterestVoidIn>,
    ) -> Result<Found<InterestPage>, ApiError> {
        let (id, which): (ExpertId, _) = (id.0.into(), interest_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::void_interest(&mut tx, id, which, &body.0.reason.0).await?;
        let found = queries::interests(tx.conn(), tx.actor(), id).await?;
        tx.commit().await?;
        Ok(Found::Here(Json(interests(&found))))
    }

    /// Read the yearly declarations of an expert
    ///
    /// Whoever sees the expert sees that they were made; what they say is confidential.
    #[oai(
        path = "/experts/:id/interest-declarations",
        method = "get",
        operation_id = "interest_declaration_list"
    )]
    async fn declarations(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Found<DeclarationPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let (conn, today) = (self.app.db.read(), self.app.today());
        let mut found = queries::declarations(conn, &caller.0, id.0.into(), today).await?;
        self.read(&caller, id.0.into()).await?;
        let made = std::mem::take(&mut found.made);
        let (made, next_cursor) = PageParams::part(made, &page, |row| row.year.to_string())?;
        found.made = made;
        Ok(Found::Here(Json(DeclarationPage { next_cursor, ..DeclarationPage::from(&found) })))
    }

    /// Declare for the year
    ///
    /// Nothing to tell, or the list of interests is complete; and what no structure tells, in words. May change during
    /// the year. Answers every declaration of the expert.
    #[oai(
        path = "/experts/:id/interest-declarations",
        method = "post",
        operation_id = "interest_declaration_make"
    )]
    async fn declare_year(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<DeclarationIn>,
    ) -> Result<Created<DeclarationPage>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::declare_year(&mut tx, id, body.0.nothing, &body.0.note.0).await?;
        let found = queries::declarations(tx.conn(), tx.actor(), id, self.app.today()).await?;
        let version = version(&tx, id).await?;
        tx.commit().await?;
        let path = format!("/experts/{id}/interest-declarations");
        Ok(Created::new(DeclarationPage::from(&found), &path, version))
    }

    /// List the alerts about duties already given
    ///
    /// Newest first.
    #[oai(path = "/tie-alerts", method = "get", operation_id = "tie_alert_list")]
    async fn alerts(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Only those of this expert.
        expert_id: Query<Option<Uuid>>,
        /// Only those that are open.
        open: Query<Option<bool>>,
    ) -> Result<Found<TieAlertPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let (only, open) = (expert_id.0.map(ExpertId::from), open.0.unwrap_or_default());
        let found = queries::alert_page(self.app.db.read(), &caller.0, only, open, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(TieAlertOut::from).collect();
        Ok(Found::Here(Json(TieAlertPage { items, next_cursor })))
    }

    /// Keep a duty in spite of a tie
    ///
    /// The reason goes to the journal; the same tie does not raise the alert again.
    #[oai(path = "/tie-alerts/:id/override", method = "post", operation_id = "tie_alert_override")]
    async fn keep(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<OverrideIn>,
    ) -> Result<Found<TieAlertOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let kept = actions::keep(&mut tx, id.0.into(), &body.0.reason.0).await?;
        let found = queries::alerts(tx.conn(), tx.actor(), Some(kept.expert_id), false).await?;
        let found = found.iter().find(|alert| alert.row.id == kept.id).ok_or(TieError::NotFound)?;
        let out = TieAlertOut::from(found);
        tx.commit().await?;
        Ok(Found::Here(Json(out)))
    }
}

impl TiesApi {
    /// The ties of an expert as the transaction leaves them.
    async fn ties(&self, tx: &Tx, id: ExpertId) -> Result<TiePage, ApiError> {
        let lines = queries::of_expert(tx.conn(), tx.actor(), id, self.app.today()).await?;
        Ok(whole(&lines))
    }

    /// Records that what an expert declared was read.
    async fn read(&self, caller: &Caller, id: ExpertId) -> Result<(), ApiError> {
        let expert = queries::expert(self.app.db.read(), &caller.0, id).await?;
        Ok(actions::read_interests(&self.app, &caller.0, &expert).await?)
    }
}

/// The version of the expert.
async fn version(tx: &Tx, id: ExpertId) -> Result<i32, ApiError> {
    Ok(queries::expert(tx.conn(), tx.actor(), id).await?.version)
}

fn whole(lines: &[queries::Line]) -> TiePage {
    TiePage { items: lines.iter().map(TieOut::from).collect(), next_cursor: None }
}

/// A tie has no key of its own: everything that is known of it tells it from the others.
fn part(lines: Vec<queries::Line>, page: &PageRequest) -> Result<TiePage, ApiError> {
    let key = |line: &queries::Line| {
        let (known, tie) = (&line.known, &line.known.tie);
        let about = format!("{:?} {:?} {:?} {:?}", known.origin, tie, known.employment, known.learned_at);
        format!("{} {} {about} {}", known.expert, known.structure, known.detail)
    };
    let key = |line: &queries::Line| hex::encode(Sha256::digest(key(line)));
    let (lines, next_cursor) = PageParams::part(lines, page, key)?;
    Ok(TiePage { next_cursor, ..whole(&lines) })
}

fn interests(found: &[queries::Interest]) -> InterestPage {
    InterestPage { items: found.iter().map(InterestOut::from).collect(), next_cursor: None }
}
