//! `/api/v1/activity` and `/api/v1/todo`.

use std::sync::Arc;

use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::Date;
use uuid::Uuid;

use super::todo::follow::{Holder, Wanted};
use super::todo::{Task, When};
use super::{FollowError, actions, import, labels, paris_day, queries};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::words::words;
use crate::http::api::{ApiError, Caller, ImportForm, Imported, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::typed_date::iso;

/// What waits, and the figures.
pub struct HomeApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A number of a year.
#[derive(Clone, Debug, Object)]
pub struct ActivityFigureOut {
    /// Civil year, in Europe/Paris.
    pub year: i32,
    /// How many; null when it is not known, which is not zero.
    pub value: Option<i32>,
    /// Counted by this installation; otherwise imported, or unknown.
    pub live: bool,
}

/// A line of the table.
#[derive(Clone, Debug, Object)]
pub struct ActivityLineOut {
    /// `jury_sessions_cqp_sp`, `inspections`, `agreement_requests` or `teaching_supports`.
    pub measure: String,
    /// One figure for each year, oldest first.
    pub figures: Vec<ActivityFigureOut>,
}

/// The activity of the certifying body.
#[derive(Clone, Debug, Object)]
pub struct ActivityOut {
    /// One line for each measure.
    pub items: Vec<ActivityLineOut>,
}

words! {
    /// Where a task stands.
    TaskStateWord as "TaskState" for When {
        /// Its day has passed.
        Late,
        /// Its day is today.
        Today,
        /// Its day comes.
        Coming,
        /// The team put it off.
        Postponed,
    }
}

/// Somebody of the team.
#[derive(Clone, Debug, Object)]
pub struct TaskHolderOut {
    /// Their account.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// To whom a task is handed over.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct TaskHandOverIn {
    /// The account of somebody whose business it is too.
    pub account_id: Uuid,
}

/// Until when a task is put off.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct TaskPostponeIn {
    /// The day on which it comes back: after today, and no later than its deadline.
    pub until: Date,
    /// Why.
    pub reason: ShortText,
}

/// Something that waits for the caller.
#[derive(Clone, Debug, Object)]
pub struct TaskOut {
    /// What is to be done: `examine`, `assign`, `decide`…
    pub action: String,
    /// Key of the thing that waits; the nil UUID for a line that gathers several.
    pub id: Uuid,
    /// Where it stands.
    pub state: TaskStateWord,
    /// By when, where the structure is.
    pub due_on: Date,
    /// Whether that day has passed in Paris, unless the team put the task off.
    pub late: bool,
    /// Number of the file; empty when it is about none.
    pub reference: String,
    /// Name of the structure, of the person or of the mission that it is about; empty when it is about none.
    pub structure: String,
    /// How many things are behind this line.
    pub count: u64,
    /// The same in French, with its reason.
    pub detail: String,
    /// Who of the team has it; null when nobody does.
    pub taken_by: Option<TaskHolderOut>,
    /// The day on which it comes back; null unless it is put off.
    pub postponed_until: Option<Date>,
    /// Why it is put off; null unless it is.
    pub reason: Option<String>,
    /// Version of what the team noted of it, for `If-Match`; 0 while nothing is.
    pub version: i32,
}

fn out(task: Task, today: Date) -> TaskOut {
    let when = task.when(today);
    let put_off = task.postponed_on(today);
    TaskOut {
        action: task.kind.name().to_owned(),
        id: task.subject,
        state: when.into(),
        due_on: task.due_on,
        late: when == When::Late,
        detail: format!("{}. {}", labels::title(&task), labels::why(&task, today)),
        postponed_until: put_off.map(|put_off| put_off.until),
        reason: put_off.map(|put_off| put_off.reason.clone()),
        version: task.follow.version,
        reference: task.reference,
        structure: task.about,
        count: task.count,
        taken_by: task.follow.taken_by.map(|person| TaskHolderOut { id: person.id.0, name: person.name }),
    }
}

/// A page of what waits for the caller.
#[derive(Clone, Debug, Object)]
pub struct TaskPage {
    /// The tasks, oldest date first.
    pub items: Vec<TaskOut>,
    /// Cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Figures {
    /// The table.
    #[oai(status = 200)]
    Table(Json<ActivityOut>),
}

#[derive(ApiResponse)]
enum Tasks {
    /// The tasks.
    #[oai(status = 200)]
    Page(Json<TaskPage>),
}

#[OpenApi]
impl HomeApi {
    /// Read the activity of the certifying body
    ///
    /// Imported figures of past years beside what this installation counts.
    #[oai(path = "/activity", method = "get", operation_id = "activity_get", tag = "Tag::Settings")]
    async fn activity(&self, caller: Caller) -> Result<Figures, ApiError> {
        let activity = queries::activity(self.app.db.read(), &caller.0, self.app.now()).await?;
        let line = |line: &super::activity::Line| ActivityLineOut {
            measure: line.measure.word().to_owned(),
            figures: activity
                .years
                .iter()
                .zip(&line.cells)
                .map(|(year, cell)| ActivityFigureOut { year: *year, value: cell.value, live: cell.live })
                .collect(),
        };
        Ok(Figures::Table(Json(ActivityOut { items: activity.lines.iter().map(line).collect() })))
    }

