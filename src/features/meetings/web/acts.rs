//! What the forms of a meeting do.

use entity::ids::{ExpertId, MeetingActionId, MeetingId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedTask;
use super::super::labels::Asked;
use super::super::{MeetingError, actions, labels, queries};
use super::ask::{ask, still_asks};
use super::form::place_of;
use super::show::answer as page_again;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};

/// The meeting of a number, if the visitor may see it.
pub(super) async fn found(page: &Page, number: &str) -> Result<MeetingId, MeetingError> {
    Ok(queries::by_number(page.app.db.read(), page.actor(), number).await?.meeting.id)
}

pub(super) async fn settled(
    page: &Page,
    number: &str,
    kind: &'static str,
    form: &FormData,
    done: Result<Flash, MeetingError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/reunions/{number}"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state =
                FormState::filled(form.fields()).with_errors(FieldErrors::of(&error)).with_prefix(kind);
            page_again(page, StatusCode::UNPROCESSABLE_ENTITY, number, kind, state).await
        }
        Err(error @ MeetingError::Content(_)) => {
            let state =
                FormState::filled(form.fields()).with_errors(FieldErrors::of(&error)).with_prefix(kind);
            page_again(page, StatusCode::SERVICE_UNAVAILABLE, number, kind, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Changes the agenda.
#[handler]
pub(super) async fn edit(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::edit(&mut tx, id, form.version(), form.text("agenda")).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "ordre", &form, done).await
}

/// Sends the invitations.
#[handler]
pub(super) async fn invite(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (_, count) = actions::invite(&mut tx, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::invited(count))
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// What an act did: said once committed, or asked and undone.
type Asking = Result<Result<Flash, (Asked, Vec<String>)>, MeetingError>;

/// Moves the meeting, once what that changes was read.
#[handler]
pub(super) async fn reschedule(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let mark: Uuid = tx.new_id();
        let (typed, reason) = (place_of(&form), form.text("reason"));
        let before = queries::get(tx.conn(), tx.actor(), id).await?.meeting;
        let row = actions::reschedule(&mut tx, id, form.version(), &typed, reason).await?;
        if still_asks(&form) {
            let told = queries::told_since(tx.conn(), id, mark).await?;
            return Ok(Err((labels::asked_move(&before), labels::move_effects(&row, &told))));
        }
        tx.commit().await?;
        Ok::<_, MeetingError>(Ok(labels::recorded()))
    };
    let done = done.await;
    asked(&page, &number, "deplacer", &form, done).await
}

/// Cancels the meeting, once what that changes was read.
#[handler]
pub(super) async fn cancel(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let mark: Uuid = tx.new_id();
        let row = actions::cancel(&mut tx, id, form.version(), form.text("reason")).await?;
        if still_asks(&form) {
            let told = queries::told_since(tx.conn(), id, mark).await?;
            return Ok(Err((labels::asked_cancellation(&row), labels::cancellation_effects(&row, &told))));
        }
        tx.commit().await?;
        Ok::<_, MeetingError>(Ok(labels::recorded()))
    };
    let done = done.await;
    asked(&page, &number, "annuler", &form, done).await
}

/// Asks, or settles.
async fn asked(
    page: &Page,
    number: &str,
    verb: &'static str,
    form: &FormData,
    done: Asking,
) -> Result<Response> {
    let done = match done {
        Ok(Err((words, effects))) => return ask(page, number, verb, &words, effects, form),
        Ok(Ok(said)) => Ok(said),
        Err(error) => Err(error),
    };
    settled(page, number, verb, form, done).await
}

/// Answers the invitation.
#[handler]
pub(super) async fn answer(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let coming = match form.text("coming") {
            "oui" => true,
            "non" => false,
            _ => return Err(MeetingError::fault("", "missing", labels::ANSWER_WANTED)),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let meeting = actions::answer(&mut tx, id, coming).await?;
        tx.commit().await?;
        let conn = page.app.db.read();
        let engaged = if coming { queries::engaged(conn, page.actor(), &meeting).await? } else { Vec::new() };
        Ok::<_, MeetingError>(labels::answered(coming, &engaged))
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// Records who was there.
#[handler]
pub(super) async fn hold(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let present = form.all("present").into_iter().filter_map(|id| id.parse::<Uuid>().ok());
        let present: Vec<ExpertId> = present.map(ExpertId).collect();
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if form.text("reprendre") == "oui" {
            actions::take_entitled(&mut tx, id, form.version()).await?;
        } else {
            actions::hold(&mut tx, id, form.version(), &present).await?;
        }
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// Writes down a decision.
#[handler]
pub(super) async fn decide(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_decision(&mut tx, id, form.version(), form.text("text")).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "decision", &form, done).await
}

/// Writes down something to do.
#[handler]
pub(super) async fn add_action(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let owner_id = form.optional("owner_id").and_then(|id| id.parse::<Uuid>().ok()).map(ExpertId);
        let typed = TypedTask { text: text("text"), owner: text("owner"), owner_id, due_on: text("due_on") };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_action(&mut tx, id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "action", &form, done).await
}

/// Says that something is done.
#[handler]
pub(super) async fn finish_action(
    page: Page,
    Path((number, action)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::finish_action(&mut tx, id, MeetingActionId(action)).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// Publishes the minutes.
#[handler]
pub(super) async fn publish(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (minutes, spent) = (form.text("minutes"), form.text("time_spent_minutes"));
        actions::publish(&mut tx, id, form.version(), minutes, spent).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::published())
    };
    let done = done.await;
    settled(&page, &number, "compte-rendu", &form, done).await
}
