//! `/api/v1/programmes`; what everybody is given before they enrol is in [`handbooks`].

pub mod handbooks;

use std::sync::Arc;

use entity::ids::ProgrammeId;
use entity::programme::{ProgrammeState, Theme};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::queries::{self, Filter, Shown, coverage};
use super::shapes::sheet::{CoverageOut, SheetDoc, SheetOut};
use super::shapes::words::{StateWord, ThemeWord};
use super::shapes::{ProgrammeChangeIn, ProgrammeIn, ProgrammeLine, ProgrammeOut, ProgrammePage, ResultsOut};
use super::{ProgrammeError, actions, import};
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, ImportForm, Imported, PageParams, Read, Tag, if_match};
use crate::rules::training::programme::Document;

/// Programmes of training and their sheets.
pub struct ProgrammesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of programmes.
#[derive(ApiResponse)]
enum Listed {
    /// The programmes.
    #[oai(status = 200)]
    Page(Json<ProgrammePage>),
}

/// The results of a programme.
#[derive(ApiResponse)]
enum Counted {
    /// What was counted.
    #[oai(status = 200)]
    Results(Json<ResultsOut>),
}

/// A draft is gone.
#[derive(ApiResponse)]
enum Discarded {
    /// There is no draft any more.
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(prefix_path = "/programmes", tag = "Tag::Training")]
impl ProgrammesApi {
    /// List programmes
    ///
    /// By code. `q` looks for words of the code, the title or the goal.
    #[oai(path = "/", method = "get", operation_id = "programme_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Words of the code, the title or the goal.
        q: Query<Option<String>>,
        /// In this state.
        state: Query<Option<StateWord>>,
        /// About this.
        theme: Query<Option<ThemeWord>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.unwrap_or_default(),
            state: state.0.map(ProgrammeState::from),
            theme: theme.0.map(Theme::from),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let items = found.items.iter().map(ProgrammeLine::from).collect();
        let next_cursor = found.next.map(|cursor| cursor.encode());
        Ok(Listed::Page(Json(ProgrammePage { items, next_cursor })))
    }

    /// Record a programme
    ///
    /// With the draft of its first sheet, to be completed with `programme_draft_put`. Its code and its address are those of no
    /// other.
    #[oai(path = "/", method = "post", operation_id = "programme_create")]
    async fn create(
        &self,
        caller: Caller,
        body: Json<ProgrammeIn>,
    ) -> Result<Created<ProgrammeOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = Box::pin(actions::create(&mut tx, &body.0.typed(), Document::default())).await?;
        let versions = queries::versions(tx.conn(), row.id).await?;
        let out = ProgrammeOut::of(&row, &versions);
        let created = Created::new(out, &format!("/programmes/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Import programmes
    ///
    /// A CSV or XLSX file, one programme a line, columns in French. A new code makes a programme with a draft; what a line
    /// says of a known code is put in its draft. Nothing is published. When a line is wrong nothing is recorded and every
    /// fault is told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(path = "/import", method = "post", operation_id = "programme_import")]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let done = import::import(&self.app, caller.0, &sent.bytes, &sent.name, sent.options);
        Imported::of(Box::pin(done).await?, sent.options)
    }

    /// Read a programme
    #[oai(path = "/:id", method = "get", operation_id = "programme_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<ProgrammeOut>, ApiError> {
        let shown = self.shown(&caller.0, id.0.into(), None).await?;
        let version = shown.programme.version;
        Ok(Read::new(ProgrammeOut::from(&shown), version))
    }

    /// Change what stands beside the sheets of a programme
    ///
    /// Only the fields given change. `If-Match` is the `version` of the programme.
    #[oai(path = "/:id", method = "patch", operation_id = "programme_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ProgrammeChangeIn>,
    ) -> Result<Read<ProgrammeOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let change = |typed: &mut super::input::TypedProgramme| body.0.apply(typed);
        let row = Box::pin(actions::edit(&mut tx, id.0.into(), Some(seen), change)).await?;
        answer(tx, row).await
    }

    /// Read a version of the sheet of a programme
    ///
    /// That of this number; else the draft, for who may change it; else the latest. `gaps` says what lacks to publish.
    #[oai(path = "/:id/sheet", method = "get", operation_id = "programme_sheet_get")]
    async fn sheet(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Which version.
        number: Query<Option<i32>>,
    ) -> Result<Read<SheetOut>, ApiError> {
        let shown = self.shown(&caller.0, id.0.into(), number.0).await?;
        Ok(Read::new(SheetOut::of(&shown), shown.version.version))
    }

    /// Read what a sheet covers of the referential that it aims at
    ///
    /// Of the draft, for who may change it; else of the latest version.
    #[oai(path = "/:id/coverage", method = "get", operation_id = "programme_coverage")]
    async fn coverage(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CoverageOut>, ApiError> {
        let shown = self.shown(&caller.0, id.0.into(), None).await?;
        let coverage = coverage(&shown.target, &shown.document);
        Ok(Read::new(CoverageOut::from(&coverage), shown.version.version))
    }

    /// Count the results of a programme
    ///
    /// Over the twelve months before today, from its sessions that ended.
    #[oai(path = "/:id/results", method = "get", operation_id = "programme_results")]
    async fn results(&self, caller: Caller, id: Path<Uuid>) -> Result<Counted, ApiError> {
        let row = queries::by_id(self.app.db.read(), id.0.into()).await?;
        let seen = allows(&caller.0, Permission::ProgrammeView, &queries::facts(&row));
        drop(seen.map_err(ProgrammeError::from)?);
        let results = queries::results(self.app.db.read(), &row, self.app.today());
        let results = results.await.map_err(ProgrammeError::from)?;
        Ok(Counted::Results(Json(ResultsOut::from(&results))))
    }

    /// Open a draft
    ///
    /// Of the next version: a copy of the latest. A programme has one draft at most.
    #[oai(path = "/:id/draft", method = "post", operation_id = "programme_draft_open")]
    async fn open(&self, caller: Caller, id: Path<Uuid>) -> Result<Created<SheetOut>, ApiError> {
        let actor = caller.0.clone();
        let mut tx = self.app.begin(caller.0).await?;
        let version = Box::pin(actions::open_draft(&mut tx, id.0.into())).await?;
        let shown = after(&tx, &actor, id.0.into()).await?;
        let path = format!("/programmes/{}/sheet", id.0);
        let created = Created::new(SheetOut::of(&shown), &path, version.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Put a whole sheet in the draft
    ///
    /// The draft is opened when there is none; otherwise `If-Match` is needed. Every value that cannot be kept is told at
    /// once; `gaps` of the answer says what lacks to publish.
    #[oai(path = "/:id/draft", method = "put", operation_id = "programme_draft_put")]
    async fn put(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SheetDoc>,
    ) -> Result<Read<SheetOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let (actor, id) = (caller.0.clone(), id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        let known = queries::draft(tx.conn(), id).await?;
        Box::pin(actions::put_draft(&mut tx, id, seen, body.0.into())).await?;
        // asked after the act, so that only who may change the draft learns that there is one
        if known.is_some() && seen.is_none() {
            return Err(ApiError::precondition_required());
        }
        told(tx, &actor, id).await
    }

    /// Throw the draft away
    ///
    /// The first sheet of a programme is not thrown away: the programme is retired.
    #[oai(path = "/:id/draft", method = "delete", operation_id = "programme_draft_discard")]
    async fn discard(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Discarded, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        Box::pin(actions::discard_draft(&mut tx, id.0.into(), seen)).await?;
        tx.commit().await?;
        Ok(Discarded::Gone)
    }

    /// Publish the draft
    ///
    /// Everything that lacks is told at once. What is published never changes again: a later change is a new draft.
    /// `If-Match` is the `version` of the draft.
    #[oai(path = "/:id/publish", method = "post", operation_id = "programme_publish")]
    async fn publish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<SheetOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let actor = caller.0.clone();
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::publish(&mut tx, id.0.into(), Some(seen))).await?;
        told(tx, &actor, id.0.into()).await
    }

    /// Take a programme out of the catalogue
    ///
    /// Its sessions are not touched.
    #[oai(path = "/:id/retire", method = "post", operation_id = "programme_retire")]
    async fn retire(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<ProgrammeOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = actions::retire(&mut tx, id.0.into(), seen).await?;
        answer(tx, row).await
    }

    /// Prepare a retired programme again
    ///
    /// Its sheet is to be published anew.
    #[oai(path = "/:id/restore", method = "post", operation_id = "programme_restore")]
    async fn restore(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<ProgrammeOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = actions::restore(&mut tx, id.0.into(), seen).await?;
        answer(tx, row).await
    }
}

