//! `/api/v1/surveys`.

use std::sync::Arc;

use entity::ids::SurveyId;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::queries::{self, Filter};
use super::shapes::{KindWord, StateWord, SurveyIn, SurveyOut, SurveyPage};
use super::{SurveyError, actions};
use crate::app::App;
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, Tag};

/// Surveys.
pub struct SurveysApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of surveys.
#[derive(ApiResponse)]
enum Listed {
    /// The surveys that the caller may see.
    #[oai(status = 200)]
    Page(Json<SurveyPage>),
}

#[OpenApi(prefix_path = "/surveys", tag = "Tag::Training")]
impl SurveysApi {
    /// List surveys
    ///
    /// The latest first.
    #[oai(path = "/", method = "get", operation_id = "survey_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Only those asked of these people.
        kind: Query<Option<KindWord>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter { kind: kind.0.map(Into::into), state: state.0.map(Into::into) };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(SurveyPage { items, next_cursor })))
    }

    /// Read a survey
    ///
    /// What was answered is told once enough people did, and never by whom.
    #[oai(path = "/:id", method = "get", operation_id = "survey_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SurveyOut>, ApiError> {
        let found = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        Ok(Read::new((&found).into(), found.survey.version))
    }

    /// Ask companies or funders
    ///
    /// Each address gets its own link; the survey is open at once.
    #[oai(path = "/", method = "post", operation_id = "survey_create")]
    async fn create(&self, caller: Caller, body: Json<SurveyIn>) -> Result<Created<SurveyOut>, ApiError> {
        allows_somewhere(&caller.0, Permission::SurveyManage, &Facts::default())
            .map_err(SurveyError::from)?;
        let asked = body.0.typed().read().map_err(SurveyError::Invalid)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::ask_partners(&mut tx, &asked)).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/surveys/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Close a survey before its time
    #[oai(path = "/:id/close", method = "post", operation_id = "survey_close")]
    async fn close(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SurveyOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::close(&mut tx, id.0.into(), None).await?;
        read(tx, row.id).await
    }

    /// Let people answer a closed survey again
    #[oai(path = "/:id/reopen", method = "post", operation_id = "survey_reopen")]
    async fn reopen(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SurveyOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::reopen(&mut tx, id.0.into(), None).await?;
        read(tx, row.id).await
    }

    /// Remind those who did not answer
    #[oai(path = "/:id/remind", method = "post", operation_id = "survey_remind")]
    async fn remind(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SurveyOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::remind(&mut tx, id.0.into(), None).await?;
        read(tx, row.id).await
    }
}

/// Commits and answers the survey.
async fn read(mut tx: Tx, id: SurveyId) -> Result<Read<SurveyOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.survey.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

/// The survey as the transaction leaves it.
async fn after(tx: &Tx, id: SurveyId) -> Result<SurveyOut, ApiError> {
    Ok((&queries::get(tx.conn(), tx.actor(), id).await?).into())
}
