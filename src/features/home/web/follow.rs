//! `/a-faire/{kind}/{id}`: somebody of the team takes a task, gives it back, hands it over, puts it off or brings it back.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use super::pages::TaskFollowPage;
use super::todo::href;
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::home::todo::Task;
use crate::features::home::todo::follow::labels as words;
use crate::features::home::{FollowError, actions, labels, paris_day, queries};
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};
use crate::render::french;
use crate::rules::deadline::add_days;
use crate::rules::typed_date::iso;

/// Which task.
type At = Path<(String, Uuid)>;

/// The forms of the page.
const TAKE: &str = "prendre";
const HAND: &str = "transmettre";
const PUT_OFF: &str = "reporter";

#[handler]
pub(super) async fn show(page: Page, Path((kind, id)): At) -> Result<Response> {
    let task = found(&page, &kind, id).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &task, "", FormState::default()).await
}

/// Takes it.
#[handler]
pub(super) async fn take(page: Page, Path((kind, id)): At, form: FormData) -> Result<Response> {
    let (task, mut tx) = begin(&page, &kind, id).await?;
    let done = actions::take(&mut tx, &task, form.version()).await;
    let done = tx.conclude(done).await.map(|()| words::taken());
    settled(&page, &task, TAKE, &form, done).await
}

/// Gives it back.
#[handler]
pub(super) async fn release(page: Page, Path((kind, id)): At, form: FormData) -> Result<Response> {
    let (task, mut tx) = begin(&page, &kind, id).await?;
    let done = actions::release(&mut tx, &task, form.version()).await;
    let done = tx.conclude(done).await.map(|()| words::released());
    settled(&page, &task, TAKE, &form, done).await
}

/// Hands it over.
#[handler]
pub(super) async fn hand_over(page: Page, Path((kind, id)): At, form: FormData) -> Result<Response> {
    let (task, mut tx) = begin(&page, &kind, id).await?;
    let done = async {
        let unknown =
            || FollowError::Invalid(vec![Fault::new("/account_id", "unknown", words::SOMEBODY_OF_THE_TEAM)]);
        let to = form.optional("account_id").map(Uuid::parse_str).transpose().map_err(|_| unknown())?;
        actions::hand_over(&mut tx, &task, form.version(), to.map(Into::into)).await
    }
    .await;
    let done = tx.conclude(done).await.map(|()| words::handed_over());
    settled(&page, &task, HAND, &form, done).await
}

/// Puts it off.
#[handler]
pub(super) async fn postpone(page: Page, Path((kind, id)): At, form: FormData) -> Result<Response> {
    let (task, mut tx) = begin(&page, &kind, id).await?;
    let done =
        actions::postpone(&mut tx, &task, form.version(), form.text("until"), form.text("reason")).await;
    let done = tx.conclude(done).await.map(|()| words::put_off());
    settled(&page, &task, PUT_OFF, &form, done).await
}

/// Brings it back.
#[handler]
pub(super) async fn bring_back(page: Page, Path((kind, id)): At, form: FormData) -> Result<Response> {
    let (task, mut tx) = begin(&page, &kind, id).await?;
    let done = actions::bring_back(&mut tx, &task, form.version()).await;
    let done = tx.conclude(done).await.map(|()| words::brought_back());
    settled(&page, &task, TAKE, &form, done).await
}

/// The task, for somebody of the team who sees it.
async fn found(page: &Page, kind: &str, id: Uuid) -> Result<Task, FollowError> {
    let now = page.app.now();
    let found = queries::team_task(page.app.db.read(), page.actor(), now, kind, id).await?;
    let task = found.ok_or(FollowError::NotFound)?;
    let _seen = allows(page.actor(), Permission::TaskFollow, &task.facts)?;
    Ok(task)
}

/// Begins an act on the task.
async fn begin(page: &Page, kind: &str, id: Uuid) -> Result<(Task, Tx)> {
    let task = found(page, kind, id).await.map_err(WebError::from)?;
    Ok((task, page.app.begin(page.actor().clone()).await.map_err(WebError::from)?))
}

async fn settled(
    page: &Page,
    task: &Task,
    kind: &str,
    form: &FormData,
    done: Result<Flash, FollowError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&task.follow_page(), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, task, kind, state).await
        }
        Err(FollowError::Stale) => {
            let fresh = found(page, task.kind.name(), task.subject).await.map_err(WebError::from)?;
            let told = [("", words::CHANGED_MEANWHILE)].into_iter().collect();
            let state = FormState::filled(form.fields()).with_errors(told);
            answer(page, StatusCode::CONFLICT, &fresh, kind, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The page, one of its forms as it was sent.
async fn answer(
    page: &Page,
    status: StatusCode,
    task: &Task,
    kind: &str,
    sent: FormState,
) -> Result<Response> {
    let today = paris_day(page.app.now());
    let conn = page.app.db.read();
    let people = queries::colleagues(conn, page.actor(), task).await.map_err(WebError::from)?;
    let version = i64::from(task.follow.version);
    let form = |own: &str| {
        let state = if own == kind { sent.clone() } else { FormState::default() };
        state.with_version(version).with_prefix(own)
    };
    let holder = task.follow.taken_by.as_ref();
    let others = people.iter().filter(|person| holder.is_none_or(|holder| holder.id != person.id));
    let latest = task.latest(today);
    let context = TaskFollowPage {
        shell: page.shell(words::named(task)).with_errors(sent.has_errors()),
        summary: form(kind).summary(words::NOT_DONE),
        facts: facts(task, today),
        why: labels::why(task, today),
        note: words::note(task, today),
        open: Link::new(labels::verb(task.kind), href(page.actor(), task)),
        page: task.follow_page(),
        may_take: holder.is_none(),
        may_release: holder.is_some(),
        may_bring_back: task.postponed_on(today).is_some(),
        act: form(TAKE),
        people: others.map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect(),
        hand: form(HAND),
        until_help: latest.map(words::until_help).unwrap_or_default(),
        first_day: iso(add_days(today, 1)),
        last_day: latest.map(iso).unwrap_or_default(),
        put_off: form(PUT_OFF),
    };
    page.answer_with(status, &context)
}

fn facts(task: &Task, today: Date) -> Vec<Fact> {
    let term = if task.kind.has_deadline() { words::DEADLINE } else { words::SINCE };
    let mut facts = vec![Fact::new(term, french::date(task.due_on))];
    let holder = task.follow.taken_by.as_ref();
    let held = if task.follow.handed_by.is_some() { words::HANDED_TO } else { words::HELD_BY };
    facts.extend(holder.map(|person| Fact::new(held, person.name.clone())));
    let put_off = task.postponed_on(today);
    facts.extend(put_off.map(|put_off| Fact::new(words::PUT_OFF, french::date(put_off.until))));
    facts
}
