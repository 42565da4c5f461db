//! `/api/v1/training-rooms`.

use std::sync::Arc;

use entity::ids::TrainingRoomId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use crate::app::App;
use crate::features::training::actions;
use crate::features::training::queries::{self, RoomFilter};
use crate::features::training::shapes::{RoomIn, RoomOut, RoomPage};
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};

/// Rooms of training sessions.
pub struct TrainingRoomsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of rooms.
#[derive(ApiResponse)]
enum Listed {
    /// The rooms that the caller may see.
    #[oai(status = 200)]
    Page(Json<RoomPage>),
}

#[OpenApi(prefix_path = "/training-rooms", tag = "Tag::Training")]
impl TrainingRoomsApi {
    /// List rooms of training sessions
    ///
    /// In alphabetical order; `q` finds words of the name or of the address.
    #[oai(path = "/", method = "get", operation_id = "training_room_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this region, by its INSEE code.
        region: Query<Option<ShortText>>,
        /// Those that are not used any more too.
        retired: Query<Option<bool>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = RoomFilter {
            q: q.0.map(String::from).unwrap_or_default(),
            region: region.0.map(String::from),
            retired: retired.0.unwrap_or_default(),
        };
        let found = queries::rooms(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(RoomPage { items, next_cursor })))
    }

    /// Read a room
    #[oai(path = "/:id", method = "get", operation_id = "training_room_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<RoomOut>, ApiError> {
        let row = queries::room(self.app.db.read(), &caller.0, TrainingRoomId(id.0)).await?;
        Ok(Read::new((&row).into(), row.version))
    }

    /// Record a room
    #[oai(path = "/", method = "post", operation_id = "training_room_create")]
    async fn create(&self, caller: Caller, body: Json<RoomIn>) -> Result<Created<RoomOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::create_room(&mut tx, &body.0.typed()).await?;
        let out: RoomOut = (&row).into();
        let created = Created::new(out, &format!("/training-rooms/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Change what is said of a room
    ///
    /// All of it. `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "training_room_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RoomIn>,
    ) -> Result<Read<RoomOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::edit_room(&mut tx, TrainingRoomId(id.0), Some(seen), &body.0.typed()).await?;
        let read = Read::new(RoomOut::from(&row), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// Retire a room
    ///
    /// No session is planned there any more; those that are stay.
    #[oai(path = "/:id/retire", method = "post", operation_id = "training_room_retire")]
    async fn retire(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<RoomOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::retire_room(&mut tx, TrainingRoomId(id.0), seen).await?;
        let read = Read::new(RoomOut::from(&row), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }
}
