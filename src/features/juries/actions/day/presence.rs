//! Whether a candidate came, their identity seen.

use entity::candidate::JuryDecision;
use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::JuryState;
use entity::{jury_mark, jury_ruling};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::super::super::JuryError;
use super::super::super::day::input::TypedPresence;
use super::super::super::day::labels;
use super::super::people;
use super::{Opened, check_seen, keep, opened};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::candidates::actions::step::apply;
use crate::features::candidates::state::{Guard, Step};

/// Records whether a candidate came. An absence is what the minutes say of them; nothing else is decided. Until the
/// deliberation it may be said again: what was said before is taken back whole.
///
/// # Errors
/// Every fault; a session that is not open, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn record_presence(
    tx: &mut Tx,
    id: JurySessionId,
    passage: JuryPassageId,
    seen: Option<i32>,
    typed: &TypedPresence,
) -> Result<jury_passage::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    let before = opened.day.whole.passing(passage)?.row.clone();
    check_seen(&before, seen)?;
    opened.day.whole.during(&[JuryState::Open])?;
    let (presence, document, reason) = typed.read()?;
    let (step, decision) = match presence {
        Presence::AbsentExcused => (Step::ExcuseAbsence, Some(JuryDecision::AbsentExcused)),
        Presence::Absent => (Step::MarkAbsent, Some(JuryDecision::Absent)),
        Presence::Present | Presence::Expected => (Step::MarkPresent, None),
    };
    let corrects = before.presence != Presence::Expected;
    // The document that was seen may be corrected alone.
    let moves = presence != before.presence || reason != before.presence_reason;
    if corrects && moves {
        Box::pin(take_back(tx, &mut opened, passage)).await?;
    }
    let now = tx.instant();
    let met = [Guard::IdentityChecked];
    let with = people::of(&opened.day.whole.session, reason.as_deref(), &met);
    let one = opened.day.whole.passing_mut(passage)?;
    if moves {
        one.candidate = apply(tx, &opened.grant, one.candidate.id, step, with).await?;
    }
    one.row.presence = presence;
    one.row.identity_document = document;
    one.row.presence_reason.clone_from(&reason);
    // Somebody whose quorum was already lost stays adjourned when they come.
    if decision.is_some() {
        one.row.decision = decision;
        one.row.decision_reason = None;
        one.row.decided_at = Some(now);
    }
    keep(tx, &mut one.row).await?;
    let row = one.row.clone();
    if corrects {
        let facts = json!({
            "passage_id": passage,
            "presence": { "before": before.presence.word(), "after": presence.word() },
        });
        opened.note(tx, ("jury.presence_corrected", "JUR_PRESENCE_CORRECTED"), facts).await?;
    } else {
        let facts = json!({ "passage_id": passage, "presence": presence.word() });
        opened.note(tx, ("jury.presence_recorded", "JUR_PRESENCE"), facts).await?;
    }
    Ok(row)
}

/// Takes back what was said of a presence, with what it set: the decision of an absence, the results of somebody who is said
/// not to have come after all. What was typed stays in the log of the changes.
async fn take_back(tx: &mut Tx, opened: &mut Opened, passage: JuryPassageId) -> Result<(), JuryError> {
    let lost = !opened.day.lacks_for(passage).is_empty();
    let now = tx.instant();
    let with = people::of(&opened.day.whole.session, None, &[]);
    let one = opened.day.whole.passing_mut(passage)?;
    one.candidate = apply(tx, &opened.grant, one.candidate.id, Step::RetractPresence, with).await?;
    one.row.decision = lost.then_some(JuryDecision::Adjourned);
    one.row.decision_reason = lost.then(|| labels::QUORUM_LOST.to_owned());
    one.row.decided_at = lost.then_some(now);
    if one.row.presence != Presence::Present {
        return Ok(());
    }
    one.row.heard_at = None;
    one.row.proposal = None;
    one.row.observations = String::new();
    one.row.recommendations = String::new();
    jury_mark::Entity::delete_many().filter(jury_mark::Column::PassageId.eq(passage)).exec(tx.conn()).await?;
    jury_ruling::Entity::delete_many()
        .filter(jury_ruling::Column::PassageId.eq(passage))
        .exec(tx.conn())
        .await?;
    opened.day.marks.retain(|row| row.passage_id != passage);
    opened.day.rulings.retain(|row| row.passage_id != passage);
    Ok(())
}
