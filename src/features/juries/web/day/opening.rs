//! `/jurys/{number}/ouverture`: who is in the room, identity and declaration of each, the quorum; the session is opened, or
//! the shortage recorded.

use askama::Template;
use entity::ids::JuryMemberId;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::actions::day::{self as acts, CheckIn};
use super::super::super::day::labels;
use super::super::super::load::{Seated, Whole};
use super::super::super::{JuryError, labels as words};
use super::{BEGUN, Here, Refused, Side, Visit, refused, status_of};
use crate::error::DomainError;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// A member and what is known of them today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// Key of the seat, for the ids of its fields.
    pub id: String,
    /// Name.
    pub name: String,
    /// The seat.
    pub seat: &'static str,
    /// Their identity was checked.
    pub here: bool,
    /// They declared their impartiality.
    pub declared: bool,
    /// At a distance.
    pub remote: bool,
    /// Where the president says so; empty when the visitor does not preside, or not now.
    pub check_in: String,
    /// Where the visitor declares for themselves; empty when it is somebody else, or done.
    pub declare: String,
}

/// `/jurys/{number}/ouverture`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/opening.html")]
pub struct OpeningPage {
    /// The shell.
    pub shell: Shell,
    /// What stood in the way.
    pub refused: Refused,
    /// Number.
    pub number: String,
    /// Structure, certification, day.
    pub subject: String,
    /// The margin.
    pub side: Side,
    /// The members.
    pub seats: Vec<SeatRow>,
    /// What each declares.
    pub declaration: &'static str,
    /// What lacks before the session is opened.
    pub missing: Vec<String>,
    /// Version of the session.
    pub version: i32,
    /// Whether the visitor may open it now.
    pub may_open: bool,
    /// From when it may be opened, in words; empty once it may be.
    pub later: String,
    /// Whether somebody of the quorum lacks.
    pub lacks: bool,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None).await
}

async fn answer(page: &Page, status: StatusCode, number: &str, refused: Refused) -> Result<Response> {
    let visit = Visit::of(page, number, &BEGUN).await.map_err(WebError::from)?;
    let whole = &visit.day.whole;
    let awaits = visit.state() == JuryState::Summoned;
    let later = visit.day.may_open_at(page.app.now()).err().map(|error| error.detail());
    let context = OpeningPage {
        shell: page.shell(labels::OPENING).with_errors(refused.is_some()),
        refused,
        number: whole.session.number.clone(),
        subject: visit.subject(),
        side: visit.side(Here::Opening),
        seats: whole.accepted().map(|one| seat(page, &visit, one)).collect(),
        declaration: labels::IMPARTIAL,
        missing: if awaits { visit.day.missing_to_open() } else { Vec::new() },
        version: whole.session.version,
        may_open: visit.runs && awaits,
        later: later.unwrap_or_default(),
        lacks: !visit.day.lacks().is_empty(),
    };
    page.answer_with(status, &context)
}

fn seat(page: &Page, visit: &Visit, one: &Seated) -> SeatRow {
    let path = visit.day.whole.path();
    let takes = matches!(visit.state(), JuryState::Summoned | JuryState::Open);
    let (here, declared) = (one.row.identity_checked_at.is_some(), one.row.impartial_at.is_some());
    let is_own = page.actor().expert() == Some(one.row.expert_id);
    let when = |wanted: bool, address: String| if wanted { address } else { String::new() };
    SeatRow {
        id: one.row.id.to_string(),
        name: one.expert.name(),
        seat: words::seat(one.row.seat),
        here,
        declared,
        remote: one.row.remote,
        check_in: when(visit.runs && takes, format!("{path}/ouverture/{}", one.row.id)),
        declare: when(
            is_own && takes && !declared && !visit.runs,
            format!("{path}/declaration/{}", one.row.id),
        ),
    }
}

/// Goes to a page, or shows this one again with what stands in the way.
async fn settled(
    page: &Page,
    number: &str,
    done: std::result::Result<(String, Flash), JuryError>,
) -> Result<Response> {
    match done {
        Ok((address, said)) => Ok(flash::redirect(&address, &said)),
        Err(error) => match status_of(&error) {
            Some(status) => {
                // A fault of a box concerns the whole page.
                let told = refused(&error).or_else(|| Some((error.detail(), Vec::new())));
                answer(page, status, number, told).await
            }
            None => Err(WebError::from(error).into()),
        },
    }
}

/// Says whether a member is in the room.
#[handler]
pub(super) async fn check_in(
    page: Page,
    Path((number, member)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await?;
        let said = CheckIn {
            identity: form.ticked("identity"),
            impartial: form.ticked("impartial"),
            remote: form.ticked("remote"),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        acts::check_in(&mut tx, whole.session.id, JuryMemberId(member), said).await?;
        tx.commit().await?;
        Ok::<_, JuryError>((format!("{}/ouverture", whole.path()), labels::said::checked_in()))
    };
    let done = done.await;
    settled(&page, &number, done).await
}

/// Declares for oneself.
#[handler]
pub(super) async fn declare(
    page: Page,
    Path((number, member)): Path<(String, Uuid)>,
    _form: FormData,
) -> Result<Response> {
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        acts::declare(&mut tx, whole.session.id, JuryMemberId(member)).await?;
        tx.commit().await?;
        Ok::<_, JuryError>((format!("{}/ouverture", whole.path()), labels::said::declared()))
    };
    let done = done.await;
    settled(&page, &number, done).await
}

/// Opens the session.
#[handler]
pub(super) async fn open(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        acts::open(&mut tx, whole.session.id, form.version()).await?;
        tx.commit().await?;
        let first = whole.passages.first().map_or(1, |one| one.row.position);
        Ok::<_, JuryError>((format!("{}/passages/{first}", whole.path()), labels::said::opened()))
    };
    let done = done.await;
    settled(&page, &number, done).await
}

/// Records that the quorum lacks, once what that changes was read.
#[handler]
pub(super) async fn no_quorum(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let recorded = acts::no_quorum(&mut tx, whole.session.id, form.version(), form.text("reason"));
        let after = Box::pin(recorded).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, JuryError>((whole, after.reason.unwrap_or_default()))
    };
    match done.await {
        Ok((whole, _)) if confirmed => Ok(flash::redirect(&whole.path(), &labels::said::no_quorum())),
        Ok((whole, reason)) => {
            let version = form.version().map(|seen| ("version".to_owned(), seen.to_string()));
            page.answer(&ConfirmationPage {
                shell: page.shell(labels::NO_QUORUM),
                intro: words::title(&whole.structure.name),
                effects: labels::no_quorum_effects(&reason),
                warnings: Vec::new(),
                typed: version.into_iter().collect(),
                action: format!("{}/carence", whole.path()),
                keep: Link::new(labels::WAIT, format!("{}/ouverture", whole.path())),
                act: labels::RECORD_NO_QUORUM.to_owned(),
                danger: true,
            })
        }
        Err(error) => settled(&page, &number, Err(error)).await,
    }
}
