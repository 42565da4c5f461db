//! The forms of `/intervenants/{number}/independance`: ties, the declaration of the year, employers, duties that are kept.

use entity::declared_interest::TieKind;
use entity::ids::{ExpertId, StructureId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{TypedEmployment, TypedInterest};
use super::super::{TieError, actions, labels, queries};
use super::person::answer;
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};

/// Begins an act on the ties of a person.
async fn begin(page: &Page, number: &str) -> Result<(ExpertId, Tx)> {
    let expert = queries::by_number(page.app.db.read(), page.actor(), number).await;
    let expert = expert.map_err(WebError::from)?.id;
    Ok((expert, page.app.begin(page.actor().clone()).await.map_err(WebError::from)?))
}

/// Records an interest; the structure is named by its SIREN.
#[handler]
pub(super) async fn declare(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let done = async {
        let mut faults = Vec::new();
        let structure = queries::named(tx.conn(), form.text("siren")).await?;
        if structure.is_none() {
            faults.push(Fault::new("/siren", "unknown", labels::UNKNOWN_SIREN));
        }
        let tie = TieKind::from_word(form.text("tie"));
        if tie.is_none() {
            faults.push(Fault::new("/tie", "missing", labels::TIE_WANTED));
        }
        let typed = TypedInterest {
            structure: structure.unwrap_or(StructureId(Uuid::nil())),
            tie: tie.unwrap_or(TieKind::Board),
            since: form.text("since").to_owned(),
            until: form.text("until").to_owned(),
            detail: form.text("detail").to_owned(),
            declared_on: String::new(),
        };
        if !faults.is_empty() {
            // What else is wrong is told with it.
            faults.extend(typed.read(page.app.today()).err().unwrap_or_default());
            return Err(TieError::Invalid(faults));
        }
        actions::declare_interest(&mut tx, expert, &typed).await
    }
    .await;
    let done = tx.conclude(done).await.map(|_| labels::recorded());
    settled(&page, &number, "lien", &form, done).await
}

/// Records the end of a declared tie.
#[handler]
pub(super) async fn end_interest(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let done = actions::end_interest(&mut tx, expert, id.into(), form.text("until")).await;
    let done = tx.conclude(done).await.map(|_| labels::recorded());
    settled(&page, &number, &format!("terme-{id}"), &form, done).await
}

/// Takes back a tie that was recorded by mistake.
#[handler]
pub(super) async fn void_interest(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let done = actions::void_interest(&mut tx, expert, id.into(), form.text("reason")).await;
    let done = tx.conclude(done).await.map(|_| labels::recorded());
    settled(&page, &number, &format!("annulation-{id}"), &form, done).await
}

/// Declares for the year.
#[handler]
pub(super) async fn declare_year(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let note = form.text("note");
    let done = match form.text("answer") {
        "rien" => actions::declare_year(&mut tx, expert, true, note).await,
        "liste" => actions::declare_year(&mut tx, expert, false, note).await,
        _ => Err(vec![Fault::new("/answer", "missing", labels::ANSWER_WANTED)].into()),
    };
    let done = tx.conclude(done).await.map(|row| labels::thanks(row.year));
    settled(&page, &number, "annee", &form, done).await
}

/// Records an employer, named by its SIREN.
#[handler]
pub(super) async fn employ(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let done = async {
        let structure = queries::named(tx.conn(), form.text("siren")).await?;
        let unknown = || vec![Fault::new("/siren", "unknown", labels::UNKNOWN_SIREN)];
        let typed = TypedEmployment {
            structure: structure.ok_or_else(unknown)?,
            since: form.text("since").to_owned(),
            until: form.text("until").to_owned(),
        };
        actions::record_employment(&mut tx, expert, &typed).await
    }
    .await;
    let done = tx.conclude(done).await.map(|_| labels::recorded());
    settled(&page, &number, "employeur", &form, done).await
}

/// Records the end of an employment.
#[handler]
pub(super) async fn end_employment(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let (expert, mut tx) = begin(&page, &number).await?;
    let done = actions::end_employment(&mut tx, expert, id.into(), form.text("until")).await;
    let done = tx.conclude(done).await.map(|_| labels::recorded());
    settled(&page, &number, &format!("fin-{id}"), &form, done).await
}

/// Keeps a duty in spite of a tie.
#[handler]
pub(super) async fn keep(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let (_, mut tx) = begin(&page, &number).await?;
    let done = actions::keep(&mut tx, id.into(), form.text("reason")).await;
    let done = tx.conclude(done).await.map(|_| labels::kept());
    settled(&page, &number, &format!("alerte-{id}"), &form, done).await
}

async fn settled(
    page: &Page,
    number: &str,
    kind: &str,
    form: &FormData,
    done: Result<Flash, TieError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/intervenants/{number}/independance"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state =
                FormState::filled(form.fields()).with_errors(FieldErrors::of(&error)).with_prefix(kind);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, page.app.today(), (kind, state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
