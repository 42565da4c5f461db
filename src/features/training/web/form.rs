//! `/sessions/nouvelle` and `/sessions/{number}/modifier`: what a session says.

use askama::Template;
use entity::ids::{ProgrammeId, StructureId, TrainingRoomId};
use entity::programme_version::Modality;
use entity::training_session::{Delivery, SessionKind};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{TypedSession, slots_of};
use super::super::load::Whole;
use super::super::{TrainingError, actions, labels, queries, wording};
use super::faults::status_of;
use crate::authz::{Facts, Permission, allows};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::territory::departments;
use crate::rules::typed_date::iso;

/// The form of a session.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/form.html")]
pub struct SessionFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form is sent.
    pub action: String,
    /// The way back.
    pub back: Link,
    /// Published programmes; none for a session that has its own.
    pub programmes: Vec<Choice>,
    /// For whom.
    pub kinds: Vec<Choice>,
    /// By whom.
    pub deliveries: Vec<Choice>,
    /// How.
    pub modalities: Vec<Choice>,
    /// Rooms of the register.
    pub rooms: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Whether the session is new.
    pub is_new: bool,
    /// The form.
    pub form: FormState,
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::TrainingManage, &Facts::default()).map_err(WebError::from)?;
    let form = FormState::filled([("kind", "inter"), ("delivery", "own"), ("public", "oui")]);
    answer(&page, StatusCode::OK, None, form).await
}

/// The form, with what the session says.
#[handler]
pub(super) async fn known(page: Page, Path(number): Path<String>) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let form = FormState::filled(fields(&whole));
    answer(&page, StatusCode::OK, Some(&whole), form).await
}

/// The session, if the visitor may change it.
pub(super) async fn opened(page: &Page, number: &str) -> Result<Whole, TrainingError> {
    let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::TrainingManage, &whole.facts(page.actor()))?;
    Ok(whole)
}

fn fields(whole: &Whole) -> Vec<(&'static str, String)> {
    let typed = wording::typed_session(&whole.session);
    let yes = |told: bool| if told { "oui".to_owned() } else { String::new() };
    vec![
        ("kind", typed.kind),
        ("delivery", typed.delivery),
        ("structure", whole.structure.as_ref().map(|one| one.siren.clone()).unwrap_or_default()),
        ("modality", typed.modality),
        ("room_id", typed.room.map(|id| id.to_string()).unwrap_or_default()),
        ("place", typed.place),
        ("commune", typed.commune),
        ("department", typed.department),
        ("access", typed.access),
        ("accessibility", typed.accessibility),
        ("remote_url", typed.remote_url),
        ("to_bring", typed.to_bring),
        ("enrol_until", whole.session.enrol_until.map(iso).unwrap_or_default()),
        ("seats_min", typed.seats_min),
        ("seats_max", typed.seats_max),
        ("price", typed.price),
        ("price_note", typed.price_note),
        ("funding_note", typed.funding_note),
        ("contact", typed.contact),
        ("eu_funded", yes(typed.eu_funded)),
        ("public", yes(typed.public)),
    ]
}

async fn answer(page: &Page, status: StatusCode, whole: Option<&Whole>, form: FormState) -> Result<Response> {
    let conn = page.app.db.read();
    let programmes = match whole {
        Some(_) => Vec::new(),
        None => queries::programmes(conn).await.map_err(WebError::from)?,
    };
    let rooms = queries::usable_rooms(conn, page.actor()).await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_RECORDED);
    let title = if whole.is_some() { labels::EDIT_SESSION } else { labels::NEW_SESSION };
    let path = whole.map(Whole::path);
    let context = SessionFormPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        action: path
            .as_ref()
            .map_or_else(|| "/sessions/nouvelle".to_owned(), |path| format!("{path}/modifier")),
        back: whole.map_or_else(
            || Link::new(labels::SESSIONS, "/sessions"),
            |whole| Link::new(whole.session.number.clone(), whole.path()),
        ),
        programmes: programmes.iter().map(|one| Choice::new(one.id.to_string(), one.title.clone())).collect(),
        kinds: SessionKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        deliveries: Delivery::all().map(|one| Choice::new(one.word(), labels::delivery(one))).collect(),
        modalities: Modality::all().map(|one| Choice::new(one.word(), labels::modality(one))).collect(),
        rooms: rooms
            .iter()
            .map(|room| {
                Choice::new(room.id.to_string(), labels::acts::room(&room.name, &room.commune, room.capacity))
            })
            .collect(),
        departments: departments()
            .iter()
            .map(|one| Choice::new(one.code, labels::acts::department(one.code, one.name)))
            .collect(),
        is_new: whole.is_none(),
        form: match whole {
            Some(whole) => form.with_version(whole.session.version.into()),
            None => form,
        },
    };
    page.answer_with(status, &context)
}

