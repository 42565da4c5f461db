//! `/stagiaire/{token}`: what, when, where, signing and papers, without an account. How one is reached and what becomes of
//! the enrolment are on the page of the enrolment.

use askama::Template;
use entity::ids::{DocumentId, TrainingSignatureId, TrainingSlotId};
use entity::{enrolment, training_slot};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};
use uuid::Uuid;

use super::super::AttendanceError;
use super::super::actions::{self, Signed};
use super::super::labels::{self, pages as words};
use super::super::load::{is_expected, is_remote};
use super::super::queries::trainee::{Paper, Trainee, by_link};
use super::room::{device, hour};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::features::papers::{self, PaperError};
use crate::features::settings;
use crate::http::web::by_link::{Said, bearer};
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, download as files, filters, flash};
use crate::rules::email_address::EmailAddress;
use crate::rules::training::attendance::{AttendanceRules, Signing, attended, signing};

/// Who acts, for the journal.
const BY_LINK: &str = "attendance.link";

/// A half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfDayRow {
    /// « mardi 3 mars 2026, matin ».
    pub title: String,
    /// Its hours, and how it was signed.
    pub note: String,
    /// What is known; none before it is.
    pub status: Option<Status>,
    /// Where it is signed now; empty when it is not.
    pub sign: String,
    /// Whether the code of the room is asked for.
    pub with_code: bool,
    /// Its form: two half-days may be signed at once.
    pub form: FormState,
}

/// `/stagiaire/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/trainee.html")]
pub struct TraineePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, when something does.
    pub refused: Option<String>,
    /// Its address.
    pub at: String,
    /// Where the enrolment itself is followed: confirmed, cancelled.
    pub enrolment: String,
    /// Who reads it.
    pub name: String,
    /// Where the enrolment stands.
    pub status: Status,
    /// What, when, where.
    pub facts: Vec<Fact>,
    /// The half-days, in their order.
    pub days: Vec<HalfDayRow>,
    /// The papers.
    pub papers: Vec<Link>,
    /// Those to sign.
    pub to_sign: Vec<Link>,
    /// How they are reached.
    pub contact: Vec<Fact>,
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
    let conn = page.app.db.read();
    let found = by_link(conn, token, page.app.now()).await.map_err(WebError::from)?;
    let rules = settings::attendance_rules(conn).await.map_err(WebError::from)?;
    let at = format!("/stagiaire/{token}");
    let summary = form.summary(words::NOT_SIGNED);
    let row = &found.enrolment;
    let context = TraineePage {
        shell: page.shell(found.session.title.clone()).with_errors(summary.is_some()),
        summary,
        refused,
        enrolment: format!("/inscriptions/{token}"),
        name: row.first_names.clone(),
        status: words_of_enrolments::state(row.state),
        facts: facts(&found),
        days: found.slots.iter().map(|slot| day(page, &found, slot, (&rules, &at, &form))).collect(),
        papers: found
            .papers
            .iter()
            .map(|paper| Link::new(paper.file.title.clone(), format!("{at}/documents/{}", paper.file.id)))
            .collect(),
        to_sign: to_sign(page, &found).map_err(WebError::from)?,
        contact: reached(row),
        at,
    };
    page.answer_with(status, &context)
}

/// The papers that wait for their signature.
fn to_sign(page: &PublicPage, found: &Trainee) -> std::result::Result<Vec<Link>, PaperError> {
    let asked = found.papers.iter().filter_map(|paper| Some((paper, paper.to_sign?)));
    let link = |(paper, id): (&Paper, TrainingSignatureId)| -> std::result::Result<Link, PaperError> {
        Ok(Link::new(words::sign(&paper.file.title), papers::link::to_sign(&page.app, id)?))
    };
    asked.map(link).collect()
}

/// How somebody is reached, as far as it is known.
fn reached(row: &enrolment::Model) -> Vec<Fact> {
    let known = [
        (words::EMAIL, row.email.clone()),
        (words::PHONE, crate::rules::phone::grouped(&row.phone)),
        (words::ADDRESS, row.postal_address.clone()),
    ];
    known
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| Fact::new(term, value))
        .collect()
}

fn facts(found: &Trainee) -> Vec<Fact> {
    let session = &found.session;
    let mut facts = vec![
        Fact::new(words::WHEN, words_of_enrolments::when(session)),
        Fact::new(words::PLACE, words_of_enrolments::place(session)),
    ];
    let coming = is_expected(found.enrolment.state);
    if !session.remote_url.is_empty() && coming {
        facts.push(Fact::new(words::REMOTE, session.remote_url.clone()).to(session.remote_url.clone()));
    }
    for (term, value) in [
        (words::ACCESS, &session.access),
        (words::ACCESSIBILITY, &session.accessibility),
        (words::TO_BRING, &session.to_bring),
        (words::CONTACT_NAME, &session.contact),
    ] {
        if !value.is_empty() {
            facts.push(Fact::new(term, value.clone()));
        }
    }
    let minutes = |number: i32| u32::try_from(number).unwrap_or_default();
    let known: Vec<_> = found
        .slots
        .iter()
        .map(|slot| {
            let line = found.line(slot);
            (minutes(slot.minutes), line.map(|row| (row.presence, minutes(row.minutes))))
        })
        .collect();
    let hours = attended(&known);
    if hours.present + hours.absent > 0 {
        facts.push(Fact::new(words::HOURS, labels::attended(hours.done, hours.planned)));
    }
    facts.push(Fact::new(words::REFERENCE, format!("{}-{}", session.number, found.enrolment.seq)).mono());
    facts
}

