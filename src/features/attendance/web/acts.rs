//! What the forms of a half-day do.

use entity::attendance::Proof;
use entity::ids::{DocumentId, EnrolmentId, TrainingSlotId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::api::stored;
use super::super::input::{Line, TypedPresence};
use super::super::queries::{self, Sheet};
use super::super::{AttendanceError, actions, labels};
use super::slot::answer;
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, download as files, flash};

/// The sheet of a session that has this half-day, if the visitor may see it.
pub(super) async fn found(page: &Page, number: &str, id: TrainingSlotId) -> Result<Sheet, AttendanceError> {
    let sheet = queries::by_number(page.app.db.read(), page.actor(), number).await?;
    if sheet.slot(id).is_none() {
        return Err(AttendanceError::NotFound);
    }
    Ok(sheet)
}

async fn settled(
    page: &Page,
    (number, id): (&str, TrainingSlotId),
    act: &str,
    form: &FormData,
    done: Result<(), AttendanceError>,
) -> Result<Response> {
    let error = match done {
        Ok(()) => {
            let path = format!("/sessions/{number}/emargement/{id}");
            return Ok(flash::redirect(&path, &labels::done(act)));
        }
        Err(error) => error,
    };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, (number, id), state, None).await
        }
        ErrorKind::Conflict => {
            let refused = Some((error.detail(), error.blocking()));
            answer(page, StatusCode::CONFLICT, (number, id), state, refused).await
        }
        _ => Err(WebError::from(error).into()),
    }
}

/// Shows the codes of the room.
#[handler]
pub(super) async fn open(
    page: Page,
    Path((number, slot)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let done = async {
        found(&page, &number, id).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if actions::open(&mut tx, id).await? {
            tx.commit().await?;
        }
        Ok::<_, AttendanceError>(())
    };
    match done.await {
        Ok(()) => {
            let path = format!("/sessions/{number}/emargement/{id}/salle");
            Ok(flash::redirect(&path, &labels::done("ouvrir")))
        }
        refused => settled(&page, (&number, id), "ouvrir", &form, refused).await,
    }
}

/// Says who was there: everybody of whom something was answered.
#[handler]
pub(super) async fn record(
    page: Page,
    Path((number, slot)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let done = async {
        let sheet = found(&page, &number, id).await?;
        let (lines, names) = read(&sheet, id, &form)?;
        let proof = match form.text("proof") {
            "paper" => Proof::Paper,
            "remote" => Proof::Remote,
            _ => Proof::None,
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let recorded = actions::record(&mut tx, id, &lines, proof).await;
        recorded.map_err(|error| named(error, &names))?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = Box::pin(done).await;
    settled(&page, (&number, id), "presences", &form, done).await
}

/// The answers of the form, and the fields of each.
fn read(
    sheet: &Sheet,
    id: TrainingSlotId,
    form: &FormData,
) -> Result<(Vec<Line>, Vec<EnrolmentId>), AttendanceError> {
    let slot = sheet.slot(id).ok_or(AttendanceError::NotFound)?;
    let minutes = u32::try_from(slot.minutes).unwrap_or_default();
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for person in &sheet.people {
        let typed = TypedPresence {
            presence: form.text(&format!("presence-{}", person.id)).to_owned(),
            minutes: form.text(&format!("minutes-{}", person.id)).to_owned(),
        };
        if typed.presence.is_empty() {
            continue;
        }
        match typed.read("", minutes) {
            Ok(known) => lines.push(Line { enrolment: person.id, known }),
            Err(found) => faults.extend(
                found
                    .into_iter()
                    .map(|fault| Fault { pointer: format!("{}-{}", fault.pointer, person.id), ..fault }),
            ),
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let names = lines.iter().map(|line| line.enrolment).collect();
    Ok((lines, names))
}

/// Brings the faults of lines back to the fields that asked.
fn named(error: AttendanceError, names: &[EnrolmentId]) -> AttendanceError {
    let AttendanceError::Invalid(mut faults) = error else { return error };
    for fault in &mut faults {
        let mut parts = fault.pointer.split('/').skip(2);
        let position = parts.next().and_then(|part| part.parse::<usize>().ok());
        let field = parts.next().map(str::to_owned);
        if let (Some(person), Some(field)) = (position.and_then(|position| names.get(position)), field) {
            fault.pointer = format!("/{field}-{person}");
        } else {
            fault.pointer.clear();
        }
    }
    AttendanceError::Invalid(faults)
}

/// Countersigns.
#[handler]
pub(super) async fn countersign(
    page: Page,
    Path((number, slot)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let done = async {
        found(&page, &number, id).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::countersign(&mut tx, id).await?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, (&number, id), "contresigner", &form, done).await
}

/// Keeps the scanned sheet.
#[handler]
pub(super) async fn keep_sheet(
    page: Page,
    Path((number, slot)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let id = TrainingSlotId(slot);
    let done = async {
        let sheet = found(&page, &number, id).await?;
        // asked again by the action: a file that nobody may keep is not stored
        let facts = sheet.facts_on(id, page.actor());
        let _allowed = allows(page.actor(), Permission::AttendanceRecord, &facts)?;
        let wanted = || AttendanceError::fault("/file", "missing", labels::FILE_WANTED);
        let sent = form.file("file").ok_or_else(wanted)?;
        let name = sent.name.chars().take(200).collect();
        let file = stored(&page.app, page.actor(), name, sent.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::keep_sheet(&mut tx, id, &file, form.ticked("countersigned")).await?;
        Ok::<_, AttendanceError>(tx.commit().await?)
    };
    let done = done.await;
    settled(&page, (&number, id), "feuille", &form, done).await
}

/// A scanned sheet or a proof, to whoever sees the sheet.
#[handler]
pub(super) async fn download(
    page: Page,
    Path((number, slot, file)): Path<(String, Uuid, Uuid)>,
) -> Result<Response> {
    let read = async {
        let sheet = found(&page, &number, TrainingSlotId(slot)).await?;
        let file = queries::file(page.app.db.read(), &sheet, DocumentId(file)).await?;
        let content = page.app.storage.get(&file.sha256).await?;
        let facts = sheet.facts(page.actor());
        actions::download(&page.app, page.actor(), (&facts, &sheet.session.number), &file).await?;
        Ok::<_, AttendanceError>((file, content))
    };
    let (file, content) = read.await.map_err(WebError::from)?;
    Ok(files::attachment(&file.media_type, &file.download_name(), content))
}
