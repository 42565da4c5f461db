//! The room: its codes on a screen, the sheet to print, and `/emargement/{code}`, where people sign from their telephone.

use std::fmt::Write as _;

use askama::Template;
use entity::ids::{EnrolmentId, TrainingSlotId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};
use qrcode::{Color, QrCode};
use uuid::Uuid;

use super::super::actions::{self, Device, Signed};
use super::super::labels::{self, pages as words};
use super::super::load::{is_listed, name};
use super::super::{AttendanceError, code, queries};
use super::acts::found;
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::features::settings;
use crate::http::web::by_link::bearer;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::local;

/// Who signs, for the journal.
const IN_ROOM: &str = "attendance.room";
/// White modules around a square code, which a telephone needs.
const QUIET: usize = 4;

/// The codes of a room, on a screen.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/room.html")]
pub struct RoomPage {
    /// The shell.
    pub shell: Shell,
    /// The half-day.
    pub back: String,
    /// Number of the session.
    pub number: String,
    /// What the session is called.
    pub title: String,
    /// The half-day, in words.
    pub when: String,
    /// The square code.
    pub square: String,
    /// Its address.
    pub address: String,
    /// Six figures, by three.
    pub pin: String,
    /// Until when.
    pub until: String,
}

/// The page.
#[handler]
pub(super) async fn codes(page: Page, Path((number, slot)): Path<(String, Uuid)>) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let read = async {
        let sheet = found(&page, &number, id).await?;
        let facts = sheet.facts_on(id, page.actor());
        let _allowed = allows(page.actor(), Permission::AttendanceRecord, &facts)?;
        let slot = sheet.slot(id).cloned().ok_or(AttendanceError::NotFound)?;
        let until = slot.pin_until.ok_or(AttendanceError::NotFound)?;
        let token = code::room(&page.app, id, *until)?;
        let pin = code::pin(&page.app, id, *until)?;
        Ok::<_, AttendanceError>((sheet, slot, *until, token, pin))
    };
    let (sheet, slot, until, token, pin) = read.await.map_err(WebError::from)?;
    let address = page.app.url(&format!("/emargement/{token}"));
    let (first, last) = pin.split_at(pin.len() / 2);
    page.answer(&RoomPage {
        shell: page.shell(words::ROOM),
        back: format!("/sessions/{number}/emargement/{id}"),
        title: sheet.session.title.clone(),
        when: labels::half_day(&slot),
        square: square(&address),
        pin: format!("{first}\u{a0}{last}"),
        until: words_of_enrolments::instant(until, &slot.zone),
        address,
        number,
    })
}

/// The square code of an address, as an SVG element without style; empty for an address that no code holds.
fn square(address: &str) -> String {
    let Some(code) = QrCode::new(address).ok() else { return String::new() };
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path d="{path}"/></svg>"#
    )
}

/// Somebody on the sheet that is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRow {
    /// Their name.
    pub name: String,
    /// What is known already; empty when nothing is.
    pub known: String,
}

/// The sheet to print.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/print.html")]
pub struct PrintPage {
    /// The shell.
    pub shell: Shell,
    /// The half-day.
    pub back: String,
    /// Number of the session.
    pub number: String,
    /// What it must say.
    pub facts: Vec<Fact>,
    /// Who signs.
    pub rows: Vec<PrintRow>,
    /// Who teaches.
    pub trainers: Vec<String>,
    /// The mention of the declaration of activity; empty until it is told.
    pub mention: String,
}