fn day(
    page: &PublicPage,
    found: &Trainee,
    slot: &training_slot::Model,
    (rules, at, form): (&AttendanceRules, &str, &FormState),
) -> HalfDayRow {
    let line = found.line(slot);
    let signed = line.and_then(|row| row.signed_at);
    let open = signing(page.app.now(), (*slot.starts_at, *slot.ends_at), rules) == Signing::Open;
    let signs = signed.is_none() && open && is_expected(found.enrolment.state);
    let mut note = labels::hours(slot);
    if let Some(at) = signed {
        note = words::signed_at(&note, &hour(*at, &slot.zone));
    }
    HalfDayRow {
        title: labels::day_and_half(slot),
        note,
        status: line.map(|row| labels::presence(row.presence)),
        sign: if signs { format!("{at}/signer/{}", slot.id) } else { String::new() },
        with_code: slot.pin_hash.is_some() && !is_remote(slot.modality),
        form: form.clone().with_prefix(slot.id.to_string()),
    }
}

/// Signs a half-day.
#[handler]
pub(super) async fn sign(
    page: PublicPage,
    request: &Request,
    Path((token, slot)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        let (typed, device) = (form.text("code"), device(&form));
        let signed =
            Box::pin(actions::sign_by_link(&mut tx, &token, TrainingSlotId(slot), typed, device)).await?;
        if let Signed::Now(_) = signed {
            tx.commit().await?;
        }
        Ok::<_, AttendanceError>(())
    };
    let error = match Box::pin(done).await {
        Ok(()) => return Ok(flash::redirect(&format!("/stagiaire/{token}"), &labels::done("signer"))),
        Err(error) => error,
    };
    let state = FormState::filled(form.fields()).with_prefix(slot.to_string());
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            answer(&page, &token, StatusCode::UNPROCESSABLE_ENTITY, state, None).await
        }
        ErrorKind::Conflict => answer(&page, &token, StatusCode::CONFLICT, state, Some(error.detail())).await,
        _ => Err(WebError::from(error).into()),
    }
}

/// A paper.
#[handler]
pub(super) async fn download(
    page: PublicPage,
    Path((token, file)): Path<(String, Uuid)>,
) -> Result<Response> {
    let read = async {
        let found = by_link(page.app.db.read(), &token, page.app.now()).await?;
        let paper = found.papers.into_iter().find(|paper| paper.file.id == DocumentId(file));
        let file = paper.ok_or(AttendanceError::NotFound)?.file;
        let content = page.app.storage.get(&file.sha256).await?;
        Ok::<_, AttendanceError>((file, content))
    };
    let (file, content) = read.await.map_err(WebError::from)?;
    Ok(files::attachment(&file.media_type, &file.download_name(), content))
}

/// `/stagiaire`: asks for one's link again.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/ask_link.html")]
pub struct AskLinkPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
}

/// The form.
#[handler]
pub(super) async fn ask(page: PublicPage) -> Result<Response> {
    asked_link(&page, StatusCode::OK, FormState::default())
}

fn asked_link(page: &PublicPage, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(words::NOT_DONE);
    let shell = page.shell(words::ASK_LINK).with_errors(summary.is_some());
    page.answer_with(status, &AskLinkPage { shell, summary, form })
}

/// Sends the links: what is answered is the same whether the address is known or not.
#[handler]
pub(super) async fn send_link(page: PublicPage, request: &Request, form: FormData) -> Result<Response> {
    let email = match EmailAddress::parse(form.text("email")) {
        Ok(email) => email.as_str().to_owned(),
        Err(error) => {
            let fault = AttendanceError::from(vec![Fault::new("/email", "email", error.message())]);
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&fault));
            return asked_link(&page, StatusCode::UNPROCESSABLE_ENTITY, state);
        }
    };
    let done = async {
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        if actions::send_links(&mut tx, &email).await? > 0 {
            tx.commit().await?;
        }
        Ok::<_, AttendanceError>(())
    };
    done.await.map_err(WebError::from)?;
    let said = Said { title: words::ASKED_TITLE, text: words::ASKED_TEXT, next: words::ASKED_NEXT };
    let own = Link::new(words::HOME, "/");
    page.answer_with(StatusCode::OK, &said.page(page.shell(said.title), own))
}
