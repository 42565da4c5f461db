//! `/a-faire`: everything that waits for the person, page by page.

use std::collections::BTreeMap;

use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::pages::{Todo, TodoFilter, TodoPage};
use crate::authz::{Actor, Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::features::home::todo::follow::labels as words;
use crate::features::home::todo::follow::{Holder, Wanted};
use crate::features::home::todo::{Kind, Task, When};
use crate::features::home::{labels, paris_day, queries};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Task as Line, TaskGroup};
use crate::http::web::form::FormState;
use crate::http::web::page::{Page, WebError};
use crate::render::french;

/// Tasks of a page.
const ROWS: u64 = 100;
const PATH: &str = "/a-faire";
/// Whoever looks.
const ME: &str = "moi";
/// Nobody.
const NOBODY: &str = "libres";
/// Those that are put off.
const PUT_OFF: &str = "reportees";
/// Where tasks stand.
const STANDINGS: [(&str, When); 4] = [
    ("retard", When::Late),
    ("aujourdhui", When::Today),
    ("a-venir", When::Coming),
    (PUT_OFF, When::Postponed),
];

/// What the address says: where the list starts, which tasks, whose, and those that stand where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
    #[serde(rename = "type")]
    kind: String,
    personne: String,
    etat: String,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let conn = page.app.db.read();
    let today = paris_day(page.app.now());
    let mut tasks = queries::todo(conn, page.actor(), page.app.now()).await.map_err(WebError::from)?;
    let summary = summary(&tasks, today);
    let wanted = page.actor().is_staff().then(|| filter(page.actor(), &tasks, &asked));
    let kept = asked.wanted(page.actor());
    tasks.retain(|task| kept.keeps(task, today) && asked.shows(task, today));
    let mut request = PageRequest::first(ROWS);
    request.after = Cursor::decode(&asked.suite);
    let mut found = queries::task_page(tasks, &request);
    queries::name(conn, &mut found.items).await.map_err(WebError::from)?;
    let here = |suite: &str| {
        let (kind, who, where_at) = (asked.kind.as_str(), asked.personne.as_str(), asked.etat.as_str());
        with_query(PATH, &[("type", kind), ("personne", who), ("etat", where_at), ("suite", suite)])
    };
    let pages = Pagination {
        first: request.after.is_some().then(|| here("")),
        next: found.next.map(|cursor| here(&cursor.encode())),
    };
    let todo = grouped(page.actor(), &found.items, today, usize::MAX, true);
    page.answer(&TodoPage { shell: page.shell(labels::TODO), summary, todo, wanted, pages })
}

impl Asked {
    /// Whose tasks, and where they stand.
    fn wanted(&self, looking: &Actor) -> Wanted {
        let holder = match (self.personne.as_str(), looking.account_id()) {
            ("", _) => Holder::Anyone,
            (ME, Some(own)) => Holder::Person(own),
            (NOBODY, _) => Holder::Nobody,
            (id, _) => Uuid::parse_str(id).map_or(Holder::Anyone, |id| Holder::Person(id.into())),
        };
        let when = STANDINGS.into_iter().find(|(word, _)| *word == self.etat).map(|(_, when)| when);
        Wanted { holder, when }
    }

    /// Only the acts asked for; what is put off is shown to whoever looks for it.
    fn shows(&self, task: &Task, today: Date) -> bool {
        let is_wanted = self.kind.is_empty() || task.kind.name() == self.kind;
        is_wanted && (self.etat == PUT_OFF || task.when(today) != When::Postponed)
    }
}

