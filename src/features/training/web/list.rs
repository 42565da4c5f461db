//! `/sessions`: the sessions that the visitor may see; `/sessions.ics`: their half-days; the same as a file.

use askama::Template;
use entity::programme::Theme;
use entity::programme_version::Modality;
use entity::training_session::SessionState;
use poem::http::header;
use poem::web::Query;
use poem::{Body, Response, Result, handler};
use serde::Deserialize;

use super::super::actions::{self, Format};
use super::super::queries::{self, Filter, Found};
use super::super::state::takes_people;
use super::super::{labels, wording};
use crate::authz::{Facts, Permission, may, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::events::{Invitation, InvitationMethod};
use crate::http::web::address::{disposition, with_query};
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters};
use crate::render::ics;
use crate::rules::territory::regions;
use crate::rules::typed_date;

const ROWS: u64 = 30;
const CSV: &str = "sessions.csv";
const XLSX: &str = "sessions.xlsx";

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// « du 3 au 5 mars 2026 ».
    pub when: String,
    /// Where.
    pub place: String,
    /// Who teaches.
    pub trainers: String,
    /// « 7 places prises sur 12 ».
    pub seats: String,
    /// Said when nobody else gets a seat.
    pub full: &'static str,
    /// Where it stands.
    pub status: Status,
}

/// `/sessions`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/list.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each thing that the page may show")]
pub struct SessionsPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `etat`, `theme`, `modalite`, `region`, `du`, `au`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Themes.
    pub themes: Vec<Choice>,
    /// Modalities.
    pub modalities: Vec<Choice>,
    /// Regions; none for whoever sees their own sessions alone.
    pub regions: Vec<Choice>,
    /// The filters that are set, by name and value, for the file.
    pub kept: Vec<(&'static str, String)>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The sessions: those that wait for their dates, then the latest day first.
    pub rows: Vec<SessionRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may create one.
    pub may_create: bool,
    /// Whether the visitor may see the rooms.
    pub may_see_rooms: bool,
    /// Whether the visitor may take the list as a file.
    pub may_export: bool,
}

/// The filters, as the address or the form says them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    theme: String,
    modalite: String,
    region: String,
    du: String,
    au: String,
    suite: String,
}

impl Asked {
    fn of(form: &FormData) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            q: text("q"),
            etat: text("etat"),
            theme: text("theme"),
            modalite: text("modalite"),
            region: text("region"),
            du: text("du"),
            au: text("au"),
            suite: String::new(),
        }
    }

    fn filter(&self) -> Filter {
        Filter {
            q: self.q.clone(),
            state: SessionState::from_word(&self.etat),
            theme: Theme::from_word(&self.theme),
            modality: Modality::from_word(&self.modalite),
            region: Some(self.region.clone()).filter(|region| !region.is_empty()),
            from: typed_date::parse(&self.du),
            until: typed_date::parse(&self.au),
            ..Filter::default()
        }
    }

    fn fields(&self) -> [(&'static str, &str); 7] {
        [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("theme", &self.theme),
            ("modalite", &self.modalite),
            ("region", &self.region),
            ("du", &self.du),
            ("au", &self.au),
        ]
    }

    fn address(&self, next: &str) -> String {
        let mut parameters = self.fields().to_vec();
        parameters.push(("suite", next));
        with_query("/sessions", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let filter = asked.filter();
    let found = queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let staff = page.actor().is_staff();
    let context = SessionsPage {
        shell: page.shell(labels::SESSIONS),
        states: SessionState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        themes: Theme::all().map(|one| Choice::new(one.word(), labels::theme(one))).collect(),
        modalities: Modality::all().map(|one| Choice::new(one.word(), labels::modality(one))).collect(),
        regions: if staff {
            regions().iter().map(|one| Choice::new(one.code, one.name)).collect()
        } else {
            Vec::new()
        },
        kept: asked
            .fields()
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, value.to_owned()))
            .collect(),
        filtered: filter != Filter::default(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        may_create: may_somewhere(page.actor(), Permission::TrainingManage),
        may_see_rooms: may_somewhere(page.actor(), Permission::TrainingRoomView),
        may_export: may(page.actor(), Permission::TrainingExport, &Facts::default()),
        form: FormState::filled(asked.fields()),
    };
    page.answer(&context)
}

fn row(found: &Found) -> SessionRow {
    let session = &found.session;
    SessionRow {
        href: format!("/sessions/{}", session.number),
        number: session.number.clone(),
        title: session.title.clone(),
        when: wording::dates(session),
        place: wording::place(session),
        trainers: if found.trainers.is_empty() {
            labels::NOBODY_TEACHES.to_owned()
        } else {
            found.trainers.join(", ")
        },
        seats: labels::seats(found.tally.held, found.tally.seats, found.tally.waiting),
        full: if takes_people(session.state) && found.is_full() { labels::FULL } else { "" },
        status: labels::state(session.state),
    }
}

/// The half-days to come of the sessions that the visitor may see, for their calendar; nobody is named.
#[handler]
pub(super) async fn calendar(page: Page) -> Result<Response> {
    let now = page.app.now();
    let found = queries::dated(page.app.db.read(), page.actor(), now).await.map_err(WebError::from)?;
    let dates: Vec<Invitation> = found
        .iter()
        .map(|(session, slot)| Invitation {
            uid: format!("session-slot-{}@parchemin", slot.id),
            sequence: u32::try_from(session.sequence).unwrap_or_default(),
            method: InvitationMethod::Request,
            starts_at: *slot.starts_at,
            lasts: *slot.ends_at - *slot.starts_at,
            zone: slot.zone.clone(),
            summary: format!("{} ({})", session.title, session.number),
            location: wording::place(session),
            description: slot.subject.clone(),
        })
        .collect();
    Ok(calendar_of(labels::SESSIONS, &dates, now))
}

/// Dates that other programs read.
pub(super) fn calendar_of(name: &str, dates: &[Invitation], now: time::OffsetDateTime) -> Response {
    Response::builder()
        .header(header::CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header(header::CACHE_CONTROL, "private, no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(ics::feed(name, dates, now))
}

/// The list as a file, with the filters of the page. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, form: FormData) -> Result<Response> {
    let filter = Asked::of(&form).filter();
    let format = if form.text("format") == "xlsx" { Format::Xlsx } else { Format::Csv };
    let taken = actions::export(&page.app, page.actor().clone(), filter, format).await;
    let taken = taken.map_err(WebError::from)?;
    let (kind, name, body) = match format {
        Format::Csv => ("text/csv; charset=utf-8", CSV, Body::from_bytes_stream(taken.stream())),
        Format::Xlsx => {
            let book = taken.workbook().await.map_err(WebError::from)?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (kind, XLSX, Body::from(book))
        }
    };
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_DISPOSITION, disposition(name))
        .header(header::CACHE_CONTROL, "no-store")
        .body(body))
}
