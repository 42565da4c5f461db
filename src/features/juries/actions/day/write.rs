//! One field about a candidate, written where it belongs. The decision that was taken falls when a result changes.

use entity::ids::JuryPassageId;
use entity::{jury_mark, jury_ruling};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::JuryError;
use super::super::super::day::input::{self, Field, Typed};
use super::super::super::day::{Day, labels};
use super::decide::forget_votes;
use super::keep;
use crate::db::Tx;

/// Writes a field, and gives whether anything changed. What is kept in the row of the passage waits for [`settle`].
pub(super) async fn write(
    tx: &Tx,
    day: &mut Day,
    id: JuryPassageId,
    typed: &Typed,
) -> Result<bool, JuryError> {
    let pointer = format!("/{}", typed.field.word());
    let wrong = |message: String| JuryError::fault(&pointer, "wrong", message);
    let unknown = || JuryError::fault(&pointer, "unknown", labels::faults::UNKNOWN_FIELD);
    match &typed.field {
        Field::Mark(code) => {
            let epreuve = day.epreuve(code).ok_or_else(unknown)?;
            let value = input::mark(epreuve, &typed.value).map_err(wrong)?;
            mark(tx, day, id, code, value).await
        }
        Field::Comment(code) => {
            day.epreuve(code).ok_or_else(unknown)?;
            let comment = input::lines(&typed.value).map_err(wrong)?;
            let Some(row) = day.mark(id, code).cloned() else {
                return said_of_nothing(&comment, &pointer, labels::faults::MARK_FIRST);
            };
            if row.comment == comment {
                return Ok(false);
            }
            keep_mark(tx, day, jury_mark::Model { comment, ..row }, false).await
        }
        Field::Ruling(unit) => {
            day.unit_title(unit).ok_or_else(unknown)?;
            let acquired = input::ruling(&typed.value).map_err(wrong)?;
            ruling(tx, day, id, unit, acquired).await
        }
        Field::Remark(unit) => {
            day.unit_title(unit).ok_or_else(unknown)?;
            let comment = input::lines(&typed.value).map_err(wrong)?;
            let Some(row) = day.ruling(id, unit).cloned() else {
                return said_of_nothing(&comment, &pointer, labels::faults::RULE_FIRST);
            };
            if row.comment == comment {
                return Ok(false);
            }
            keep_ruling(tx, day, jury_ruling::Model { comment, ..row }, false).await
        }
        Field::Observations => {
            let text = input::lines(&typed.value).map_err(wrong)?;
            let row = &mut day.whole.passing_mut(id)?.row;
            Ok(std::mem::replace(&mut row.observations, text) != row.observations)
        }
        Field::Recommendations => {
            let text = input::lines(&typed.value).map_err(wrong)?;
            let row = &mut day.whole.passing_mut(id)?.row;
            Ok(std::mem::replace(&mut row.recommendations, text) != row.recommendations)
        }
        Field::Heard => {
            let now = tx.instant();
            let row = &mut day.whole.passing_mut(id)?.row;
            let before = row.heard_at.is_some();
            let heard = !typed.value.trim().is_empty();
            row.heard_at = heard.then(|| row.heard_at.unwrap_or(now));
            Ok(heard != before)
        }
    }
}

/// Nothing is said of what has no result yet.
fn said_of_nothing(comment: &str, pointer: &str, message: &str) -> Result<bool, JuryError> {
    if comment.is_empty() { Ok(false) } else { Err(JuryError::fault(pointer, "missing", message)) }
}

async fn mark(
    tx: &Tx,
    day: &mut Day,
    id: JuryPassageId,
    code: &str,
    value: Option<i32>,
) -> Result<bool, JuryError> {
    let before = day.mark(id, code).cloned();
    match (before, value) {
        (None, None) => Ok(false),
        (Some(row), None) => {
            jury_mark::Entity::delete_by_id(row.id).exec(tx.conn()).await?;
            day.marks.retain(|one| one.id != row.id);
            Ok(true)
        }
        (Some(row), Some(value)) if row.value == value => Ok(false),
        (Some(row), Some(value)) => keep_mark(tx, day, jury_mark::Model { value, ..row }, false).await,
        (None, Some(value)) => {
            let Some(epreuve_id) = day.keys.get(code).copied() else { return Err(JuryError::NotFound) };
            let row = jury_mark::Model {
                id: tx.new_id(),
                passage_id: id,
                epreuve_id,
                value,
                comment: String::new(),
                entered_by: None,
                entered_at: tx.instant(),
            };
            keep_mark(tx, day, row, true).await
        }
    }
}

async fn keep_mark(
    tx: &Tx,
    day: &mut Day,
    mut row: jury_mark::Model,
    is_new: bool,
) -> Result<bool, JuryError> {
    row.entered_by = tx.actor().account_id();
    row.entered_at = tx.instant();
    let change = row.clone().into_active_model().reset_all();
    if is_new {
        jury_mark::Entity::insert(change).exec_without_returning(tx.conn()).await?;
    } else {
        jury_mark::Entity::update(change).exec(tx.conn()).await?;
    }
    day.marks.retain(|one| one.id != row.id);
    day.marks.push(row);
    Ok(true)
}

async fn ruling(
    tx: &Tx,
    day: &mut Day,
    id: JuryPassageId,
    unit: &str,
    acquired: Option<bool>,
) -> Result<bool, JuryError> {
    let before = day.ruling(id, unit).cloned();
    match (before, acquired) {
        (None, None) => Ok(false),
        (Some(row), None) => {
            jury_ruling::Entity::delete_by_id(row.id).exec(tx.conn()).await?;
            day.rulings.retain(|one| one.id != row.id);
            Ok(true)
        }
        (Some(row), Some(acquired)) if row.acquired == acquired => Ok(false),
        (Some(row), Some(acquired)) => {
            keep_ruling(tx, day, jury_ruling::Model { acquired, ..row }, false).await
        }
        (None, Some(acquired)) => {
            let row = jury_ruling::Model {
                id: tx.new_id(),
                passage_id: id,
                unit: unit.to_owned(),
                acquired,
                comment: String::new(),
            };
            keep_ruling(tx, day, row, true).await
        }
    }
}

async fn keep_ruling(
    tx: &Tx,
    day: &mut Day,
    row: jury_ruling::Model,
    is_new: bool,
) -> Result<bool, JuryError> {
    let change = row.clone().into_active_model().reset_all();
    if is_new {
        jury_ruling::Entity::insert(change).exec_without_returning(tx.conn()).await?;
    } else {
        jury_ruling::Entity::update(change).exec(tx.conn()).await?;
    }
    day.rulings.retain(|one| one.id != row.id);
    day.rulings.push(row);
    Ok(true)
}

/// Writes the passage after its fields: what the rules propose now; a decision taken on other results falls, with its votes,
/// unless it is the adjournment of somebody who has no quorum.
pub(super) async fn settle(
    tx: &Tx,
    day: &mut Day,
    id: JuryPassageId,
    results: bool,
) -> Result<(), JuryError> {
    let proposal = day.proposal(day.whole.passing(id)?);
    let has_quorum = day.lacks_for(id).is_empty();
    let row = &mut day.whole.passing_mut(id)?.row;
    row.proposal = proposal;
    if results && has_quorum && row.decision.is_some() {
        row.decision = None;
        row.decision_reason = None;
        row.decided_at = None;
        forget_votes(tx, id).await?;
    }
    keep(tx, row).await
}
