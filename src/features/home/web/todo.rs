//! `/a-faire`: everything that waits for the person, page by page.

use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::Date;

use super::pages::{Todo, TodoPage};
use crate::authz::Actor;
use crate::db::{Cursor, PageRequest};
use crate::features::home::todo::{Kind, Task, When};
use crate::features::home::{labels, paris_day, queries};
use crate::http::web::component::{Pagination, Task as Line, TaskGroup};
use crate::http::web::page::{Page, WebError};
use crate::render::french;

/// Tasks of a page.
const ROWS: u64 = 100;
const PATH: &str = "/a-faire";

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let today = paris_day(page.app.now());
    let tasks = waiting(&page, 0).await?;
    let summary = summary(&tasks, today);
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let mut found = queries::task_page(tasks, &wanted);
    queries::name(page.app.db.read(), &mut found.items).await.map_err(WebError::from)?;
    let pages = Pagination {
        first: wanted.after.is_some().then(|| PATH.to_owned()),
        next: found.next.map(|cursor| format!("{PATH}?suite={}", cursor.encode())),
    };
    let todo = grouped(page.actor(), &found.items, today, usize::MAX);
    page.answer(&TodoPage { shell: page.shell(labels::TODO), summary, todo, pages })
}

/// What waits for the visitor; the first tasks have the names of their structures.
pub(super) async fn waiting(page: &Page, named: usize) -> Result<Vec<Task>, WebError> {
    let conn = page.app.db.read();
    let mut tasks = queries::todo(conn, page.actor(), page.app.now()).await?;
    let named = named.min(tasks.len());
    queries::name(conn, &mut tasks[..named]).await?;
    Ok(tasks)
}

/// The sentence that says how urgent it all is.
pub(super) fn summary(tasks: &[Task], today: Date) -> String {
    let count = |when| tasks.iter().filter(|task| task.when(today) == when).count();
    labels::summary(count(When::Late), count(When::Today), count(When::Coming))
}

/// The first tasks, by urgency.
pub(super) fn grouped(actor: &Actor, tasks: &[Task], today: Date, most: usize) -> Todo {
    let shown = &tasks[..tasks.len().min(most)];
    let group = |when| {
        let lines: Vec<_> = shown
            .iter()
            .filter(|task| task.when(today) == when)
            .map(|task| line(actor, task, today))
            .collect();
        (!lines.is_empty()).then(|| TaskGroup { urgency: labels::urgency(when), tasks: lines })
    };
    let groups = [When::Late, When::Today, When::Coming].into_iter().filter_map(group).collect();
    Todo { groups, total: tasks.len(), shown: shown.len() }
}

fn line(actor: &Actor, task: &Task, today: Date) -> Line {
    Line {
        when: french::short_date_from(task.due_on, today),
        title: labels::title(task),
        reference: task.reference.clone(),
        why: labels::why(task, today),
        verb: labels::verb(task.kind).to_owned(),
        href: href(actor, task),
    }
}

/// The page where it is done.
fn href(actor: &Actor, task: &Task) -> String {
    if let Some(page) = &task.page {
        return page.clone();
    }
    let file = |part: &str| format!("/agrements/{}{part}", task.reference);
    match task.kind {
        Kind::FailedMails => "/courriels?etat=failed".to_owned(),
        Kind::RelayAway => "/courriels?etat=en-attente".to_owned(),
        Kind::RedoDocuments => "/documents-a-refaire".to_owned(),
        Kind::SettleAccess => format!("/acces/{}", task.reference),
        Kind::SettleTie => format!("/intervenants/{}/independance", task.reference),
        Kind::Assign => file("/visite/confier"),
        Kind::SignForStructure | Kind::MeetReserve if !actor.is_staff() => "/notre-agrement".to_owned(),
        _ => file(""),
    }
}
