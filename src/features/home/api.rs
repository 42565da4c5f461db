//! `/api/v1/activity` and `/api/v1/todo`.

use std::sync::Arc;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::Date;

use super::todo::Task;
use super::{import, labels, paris_day, queries};
use crate::app::App;
use crate::http::api::{ApiError, Caller, ImportForm, Imported, PageParams, Tag};

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

/// Something that waits for the caller.
#[derive(Clone, Debug, Object)]
pub struct TaskOut {
    /// What is to be done: `examine`, `assign`, `decide`…
    pub action: String,
    /// By when, where the structure is.
    pub due_on: Date,
    /// Whether that day has passed in Paris.
    pub late: bool,
    /// Number of the file; empty when it is about none.
    pub reference: String,
    /// Name of the structure, of the person or of the mission that it is about; empty when it is about none.
    pub structure: String,
    /// How many things are behind this line.
    pub count: u64,
    /// The same in French, with its reason.
    pub detail: String,
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
    #[oai(path = "/todo", method = "get", operation_id = "todo_list", tag = "Tag::Agreements")]
    async fn todo(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Tasks, ApiError> {
        let wanted = PageParams::read(limit.0, cursor.0.as_ref())?;
        let now = self.app.now();
        let today = paris_day(now);
        let conn = self.app.db.read();
        let tasks = queries::todo(conn, &caller.0, now).await?;
        let mut page = queries::task_page(tasks, &wanted);
        queries::name(conn, &mut page.items).await?;
        let out = |task: Task| TaskOut {
            action: task.kind.name().to_owned(),
            due_on: task.due_on,
            late: task.due_on < today,
            detail: format!("{}. {}", labels::title(&task), labels::why(&task, today)),
            reference: task.reference,
            structure: task.about,
            count: task.count,
        };
        let next_cursor = page.next.map(|cursor| cursor.encode());
        let items = page.items.into_iter().map(out).collect();
        Ok(Tasks::Page(Json(TaskPage { items, next_cursor })))
    }
}
