//! What a tablet sends, perhaps late and perhaps twice: each change once by its key, and never over what another device
//! wrote since the person looked. The server keeps both hours.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::ids::{JuryChangeId, JuryPassageId, JurySessionId};
use entity::jury_change::{self, ChangeOutcome};
use entity::jury_passage::Presence;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::super::JuryError;
use super::super::super::day::input::{Field, Sending, Typed, TypedChange};
use super::super::super::day::{Day, HEARING, labels};
use super::write::{settle, write};
use super::{Opened, opened};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{DomainError, Faults};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its key.
    pub id: JuryChangeId,
    /// What became of it.
    pub outcome: ChangeOutcome,
    /// What the field says now.
    pub value: String,
    /// Version of the passage now.
    pub version: i32,
    /// Why it was not applied; empty when it was.
    pub message: String,
}

/// One line of what was sent.
pub(super) struct Line {
    pub(super) id: JuryChangeId,
    pub(super) passage: Option<JuryPassageId>,
    pub(super) field: String,
    pub(super) value: String,
    /// Seen, and after.
    pub(super) versions: (i32, i32),
    pub(super) device: Option<Uuid>,
    pub(super) typed_at: OffsetDateTime,
    pub(super) outcome: ChangeOutcome,
    /// Why it was not applied.
    pub(super) message: String,
}

/// Keeps a line.
pub(super) async fn log(tx: &Tx, session: JurySessionId, line: Line) -> Result<(), JuryError> {
    let row = jury_change::Model {
        id: line.id,
        session_id: session,
        passage_id: line.passage,
        field: line.field,
        value: line.value,
        seen: line.versions.0,
        version: line.versions.1,
        device: line.device,
        typed_at: line.typed_at.into(),
        received_at: tx.instant(),
        outcome: line.outcome,
        message: line.message,
        sent_by: tx.actor().account_id(),
    };
    let insert = jury_change::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Receives what a tablet sends, and gives what became of each change in the same order, with whether anything is new:
/// else nothing is to be committed.
///
/// # Errors
/// A key of another session, the refusal of the policy, what the database answers.
pub async fn receive(
    tx: &mut Tx,
    id: JurySessionId,
    sending: &Sending,
) -> Result<(Vec<Received>, bool), JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    // What was received before is answered as it was then.
    let mut outcomes = known(tx, id, &sending.changes).await?;
    let latest = latest(tx, id).await?;
    let before: HashMap<JuryPassageId, i32> =
        opened.day.whole.passages.iter().map(|one| (one.row.id, one.row.version)).collect();
    let mut order: Vec<(usize, &TypedChange)> = sending.changes.iter().enumerate().collect();
    // A comment is kept beside the result that it is about.
    order.sort_by_key(|(_, one)| !Field::read(&one.field).is_some_and(|field| field.is_result()));
    let mut touched = Touched::default();
    let mut fresh: Vec<usize> = Vec::new();
    for (rank, change) in order {
        if outcomes.contains_key(&change.id) {
            continue;
        }
        let found = match judged(&opened.day, change, &latest, sending.device) {
            Ok(field) => applied(tx, &mut opened.day, change, &field, &mut touched).await?,
            Err(refused) => refused,
        };
        outcomes.insert(change.id, found);
        fresh.push(rank);
    }
    for (passage, results) in &touched.passages {
        settle(tx, &mut opened.day, *passage, *results).await?;
    }
    let mut told: Vec<Value> = Vec::new();
    for rank in &fresh {
        let change = &sending.changes[*rank];
        let unknown = || (ChangeOutcome::Refused, String::new());
        let (outcome, message) = outcomes.get(&change.id).cloned().unwrap_or_else(unknown);
        let version = before.get(&change.passage).copied();
        let grown = i32::from(touched.changes.contains(&change.id));
        let version = version.map(|version| version + grown);
        let line = line_of(change, (outcome, message), sending.device, version);
        told.push(json!({
            "change_id": line.id,
            "passage_id": line.passage,
            "field": Field::read(&line.field).map(|field| field.word()),
            "outcome": outcome.word(),
        }));
        log(tx, id, line).await?;
    }
    if !told.is_empty() {
        let facts = json!({ "device": sending.device, "changes": told });
        opened.note(tx, ("jury.results_entered", "JUR_RESULTS"), facts).await?;
    }
    let received = sending.changes.iter().map(|change| answer(&opened, change, &outcomes)).collect();
    Ok((received, !told.is_empty()))
}