impl ProgrammesApi {
    async fn shown(&self, actor: &Actor, id: ProgrammeId, number: Option<i32>) -> Result<Shown, ApiError> {
        let conn = self.app.db.read();
        let row = queries::by_id(conn, id).await?;
        Ok(queries::shown(conn, actor, row, number).await?)
    }
}

/// The latest version as the transaction leaves it.
async fn after(tx: &Tx, actor: &Actor, id: ProgrammeId) -> Result<Shown, ApiError> {
    let row = queries::by_id(tx.conn(), id).await?;
    Ok(queries::shown(tx.conn(), actor, row, None).await?)
}

/// Commits, and answers the version as the transaction leaves it.
async fn told(mut tx: Tx, actor: &Actor, id: ProgrammeId) -> Result<Read<SheetOut>, ApiError> {
    let shown = after(&tx, actor, id).await?;
    let read = Read::new(SheetOut::of(&shown), shown.version.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

/// Commits, and answers the programme as the transaction leaves it.
async fn answer(mut tx: Tx, row: entity::programme::Model) -> Result<Read<ProgrammeOut>, ApiError> {
    let versions = queries::versions(tx.conn(), row.id).await.map_err(ProgrammeError::from)?;
    let read = Read::new(ProgrammeOut::of(&row, &versions), row.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