/// The page.
#[handler]
pub(super) async fn print(page: Page, Path((number, slot)): Path<(String, Uuid)>) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let read = async {
        let sheet = found(&page, &number, id).await?;
        let slot = sheet.slot(id).cloned().ok_or(AttendanceError::NotFound)?;
        let rules = settings::invoice_rules(page.app.db.read()).await?;
        Ok::<_, AttendanceError>((sheet, slot, rules))
    };
    let (sheet, slot, rules) = read.await.map_err(WebError::from)?;
    let trainers = sheet.teaching(id);
    let known = |person: &entity::enrolment::Model| {
        sheet.line(id, person.id).map(|row| labels::presence(row.presence).word.to_owned())
    };
    page.answer(&PrintPage {
        shell: page.shell(words::PRINT),
        back: format!("/sessions/{number}/emargement/{id}"),
        facts: vec![
            Fact::new(words::TITLE, sheet.session.title.clone()),
            Fact::new(words::REFERENCE, sheet.session.number.clone()),
            Fact::new(words::WHEN, labels::half_day(&slot)),
            Fact::new(words::LASTS, labels::duration(u32::try_from(slot.minutes).unwrap_or_default())),
            Fact::new(words::PLACE, words_of_enrolments::place(&sheet.session)),
            Fact::new(words::TRAINERS, trainers.join(", ")),
        ],
        rows: sheet
            .people
            .iter()
            .filter(|person| is_listed(person.state))
            .map(|person| PrintRow { name: name(person), known: known(person).unwrap_or_default() })
            .collect(),
        trainers,
        mention: rules.nda_mention().unwrap_or_default(),
        number,
    })
}

/// `/emargement/{code}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/sign_room.html")]
pub struct RoomSignPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, when something does.
    pub refused: Option<String>,
    /// Its address.
    pub at: String,
    /// What the session is called.
    pub title: String,
    /// The half-day, in words.
    pub when: String,
    /// Who may sign.
    pub people: Vec<Choice>,
    /// How many signed.
    pub signed: String,
    /// The form.
    pub form: FormState,
}

/// The page: opening it signs nothing.
#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    answer(&page, &token, StatusCode::OK, FormState::default(), None).await
}

async fn answer(
    page: &PublicPage,
    token: &str,
    status: StatusCode,
    form: FormState,
    refused: Option<String>,
) -> Result<Response> {
    let open = queries::room::open(&page.app, token).await.map_err(WebError::from)?;
    let summary = form.summary(words::NOT_SIGNED);
    let context = RoomSignPage {
        shell: page.shell(words::SIGN).with_errors(summary.is_some()),
        summary,
        refused,
        at: format!("/emargement/{token}"),
        title: open.room.session.title.clone(),
        when: labels::half_day(&open.room.slot),
        people: open.awaited.iter().map(|one| Choice::new(one.id.to_string(), name(one))).collect(),
        signed: words::signatures(open.signed),
        form,
    };
    page.answer_with(status, &context)
}

/// Signs.
#[handler]
pub(super) async fn sign(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let person = form.text("name").parse::<Uuid>().ok().map(EnrolmentId);
        let mut tx = page.app.begin(bearer(request, IN_ROOM)).await?;
        if let Signed::Now(_) =
            Box::pin(actions::sign_in_room(&mut tx, &token, person, device(&form))).await?
        {
            tx.commit().await?;
        }
        Ok::<_, AttendanceError>(())
    };
    let error = match Box::pin(done).await {
        Ok(()) => return Ok(flash::redirect(&format!("/emargement/{token}"), &labels::done("signer"))),
        Err(error) => error,
    };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            answer(&page, &token, StatusCode::UNPROCESSABLE_ENTITY, state, None).await
        }
        ErrorKind::Conflict => answer(&page, &token, StatusCode::CONFLICT, state, Some(error.detail())).await,
        _ => Err(WebError::from(error).into()),
    }
}

/// What the telephone says of a signature that waited on it.
pub(super) fn device(form: &FormData) -> Device {
    let told = form.text("at").parse::<i64>().ok();
    let at = told.and_then(|millis| {
        time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).ok()
    });
    Device { key: form.text("key").parse().ok(), at }
}

/// The hour of an instant, where it is.
pub(super) fn hour(at: time::OffsetDateTime, zone: &str) -> String {
    local(at, zone).map(|here| crate::render::french::time_of_day(here.time())).unwrap_or_default()
}
