//! `/api/v1/fundings`.

use std::sync::Arc;

use entity::ids::FundingId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::queries::{self, Filter};
use super::shapes::{
    FundingAgreementIn, FundingIn, FundingOut, FundingPage, FundingPieceIn, FundingReasonIn,
    FundingRequestIn, FundingSettlementIn, FundingStateWord, FundingTermsIn, FundingsRecorded, SchemeWord,
};
use super::{FundingError, Record, actions};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::money;

/// Fundings of enrolments.
pub struct FundingsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What happens to a funding.
pub struct FundingStepsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[derive(ApiResponse)]
enum Listed {
    /// The fundings that the caller may see.
    #[oai(status = 200)]
    Page(Json<FundingPage>),
}

#[OpenApi(prefix_path = "/fundings", tag = "Tag::Training")]
impl FundingsApi {
    /// List fundings
    ///
    /// The last first; `q` finds words of the reference or of the names. A structure sees those of what it buys.
    #[oai(path = "/", method = "get", operation_id = "funding_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only those in this state.
        state: Query<Option<FundingStateWord>>,
        /// Only those under this scheme.
        scheme: Query<Option<SchemeWord>>,
        /// Only those of this session.
        session_id: Query<Option<Uuid>>,
        /// Only those of this enrolment.
        enrolment_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            scheme: scheme.0.map(Into::into),
            session: session_id.0.map(Into::into),
            enrolment: enrolment_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(FundingPage { items, next_cursor })))
    }

    /// Read a funding
    ///
    /// With its pieces, what lacks, and the hours of the attendance.
    #[oai(path = "/:id", method = "get", operation_id = "funding_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<FundingOut>, ApiError> {
        let conn = self.app.db.read();
        let record = Record::get(conn, &caller.0, FundingId(id.0)).await?;
        let done = queries::done(conn, &record).await?;
        Ok(Read::new(FundingOut::of(&record, done), record.funding.version))
    }

    /// Record who is expected to fund
    ///
    /// An enrolment, or all those of its buyer in the session.
    #[oai(path = "/", method = "post", operation_id = "funding_create")]
    async fn create(
        &self,
        caller: Caller,
        body: Json<FundingIn>,
    ) -> Result<Created<FundingsRecorded>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let everybody = body.0.everybody.unwrap_or_default();
        let records =
            actions::create(&mut tx, body.0.enrolment_id.into(), &body.0.typed(), everybody).await?;
        let first = records.first().ok_or(FundingError::NotFound)?;
        let (path, version) = (format!("/fundings/{}", first.funding.id), first.funding.version);
        let mut items = Vec::new();
        for record in &records {
            items.push(FundingOut::of(record, queries::done(tx.conn(), record).await?));
        }
        let created = Created::new(FundingsRecorded { items }, &path, version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Change the scheme and the funder
    ///
    /// As long as the funder did not answer.
    #[oai(path = "/:id", method = "patch", operation_id = "funding_change")]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingTermsIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::change(&mut tx, FundingId(id.0), Some(seen), &body.0.typed()).await?;
        finished(tx, record).await
    }

    /// Record a piece that was sent to the funder
    #[oai(path = "/:id/pieces", method = "post", operation_id = "funding_piece_send")]
    async fn send_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingPieceIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::send_piece(&mut tx, FundingId(id.0), seen, &body.0.typed()).await?;
        finished(tx, record).await
    }

    /// Take back a piece that was recorded by mistake
    #[oai(path = "/:id/pieces/:sent_id/void", method = "post", operation_id = "funding_piece_void")]
    async fn void_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        sent_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::void_piece(&mut tx, FundingId(id.0), seen, sent_id.0.into()).await?;
        finished(tx, record).await
    }
}

#[OpenApi(prefix_path = "/fundings", tag = "Tag::Training")]
impl FundingStepsApi {
    /// Record that the funder was asked
    #[oai(path = "/:id/request", method = "post", operation_id = "funding_request")]
    async fn request(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingRequestIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let day = crate::rules::typed_date::iso(body.0.requested_on);
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::request(&mut tx, FundingId(id.0), seen, &day).await?;
        finished(tx, record).await
    }

    /// Record the agreement of the funder
    ///
    /// Whoever buys is told.
    #[oai(path = "/:id/agree", method = "post", operation_id = "funding_agree")]
    async fn agree(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingAgreementIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::agree(&mut tx, FundingId(id.0), seen, &body.0.typed()).await?;
        finished(tx, record).await
    }

    /// Record the refusal of the funder
    ///
    /// Whoever buys is told.
    #[oai(path = "/:id/refuse", method = "post", operation_id = "funding_refuse")]
    async fn refuse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingReasonIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::refuse(&mut tx, FundingId(id.0), seen, &body.0.reason.0).await?;
        finished(tx, record).await
    }

    /// Settle a funding
    ///
    /// Refused while a piece that is due was not sent; `blocking` names each of them.
    #[oai(path = "/:id/settle", method = "post", operation_id = "funding_settle")]
    async fn settle(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingSettlementIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let paid = money::exact(body.0.paid_cents);
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::settle(&mut tx, FundingId(id.0), seen, &paid).await?;
        finished(tx, record).await
    }

    /// Give a funding up
    #[oai(path = "/:id/end", method = "post", operation_id = "funding_end")]
    async fn end(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingReasonIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::end(&mut tx, FundingId(id.0), seen, &body.0.reason.0).await?;
        finished(tx, record).await
    }

    /// Go back to the state before
    #[oai(path = "/:id/reopen", method = "post", operation_id = "funding_reopen")]
    async fn reopen(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<FundingReasonIn>,
    ) -> Result<Read<FundingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::reopen(&mut tx, FundingId(id.0), seen, &body.0.reason.0).await?;
        finished(tx, record).await
    }
}

/// Commits and answers the funding.
async fn finished(mut tx: Tx, record: Record) -> Result<Read<FundingOut>, ApiError> {
    let done = queries::done(tx.conn(), &record).await?;
    let read = Read::new(FundingOut::of(&record, done), record.funding.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
