//! What waits, page by page: the list is computed whole, since its order follows from rules and not from a column,
//! and shown by pages, since a team may have thousands of files. Names are read for the tasks shown.

use std::collections::{BTreeSet, HashMap};

use entity::ids::StructureId;
use entity::structure::{self, Column};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::super::todo::Task;
use crate::db::{self, Cursor, Page, PageRequest};

/// Gives their names to the structures of these tasks.
///
/// # Errors
/// What the database answers.
pub async fn name(conn: &impl ConnectionTrait, tasks: &mut [Task]) -> Result<(), db::Error> {
    let unnamed = tasks.iter().filter(|task| task.about.is_empty());
    let wanted: BTreeSet<StructureId> = unnamed.filter_map(|task| task.facts.structure).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let found: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(Column::Id.is_in(wanted))
        .into_tuple()
        .all(conn)
        .await?;
    let names: HashMap<StructureId, String> = found.into_iter().collect();
    for task in tasks.iter_mut().filter(|task| task.about.is_empty()) {
        let name = task.facts.structure.and_then(|id| names.get(&id));
        task.about = name.cloned().unwrap_or_default();
    }
    Ok(())
}

/// The tasks of a page, from a list in its order. Tasks that nothing tells apart stay on one page.
#[must_use]
pub fn task_page(tasks: Vec<Task>, wanted: &PageRequest) -> Page<Task> {
    let after = wanted.after.as_ref().map(|cursor| cursor.value.as_str());
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let mut rest = tasks
        .into_iter()
        .skip_while(|task| after.is_some_and(|after| key(task).as_str() <= after))
        .peekable();
    let mut items: Vec<Task> = rest.by_ref().take(limit).collect();
    let last = items.last().map(key);
    while let Some(same) = rest.next_if(|task| last.as_ref() == Some(&key(task))) {
        items.push(same);
    }
    let more = rest.peek().is_some();
    Page { items, next: last.filter(|_| more).map(|value| Cursor { value, id: Uuid::nil() }) }
}

/// The order of the list, as a text: day, act, file.
fn key(task: &Task) -> String {
    format!("{}|{:02}|{}", task.due_on, task.kind as u8, task.reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::home::todo::Kind;
    use time::macros::date;

    fn tasks() -> Vec<Task> {
        let task = |due_on, kind, reference: &str| Task {
            reference: reference.to_owned(),
            ..Task::new(kind, Uuid::nil(), due_on)
        };
        vec![
            task(date!(2025 - 12 - 31), Kind::Resume, "AGR-2025-0009"),
            task(date!(2026 - 01 - 02), Kind::Examine, "AGR-2025-0001"),
            task(date!(2026 - 01 - 02), Kind::MeetReserve, "AGR-2025-0001"),
            task(date!(2026 - 01 - 02), Kind::MeetReserve, "AGR-2025-0001"),
            task(date!(2026 - 01 - 02), Kind::MeetReserve, "AGR-2025-0002"),
        ]
    }

    #[test]
    fn pages_follow_each_other_without_losing_or_repeating_a_task() {
        for limit in 1..=6 {
            let mut wanted = PageRequest::first(limit);
            let mut seen = Vec::new();
            loop {
                let page = task_page(tasks(), &wanted);
                assert!(!page.items.is_empty(), "an empty page, by {limit}");
                seen.extend(page.items);
                let Some(next) = page.next else { break };
                wanted.after = Cursor::decode(&next.encode());
            }
            assert_eq!(seen, tasks(), "by {limit}");
        }
    }

    #[test]
    fn tasks_alike_are_not_parted() {
        assert_eq!(task_page(tasks(), &PageRequest::first(3)).items.len(), 4);
    }
}
