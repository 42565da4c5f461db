//! `/api/v1/experts`.

pub mod habilitations;
pub mod pieces;

use std::sync::Arc;

use entity::ids::ExpertId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::queries::{self, Filter};
use super::shapes::{
    DutyWord, ExpertChangeIn, ExpertIn, ExpertOut, ExpertPage, HabilitationIn, HabilitationStateWord,
};
use super::{ExpertError, actions, import};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{
    ApiError, Caller, Created, ImportForm, Imported, PageParams, Read, ShortText, Tag, if_match,
};

/// Experts and their habilitations.
pub struct ExpertsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of experts.
#[derive(ApiResponse)]
enum Listed {
    /// The experts that the caller may see.
    #[oai(status = 200)]
    Page(Json<ExpertPage>),
}

#[OpenApi(prefix_path = "/experts", tag = "Tag::Experts")]
impl ExpertsApi {
    /// List experts
    ///
    /// In alphabetical order. `duty`, `state`, `region` and `valid_on` are those of one same habilitation.
    #[oai(path = "/", method = "get", operation_id = "expert_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        duty: Query<Option<DutyWord>>,
        /// State of an habilitation.
        state: Query<Option<HabilitationStateWord>>,
        /// INSEE code of a region.
        region: Query<Option<ShortText>>,
        /// Habilitated on this day.
        valid_on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            duty: duty.0.map(Into::into),
            state: state.0.map(Into::into),
            region: region.0.map(String::from).filter(|code| !code.is_empty()),
            valid_on: valid_on.0,
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let on = filter.valid_on.unwrap_or_else(|| self.app.today());
        let items = found.items.iter().map(|found| ExpertOut::of(found, on)).collect();
        Ok(Listed::Page(Json(ExpertPage { items, next_cursor })))
    }

    /// Read an expert as of a date
    ///
    /// `valid` tells which habilitations hold on `on`; the identity is that of today.
    #[oai(path = "/:id", method = "get", operation_id = "expert_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Read<ExpertOut>, ApiError> {
        let on = on.0.unwrap_or_else(|| self.app.today());
        let found = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        actions::view(&self.app, &caller.0, &found.expert).await?;
        Ok(Read::new(ExpertOut::of(&found, on), found.expert.version))
    }

    /// Record an expert
    #[oai(path = "/", method = "post", operation_id = "expert_create")]
    async fn create(&self, caller: Caller, body: Json<ExpertIn>) -> Result<Created<ExpertOut>, ApiError> {
        let new = body.0.typed().read().map_err(ExpertError::Invalid)?;
        let mut tx = self.app.begin(caller.0).await?;
        let expert = actions::create(&mut tx, &new).await?;
        let out = after(&tx, expert.id).await?;
        tx.commit().await?;
        Ok(Created::new(out, &format!("/experts/{}", expert.id), expert.version))
    }

    /// Import experts and the history of their habilitations
    ///
    /// A CSV or XLSX file, one habilitation a line, columns in French; a person is told by their address, and somebody who is
    /// already recorded receives the habilitations of their lines. When a line is wrong nothing is recorded and every
    /// fault is told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(path = "/import", method = "post", operation_id = "expert_import")]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let report = import::import(&self.app, caller.0, &sent.bytes, &sent.name, sent.options).await?;
        Imported::of(report, sent.options)
    }

    /// Change an expert
    ///
    /// Only the fields given change. `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "expert_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ExpertChangeIn>,
    ) -> Result<Read<ExpertOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let expert = actions::edit(&mut tx, id.0.into(), Some(seen), |typed| body.0.apply(typed)).await?;
        let out = after(&tx, expert.id).await?;
        tx.commit().await?;
        Ok(Read::new(out, expert.version))
    }

    /// Record an habilitation given before
    ///
    /// One that did not come through the path. Two of the same duty on the same certification share no day. Answers the
    /// expert.
    #[oai(path = "/:id/habilitations", method = "post", operation_id = "habilitation_record")]
    async fn record(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<HabilitationIn>,
    ) -> Result<Created<ExpertOut>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::record(&mut tx, id, None, &body.0.typed()).await?;
        let out = after(&tx, id).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Created::new(out, &format!("/experts/{id}"), version))
    }
}

/// The expert as the transaction leaves it.
async fn after(tx: &Tx, id: ExpertId) -> Result<ExpertOut, ApiError> {
    Ok(ExpertOut::of(&queries::get(tx.conn(), tx.actor(), id).await?, tx.app().today()))
}
