//! `/sessions/{number}/emargement/{slot}/corriger/{line}`: puts a presence right, and keeps what proves a sequence.

use askama::Template;
use entity::attendance::Presence;
use entity::attendance_proof::ProofKind;
use entity::ids::{AttendanceId, AttendanceProofId, TrainingSlotId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions::{self, Correction};
use super::super::api::stored;
use super::super::input::{TypedPresence, TypedProof};
use super::super::labels::{self, pages as words};
use super::super::load::name;
use super::super::{AttendanceError, queries};
use super::acts::found;
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

/// What proves the sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofRow {
    /// Key.
    pub id: String,
    /// What it is, and its day.
    pub title: String,
    /// In words.
    pub note: String,
    /// Its file; empty when there is none.
    pub href: String,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/correct.html")]
pub struct CorrectPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The half-day.
    pub back: String,
    /// Its address.
    pub at: String,
    /// Where proofs are sent.
    pub proofs_at: String,
    /// Number of the session.
    pub number: String,
    /// Who it is about.
    pub person: String,
    /// What is known.
    pub status: Status,
    /// When it was signed.
    pub note: String,
    /// The answers.
    pub choices: Vec<Choice>,
    /// Kinds of proofs.
    pub kinds: Vec<Choice>,
    /// Proofs that stand.
    pub proofs: Vec<ProofRow>,
    /// Corrections.
    pub changes: Vec<String>,
    /// The form of the correction.
    pub form: FormState,
    /// The form of a proof.
    pub proof: FormState,
}

/// A session, a half-day and a line, as an address names them.
type Place = (String, Uuid, Uuid);

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(place): Path<Place>) -> Result<Response> {
    answer(&page, StatusCode::OK, &place, "", FormState::default()).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    (number, slot, line): &Place,
    returned: &str,
    form: FormState,
) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let sheet = found(page, number, TrainingSlotId(*slot)).await?;
        let facts = sheet.facts_on(TrainingSlotId(*slot), page.actor());
        let _allowed = allows(page.actor(), Permission::AttendanceCorrect, &facts)?;
        let row = sheet.lines.iter().find(|row| row.id.0 == *line).cloned();
        let row = row.ok_or(AttendanceError::NotFound)?;
        let beside = queries::beside(conn, &[row.id]).await?;
        Ok::<_, AttendanceError>((sheet, row, beside))
    };
    let (sheet, row, beside) = read.await.map_err(WebError::from)?;
    let person = sheet.people.iter().find(|one| one.id == row.enrolment_id).map(name).unwrap_or_default();
    let zone = sheet.session.zone.clone();
    let back = format!("/sessions/{number}/emargement/{slot}");
    let summary = form.summary(words::NOT_DONE);
    let minutes = if row.presence == Presence::Partial { row.minutes.to_string() } else { String::new() };
    let known = FormState::filled([("presence", row.presence.word()), ("minutes", minutes)]);
    let (correction, proof) = match returned {
        "preuve" => (known, form),
        "" => (known, FormState::default()),
        _ => (form, FormState::default()),
    };
    let context = CorrectPage {
        shell: page.shell(words::CORRECT).with_errors(summary.is_some()),
        summary,
        at: format!("{back}/corriger/{line}"),
        proofs_at: format!("{back}/preuves/{line}"),
        number: number.clone(),
        person,
        status: labels::presence(row.presence),
        note: row
            .signed_at
            .map(|at| words::signed(row.proof, &crate::features::enrolments::labels::instant(*at, &zone)))
            .unwrap_or_default(),
        choices: Presence::all().map(|one| Choice::new(one.word(), labels::presence_choice(one))).collect(),
        kinds: ProofKind::all().map(|one| Choice::new(one.word(), labels::proof_kind(one))).collect(),
        proofs: beside
            .proofs
            .iter()
            .map(|one| ProofRow {
                id: one.id.to_string(),
                title: format!("{}, {}", labels::proof_kind(one.kind), french::date(one.dated_on)),
                note: one.note.clone(),
                href: one.document_id.map(|file| format!("{back}/fichiers/{file}")).unwrap_or_default(),
            })
            .collect(),
        changes: beside.changes.iter().map(|one| words::correction(one, &zone)).collect(),
        form: correction.with_version(row.version.into()),
        proof: proof.with_prefix("preuve"),
        back,
    };
    page.answer_with(status, &context)
}

async fn settled(
    page: &Page,
    place: &Place,
    (returned, act): (&str, &str),
    form: &FormData,
    done: Result<(), AttendanceError>,
) -> Result<Response> {
    match done {
        Ok(()) => {
            let path = format!("/sessions/{}/emargement/{}", place.0, place.1);
            Ok(flash::redirect(&path, &labels::done(act)))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, place, returned, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The line of an address, if the visitor may see it.
async fn line_of(page: &Page, (number, slot, line): &Place) -> Result<AttendanceId, AttendanceError> {
    let sheet = found(page, number, TrainingSlotId(*slot)).await?;
    let known = sheet.lines.iter().find(|row| row.id.0 == *line);
    known.map(|row| row.id).ok_or(AttendanceError::NotFound)
}

/// Corrects.
#[handler]
pub(super) async fn send(page: Page, Path(place): Path<Place>, form: FormData) -> Result<Response> {
    let done = async {
        let line = line_of(&page, &place).await?;
        let typed = Correction {
            presence: TypedPresence {
                presence: form.text("presence").to_owned(),
                minutes: form.text("minutes").to_owned(),
            },
            reason: form.text("reason").to_owned(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::correct(&mut tx, line, form.version(), &typed).await?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = Box::pin(done).await;
    settled(&page, &place, ("correction", "corriger"), &form, done).await
}

/// Keeps a proof.
#[handler]
pub(super) async fn prove(page: Page, Path(place): Path<Place>, form: FormData) -> Result<Response> {
    let done = async {
        let line = line_of(&page, &place).await?;
        let typed = TypedProof {
            kind: form.text("kind").to_owned(),
            note: form.text("note").to_owned(),
            dated_on: form.text("dated_on").to_owned(),
        };
        let new = typed.read(page.app.today())?;
        let file = match form.file("file") {
            Some(sent) => {
                let name = sent.name.chars().take(200).collect();
                Some(stored(&page.app, page.actor(), name, sent.content.clone()).await?)
            }
            None => None,
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::prove(&mut tx, line, new, file.as_ref()).await?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, &place, ("preuve", "preuve"), &form, done).await
}

/// Takes a proof back.
#[handler]
pub(super) async fn void_proof(page: Page, Path(place): Path<Place>, form: FormData) -> Result<Response> {
    let done = async {
        line_of(&page, &place).await?;
        let id: Uuid = form.text("proof").parse().map_err(|_| AttendanceError::NotFound)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::void_proof(&mut tx, AttendanceProofId(id)).await?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, &place, ("preuve", "retirer"), &form, done).await
}
