//! `/api/v1/teaching-supports`.

use std::sync::Arc;

use entity::teaching_support;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::queries::{self, Filter};
use super::shapes::{
    StateWord, SupportBudgetIn, SupportDateIn, SupportGivenIn, SupportMoveIn, SupportRatingIn,
    SupportReasonIn, SupportReportIn, TeachingSupportIn, TeachingSupportOut, TeachingSupportPage,
};
use super::{SupportError, actions};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::typed_date::iso;

/// Teaching supports.
pub struct SupportsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of teaching supports.
#[derive(ApiResponse)]
enum Listed {
    /// Those that the caller may see.
    #[oai(status = 200)]
    Page(Json<TeachingSupportPage>),
}

/// The support as the act leaves it, once committed.
async fn done(mut tx: Tx, row: teaching_support::Model) -> Result<Read<TeachingSupportOut>, ApiError> {
    let version = row.version;
    let whole = queries::around(tx.conn(), row).await?;
    let read = Read::new(TeachingSupportOut::from(&whole), version).kept(&mut tx);
    tx.commit().await.map_err(SupportError::from)?;
    Ok(read)
}

#[OpenApi(prefix_path = "/teaching-supports", tag = "Tag::Agreements")]
impl SupportsApi {
    /// List teaching supports
    ///
    /// Newest first; `q` finds words of the number, the structure or the SIREN.
    #[oai(path = "/", method = "get", operation_id = "teaching_support_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only this structure.
        structure_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            structure: structure_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(TeachingSupportPage { items, next_cursor })))
    }

    /// Read a teaching support
    #[oai(path = "/:id", method = "get", operation_id = "teaching_support_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<TeachingSupportOut>, ApiError> {
        let whole = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        Ok(Read::new((&whole).into(), whole.dossier.support.version))
    }

    /// Ask for a teaching support
    ///
    /// A structure asks, a contrôleur recommends after an inspection, the team imposes.
    #[oai(path = "/", method = "post", operation_id = "teaching_support_request")]
    async fn request(
        &self,
        caller: Caller,
        body: Json<TeachingSupportIn>,
    ) -> Result<Created<TeachingSupportOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::request(&mut tx, &body.0.into()).await?;
        let (id, version) = (row.id, row.version);
        let whole = queries::around(tx.conn(), row).await?;
        let out = TeachingSupportOut::from(&whole);
        let created = Created::new(out, &format!("/teaching-supports/{id}"), version).kept(&mut tx);
        tx.commit().await.map_err(SupportError::from)?;
        Ok(created)
    }

    /// Accept a teaching support
    ///
    /// Its budget and its payer are known.
    #[oai(path = "/:id/accept", method = "post", operation_id = "teaching_support_accept")]
    async fn accept(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportBudgetIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::accept(&mut tx, id.0.into(), seen, &body.0.into()).await?;
        done(tx, row).await
    }

    /// Refuse a teaching support
    #[oai(path = "/:id/refuse", method = "post", operation_id = "teaching_support_refuse")]
    async fn refuse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportReasonIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::refuse(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row).await
    }

    /// Look again at a teaching support that was refused or cancelled
    #[oai(path = "/:id/reconsider", method = "post", operation_id = "teaching_support_reconsider")]
    async fn reconsider(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportReasonIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::reconsider(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row).await
    }

    /// Fix the date of a teaching support and propose its mission
    ///
    /// Ties, days off and half-days are those of the mission.
    #[oai(path = "/:id/schedule", method = "post", operation_id = "teaching_support_schedule")]
    async fn schedule(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportDateIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::schedule(&mut tx, id.0.into(), seen, &body.0.into())).await?;
        done(tx, row).await
    }

    /// Move a teaching support with its mission
    #[oai(path = "/:id/postpone", method = "post", operation_id = "teaching_support_postpone")]
    async fn postpone(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportMoveIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let body = body.0;
        let (first, last) = (iso(body.starts_on), body.ends_on.map(iso).unwrap_or_default());
        let days = [first.as_str(), body.starts_time.0.as_str(), last.as_str(), body.ends_time.0.as_str()];
        let row = Box::pin(actions::postpone(&mut tx, id.0.into(), seen, days, &body.reason.0)).await?;
        done(tx, row).await
    }

    /// Record that a teaching support took place
    #[oai(path = "/:id/perform", method = "post", operation_id = "teaching_support_perform")]
    async fn perform(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportGivenIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::perform(&mut tx, id.0.into(), seen, &body.0.into())).await?;
        done(tx, row).await
    }

    /// File the report of a teaching support
    #[oai(path = "/:id/report", method = "post", operation_id = "teaching_support_report")]
    async fn report(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportReportIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::report(&mut tx, id.0.into(), seen, &body.0.into()).await?;
        done(tx, row).await
    }

    /// Say how satisfied one's structure is
    #[oai(path = "/:id/rate", method = "post", operation_id = "teaching_support_rate")]
    async fn rate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<SupportRatingIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::rate(&mut tx, id.0.into(), &body.0.into()).await?;
        done(tx, row).await
    }

    /// Close a teaching support
    ///
    /// The structure is asked how satisfied it is.
    #[oai(path = "/:id/close", method = "post", operation_id = "teaching_support_close")]
    async fn close(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::close(&mut tx, id.0.into(), seen).await?;
        done(tx, row).await
    }

    /// Cancel a teaching support
    #[oai(path = "/:id/cancel", method = "post", operation_id = "teaching_support_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SupportReasonIn>,
    ) -> Result<Read<TeachingSupportOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::cancel(&mut tx, id.0.into(), seen, &body.0.reason.0)).await?;
        done(tx, row).await
    }
}