/// What the team may look for: acts are those that wait here, people those who have something here.
fn filter(looking: &Actor, tasks: &[Task], asked: &Asked) -> TodoFilter {
    let holders = tasks.iter().filter_map(|task| task.follow.taken_by.as_ref());
    let others = holders.filter(|person| Some(person.id) != looking.account_id());
    let others: BTreeMap<_, _> = others.map(|person| ((&person.name, person.id), person)).collect();
    let mut people = vec![Choice::new(ME, words::MINE), Choice::new(NOBODY, words::NOBODY)];
    people.extend(others.values().map(|person| Choice::new(person.id.to_string(), person.name.clone())));
    let waiting: BTreeMap<_, _> =
        tasks.iter().map(|task| (words::act(task.kind), task.kind.name())).collect();
    let mut kinds: Vec<_> = waiting.iter().map(|(word, name)| Choice::new(*name, *word)).collect();
    if !asked.kind.is_empty() && !waiting.values().any(|name| *name == asked.kind) {
        kinds.push(Choice::new(asked.kind.clone(), words::NO_SUCH_ACT));
    }
    TodoFilter {
        form: FormState::filled([
            ("type", asked.kind.as_str()),
            ("personne", asked.personne.as_str()),
            ("etat", asked.etat.as_str()),
        ]),
        kinds,
        people,
        standings: STANDINGS.map(|(word, when)| Choice::new(word, words::standing(when))).to_vec(),
        filtered: [&asked.kind, &asked.personne, &asked.etat].iter().any(|word| !word.is_empty()),
    }
}

/// What waits for the visitor and is not put off; the first tasks have the names of their structures.
pub(super) async fn waiting(page: &Page, named: usize) -> Result<Vec<Task>, WebError> {
    let conn = page.app.db.read();
    let today = paris_day(page.app.now());
    let mut tasks = queries::todo(conn, page.actor(), page.app.now()).await?;
    tasks.retain(|task| task.when(today) != When::Postponed);
    let named = named.min(tasks.len());
    queries::name(conn, &mut tasks[..named]).await?;
    Ok(tasks)
}

/// The sentence that says how urgent it all is.
pub(super) fn summary(tasks: &[Task], today: Date) -> String {
    let (late, now, coming) = counts(tasks, today);
    labels::summary(late, now, coming)
}

/// How many tasks are late, of today and to come.
pub(super) fn counts(tasks: &[Task], today: Date) -> (usize, usize, usize) {
    let count = |when| tasks.iter().filter(|task| task.when(today) == when).count();
    (count(When::Late), count(When::Today), count(When::Coming))
}

/// The first tasks, by urgency; with the way to share them out when the page is theirs.
pub(super) fn grouped(actor: &Actor, tasks: &[Task], today: Date, most: usize, shares: bool) -> Todo {
    let shown = &tasks[..tasks.len().min(most)];
    let group = |when| {
        let lines: Vec<_> = shown
            .iter()
            .filter(|task| task.when(today) == when)
            .map(|task| line(actor, task, today, shares))
            .collect();
        (!lines.is_empty()).then(|| TaskGroup { urgency: labels::urgency(when), tasks: lines })
    };
    let groups =
        [When::Late, When::Today, When::Coming, When::Postponed].into_iter().filter_map(group).collect();
    Todo { groups, total: tasks.len(), shown: shown.len() }
}

fn line(actor: &Actor, task: &Task, today: Date, shares: bool) -> Line {
    let shared = shares && task.kind.is_of_team() && may(actor, Permission::TaskFollow, &task.facts);
    Line {
        when: french::short_date_from(task.due_on, today),
        title: labels::title(task),
        reference: task.reference.clone(),
        why: labels::why(task, today),
        note: words::note(task, today),
        verb: labels::verb(task.kind).to_owned(),
        href: href(actor, task),
        follow: if shared { task.follow_page() } else { String::new() },
    }
}

/// The page where it is done.
pub(super) fn href(actor: &Actor, task: &Task) -> String {
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
        Kind::ResumeDraft => file("/brouillon"),
        Kind::Assign => file("/visite/confier"),
        Kind::SignForStructure | Kind::MeetReserve if !actor.is_staff() => "/notre-agrement".to_owned(),
        _ => file(""),
    }
}
