//! `/api/v1/catalogue`: what anybody may see and do without a token.

use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, OpenApi};
use sha2::{Digest, Sha256};
use time::Date;
use uuid::Uuid;

use super::input::Typed;
use super::search::{self, Filter};
use super::shapes::{
    CatalogueEnrolmentIn, CatalogueEnrolmentOut, CatalogueItemOut, CataloguePage, CatalogueSessionOut,
    ModeWord, ThemeWord,
};
use super::shelf::{Entry, shelf};
use super::{CatalogueError, actions, queries};
use crate::app::App;
use crate::authz::{Actor, Channel};
use crate::db::idempotency::Claim;
use crate::features::settings;
use crate::http::api::{ApiError, Created, PageParams, ShortText, Tag};
use crate::http::middleware::request_log::RequestId;

/// The public catalogue.
pub struct CatalogueApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Whoever calls, without a token: the program acts for them.
struct Anyone(Actor);

impl<'a> FromRequest<'a> for Anyone {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(Actor {
            channel: Channel::Api,
            request_id: request.data::<RequestId>().map(|id| id.0.clone()),
            idempotency: request.data::<Claim>().cloned(),
            ..Actor::system("catalogue.ask")
        }))
    }
}

/// A page of sessions.
#[derive(ApiResponse)]
enum Listed {
    /// The sessions that are open.
    #[oai(status = 200)]
    Page(Json<CataloguePage>),
}

/// A session.
#[derive(ApiResponse)]
enum Shown {
    /// The session, with its half-days and its sheet.
    #[oai(status = 200)]
    Session(
        Json<CatalogueSessionOut>,
        /// What tells this answer from another: seats change without a version.
        #[oai(header = "ETag")]
        String,
    ),
}

/// A session by its key: on the shelf, or read.
async fn entry(app: &App, id: Uuid) -> Result<Entry, CatalogueError> {
    let reference = id.to_string();
    if let Some(entry) = shelf(app).await?.session(&reference) {
        return Ok(entry.clone());
    }
    queries::session(app.db.read(), &reference, app.now()).await
}

#[OpenApi(prefix_path = "/catalogue", tag = "Tag::Catalogue")]
impl CatalogueApi {
    /// List the sessions of the catalogue
    ///
    /// Without a token. Those that are open, by date; the ones whose seats are all taken too, for their waiting list.
    #[oai(path = "/", method = "get", operation_id = "catalogue_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Words of the title, the theme, the place or the number; accents and small slips are let through.
        q: Query<Option<ShortText>>,
        theme: Query<Option<ThemeWord>>,
        /// INSEE code of a region.
        region: Query<Option<ShortText>>,
        modality: Query<Option<ModeWord>>,
        /// Not before this day.
        from: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            themes: theme.0.map(Into::into).into_iter().collect(),
            modes: modality.0.map(Into::into).into_iter().collect(),
            regions: region.0.map(String::from).into_iter().collect(),
            from: from.0,
            ..Filter::default()
        };
        let shelf = shelf(&self.app).await?;
        let found = search::find(&shelf, &filter);
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let (part, next) = search::part(&found.entries, filter.sort, page.after.as_ref(), limit);
        let item = |entry: &Entry| CatalogueItemOut::of(entry, self.app.url(&entry.path()));
        let items = part.into_iter().map(item).collect();
        let next_cursor = next.map(|cursor| cursor.encode());
        Ok(Listed::Page(Json(CataloguePage { items, next_cursor })))
    }

    /// Read a session of the catalogue
    ///
    /// Without a token. One that was cancelled, moved or held is still told of; a project is not.
    #[oai(path = "/:id", method = "get", operation_id = "catalogue_get")]
    async fn get(&self, id: Path<Uuid>) -> Result<Shown, ApiError> {
        let entry = entry(&self.app, id.0).await?;
        let out = CatalogueSessionOut {
            item: CatalogueItemOut::of(&entry, self.app.url(&entry.path())),
            open: entry.open,
            slots: entry.card.slots.iter().map(Into::into).collect(),
            sheet: entry.sheet.as_ref().into(),
            waiting_rule: shelf(&self.app).await?.stamp.rule.clone(),
        };
        let hash = hex::encode(&Sha256::digest(out.to_json_string().as_bytes())[..16]);
        Ok(Shown::Session(Json(out), format!("\"{hash}\"")))
    }

    /// Enrol in a session
    ///
    /// Without a token. A seat is held, or a place in the waiting list is given with its rank; the link of a mail confirms the
    /// address. The same person twice in a session is refused.
    #[oai(path = "/:id/enrolments", method = "post", operation_id = "catalogue_enrol")]
    async fn enrol(
        &self,
        anyone: Anyone,
        id: Path<Uuid>,
        body: Json<CatalogueEnrolmentIn>,
    ) -> Result<Created<CatalogueEnrolmentOut>, ApiError> {
        let entry = entry(&self.app, id.0).await?;
        let rules = settings::enrolment_rules(self.app.db.read()).await?;
        let typed = Typed::from(body.0);
        let asked = typed.read(self.app.today(), rules.of_age).map_err(CatalogueError::from)?;
        let mut tx = self.app.begin(anyone.0).await?;
        let row = Box::pin(actions::ask(&mut tx, entry.session().id, &asked, false)).await?;
        let out = CatalogueEnrolmentOut::of(&row, &entry.session().number);
        let answer = Created::new(out, &format!("/enrolments/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(answer)
    }
}
