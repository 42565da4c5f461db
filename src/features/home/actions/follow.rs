//! The team shares out what waits for it: a task is taken, given back, handed over, put off, brought back.
//!
//! A task follows from the state of a thing: it is found before the act begins, among those that the person sees, and what
//! is noted of one that goes away meanwhile is harmless.

use entity::ids::AccountId;
use entity::task_note::{self, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::super::error::FollowError;
use super::super::events::{TaskAct, TaskEvent};
use super::super::queries::COUNTS;
use super::super::todo::{Task, sees};
use super::super::{input, paris_day};
use crate::authz::{Channel, Grant, Permission, account_actor};
use crate::db::Tx;
use crate::error::Fault;

/// Takes a task that nobody has.
///
/// # Errors
/// [`FollowError::Taken`], [`FollowError::Stale`], the refusal of the policy, what the database answers.
pub async fn take(tx: &mut Tx, task: &Task, seen: Option<i32>) -> Result<(), FollowError> {
    let (grant, mut note) = locked(tx, task, seen).await?;
    if note.taken_by.is_some() {
        return Err(FollowError::Taken);
    }
    note.taken_by = tx.actor().account_id();
    note.handed_by = None;
    settle(tx, &grant, task, note, TaskAct::Taken).await
}

/// Gives a task back to the team, whoever had it: somebody may be away.
///
/// # Errors
/// [`FollowError::Free`], [`FollowError::Stale`], the refusal of the policy, what the database answers.
pub async fn release(tx: &mut Tx, task: &Task, seen: Option<i32>) -> Result<(), FollowError> {
    let (grant, mut note) = locked(tx, task, seen).await?;
    let from = note.taken_by.take();
    note.handed_by = None;
    if from.is_none() {
        return Err(FollowError::Free);
    }
    settle(tx, &grant, task, note, TaskAct::Released { from }).await
}

/// Hands a task over to somebody whose business it is too, who is told.
///
/// # Errors
/// The fault of the person, [`FollowError::Stale`], the refusal of the policy, what the database answers.
pub async fn hand_over(
    tx: &mut Tx,
    task: &Task,
    seen: Option<i32>,
    to: Option<AccountId>,
) -> Result<(), FollowError> {
    let (grant, mut note) = locked(tx, task, seen).await?;
    let fault = |code, message: &str| FollowError::Invalid(vec![Fault::new("/account_id", code, message)]);
    let to = to.ok_or_else(|| fault("missing", "Choisissez une personne de l’équipe"))?;
    let found = account_actor(tx.conn(), to, Channel::Web).await?;
    let theirs = found.is_some_and(|(actor, _)| actor.is_staff() && sees(&actor, task));
    if !theirs {
        return Err(fault(
            "unknown",
            "Cette action n’est pas ouverte à cette personne\u{202f}: choisissez-en une autre",
        ));
    }
    if note.taken_by == Some(to) {
        return Err(fault(
            "already-theirs",
            "Cette personne a déjà cette action\u{202f}: choisissez-en une autre",
        ));
    }
    let from = note.taken_by.replace(to);
    note.handed_by = tx.actor().account_id().filter(|own| *own != to);
    let told_by = (tx.actor().account_id() != Some(to)).then(|| tx.actor().label());
    let link = tx.app().url(&task.follow_page());
    settle(tx, &grant, task, note, TaskAct::HandedOver { from, to, told_by, link }).await
}

/// Puts a task off, for a reason, until a day that its deadline allows.
///
/// # Errors
/// Every fault, [`FollowError::Due`], [`FollowError::Stale`], the refusal of the policy, what the database answers.
pub async fn postpone(
    tx: &mut Tx,
    task: &Task,
    seen: Option<i32>,
    until: &str,
    reason: &str,
) -> Result<(), FollowError> {
    let (grant, mut note) = locked(tx, task, seen).await?;
    let today = paris_day(tx.now());
    let latest = task.latest(today).ok_or(FollowError::Due)?;
    let read = input::read_postponement(until, reason, today, latest);
    let (until, reason) = read.map_err(FollowError::Invalid)?;
    note.postponed_until = Some(until);
    note.postponed_by = tx.actor().account_id();
    note.reason = Some(reason);
    settle(tx, &grant, task, note, TaskAct::Postponed).await
}

/// Brings a task that was put off back into the list.
///
/// # Errors
/// [`FollowError::NotPostponed`], [`FollowError::Stale`], the refusal of the policy, what the database answers.
pub async fn bring_back(tx: &mut Tx, task: &Task, seen: Option<i32>) -> Result<(), FollowError> {
    let (grant, mut note) = locked(tx, task, seen).await?;
    let today = paris_day(tx.now());
    if note.postponed_until.is_none_or(|until| until <= today) {
        return Err(FollowError::NotPostponed);
    }
    put_back(&mut note);
    settle(tx, &grant, task, note, TaskAct::BroughtBack).await
}

fn put_back(note: &mut task_note::Model) {
    note.postponed_until = None;
    note.postponed_by = None;
    note.reason = None;
}

/// The note of a task, made when there is none, and held until the end of the act: of two people who take a task at once,
/// the second finds it taken.
async fn locked(
    tx: &mut Tx,
    task: &Task,
    seen: Option<i32>,
) -> Result<(Grant, task_note::Model), FollowError> {
    let grant = tx.authorize(Permission::TaskFollow, &task.facts)?;
    let blank = task_note::ActiveModel {
        id: Set(tx.new_id()),
        kind: Set(task.kind.name().to_owned()),
        subject_id: Set(task.subject),
        taken_by: Set(None),
        handed_by: Set(None),
        postponed_until: Set(None),
        postponed_by: Set(None),
        reason: Set(None),
        noted_at: Set(tx.instant()),
        version: Set(0),
    };
    let once = OnConflict::columns([Column::Kind, Column::SubjectId]).do_nothing().to_owned();
    Entity::insert(blank).on_conflict(once).exec_without_returning(tx.conn()).await?;
    let found = Entity::find()
        .filter(Column::Kind.eq(task.kind.name()))
        .filter(Column::SubjectId.eq(task.subject))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    let mut note = found.ok_or(FollowError::NotFound)?;
    if *note.noted_at <= tx.now() - COUNTS {
        note.taken_by = None;
        note.handed_by = None;
        put_back(&mut note);
        note.version = 0;
    }
    if seen.is_some_and(|seen| seen != note.version) {
        return Err(FollowError::Stale);
    }
    Ok((grant, note))
}

async fn settle(
    tx: &mut Tx,
    grant: &Grant,
    task: &Task,
    mut note: task_note::Model,
    act: TaskAct,
) -> Result<(), FollowError> {
    note.noted_at = tx.instant();
    note.version += 1;
    Entity::update(note.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    tx.record(grant, &TaskEvent { task, note: &note, act }).await?;
    Ok(())
}