/// What became of the changes that were received before, and what was said of each.
async fn known(
    tx: &Tx,
    session: JurySessionId,
    changes: &[TypedChange],
) -> Result<HashMap<JuryChangeId, (ChangeOutcome, String)>, JuryError> {
    let rows = jury_change::Entity::find()
        .filter(jury_change::Column::Id.is_in(changes.iter().map(|one| one.id)))
        .all(tx.conn())
        .await?;
    let mut faults = Faults::default();
    for (rank, change) in changes.iter().enumerate() {
        if rows.iter().any(|row| row.id == change.id && row.session_id != session) {
            faults.push(format!("/changes/{rank}/id"), "elsewhere", labels::faults::OTHER_SESSION);
        }
    }
    faults.or(Some(()))?;
    Ok(rows.into_iter().map(|row| (row.id, (row.outcome, row.message))).collect())
}

/// What was last written in each field of each passage: by which device, making which version.
type Latest = HashMap<(JuryPassageId, String), (i32, Option<Uuid>)>;

async fn latest(tx: &Tx, session: JurySessionId) -> Result<Latest, JuryError> {
    let rows = jury_change::Entity::find()
        .filter(jury_change::Column::SessionId.eq(session))
        .filter(jury_change::Column::Outcome.eq(ChangeOutcome::Applied))
        .all(tx.conn())
        .await?;
    let mut latest = Latest::new();
    for row in rows {
        let Some(passage) = row.passage_id else { continue };
        let kept = latest.entry((passage, row.field)).or_insert((row.version, row.device));
        if row.version > kept.0 {
            *kept = (row.version, row.device);
        }
    }
    Ok(latest)
}

/// The field of a change that may be applied, or why it may not.
fn judged(
    day: &Day,
    change: &TypedChange,
    latest: &Latest,
    device: Option<Uuid>,
) -> Result<Field, (ChangeOutcome, String)> {
    let refused = |message: String| (ChangeOutcome::Refused, message);
    let field =
        Field::read(&change.field).ok_or_else(|| refused(labels::faults::UNKNOWN_FIELD.to_owned()))?;
    let one = day.whole.passing(change.passage).map_err(|error| refused(error.detail()))?;
    day.whole.during(&HEARING).map_err(|error| refused(error.detail()))?;
    if one.row.presence != Presence::Present {
        return Err(refused(JuryError::NotPresent.detail()));
    }
    let last = latest.get(&(change.passage, change.field.clone()));
    let by_another = last.is_some_and(|(version, by)| {
        *version > change.seen && (by.is_none() || device.is_none() || *by != device)
    });
    if by_another && day.current(change.passage, &field).trim() != change.value.trim() {
        return Err((ChangeOutcome::Conflict, labels::faults::CONFLICT.to_owned()));
    }
    Ok(field)
}

/// What a sending really changes.
#[derive(Default)]
struct Touched {
    /// The passages, and whether a result of each changed.
    passages: BTreeMap<JuryPassageId, bool>,
    /// The changes that said something else than what was there.
    changes: HashSet<JuryChangeId>,
}

/// Applies a change; what is wrong with its value refuses it alone.
async fn applied(
    tx: &Tx,
    day: &mut Day,
    change: &TypedChange,
    field: &Field,
    touched: &mut Touched,
) -> Result<(ChangeOutcome, String), JuryError> {
    let typed = Typed { field: field.clone(), value: change.value.clone() };
    match write(tx, day, change.passage, &typed).await {
        Ok(changed) => {
            if changed {
                touched.changes.insert(change.id);
                *touched.passages.entry(change.passage).or_default() |= field.is_result();
            }
            Ok((ChangeOutcome::Applied, String::new()))
        }
        Err(JuryError::Invalid(faults)) => {
            let message = faults.into_iter().next().map(|fault| fault.message).unwrap_or_default();
            Ok((ChangeOutcome::Refused, message))
        }
        Err(error) => Err(error),
    }
}

/// A change as it is kept; the version is that of the passage after it, none for a passage of another session.
fn line_of(
    change: &TypedChange,
    (outcome, message): (ChangeOutcome, String),
    device: Option<Uuid>,
    version: Option<i32>,
) -> Line {
    Line {
        id: change.id,
        passage: version.map(|_| change.passage),
        field: change.field.clone(),
        value: change.value.clone(),
        versions: (change.seen, version.unwrap_or_default()),
        device,
        typed_at: change.typed_at,
        outcome,
        message,
    }
}

fn answer(
    opened: &Opened,
    change: &TypedChange,
    outcomes: &HashMap<JuryChangeId, (ChangeOutcome, String)>,
) -> Received {
    let day = &opened.day;
    let (outcome, message) =
        outcomes.get(&change.id).cloned().unwrap_or((ChangeOutcome::Refused, String::new()));
    let message = if outcome == ChangeOutcome::Applied { String::new() } else { message };
    let value = Field::read(&change.field).map(|field| day.current(change.passage, &field));
    let version = day.whole.passing(change.passage).map(|one| one.row.version);
    Received {
        id: change.id,
        outcome,
        value: value.unwrap_or_default(),
        version: version.unwrap_or_default(),
        message,
    }
}
