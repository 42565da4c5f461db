//! What the team said of its tasks: two queries, however many tasks there are.

use std::collections::HashMap;

use entity::ids::AccountId;
use entity::task_note::{self, Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::super::todo::Task;
use super::super::todo::follow::{Colleague, Follow, Postponed};
use super::super::todo::sees;
use crate::authz::{Actor, account_names, staff};
use crate::db;

/// How long a note counts: no task waits for so long, and notes of tasks that are gone are not read for ever.
pub(in crate::features::home) const COUNTS: Duration = Duration::days(400);

/// Gives these tasks what the team said of them.
///
/// # Errors
/// What the database answers.
pub(super) async fn read_notes(
    conn: &impl ConnectionTrait,
    tasks: &mut [Task],
    now: OffsetDateTime,
) -> Result<(), db::Error> {
    if tasks.is_empty() {
        return Ok(());
    }
    let recent = Column::NotedAt.gt(entity::Instant::from(now - COUNTS));
    let notes = Entity::find().filter(recent).all(conn).await?;
    Ok(attach(conn, tasks, notes).await?)
}

/// Gives one task what the team said of it.
///
/// # Errors
/// What the database answers.
pub async fn read_note(conn: &impl ConnectionTrait, task: &mut Task) -> Result<(), db::Error> {
    let notes = Entity::find()
        .filter(Column::Kind.eq(task.kind.name()))
        .filter(Column::SubjectId.eq(task.subject))
        .all(conn)
        .await?;
    Ok(attach(conn, std::slice::from_mut(task), notes).await?)
}

async fn attach(
    conn: &impl ConnectionTrait,
    tasks: &mut [Task],
    notes: Vec<task_note::Model>,
) -> Result<(), DbErr> {
    let named = notes.iter().flat_map(|note| [note.taken_by, note.handed_by, note.postponed_by]).flatten();
    let names = account_names(conn, named.collect()).await?;
    let mut by_subject: HashMap<Uuid, Vec<task_note::Model>> = HashMap::new();
    for note in notes {
        by_subject.entry(note.subject_id).or_default().push(note);
    }
    for task in tasks {
        let about = by_subject.get(&task.subject).into_iter().flatten();
        let note = about.into_iter().find(|note| note.kind == task.kind.name());
        task.follow = note.map(|note| told(note, &names)).unwrap_or_default();
    }
    Ok(())
}

fn told(note: &task_note::Model, names: &HashMap<AccountId, String>) -> Follow {
    let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
    let postponed = note.postponed_until.map(|until| Postponed {
        until,
        reason: note.reason.clone().unwrap_or_default(),
        by: note.postponed_by.map(name).unwrap_or_default(),
    });
    let taken_by = note.taken_by.map(|id| Colleague { id, name: name(id) });
    let handed_by = note.handed_by.map(name).filter(|name| !name.is_empty());
    Follow { taken_by, handed_by, postponed, version: note.version }
}

/// A task of the team that this person sees, with its name and what was said of it.
///
/// # Errors
/// What the database answers.
pub async fn team_task(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
    kind: &str,
    subject: Uuid,
) -> Result<Option<Task>, db::Error> {
    if !actor.is_staff() {
        return Ok(None);
    }
    let tasks = super::todo(conn, actor, now).await?;
    let same = |task: &Task| task.subject == subject && task.kind.name() == kind && task.kind.is_of_team();
    let Some(mut task) = tasks.into_iter().find(same) else { return Ok(None) };
    super::name(conn, std::slice::from_mut(&mut task)).await?;
    Ok(Some(task))
}

/// Those of the team whose business a task is too, by name, without whoever looks.
///
/// # Errors
/// What the database answers.
pub async fn colleagues(
    conn: &impl ConnectionTrait,
    looking: &Actor,
    task: &Task,
) -> Result<Vec<Colleague>, db::Error> {
    let team = staff(conn).await?;
    let others = team.iter().filter(|one| one.account_id() != looking.account_id() && sees(one, task));
    let mut found: Vec<Colleague> =
        others.filter_map(|one| Some(Colleague { id: one.account_id()?, name: one.label() })).collect();
    found.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(found)
}