/// The structure of a SIREN; a fault when it is not in the register.
pub(super) async fn structure_of(page: &Page, form: &FormData) -> Result<Option<StructureId>, TrainingError> {
    let siren: String = form.text("structure").chars().filter(|c| !c.is_whitespace()).collect();
    if siren.is_empty() {
        return Ok(None);
    }
    let found = queries::structure_of(page.app.db.read(), page.actor(), &siren).await?;
    let unknown = || TrainingError::fault("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE);
    found.map(|row| Some(row.id)).ok_or_else(unknown)
}

fn typed(form: &FormData, structure: Option<StructureId>) -> TypedSession {
    let text = |name: &str| form.text(name).to_owned();
    let key = |name: &str| form.text(name).parse::<Uuid>().ok();
    TypedSession {
        programme: key("programme_id").map(ProgrammeId),
        replaces: None,
        kind: text("kind"),
        delivery: text("delivery"),
        structure,
        modality: text("modality"),
        room: key("room_id").map(TrainingRoomId),
        place: text("place"),
        commune: text("commune"),
        department: text("department"),
        access: text("access"),
        accessibility: text("accessibility"),
        remote_url: text("remote_url"),
        to_bring: text("to_bring"),
        enrol_until: text("enrol_until"),
        seats_min: text("seats_min"),
        seats_max: text("seats_max"),
        price: text("price"),
        price_note: text("price_note"),
        funding_note: text("funding_note"),
        contact: text("contact"),
        eu_funded: form.ticked("eu_funded"),
        public: form.ticked("public"),
    }
}

/// Creates one session, or a series when other first days are typed.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let structure = structure_of(&page, &form).await?;
        let typed = typed(&form, structure);
        let slots = slots_of(form.text("slots"));
        let mut days: Vec<String> = form
            .text("days")
            .lines()
            .map(str::trim)
            .filter(|day| !day.is_empty())
            .map(str::to_owned)
            .collect();
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if days.is_empty() {
            let row = Box::pin(actions::create(&mut tx, &typed, &slots)).await?;
            tx.commit().await?;
            return Ok::<_, TrainingError>((
                format!("/sessions/{}", row.number),
                labels::acts::created(&row.number),
            ));
        }
        days.insert(0, slots.first().map(|slot| slot.day.clone()).unwrap_or_default());
        let rows = Box::pin(actions::create_series(&mut tx, &typed, &slots, &days)).await?;
        tx.commit().await?;
        Ok(("/sessions".to_owned(), labels::acts::series_created(rows.len())))
    };
    match Box::pin(done).await {
        Ok((path, said)) => Ok(flash::redirect(&path, &said)),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let _allowed = allows(page.actor(), Permission::TrainingManage, &Facts::default())
                .map_err(WebError::from)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, None, state).await
        }
    }
}

/// Changes what a session says.
#[handler]
pub(super) async fn edit(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let whole = opened(&page, &number).await.map_err(WebError::from)?;
    let done = async {
        let structure = structure_of(&page, &form).await?;
        let typed = typed(&form, structure);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::edit(&mut tx, whole.session.id, form.version(), &typed)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::recorded())),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, status, Some(&whole), state).await
        }
    }
}
