//! `/sessions/salles`: the rooms of the register.

use askama::Template;
use entity::ids::TrainingRoomId;
use entity::training_room;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::input::TypedRoom;
use super::super::queries::{self, RoomFilter};
use super::super::{TrainingError, actions, labels};
use super::faults::status_of;
use super::form::structure_of;
use crate::authz::{Facts, Permission, allows, allows_somewhere, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::territory::{departments, regions};

const ROWS: u64 = 30;

/// One room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRow {
    /// Its page.
    pub href: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// « 14 personnes ».
    pub capacity: String,
    /// Whether everybody gets in.
    pub accessibility: String,
}

/// `/sessions/salles`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/rooms.html")]
pub struct RoomsPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `region`.
    pub form: FormState,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The rooms.
    pub rows: Vec<RoomRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may add one.
    pub may_manage: bool,
}

/// The form of a room.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/room.html")]
pub struct RoomFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form is sent.
    pub action: String,
    /// Where the room is retired; empty when it may not be.
    pub retire: String,
    /// Departments.
    pub departments: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    region: String,
    suite: String,
}

/// The rooms.
#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::TrainingRoomView, &Facts::default())
        .map_err(WebError::from)?;
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let filter = RoomFilter {
        q: asked.q.clone(),
        region: Some(asked.region.clone()).filter(|region| !region.is_empty()),
        retired: false,
    };
    let found = queries::rooms(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let address = |next: &str| {
        with_query(
            "/sessions/salles",
            &[("q", asked.q.as_str()), ("region", asked.region.as_str()), ("suite", next)],
        )
    };
    let context = RoomsPage {
        shell: page.shell(labels::ROOMS),
        form: FormState::filled([("q", asked.q.as_str()), ("region", asked.region.as_str())]),
        regions: regions().iter().map(|one| Choice::new(one.code, one.name)).collect(),
        filtered: filter != RoomFilter::default(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_manage: may_somewhere(page.actor(), Permission::TrainingRoomManage),
    };
    page.answer(&context)
}

fn row(room: &training_room::Model) -> RoomRow {
    RoomRow {
        href: format!("/sessions/salles/{}", room.id),
        name: room.name.clone(),
        address: format!("{}, {} {}", room.address, room.postal_code, room.commune),
        capacity: labels::acts::people(room.capacity),
        accessibility: room.accessibility.clone(),
    }
}

fn answer(
    page: &Page,
    status: StatusCode,
    known: Option<&training_room::Model>,
    form: FormState,
) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let title = if known.is_some() { labels::EDIT_ROOM } else { labels::NEW_ROOM };
    let path = known.map(|room| format!("/sessions/salles/{}", room.id));
    let used = known.is_some_and(|room| room.retired_on.is_none());
    let context = RoomFormPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        retire: path.as_ref().filter(|_| used).map(|path| format!("{path}/retirer")).unwrap_or_default(),
        action: path.unwrap_or_else(|| "/sessions/salles/nouvelle".to_owned()),
        departments: departments()
            .iter()
            .map(|one| Choice::new(one.code, labels::acts::department(one.code, one.name)))
            .collect(),
        form: match known {
            Some(room) => form.with_version(room.version.into()),
            None => form,
        },
    };
    page.answer_with(status, &context)
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::TrainingRoomManage, &Facts::default()).map_err(WebError::from)?;
    answer(&page, StatusCode::OK, None, FormState::default())
}

async fn typed(page: &Page, form: &FormData) -> Result<TypedRoom, TrainingError> {
    let structure = structure_of(page, form).await?;
    let text = |name: &str| form.text(name).to_owned();
    Ok(TypedRoom {
        structure,
        site: None,
        name: text("name"),
        address: text("address"),
        postal_code: text("postal_code"),
        commune: text("commune"),
        department: text("department"),
        capacity: text("capacity"),
        access: text("access"),
        accessibility: text("accessibility"),
        equipment: text("equipment"),
    })
}

/// Adds a room.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let room = typed(&page, &form).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::create_room(&mut tx, &room).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect("/sessions/salles", &labels::acts::room_recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let _allowed = allows(page.actor(), Permission::TrainingRoomManage, &Facts::default())
                .map_err(WebError::from)?;
            answer(&page, status, None, FormState::filled(form.fields()).with_errors(errors))
        }
    }
}

/// The room of the register, if the visitor may change it.
async fn opened(page: &Page, id: Uuid) -> Result<training_room::Model, TrainingError> {
    let room = queries::room(page.app.db.read(), page.actor(), TrainingRoomId(id)).await?;
    let region = Some(room.region.clone()).filter(|region| !region.is_empty());
    let facts = Facts { region, ..Facts::default() };
    let _allowed = allows(page.actor(), Permission::TrainingRoomManage, &facts)?;
    Ok(room)
}

/// The form, with what is said of the room.
#[handler]
pub(super) async fn show(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let room = opened(&page, id).await.map_err(WebError::from)?;
    let form = FormState::filled([
        ("name", room.name.clone()),
        ("address", room.address.clone()),
        ("postal_code", room.postal_code.clone()),
        ("commune", room.commune.clone()),
        ("department", room.department.clone()),
        ("capacity", room.capacity.to_string()),
        ("access", room.access.clone()),
        ("accessibility", room.accessibility.clone()),
        ("equipment", room.equipment.clone()),
    ]);
    answer(&page, StatusCode::OK, Some(&room), form)
}

/// Changes a room; whose it is stays unless another is named.
#[handler]
pub(super) async fn edit(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let room = opened(&page, id).await.map_err(WebError::from)?;
    let done = async {
        let mut new = typed(&page, &form).await?;
        if new.structure.is_none() {
            new.structure = room.structure_id;
            new.site = room.site_id;
        }
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::edit_room(&mut tx, room.id, form.version(), &new).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect("/sessions/salles", &labels::acts::room_recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            answer(&page, status, Some(&room), FormState::filled(form.fields()).with_errors(errors))
        }
    }
}

/// Takes a room out of the list.
#[handler]
pub(super) async fn retire(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let room = opened(&page, id).await.map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::retire_room(&mut tx, room.id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect("/sessions/salles", &labels::acts::room_retired())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            answer(&page, status, Some(&room), FormState::default().with_errors(errors))
        }
    }
}
