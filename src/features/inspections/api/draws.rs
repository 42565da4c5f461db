//! Draws: their rules, their seed, what they drew.

use std::sync::Arc;

use entity::draw::DrawState;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::super::actions::draw as acts;
use super::super::queries::{self, DrawFilter};
use super::super::shapes::{
    DrawIn, DrawOut, DrawPage, DrawPlanIn, DrawStateWord, InspectionOut, SeedIn, WhyIn,
};
use super::done;
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag};

/// Draws that anybody can do again.
pub struct DrawsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of draws.
#[derive(ApiResponse)]
enum Listed {
    /// The draws, without what they drew.
    #[oai(status = 200)]
    Page(Json<DrawPage>),
}

#[OpenApi(prefix_path = "/draws", tag = "Tag::Agreements")]
impl DrawsApi {
    /// List draws
    #[oai(path = "/", method = "get", operation_id = "draw_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        state: Query<Option<DrawStateWord>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter =
            DrawFilter { q: q.0.map(String::from).unwrap_or_default(), state: state.0.map(DrawState::from) };
        let found = queries::draws(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(|row| DrawOut::of(row, &[])).collect();
        Ok(Listed::Page(Json(DrawPage { items, next_cursor })))
    }

    /// Read a draw
    ///
    /// With all that anybody needs to draw the same again.
    #[oai(path = "/:id", method = "get", operation_id = "draw_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<DrawOut>, ApiError> {
        let conn = self.app.db.read();
        let row = queries::draw(conn, &caller.0, id.0.into()).await?;
        let picks = queries::picks(conn, row.id).await?;
        Ok(Read::new(DrawOut::of(&row, &picks), row.version))
    }

    /// Prepare a draw
    #[oai(path = "/", method = "post", operation_id = "draw_prepare")]
    async fn prepare(&self, caller: Caller, body: Json<DrawIn>) -> Result<Created<DrawOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = acts::prepare(&mut tx, &body.0.typed()).await?;
        let out = DrawOut::of(&row, &[]);
        let created = Created::new(out, &format!("/draws/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Publish the rules and the seed
    ///
    /// Without a seed, that of the last seal of the journal, which nobody chooses.
    #[oai(path = "/:id/publish", method = "post", operation_id = "draw_publish")]
    async fn publish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SeedIn>,
    ) -> Result<Read<DrawOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = acts::publish(&mut tx, id.0.into(), seen, body.0.typed().as_ref()).await?;
        drawn(tx, &row).await
    }

    /// Draw
    ///
    /// Later than the publication.
    #[oai(path = "/:id/run", method = "post", operation_id = "draw_run")]
    async fn run(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<DrawOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = acts::run(&mut tx, id.0.into(), seen).await?;
        drawn(tx, &row).await
    }

    /// Cancel a draw
    #[oai(path = "/:id/cancel", method = "post", operation_id = "draw_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<WhyIn>,
    ) -> Result<Read<DrawOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = acts::cancel_draw(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        drawn(tx, &row).await
    }

    /// Plan an inspection from what was drawn
    #[oai(path = "/:id/plan", method = "post", operation_id = "draw_plan")]
    async fn plan(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<DrawPlanIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (trigger, due_on) = (body.0.trigger.into(), body.0.due_on);
        let row = acts::plan_drawn(&mut tx, id.0.into(), body.0.position, trigger, due_on).await?;
        done(tx, row.id).await
    }
}

/// Commits, and answers the draw.
async fn drawn(mut tx: Tx, row: &entity::draw::Model) -> Result<Read<DrawOut>, ApiError> {
    let picks = queries::picks(tx.conn(), row.id).await?;
    let read = Read::new(DrawOut::of(row, &picks), row.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