    /// Import the figures of past years
    ///
    /// A CSV or XLSX file, one figure a line, columns in French: year, act, number; an empty number is unknown. A figure
    /// replaces what was known of the same year and act. When a line is wrong nothing is recorded and every fault is
    /// told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(
        path = "/activity/import",
        method = "post",
        operation_id = "activity_import",
        tag = "Tag::Settings"
    )]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let report = import::import(&self.app, caller.0, &sent.bytes, sent.options).await?;
        Imported::of(report, sent.options)
    }

    /// List what waits for the caller
    ///
    /// Oldest date first. What the team put off is there too, in the state `postponed`.
    #[oai(path = "/todo", method = "get", operation_id = "todo_list", tag = "Tag::Agreements")]
    async fn todo(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Only those that stand so.
        state: Query<Option<TaskStateWord>>,
        /// Only those that this account has.
        taken_by: Query<Option<Uuid>>,
    ) -> Result<Tasks, ApiError> {
        let request = PageParams::read(limit.0, cursor.0.as_ref())?;
        let now = self.app.now();
        let today = paris_day(now);
        let conn = self.app.db.read();
        let wanted = Wanted {
            holder: taken_by.0.map_or(Holder::Anyone, |id| Holder::Person(id.into())),
            when: state.0.map(When::from),
        };
        let mut tasks = queries::todo(conn, &caller.0, now).await?;
        tasks.retain(|task| wanted.keeps(task, today));
        let mut page = queries::task_page(tasks, &request);
        queries::name(conn, &mut page.items).await?;
        let next_cursor = page.next.map(|cursor| cursor.encode());
        let items = page.items.into_iter().map(|task| out(task, today)).collect();
        Ok(Tasks::Page(Json(TaskPage { items, next_cursor })))
    }

    /// Take a task that nobody has
    ///
    /// `kind` and `id` are `action` and `id` of the list. For the team, on its own tasks.
    #[oai(
        path = "/todo/:kind/:id/take",
        method = "post",
        operation_id = "todo_take",
        tag = "Tag::Agreements"
    )]
    async fn take(
        &self,
        caller: Caller,
        kind: Path<ShortText>,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<TaskOut>, ApiError> {
        let (mut tx, task, seen) = self.open(caller, &kind.0.0, id.0, &seen).await?;
        actions::take(&mut tx, &task, seen).await?;
        told(tx, task).await
    }

    /// Give a task back to the team
    #[oai(
        path = "/todo/:kind/:id/release",
        method = "post",
        operation_id = "todo_release",
        tag = "Tag::Agreements"
    )]
    async fn release(
        &self,
        caller: Caller,
        kind: Path<ShortText>,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<TaskOut>, ApiError> {
        let (mut tx, task, seen) = self.open(caller, &kind.0.0, id.0, &seen).await?;
        actions::release(&mut tx, &task, seen).await?;
        told(tx, task).await
    }

    /// Hand a task over
    ///
    /// To somebody whose business it is too, who is told by a mail that they may turn off.
    #[oai(
        path = "/todo/:kind/:id/hand-over",
        method = "post",
        operation_id = "todo_hand_over",
        tag = "Tag::Agreements"
    )]
    async fn hand_over(
        &self,
        caller: Caller,
        kind: Path<ShortText>,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<TaskHandOverIn>,
    ) -> Result<Read<TaskOut>, ApiError> {
        let (mut tx, task, seen) = self.open(caller, &kind.0.0, id.0, &seen).await?;
        actions::hand_over(&mut tx, &task, seen, Some(body.0.account_id.into())).await?;
        told(tx, task).await
    }

    /// Put a task off
    ///
    /// Never beyond its deadline; by 31 days at most when its date only says since when it waits.
    #[oai(
        path = "/todo/:kind/:id/postpone",
        method = "post",
        operation_id = "todo_postpone",
        tag = "Tag::Agreements"
    )]
    async fn postpone(
        &self,
        caller: Caller,
        kind: Path<ShortText>,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<TaskPostponeIn>,
    ) -> Result<Read<TaskOut>, ApiError> {
        let (mut tx, task, seen) = self.open(caller, &kind.0.0, id.0, &seen).await?;
        actions::postpone(&mut tx, &task, seen, &iso(body.0.until), &body.0.reason.0).await?;
        told(tx, task).await
    }

    /// Bring a task that was put off back into the list
    #[oai(
        path = "/todo/:kind/:id/bring-back",
        method = "post",
        operation_id = "todo_bring_back",
        tag = "Tag::Agreements"
    )]
    async fn bring_back(
        &self,
        caller: Caller,
        kind: Path<ShortText>,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<TaskOut>, ApiError> {
        let (mut tx, task, seen) = self.open(caller, &kind.0.0, id.0, &seen).await?;
        actions::bring_back(&mut tx, &task, seen).await?;
        told(tx, task).await
    }
}

impl HomeApi {
    /// Begins an act on a task of the team, for somebody of it who sees it, at the version that they read.
    async fn open(
        &self,
        caller: Caller,
        kind: &str,
        id: Uuid,
        seen: &Header<Option<String>>,
    ) -> Result<(Tx, Task, Option<i32>), ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let found = queries::team_task(self.app.db.read(), &caller.0, self.app.now(), kind, id).await?;
        let task = found.ok_or(FollowError::NotFound)?;
        Ok((self.app.begin(caller.0).await?, task, seen))
    }
}

/// The task as it is from now on, committed with the act.
async fn told(mut tx: Tx, mut task: Task) -> Result<Read<TaskOut>, ApiError> {
    queries::read_note(tx.conn(), &mut task).await?;
    let (version, today) = (task.follow.version, paris_day(tx.now()));
    let reply = Read::new(out(task, today), version).kept(&mut tx);
    tx.commit().await?;
    Ok(reply)
}
