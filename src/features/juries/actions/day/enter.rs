//! The results of a candidate, by the form of a page: everything that it shows at once.

use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_change::ChangeOutcome;
use entity::jury_passage::{self, Presence};
use serde_json::json;

use super::super::super::JuryError;
use super::super::super::day::HEARING;
use super::super::super::day::input::Typed;
use super::changes::{Line, log};
use super::write::{settle, write};
use super::{check_seen, opened};
use crate::authz::Permission;
use crate::db::Tx;

/// Enters what was typed about a candidate. Nothing when nothing changed, and then nothing is to be committed.
///
/// # Errors
/// Every fault, somebody who did not come, a session where nobody is heard, [`JuryError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn enter(
    tx: &mut Tx,
    id: JurySessionId,
    passage: JuryPassageId,
    seen: Option<i32>,
    typed: &[Typed],
) -> Result<Option<jury_passage::Model>, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    let before = opened.day.whole.passing(passage)?.row.clone();
    check_seen(&before, seen)?;
    opened.day.whole.during(&HEARING)?;
    if before.presence != Presence::Present {
        return Err(JuryError::NotPresent);
    }
    let mut typed = typed.to_vec();
    // A comment is kept beside the result that it is about.
    typed.sort_by_key(|one| !one.field.is_result());
    let (mut faults, mut changed) = (Vec::new(), Vec::new());
    for one in &typed {
        match write(tx, &mut opened.day, passage, one).await {
            Ok(true) => changed.push(one),
            Ok(false) => {}
            Err(JuryError::Invalid(found)) => faults.extend(found),
            Err(error) => return Err(error),
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    if changed.is_empty() {
        return Ok(None);
    }
    let results = changed.iter().any(|one| one.field.is_result());
    settle(tx, &mut opened.day, passage, results).await?;
    let row = opened.day.whole.passing(passage)?.row.clone();
    for one in &changed {
        let line = Line {
            id: tx.new_id(),
            passage: Some(passage),
            field: one.field.word(),
            value: one.value.clone(),
            versions: (before.version, row.version),
            device: None,
            typed_at: tx.now(),
            outcome: ChangeOutcome::Applied,
            message: String::new(),
        };
        log(tx, id, line).await?;
    }
    let fields: Vec<_> = changed.iter().map(|one| one.field.word()).collect();
    let facts = json!({ "passage_id": passage, "fields": fields });
    opened.note(tx, ("jury.results_entered", "JUR_RESULTS"), facts).await?;
    Ok(Some(row))
}
